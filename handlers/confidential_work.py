"""Confidential work: its content behind one press, and out of the chat again after reading (PRODUCT "Assignments")."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.messages import Delivery, Outgoing, Priority
from bot.texts import assignment_boards as board_texts
from bot.texts import assignments as texts
from handlers.talk import Talk
from handlers.work import view_of
from storage.tables import Assignment

_DELETABLE = timedelta(hours=47)  # bots may delete for 48 hours; the rest is for what waits to leave


async def reveal(talk: Talk, work: Assignment) -> None:
    """What it is and who has it, to whoever gave it out."""
    view = await view_of(talk, work)
    lines = await talk.uow.boards.lines(work, now=talk.now)
    await talk.tell(
        [talk.member().id],
        board_texts.revealed(view, lines, forgets=talk.chat.forgets),
        board_texts.revealed_choices(view, forgets=talk.chat.forgets),
        key=f"{view.secret_topic}:revealed:{talk.incoming.external_id}",
        topic=view.secret_topic,
        priority=Priority.ANSWER,
    )


async def forget(talk: Talk, work: Assignment) -> None:
    """Take everything that was said of it out of this chat, files too; what is too old for that says nothing more."""
    if not talk.chat.forgets:
        talk.say(texts.cannot_forget())
        return
    view = await view_of(talk, work)
    shown = await talk.uow.live_messages.shown_in(talk.chat, (view.topic, view.secret_topic))
    deletions = [
        (
            Outgoing(chat=talk.chat, text=str(texts.hidden(view)), deletes=each.message_id),
            Delivery(dedupe_key=f"{view.secret_topic}:forget:{talk.chat.key}:{each.message_id}"),
        )
        for each in shown
    ]
    await talk.uow.outbox.put_many(deletions, now=talk.now)
    files_left = sum(each.has_file and talk.now - each.sent_at > _DELETABLE for each in shown)
    talk.say(texts.forgotten(view, files_left=files_left))
