"""The sender's card: how far an announcement has got, pausing, stopping, who has not read it, one nudge, editing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from bot.domain.calendar import sendable_from
from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Chat, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.texts import announcements as texts
from handlers.announcement_reading import attachments, wording
from handlers.conversation import Conversation
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.announcement_standing import card_topic, content_topic, nudge_topic, standing_of
from storage.broadcasts import HELD
from storage.tables import Announcement


async def send(talk: Talk, row: Announcement, *, held: bool = False) -> None:
    """Write it to everybody it is for and to the group; a few statements however many they are."""
    people = await talk.uow.announcements.recipients(row.id)
    chats = await talk.uow.accounts.private_chats(people)
    text, files = await wording(talk, row), await attachments(talk, row)
    choices = ChoiceList(rows=((texts.read_choice(row.id),),))
    messages = [
        _message(row, chats[member_id][0], text, files, choices=choices, member_id=member_id, held=held)
        for member_id in people
        if member_id in chats
    ]
    if row.to_group:
        groups = await talk.uow.groups.of_team(row.team_id)
        messages += [_message(row, chat, text, files, choices=None, member_id=None, held=held) for chat in groups]
    await talk.uow.outbox.put_many(messages, now=talk.now)


def _message(
    row: Announcement,
    chat: Chat,
    text: Markup,
    files: Sequence[Attachment],
    *,
    choices: ChoiceList | None,
    member_id: int | None,
    held: bool,
) -> tuple[Outgoing, Delivery]:
    topic = content_topic(row)
    whom = f"member-{member_id}" if member_id is not None else chat.key
    guard = Guard(
        name="announcement-stands",
        arguments={"announcement": row.id, "version": row.version, "member": member_id or 0},
    )
    delivery = Delivery(
        dedupe_key=f"{topic}:{whom}",
        priority=Priority.BROADCAST,
        not_before=HELD if held else row.send_at,
        guard=guard,
        member_id=member_id,
        author_member_id=row.created_by,
        topic=topic,
        resend_when_unsure=False,
    )
    return Outgoing(chat=chat, text=str(text), choices=choices, attachments=tuple(files)), delivery


async def show_card(talk: Talk, row: Announcement, *, in_place: bool = False) -> None:
    """How it stands now; the tick keeps the message up to date from here on."""
    standing = await standing_of(talk.uow, row, zone=talk.settings.zone, now=talk.now)
    text, choices = texts.status(standing), texts.card_choices(standing)
    if in_place:
        talk.say(text, choices, in_place=True)
        return
    rows = tuple(tuple(each) for each in choices if each)
    message = Outgoing(chat=talk.chat, text=str(text), choices=ChoiceList(rows=rows) if rows else None)
    key = f"{card_topic(row.id)}:{talk.incoming.external_id}:{talk.chat.key}"
    delivery = Delivery(dedupe_key=key, topic=card_topic(row.id), member_id=talk.member().id)
    await talk.uow.outbox.put(message, delivery, user_id=talk.user_id, now=talk.now)


class EditDraft(BaseModel):
    """What an announcement is to say from now on; `version` is the one that was looked at."""

    announcement_id: int = 0
    number: int = 0
    version: int = 0
    before: str = ""
    text: str = ""


async def _load(talk: Talk) -> None:
    require(talk.role, Act.ANNOUNCE)


def _read(text: str, draft: EditDraft, context: None) -> EditDraft | Refusal:
    del context
    return draft.model_copy(update={"text": text.strip()}) if text.strip() else Refusal(texts.text_missing())


async def _submit(talk: Talk, draft: EditDraft, context: None, serial: str) -> None:
    """Change it unless somebody was first, then change or replace what was sent."""
    del context, serial
    require(talk.role, Act.ANNOUNCE)
    member = talk.member()
    row = await talk.uow.announcements.get(draft.announcement_id, team_id=member.team_id, lock=True)
    if row.version != draft.version:
        edit = await talk.uow.announcements.last_edit(row.id)
        names = await talk.uow.members.names([edit.changed_by] if edit else [])
        talk.say(texts.changed_meanwhile(names[edit.changed_by] if edit else ""))
        await show_card(talk, row)
        return
    before = content_topic(row)
    was_held = (await talk.uow.broadcasts.progress(before)).is_paused
    await talk.uow.outbox.cancel_topic(before)
    await talk.uow.announcements.edit(row, draft.text, by=member.id, now=talk.now)
    await talk.note("announcement_edit", f"announcement:{row.id}", number=row.number)
    changed, again = await _change_sent(talk, row, before)
    await send(talk, row, held=was_held)
    talk.say(texts.edited(row.number, changed, again))


async def _change_sent(talk: Talk, row: Announcement, before: str) -> tuple[int, int]:
    """(changed in place, sent again): of those whom the earlier text had reached."""
    messages = await talk.uow.broadcasts.sent(before)
    readers = await talk.uow.announcements.readers(row.id)
    arrived = await talk.uow.broadcasts.reached(before)
    text, anew = await wording(talk, row), await wording(talk, row, again=True)
    written: list[tuple[Outgoing, Delivery]] = []
    for each in messages:
        choices = None
        if each.member_id is not None and each.member_id not in readers:
            choices = ChoiceList(rows=((texts.read_choice(row.id),),))
        message, delivery = _message(row, each.chat, text, (), choices=choices, member_id=each.member_id, held=False)
        update = {"replaces": each.message_id} if each.chat.edits else {"text": str(anew)}
        written.append((message.model_copy(update=update), delivery))
    whole = {each.chat.key for each in messages}
    for member_id, chat in arrived:
        if chat.key not in whole:
            written.append(_message(row, chat, anew, (), choices=None, member_id=member_id, held=False))
    await talk.uow.outbox.put_many(written, now=talk.now)
    in_place = sum(1 for message, _ in written if message.replaces)
    return in_place, len(written) - in_place


EDIT_FORM: Form[EditDraft, None] = Form(
    name="announcement-edit",
    title="sửa thông báo",
    draft_type=EditDraft,
    version=1,
    fields=(
        Field(
            "text",
            "Nội dung",
            lambda draft, context: Question(texts.ask_edit(draft.before)),
            _read,
            missing=lambda draft: not draft.text,
            optional=False,
        ),
    ),
    preview=lambda draft, context: texts.edit_card(draft.text, draft.number),
    load=_load,
    submit=_submit,
)


class AnnouncementCards:
    """The presses on the card."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms

    def conversation(self) -> Conversation:
        """The presses."""
        return Conversation(name="announcement_cards", presses={texts.CARD_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, rest = value.partition("|")
        announcement_id = int(rest.partition("|")[0])
        await talk.act_in(await talk.uow.announcements.team_of(announcement_id))
        require(talk.role, Act.ANNOUNCE)
        row = await talk.uow.announcements.get(announcement_id, team_id=talk.member().team_id, lock=True)
        match verb:
            case "show":
                await show_card(talk, row, in_place=True)
            case "open":
                await show_card(talk, row)
            case "pause" | "resume" | "stop":
                await _move(talk, row, verb)
            case "unread":
                standing = await standing_of(talk.uow, row, zone=talk.settings.zone, now=talk.now)
                talk.say(texts.who_has_not(row.number, standing.unread, standing.unreached))
            case "nudge":
                await _nudge(talk, row)
            case "edit":
                await self._edit(talk, row)
            case _:
                raise StaleChoice(value=value)

    async def _edit(self, talk: Talk, row: Announcement) -> None:
        if row.status == "stopped":
            raise StaleChoice(announcement=row.id)
        draft = EditDraft(announcement_id=row.id, number=row.number, version=row.version, before=row.text)
        await self._forms.start(talk, EDIT_FORM, draft)


_DEEDS = {"pause": "announcement_pause", "resume": "announcement_resume", "stop": "announcement_stop"}


async def _move(talk: Talk, row: Announcement, verb: str) -> None:
    """Hold back, let go on, or stop for good what has not left yet."""
    if row.status == "stopped":
        raise StaleChoice(announcement=row.id)
    topic = content_topic(row)
    if verb == "pause":
        await talk.uow.broadcasts.hold(topic)
    elif verb == "resume":
        await talk.uow.broadcasts.release(topic, at=max(talk.now, row.send_at))
    else:
        await talk.uow.outbox.cancel_topic(topic)
        row.status = "stopped"
        await talk.uow.flush()
    await talk.note(_DEEDS[verb], f"announcement:{row.id}", number=row.number)
    await show_card(talk, row, in_place=True)


async def _nudge(talk: Talk, row: Announcement) -> None:
    """Remind those who have not read it, once, when people are awake; nobody on leave, and no officer."""
    standing = await standing_of(talk.uow, row, zone=talk.settings.zone, now=talk.now)
    if standing.is_nudged or row.status == "stopped":
        talk.say(texts.nudged_already())
        return
    people = await talk.uow.candidates.of_team(row.team_id, now=talk.local_now)
    left_alone = {each.id for each in people if not each.is_nudged or each.is_away(talk.today)}
    unread = [member_id for member_id, _ in await talk.uow.announcements.unread(row.id) if member_id not in left_alone]
    chats = await talk.uow.reach.for_reminders(unread, topic=content_topic(row))
    names = await talk.uow.members.names([row.created_by])
    text = texts.nudge(row.number, names[row.created_by], row.text)
    choices = ChoiceList(rows=((texts.read_choice(row.id),), (texts.open_choice(row.id, "Xem toàn văn"),)))
    starts = sendable_from(talk.now, talk.settings)
    messages = [
        (
            Outgoing(chat=chats[member_id][0], text=str(text), choices=choices),
            _nudge_delivery(talk, row, member_id, starts if starts > talk.now else None),
        )
        for member_id in unread
        if member_id in chats
    ]
    if not messages:
        talk.say(texts.nobody_to_nudge())
        return
    await talk.uow.outbox.put_many(messages, now=talk.now)
    later = starts.astimezone(talk.settings.zone) if starts > talk.now else None
    talk.say(texts.nudged(len(messages), later=later))
    await show_card(talk, row)


def _nudge_delivery(talk: Talk, row: Announcement, member_id: int, not_before: datetime | None) -> Delivery:
    return Delivery(
        dedupe_key=f"{nudge_topic(row.id)}:member-{member_id}",
        priority=Priority.REMINDER,
        not_before=not_before,
        guard=Guard(name="announcement-unread", arguments={"announcement": row.id, "member": member_id}),
        member_id=member_id,
        author_member_id=talk.member().id,
        topic=nudge_topic(row.id),
    )
