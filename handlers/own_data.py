"""/quyenriengtu: what is kept about me; all of it as a file, corrected, taken back, erased (Law 91/2025)."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Choice
from bot.domain.own_data import RequestKind
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import own_data as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.ending_membership import end_membership
from handlers.forms.session import Forms
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from storage.files import KeptFile
from storage.tables import PrivacyRequest

ACTION = "privacy"
_MOST_BYTES = 15_000_000


class OwnDataRights:
    """The command, its buttons, and the leader's side."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self._correction = words_form("own-correction", "xin sửa dữ liệu", self._corrected)
        forms.add(self._correction)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec("quyenriengtu", "dữ liệu của tôi: xem, tải, sửa, xóa", self.show, act=Act.SEE_OWN)
        return Conversation(name="own-data", commands=(spec,), presses={ACTION: self.pressed})

    async def show(self, talk: Talk, argument: str) -> None:
        """What is kept and why; for the leader also the requests that wait."""
        del argument
        mine = talk.member()
        consents = await _consents(talk)
        waiting = await talk.uow.own_data.waiting(mine.team_id)
        own = [(RequestKind(each.kind), each.done_by) for each in waiting if each.member_id == mine.id]
        rows = [
            [_choice("📦 Tải mọi thứ về tôi", "export")],
            [_choice("✏️ Xin sửa", "correct"), _choice("↩️ Rút lại đồng ý", "withdraw")],
            [_choice("🗑 Xin xóa", "erase")],
        ]
        talk.say(texts.overview(mine.name, consents, own), rows)
        if may(talk.role, Act.ANSWER_PRIVACY):
            for request in waiting:
                name = (await talk.uow.members.names([request.member_id]))[request.member_id]
                talk.say(_asked(name, request), _answers(name, request))

    async def pressed(self, talk: Talk, value: str) -> None:
        """One of the rights, or the leader's answer to a request."""
        verb, _, number = value.partition(":")
        mine = talk.member()
        match verb:
            case "export":
                await _export(talk)
            case "correct":
                prompt = str(texts.ask_correction())
                await self._forms.start(talk, self._correction, WordsDraft(about=mine.id, prompt=prompt))
            case "withdraw" | "erase" if mine.role == Role.LEADER:
                talk.say(texts.leader_first())
            case "withdraw":
                talk.say(texts.confirm_withdrawal(), _sure("withdrawn"), in_place=True)
            case "erase":
                talk.say(texts.confirm_erase(), _sure("eraseme"), in_place=True)
            case "no":
                talk.say(texts.nothing_changed(), in_place=True)
            case "withdrawn" if mine.role != Role.LEADER:
                await _withdraw(talk)
            case "eraseme" if mine.role != Role.LEADER:
                await _ask(talk, RequestKind.ERASE, "")
            case "received" | "done":
                await _answer(talk, int(number), is_done=verb == "done")
            case _:
                raise StaleChoice(value=value)

    async def _corrected(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        del draft
        await _ask(talk, RequestKind.CORRECT, words)


async def own_section(talk: Talk) -> Markup | None:
    """What waits for the leader, with the law's dates, for /toi."""
    if not may(talk.role, Act.ANSWER_PRIVACY):
        return None
    waiting = await talk.uow.own_data.waiting(talk.member().team_id)
    names = await talk.uow.members.names([each.member_id for each in waiting])
    rows = [
        (names[each.member_id], RequestKind(each.kind), each.done_by if each.answered_at else each.answer_by)
        for each in waiting
    ]
    return texts.waiting(rows) if rows else None


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)


def _sure(value: str) -> list[list[Choice]]:
    return [[_choice("Tôi chắc chắn", value)], [_choice("Thôi", "no")]]


async def _consents(talk: Talk) -> list[tuple[str, datetime]]:
    given, zone = await talk.uow.consents.of(talk.member().id), talk.settings.zone
    return [(each.version, each.given_at.astimezone(zone)) for each in given if each.withdrawn_at is None]


def _asked(name: str, request: PrivacyRequest) -> Markup:
    return texts.asked(name, RequestKind(request.kind), request.words, request.answer_by, request.done_by)


