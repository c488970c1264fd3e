"""/uyquyen: which kinds of work a deputy may give out, until when (regulation II.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel

from bot.domain.assignments import OTHER_WORK, WORK_KINDS
from bot.domain.dates import named_day
from bot.domain.errors import StaleChoice
from bot.domain.member_matching import MemberName, match_member
from bot.domain.permissions import Act, require
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.rich_text import Markup
from bot.domain.text import fold, skeleton
from bot.domain.vocabulary import Role
from bot.texts import delegation as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk

_UNTIL = re.compile(r"(?<!\w)(?:den het|den|het|toi) (?=ngay|[0-9]|cuoi|thang)")
_ALL = {"tat ca", "moi viec", "moi loai viec", "tat ca loai viec"}


class DelegationDraft(BaseModel):
    """To whom, which kinds, until which day (included)."""

    member_id: int | None = None
    kinds: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DelegationContext:
    """The local time and the deputies."""

    now: datetime
    deputies: tuple[MemberName, ...]

    def name(self, member_id: int | None) -> str:
        """A deputy's name."""
        return next((each.name for each in self.deputies if each.id == member_id), "…")


Reading = DelegationDraft | Refusal


async def _load(talk: Talk) -> DelegationContext:
    require(talk.role, Act.DELEGATE)
    deputies = await talk.uow.members.with_roles(talk.member().team_id, Role.DEPUTY)
    return DelegationContext(talk.local_now, tuple(MemberName(each.id, each.name) for each in deputies))


def _ask_who(draft: DelegationDraft, context: DelegationContext) -> Question:
    del draft
    return Question(texts.ask_who(), tuple(Option(each.name, str(each.id)) for each in context.deputies))


def _read_who(text: str, draft: DelegationDraft, context: DelegationContext) -> Reading:
    found = match_member(text, context.deputies).sure
    return draft.model_copy(update={"member_id": found}) if found else Refusal(texts.ask_who())


def _pick_who(value: str, draft: DelegationDraft, context: DelegationContext) -> Reading:
    if value not in {str(each.id) for each in context.deputies}:
        return Refusal(texts.ask_who())
    return draft.model_copy(update={"member_id": int(value)})


def _ask_kinds(draft: DelegationDraft, context: DelegationContext) -> Question:
    del draft, context
    return Question(texts.ask_kinds(), (Option("Mọi loại việc", "tất cả"), Option("Dự giờ", "dự giờ")))


def _read_kinds(text: str, draft: DelegationDraft, context: DelegationContext) -> Reading:
    del context
    if fold(text) in _ALL:
        return draft.model_copy(update={"kinds": WORK_KINDS})
    kinds: list[str] = []
    for part in re.split(r"[,;\n]| và ", text):
        found = find_kind(Source.of(part))
        if found is None and fold(part) != "viec khac":
            return Refusal(texts.kinds_unknown(part.strip()[:60]))
        kinds.append(str(found[0]) if found else OTHER_WORK)
    return draft.model_copy(update={"kinds": tuple(dict.fromkeys(kinds))})


def _read_until(text: str, draft: DelegationDraft, context: DelegationContext) -> Reading:
    day = named_day(text, now=context.now)
    if day is None or day < context.now.date():
        return Refusal(texts.until_unknown())
    return draft.model_copy(update={"until": day})


def _read_line(text: str, context: DelegationContext) -> DelegationDraft:
    """ "Nga: dự giờ, chấm thi đến 31/12"; what is not understood is asked."""
    draft, plain = DelegationDraft(), skeleton(text)
    limit = _UNTIL.search(plain)
    if limit is not None:
        read = _read_until(text[limit.end() :], draft, context)
        draft = draft if isinstance(read, Refusal) else read
        text = text[: limit.start()]
    for each in context.deputies:
        given = each.name.split()[-1]
        match = re.match(rf"\s*(?:cô |thầy )?(?:{re.escape(each.name)}|{re.escape(given)})[\s:,]+", text, re.IGNORECASE)
        if match is not None and match_member(given, context.deputies).sure == each.id:
            draft, text = draft.model_copy(update={"member_id": each.id}), text[match.end() :]
            break
    read = _read_kinds(text.strip(), draft, context) if text.strip() else draft
    return draft if isinstance(read, Refusal) else read


