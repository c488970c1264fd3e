"""What readers do with announcements: confirm reading, look again."""

from __future__ import annotations

from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup, join_lines, to_spans, utf16_length
from bot.texts import announcements as texts
from handlers.conversation import Conversation
from handlers.talk import Talk
from storage.tables import Announcement

_EDITED_WHOLE = 1500  # UTF-16 units up to which a message certainly went out in one piece
_LISTED = 10


def reading() -> Conversation:
    """The presses under an announcement."""
    return Conversation(name="announcement_reading", presses={texts.READ_ACTION: _pressed})


async def _pressed(talk: Talk, value: str) -> None:
    verb, _, carried = value.partition("|")
    await talk.act_in(await talk.uow.announcements.team_of(int(carried)))
    require(talk.role, Act.READ_ANNOUNCEMENTS)
    row = await talk.uow.announcements.get(int(carried), team_id=talk.member().team_id)
    match verb:
        case "read":
            await _confirm(talk, row)
        case "open":
            await show_to_reader(talk, row)
        case _:
            raise StaleChoice(value=value)


async def _confirm(talk: Talk, row: Announcement) -> None:
    recipient = await talk.uow.announcements.recipient(row.id, talk.member().id)
    if recipient is None:
        raise StaleChoice(announcement=row.id)
    if row.status == "stopped":
        talk.say(texts.stopped_already(row.number))
        return
    if recipient.read_at is None:
        recipient.read_at = talk.now
        await talk.uow.flush()
    whole = join_lines(await wording(talk, row), "", texts.read_mark())
    if utf16_length(to_spans(whole).text) <= _EDITED_WHOLE and not await talk.uow.announcements.files(row.id):
        talk.tidy(whole)
    talk.toast = to_spans(texts.noted(row.number)).text
    talk.say(texts.noted(row.number))


async def show_to_reader(talk: Talk, row: Announcement) -> None:
    """The whole text again, with the button while it is unread; StaleChoice for whom it is not."""
    recipient = await talk.uow.announcements.recipient(row.id, talk.member().id)
    if recipient is None:
        raise StaleChoice(announcement=row.id)
    if row.status == "stopped":
        talk.say(texts.stopped_already(row.number))
        return
    choices = [[texts.read_choice(row.id)]] if recipient.read_at is None else []
    talk.say(await wording(talk, row), choices, attachments=await attachments(talk, row))


async def list_for_reader(talk: Talk) -> None:
    """What was announced to me, the newest first."""
    found = await talk.uow.announcements.for_member(talk.member().id, limit=_LISTED)
    lines = [(row.number, row.text, is_read) for row, is_read in found]
    talk.say(texts.list_for_me(lines), [[texts.open_choice(row.id, f"Xem số {row.number}") for row, _ in found[:3]]])


async def wording(talk: Talk, row: Announcement, *, again: bool = False) -> Markup:
    """What people read."""
    names = await talk.uow.members.names([row.created_by])
    edit = await talk.uow.announcements.last_edit(row.id)
    edited_at = edit.changed_at.astimezone(talk.settings.zone) if edit else None
    return texts.announcement(row.number, names[row.created_by], row.text, edited_at=edited_at, again=again)


async def attachments(talk: Talk, row: Announcement) -> list[Attachment]:
    """The files that go along."""
    return [
        Attachment(stored_id=file_id, name=name, mime=mime, as_photo=mime.startswith("image/"))
        for file_id, name, mime in await talk.uow.announcements.files(row.id)
    ]


async def unread_of_mine(talk: Talk) -> Markup | None:
    """For /toi: what I have not confirmed reading."""
    found = await talk.uow.announcements.for_member(talk.member().id, limit=_LISTED, unread_only=True)
    return texts.unread_of_mine([row.number for row, _ in found]) if found else None