def _answers(name: str, request: PrivacyRequest) -> list[list[Choice]]:
    """Labels say whose request and which, so that those of several can stand in one list."""
    to_correct = request.kind == RequestKind.CORRECT
    done = f"{'Đã sửa xong' if to_correct else 'Xóa dữ liệu'}: {name}"
    noted = f"Đã nhận yêu cầu {'sửa' if to_correct else 'xóa'}: {name}"
    received = [] if request.answered_at else [_choice(noted, f"received:{request.id}")]
    return [received, [_choice(done, f"done:{request.id}")]]


async def _ask(talk: Talk, kind: RequestKind, words: str) -> None:
    mine = talk.member()
    request = await talk.uow.own_data.ask(mine, kind, words, today=talk.today, now=talk.now)
    await talk.note("ask_privacy", f"member:{mine.id}", kind=texts.KINDS[kind])
    leaders = [each.id for each in await talk.uow.members.with_roles(mine.team_id, Role.LEADER)]
    await talk.tell(leaders, _asked(mine.name, request), _answers(mine.name, request), key=f"privacy:{request.id}")
    talk.say(texts.sent(kind, request.answer_by, request.done_by))


async def _answer(talk: Talk, request_id: int, *, is_done: bool) -> None:
    require(talk.role, Act.ANSWER_PRIVACY)
    mine = talk.member()
    request = await talk.uow.own_data.get(request_id, team_id=mine.team_id)
    if request.done_at is not None:
        raise StaleChoice(request=request_id)
    if request.answered_at is None:
        request.answered_at, request.answered_by = talk.now, mine.id
    kind = RequestKind(request.kind)
    if not is_done:
        await talk.tell([request.member_id], texts.received(), key=f"privacy:{request.id}:received")
        name = (await talk.uow.members.names([request.member_id]))[request.member_id]
        talk.say(_asked(name, request), _answers(name, request), in_place=True)
    elif kind is RequestKind.ERASE:
        await _erase(talk, request)
        talk.say(texts.done(kind), in_place=True)
    else:
        request.done_at = talk.now
        await talk.tell([request.member_id], texts.done(kind), key=f"privacy:{request.id}:done")
        talk.say(texts.done(kind), in_place=True)
    await talk.note("answer_privacy", f"member:{request.member_id}", kind=texts.KINDS[kind])


async def _erase(talk: Talk, request: PrivacyRequest) -> None:
    member = await talk.uow.members.get(request.member_id, team_id=request.team_id)
    if member.role == Role.LEADER:
        raise StaleChoice(member=member.id)
    person_id = member.person_id
    elsewhere = person_id is not None and await talk.uow.members.memberships(person_id) > 1
    await talk.uow.own_data.withdraw_consent(member.id, now=talk.now)
    if member.ended_at is None:
        await end_membership(talk, member)
    await talk.uow.own_data.erase(member, person_id=None if elsewhere else person_id, now=talk.now)
    await talk.note("erase", f"member:{member.id}")


async def _withdraw(talk: Talk) -> None:
    mine = talk.member()
    await talk.uow.own_data.withdraw_consent(mine.id, now=talk.now)
    await talk.note("withdraw_consent", f"member:{mine.id}")
    await end_membership(talk, mine)
    talk.say(texts.withdrawn(), in_place=True)


async def _export(talk: Talk) -> None:
    mine = talk.member()
    everything = await talk.uow.own_data.everything(mine)
    await talk.note("export_own", f"member:{mine.id}")
    files: list[KeptFile] = []
    for file_id in await talk.uow.own_data.file_ids(mine.id):
        file = await talk.uow.files.load(file_id)
        if sum(len(each.data) for each in files) + len(file.data) <= _MOST_BYTES:
            files.append(file)
    text = json.dumps(everything, ensure_ascii=False, indent=1, default=str)
    data = await asyncio.to_thread(_zip, text, files)
    name = "du-lieu-cua-toi.zip"
    stored = await talk.uow.files.keep(data=data, name=name, mime="application/zip", now=talk.now)
    file = Attachment(stored_id=stored, name=name, mime="application/zip")
    talk.say(texts.export_made(sum(len(rows) for rows in everything.values()), len(files)), attachments=[file])


def _zip(text: str, files: Sequence[KeptFile]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("du-lieu.json", text)
        archive.writestr("huong-dan.txt", texts.guide())
        for file in files:
            archive.writestr(f"tep/{file.id}-{file.name.replace('/', '_')}", file.data)
    return buffer.getvalue()