def _preview(draft: DelegationDraft, context: DelegationContext) -> Markup:
    return texts.card(context.name(draft.member_id), draft.kinds, draft.until)


async def _grant(talk: Talk, draft: DelegationDraft, context: DelegationContext, serial: str) -> None:
    del serial
    member, until = talk.member(), draft.until or talk.today
    if draft.member_id is None or draft.member_id not in {each.id for each in context.deputies}:
        raise StaleChoice(member=draft.member_id)
    row = await talk.uow.delegations.grant(draft.member_id, draft.kinds, until=until, by=member.id, now=talk.now)
    what = texts.kinds_words(draft.kinds)
    await talk.note("delegate", f"member:{draft.member_id}", field=what, until=f"{until:%d/%m/%Y}")
    await talk.tell(
        [draft.member_id], texts.granted_notice(member.name, draft.kinds, until), key=f"delegation:{row.id}"
    )
    talk.say(texts.granted(context.name(draft.member_id), draft.kinds, until))


FORM: Form[DelegationDraft, DelegationContext] = Form(
    name="delegation",
    title="ủy quyền giao việc",
    draft_type=DelegationDraft,
    version=1,
    fields=(
        Field("who", "Tổ phó", _ask_who, _read_who, _pick_who, missing=lambda d: d.member_id is None, optional=False),
        Field("kinds", "Loại việc", _ask_kinds, _read_kinds, missing=lambda d: not d.kinds, optional=False),
        Field(
            "until",
            "Đến ngày",
            lambda draft, context: Question(texts.ask_until(), (Option("Cuối tháng này", "cuối tháng này"),)),
            _read_until,
            missing=lambda draft: draft.until is None,
            optional=False,
        ),
    ),
    preview=_preview,
    load=_load,
    submit=_grant,
    confirm_label="Ủy quyền",
)


class Delegating:
    """The command and its presses."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        forms.add(FORM)

    def conversation(self) -> Conversation:
        """The leader's."""
        command = CommandSpec(
            "uyquyen",
            "ủy quyền tổ phó giao việc",
            self.start,
            act=Act.DELEGATE,
            example="/uyquyen Nga: dự giờ, chấm thi đến 31/12",
        )
        return Conversation(name="delegating", commands=(command,), presses={texts.DELEGATION_ACTION: self._pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """What is delegated now, then a new one; with everything in one line only its card."""
        context = await _load(talk)
        if not context.deputies:
            talk.say(texts.no_deputy())
            return
        rows = await talk.uow.delegations.of_team(talk.member().team_id, on=talk.today)
        if rows and not text:
            listed = [(context.name(each.member_id), each.kinds, each.until) for each in rows]
            talk.say(
                texts.listed(listed), [[texts.revoke(context.name(each.member_id), each.member_id)] for each in rows]
            )
        await self._forms.start(talk, FORM, _read_line(text, context))

    async def _pressed(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.DELEGATE)
        verb, _, member_id = value.partition(":")
        if verb != "revoke" or not member_id.isdecimal():
            raise StaleChoice(value=value)
        deputy = await talk.uow.members.get(int(member_id), team_id=talk.member().team_id)
        if await talk.uow.delegations.revoke(deputy.id, now=talk.now):
            await talk.note("revoke_delegation", f"member:{deputy.id}")
            key = f"delegation-revoked:{deputy.id}:{talk.incoming.external_id}"
            await talk.tell([deputy.id], texts.revoked_notice(talk.member().name), key=key)
        talk.say(texts.revoked(deputy.name), in_place=True)
