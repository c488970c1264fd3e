"""/nhatky: the leader reads who did what, page by page, or takes the whole log as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.documents.export import render
from bot.domain.member_matching import MemberName, match_member
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, require
from bot.texts import audit as texts
from bot.texts.lists import NEWEST_FIRST, turns
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from storage.tables import AuditEntry

ACTION = "audit"
_PAGE = 10
_ALL = 100_000
_KEYS = {"personal_plan", "team_plan", "chat", "assignment", "setting"}
"""What a subject's key says is no word for people."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def conversation() -> Conversation:
    """The command and its pages."""
    spec = CommandSpec("nhatky", "ai đã làm gì trong tổ", show, act=Act.SEE_AUDIT, example="/nhatky Lan")
    return Conversation(name="audit", commands=(spec,), presses={ACTION: pressed})


async def show(talk: Talk, argument: str) -> None:
    """The newest entries, of all or about one person."""
    if not argument.strip():
        await _page(talk, 0)
        return
    members = await talk.uow.members.current(talk.member().team_id)
    found = match_member(argument, [MemberName(each.id, each.name) for each in members]).sure
    if found is None:
        talk.say(texts.nobody(argument.strip()[:60]))
    else:
        await _page(talk, 0, about=found)


async def pressed(talk: Talk, value: str) -> None:
    """Another page, or the file."""
    require(talk.role, Act.SEE_AUDIT)
    start, _, about = value.partition(":")
    if value == "file":
        await _file(talk)
    else:
        await _page(talk, int(start), about=int(about) if about else None)


async def _page(talk: Talk, start: int, *, about: int | None = None) -> None:
    team_id = talk.member().team_id
    name = (await talk.uow.members.get(about, team_id=team_id)).name if about is not None else ""
    entries = await talk.uow.audit.page(team_id, offset=start, limit=_PAGE + 1, about=about)
    suffix = "" if about is None else f":{about}"
    row = [
        Choice(label=label, action=ACTION, value=f"{to}{suffix}", numbered=False)
        for label, to in turns(start, start + len(entries), step=_PAGE, words=NEWEST_FIRST)
    ]
    file = Choice(label="📄 Tải cả nhật ký", action=ACTION, value="file")
    said = texts.log(await read_entries(talk, entries[:_PAGE]), start=start, about=name)
    talk.say(said, [row, [file]], in_place=True)


async def _file(talk: Talk) -> None:
    await talk.note("export", format="nhật ký")
    entries = await read_entries(talk, await talk.uow.audit.page(talk.member().team_id, offset=0, limit=_ALL))
    data = await asyncio.to_thread(render, [texts.row(each) for each in entries], columns=texts.COLUMNS, kind="xlsx")
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
            subject="" if _member_of(each.subject) == each.actor_member_id else _name(each.subject, names),
            detail=each.detail,
        )
        for each in entries
    ]


def _member_of(subject: str) -> int | None:
    what, _, number = subject.partition(":")
    return int(number) if what == "member" and number.isdecimal() else None


def _name(subject: str, names: dict[int, str]) -> str:
    """Whom it is about; what has a number of its own in the team says it in the details, our ids say nothing."""
    member_id = _member_of(subject)
    if member_id is not None:
        return names.get(member_id, "")
    what, _, about = subject.partition(":")
    return "" if about.isdecimal() or what in _KEYS else about or what
