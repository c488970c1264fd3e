"""/thongbao: writing an announcement, choosing whom it is for, sending it now or later."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from bot.domain.choosing import Candidate, Occasion, choose
from bot.domain.dates import named_moment
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName
from bot.domain.text import fold
from bot.texts import announcements as texts
from handlers.announcement_cards import send, show_card
from handlers.announcement_reading import list_for_reader, show_to_reader
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.tables import Announcement

LONGEST = 20_000
_GROUP_WORDS = ("nhóm chat", "nhom chat", "vào nhóm", "vao nhom")
_NOW_WORDS = {"ngay", "bay gio", "gui ngay", "luon"}
_WHEN_WORDS = ("gui luc ", "gui vao ", "hen gio ")
_CONTINUES = 60  # characters from which a text at the card is more of the announcement, not a correction
_LIST_WORDS = {"xem", "danh sach", "da gui", "cu"}


class AnnouncementDraft(BaseModel):
    """An announcement in the making. `people` were chosen by `audience`, in words."""

    text: str = ""
    audience: str = ""
    people: tuple[int, ...] = ()
    to_group: bool = False
    send_at: datetime | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AudienceContext:
    """Who there is to write to, besides whoever writes."""

    now: datetime
    colleagues: tuple[Candidate, ...]
    schools: tuple[SchoolName, ...]
    groups: int

    def names(self, ids: tuple[int, ...]) -> list[str]:
        """Their names, in the order of the roster."""
        return [each.name for each in self.chosen(ids)]

    def chosen(self, ids: Collection[int]) -> list[Candidate]:
        """Those of them who are still here, in the order of the roster; thousands as quickly as one."""
        wanted = frozenset(ids)
        return [each for each in self.colleagues if each.id in wanted]


Reading = AnnouncementDraft | Refusal


async def load(talk: Talk) -> AudienceContext:
    """Everybody else in force, the schools, and the groups."""
    require(talk.role, Act.ANNOUNCE)
    me = talk.member()
    people = await talk.uow.candidates.of_team(me.team_id, now=talk.local_now)
    groups = await talk.uow.groups.of_team(me.team_id)
    names = await talk.uow.schools.names(me.team_id)
    return AudienceContext(talk.local_now, tuple(each for each in people if each.id != me.id), names, len(groups))


def _read_text(text: str, draft: AnnouncementDraft, context: AudienceContext) -> Reading:
    del context
    if not text.strip():
        return Refusal(texts.text_missing())
    if len(text) > LONGEST:
        return Refusal(texts.too_long(LONGEST))
    return draft.model_copy(update={"text": text.strip()})


def _ask_audience(draft: AnnouncementDraft, context: AudienceContext) -> Question:
    del draft
    options = [Option("Cả tổ", "cả tổ")]
    if context.groups:
        options += [Option("Cả tổ + nhóm chat", "cả tổ và nhóm chat"), Option("Chỉ nhóm chat", "nhóm chat")]
    areas = list(dict.fromkeys(each.area for each in context.colleagues if each.area))
    options += [Option(f"Khu vực {area}" if area.isdecimal() else area, f"khu vực {area}") for area in areas[:6]]
    return Question(texts.ask_audience(), tuple(options))


def _read_audience(text: str, draft: AnnouncementDraft, context: AudienceContext) -> Reading:
    """Who is meant; a long text is more of the announcement, since apps cut what is pasted."""
    if len(text) > _CONTINUES * 3 and not draft.people:
        return _continued(text, draft)
    words, to_group = _without_group(text)
    if words:
        found = choose(words, context.colleagues, Occasion(now=context.now, schools=context.schools))
        if found.unclear:
            unclear = found.unclear[0]
            return Refusal(texts.which_one(unclear.typed, context.names(unclear.best)))
        if found.unknown:
            return Refusal(texts.unknown_people(found.unknown))
        people = found.ids
    else:
        people = ()
    to_group = to_group and context.groups > 0
    if not people and not to_group:
        return Refusal(texts.nobody_meant())
    return draft.model_copy(update={"audience": words, "people": people, "to_group": to_group})


def _without_group(text: str) -> tuple[str, bool]:
    lowered = text.lower()
    for words in _GROUP_WORDS:
        at = lowered.find(words)
        if at >= 0:
            rest = f"{text[:at]} {text[at + len(words) :]}".strip(" ,;+&.")
            for joint in (" và", " va", " cả", " ca"):
                rest = rest.removesuffix(joint)
            return ("" if fold(rest) in {"", "chi", "va", "ca"} else rest.strip(" ,;+&.")), True
    return text.strip(), False


def _ask_when(draft: AnnouncementDraft, context: AudienceContext) -> Question:
    del draft, context
    options = (Option("Ngay bây giờ", "ngay"), Option("7h sáng mai", "7h sáng mai"), Option("11h30", "11h30"))
    return Question(texts.ask_when(), options)


def _read_when(text: str, draft: AnnouncementDraft, context: AudienceContext) -> Reading:
    if fold(text) in _NOW_WORDS:
        return draft.model_copy(update={"send_at": None})
    found = named_moment(text, now=context.now)
    if found is None:
        return Refusal(texts.when_unknown())
    if found <= context.now:
        return Refusal(texts.when_over())
    return draft.model_copy(update={"send_at": found})


def _continued(text: str, draft: AnnouncementDraft) -> Reading:
    whole = f"{draft.text}\n{text.strip()}".strip()
    return Refusal(texts.too_long(LONGEST)) if len(whole) > LONGEST else draft.model_copy(update={"text": whole})


def _absorb(text: str, draft: AnnouncementDraft, context: AudienceContext) -> Reading | None:
    """At the card: a long text goes on with the announcement, a short one says when, or names whom it is for."""
    if fold(text).startswith(_WHEN_WORDS):
        return _read_when(text, draft, context)
    if len(text) >= _CONTINUES:
        longer = _continued(text, draft)
        return longer if isinstance(longer, AnnouncementDraft) else None
    read = _read_audience(text, draft, context)
    return read if isinstance(read, AnnouncementDraft) else None


def _preview(draft: AnnouncementDraft, context: AudienceContext) -> Markup:
    chosen = context.chosen(draft.people)
    return texts.card(
        draft.text,
        audience=draft.audience,
        receiving=sum(1 for each in chosen if each.joined and each.reachable),
        not_joined=[each.name for each in chosen if not each.joined],
        unreachable=[each.name for each in chosen if each.joined and not each.reachable],
        groups=context.groups if draft.to_group else 0,
        files=len(draft.files),
        send_at=draft.send_at.astimezone(context.now.tzinfo) if draft.send_at else None,
    )


async def _submit(talk: Talk, draft: AnnouncementDraft, context: AudienceContext, serial: str) -> None:
    """Record it once, however often it is confirmed, and write what is to be sent."""
    require(talk.role, Act.ANNOUNCE)
    member, source = talk.member(), f"announcement:{serial}"
    row = await talk.uow.announcements.made_from(source)
    if row is None:
        people = [each.id for each in context.chosen(draft.people)]
        row = Announcement(
            team_id=member.team_id,
            number=await talk.uow.announcements.next_number(member.team_id),
            source=source,
            text=draft.text,
            version=1,
            to_group=draft.to_group,
            audience=draft.audience,
            status="sent",
            created_by=member.id,
            created_at=talk.now,
            send_at=max(talk.now, draft.send_at) if draft.send_at else talk.now,
        )
        await talk.uow.announcements.add(row, people, files=draft.files)
        await send(talk, row)
        await talk.note("announce", f"announcement:{row.id}", number=row.number)
    await show_card(talk, row)


FORM: Form[AnnouncementDraft, AudienceContext] = Form(
    name="announcement",
    title="gửi thông báo",
    draft_type=AnnouncementDraft,
    version=1,
    fields=(
        Field(
            "text",
            "Nội dung",
            lambda draft, context: Question(texts.ask_text()),
            _read_text,
            missing=lambda draft: not draft.text,
            optional=False,
        ),
        Field(
            "audience",
            "Người nhận",
            _ask_audience,
            _read_audience,
            missing=lambda draft: not draft.people and not draft.to_group,
            optional=False,
        ),
        Field(
            "send_at", "Giờ gửi", _ask_when, _read_when, skip=lambda draft: draft.model_copy(update={"send_at": None})
        ),
    ),
    preview=_preview,
    load=load,
    submit=_submit,
    absorb=_absorb,
)


class Announcing:
    """The command, for those who announce and for those who read."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms

    def conversation(self) -> Conversation:
        """The command."""
        spec = CommandSpec(
            "thongbao",
            "gửi và xem thông báo",
            self.start,
            act=Act.READ_ANNOUNCEMENTS,
            example="/thongbao Thứ sáu 14h họp tổ tại TH Kim Đồng",
            example_act=Act.ANNOUNCE,
        )
        return Conversation(name="announcing", commands=(spec,))

    async def start(self, talk: Talk, text: str) -> None:
        """A text becomes a draft; a number or "xem" shows what was announced."""
        announces = may(talk.role, Act.ANNOUNCE)
        if text.isdecimal():
            await self._numbered(talk, int(text), announces=announces)
        elif not announces or fold(text) in _LIST_WORDS:
            await self._list(talk, announces=announces)
        else:
            files = talk.incoming.stored_ids
            read = _read_text(text, AnnouncementDraft(files=files), await load(talk)) if text else None
            opening = read.text if isinstance(read, Refusal) else None
            draft = read if isinstance(read, AnnouncementDraft) else AnnouncementDraft(files=files)
            await self._forms.start(talk, FORM, draft, opening=opening)

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A file that comes while an announcement is being written; False otherwise."""
        stored = talk.incoming.stored_ids
        if not stored or not may(talk.role, Act.ANNOUNCE):
            return False

        def attach(draft: AnnouncementDraft) -> AnnouncementDraft:
            whole = f"{draft.text}\n{text}".strip()[:LONGEST]
            return draft.model_copy(update={"files": (*draft.files, *stored), "text": whole})

        if not await self._forms.change_draft(talk, FORM, attach):
            return False
        await self._forms.resume(talk)
        return True

    async def _numbered(self, talk: Talk, number: int, *, announces: bool) -> None:
        row = await talk.uow.announcements.numbered(number, team_id=talk.member().team_id)
        if row is None:
            talk.say(texts.not_found(number))
        elif announces:
            await show_card(talk, row)
        else:
            await show_to_reader(talk, row)

    async def _list(self, talk: Talk, *, announces: bool) -> None:
        if not announces:
            await list_for_reader(talk)
            return
        listed = await talk.uow.announcements.latest(talk.member().team_id, limit=10)
        lines = [(each.announcement.number, each.announcement.text, each.read, each.recipients) for each in listed]
        rows = [
            [texts.card_choice(each.announcement.id, each.announcement.number, each.announcement.version)]
            for each in listed
        ]
        talk.say(texts.list_of_sent(lines), rows)
