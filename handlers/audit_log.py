"""/nhatky: the leader reads who did what, page by page, or takes the whole log as a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.export import render
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, require
from bot.texts import audit as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from storage.tables import AuditEntry

ACTION = "audit"
_PAGE = 10
_ALL = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def conversation() -> Conversation:
    """The command and its pages."""
    spec = CommandSpec("nhatky", "ai đã làm gì trong tổ", show, act=Act.SEE_AUDIT)
    return Conversation(name="audit", commands=(spec,), presses={ACTION: pressed})


async def show(talk: Talk, argument: str) -> None:
    """The newest entries."""
    del argument
    await _page(talk, 0)


async def pressed(talk: Talk, value: str) -> None:
    """Another page, or the file."""
    require(talk.role, Act.SEE_AUDIT)
    if value == "file":
        await _file(talk)
    else:
        await _page(talk, int(value))


async def _page(talk: Talk, start: int) -> None:
    entries = await talk.uow.audit.page(talk.member().team_id, offset=start, limit=_PAGE + 1)
    turns = [("‹ Mới hơn", start - _PAGE, start > 0), ("Cũ hơn ›", start + _PAGE, len(entries) > _PAGE)]
    row = [Choice(label=label, action=ACTION, value=str(to), numbered=False) for label, to, there in turns if there]
    file = Choice(label="📄 Tải cả nhật ký", action=ACTION, value="file")
    talk.say(texts.log(await read_entries(talk, entries[:_PAGE]), start=start), [row, [file]], in_place=True)


async def _file(talk: Talk) -> None:
    mine = talk.member()
    await talk.uow.audit.note(
        team_id=mine.team_id, actor=mine.id, action="export", subject="", now=talk.now, format="nhật ký"
    )
    entries = await read_entries(talk, await talk.uow.audit.page(mine.team_id, offset=0, limit=_ALL))
    rows = [{"thời gian": f"{each.at:%Y-%m-%d %H:%M:%S}", "nội dung": texts.sentence(each)} for each in entries]
    data = render(rows, columns=("thời gian", "nội dung"), kind="xlsx")
    stored = await talk.uow.files.keep(data=data, name="nhat-ky.xlsx", mime=_XLSX, now=talk.now)
    talk.say(texts.as_file(), attachments=[Attachment(stored_id=stored, name="nhat-ky.xlsx", mime=_XLSX)])


async def read_entries(talk: Talk, entries: Sequence[AuditEntry]) -> list[texts.Entry]:
    """With names as they are now: whoever was erased is nobody here either."""
    actors = {each.actor_member_id for each in entries if each.actor_member_id is not None}
    subjects = {_member_of(each.subject) for each in entries}
    names = await talk.uow.members.names(actors | {each for each in subjects if each is not None})
    return [
        texts.Entry(
            at=each.at.astimezone(talk.settings.zone),
            actor=names.get(each.actor_member_id or 0, "Hệ thống"),
            action=each.action,
            subject=_name(each.subject, names),
            detail=each.detail,
        )
        for each in entries
    ]


def _member_of(subject: str) -> int | None:
    what, _, number = subject.partition(":")
    return int(number) if what == "member" and number.isdecimal() else None


def _name(subject: str, names: dict[int, str]) -> str:
    member_id = _member_of(subject)
    if member_id is not None:
        return names.get(member_id, "")
    what, _, number = subject.partition(":")
    return f"số {number}" if number.isdecimal() else number or what
