"""The messages of work that is given out, ready for the outbox: handlers and jobs send the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import AssigneeStatus
from bot.domain.messages import Attachment, Chat, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.rich_text import Markup
from bot.texts import assignments as texts

_MANY = 30  # recipients from which reminders of others go first


def attachments_of(files: Sequence[tuple[int, str, str]]) -> tuple[Attachment, ...]:
    """Stored files (id, name, type) as they go along."""
    return tuple(
        Attachment(stored_id=file_id, name=name, mime=mime, as_photo=mime.startswith("image/"))
        for file_id, name, mime in files
    )


def order_messages(
    view: AssignmentView,
    chats: Mapping[int, Sequence[Chat]],
    *,
    key: str,
    status: AssigneeStatus = AssigneeStatus.SENT,
    about: Markup | None = None,
    files: Sequence[tuple[int, str, str]] = (),
    reminding: bool = False,
    as_of: datetime | None = None,
) -> list[tuple[Outgoing, Delivery]]:
    """The order to each of them; `key` says which occasion, so that none comes twice.

    `reminding`: they know of it, so what is confidential is not said again.
    """
    return [
        (
            _order(found[0], view, status, about, attachments_of(files), reminding=reminding),
            Delivery(
                dedupe_key=f"{view.topic}:{key}:member-{member_id}",
                priority=Priority.BROADCAST if len(chats) > _MANY else Priority.REMINDER,
                as_of=as_of,
                member_id=member_id,
                author_member_id=view.giver_id,
                topic=view.topic,
                resend_when_unsure=False,
            ),
        )
        for member_id, found in chats.items()
        if found
    ]


def _order(
    chat: Chat,
    view: AssignmentView,
    status: AssigneeStatus,
    about: Markup | None,
    attachments: tuple[Attachment, ...],
    *,
    reminding: bool,
) -> Outgoing:
    again = texts.recalled(view, about) if reminding and about is not None else None
    text = again or texts.order(view, about=about, forgets=chat.forgets)
    rows = tuple(tuple(row) for row in texts.order_choices(view, status, forgets=chat.forgets) if row)
    choices = ChoiceList(rows=rows) if rows else None
    return Outgoing(chat=chat, text=str(text), choices=choices, attachments=attachments)
