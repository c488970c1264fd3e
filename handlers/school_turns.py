"""A school renamed or merged from a day on: what was before keeps its name, what comes goes the new way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta

from pydantic import BaseModel

from bot.domain.dates import named_day
from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.roster_words import write_school
from bot.domain.school_history import LONGEST_NAME, TurnKind, is_name_free
from bot.domain.school_matching import SchoolName, match_school
from bot.domain.school_year import Month, SchoolYear
from bot.texts import schools as texts
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk
from storage.tables import School, SchoolChange

_FURTHEST = timedelta(days=731)


class TurnDraft(BaseModel):
    """What becomes of which school, and what goes along."""

    school: str
    kind: TurnKind
    new_name: str | None = None
    into: str | None = None
    candidates: tuple[str, ...] = ()
    on: Date | None = None
    in_charge: tuple[str, ...] = ()
    at_work: int = 0
    work: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class TurnContext:
    """The local time, the schools in use, and which of them are about to be merged, from which day."""

    now: datetime
    schools: tuple[SchoolName, ...]
    leaving: dict[str, Date]

    def name(self, code: str | None) -> str:
        """A school's name."""
        return next((each.name for each in self.schools if each.code == code), "…")

    def others(self, code: str) -> tuple[SchoolName, ...]:
        """All but this one."""
        return tuple(each for each in self.schools if each.code != code)

    @property
    def earliest(self) -> Date:
        """The first day that can be entered: what lies in an earlier school year has been reported."""
        return SchoolYear.of(self.now.date()).first


Reading = TurnDraft | Refusal


async def load(talk: Talk) -> TurnContext:
    """Whoever keeps the roster only."""
    require(talk.role, Act.MANAGE_ROSTER)
    team_id = talk.member().team_id
    codes = {each.id: each.code for each in await talk.uow.schools.of_team(team_id)}
    waiting = [each for each in await talk.uow.school_changes.waiting(team_id) if each.into_id is not None]
    leaving = {codes[each.school_id]: each.on for each in waiting if each.school_id in codes}
    return TurnContext(talk.local_now, await talk.uow.schools.names(team_id), leaving)


def _read_name(text: str, draft: TurnDraft, context: TurnContext) -> Reading:
    name, before = write_school(" ".join(text.split())), context.name(draft.school)
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
        return Refusal(texts.names_wrong(text))
    if name == before:
        return Refusal(texts.same_name(before))
    if not is_name_free(name, [each.name for each in context.others(draft.school)]):
        return Refusal(texts.name_taken(name))
    return draft.model_copy(update={"new_name": name})


def _ask_into(draft: TurnDraft, context: TurnContext) -> Question:
    options = tuple(Option(context.name(code), code) for code in draft.candidates)
    return Question(texts.ask_into(context.name(draft.school), len(options)), options)


def _read_into(text: str, draft: TurnDraft, context: TurnContext) -> Reading:
    found = match_school(text, context.others(draft.school)).best
    if len(found) == 1:
        return _pick_into(found[0], draft, context)
    if found:
        return draft.model_copy(update={"candidates": found, "into": None})
    own = [each for each in context.schools if each.code == draft.school]
    return Refusal(texts.into_itself() if match_school(text, own).best else texts.into_unknown(text))


def _pick_into(value: str, draft: TurnDraft, context: TurnContext) -> Reading:
    if value not in {each.code for each in context.others(draft.school)}:
        return Refusal(texts.into_unknown(value))
    if value in context.leaving:
        return Refusal(texts.into_leaving(context.name(value), context.leaving[value]))
    return draft.model_copy(update={"into": value, "candidates": ()})


def _ask_on(draft: TurnDraft, context: TurnContext) -> Question:
    del draft
    first = Month.of(context.now.date()).next.first
    soon = f"{first.day}/{first.month}/{first.year}"
    return Question(texts.ask_on(), (Option("Hôm nay", "hôm nay"), Option(f"Ngày {soon}", soon)))


def _read_on(text: str, draft: TurnDraft, context: TurnContext) -> Reading:
    day = named_day(text, now=context.now)
    if day is None or not context.earliest <= day <= context.now.date() + _FURTHEST:
        return Refusal(texts.on_wrong(context.earliest))
    return draft.model_copy(update={"on": day})


async def _settle(talk: Talk, draft: TurnDraft, context: TurnContext) -> TurnDraft:
    """What goes along with a merger."""
    if draft.kind is TurnKind.RENAME or draft.on is None:
        return draft
    school = await talk.uow.schools.by_code(talk.member().team_id, draft.school)
    moving = await talk.uow.school_changes.moving(school.id, draft.on, talk.settings)
    names = await talk.uow.members.names(moving.in_charge)
    del context
    return draft.model_copy(
        update={
            "in_charge": tuple(names[each] for each in moving.in_charge),
            "at_work": moving.at_work,
            "work": moving.work,
            "reports": moving.reports,
        }
    )


def _turn(draft: TurnDraft, context: TurnContext) -> texts.Turn:
    into = context.name(draft.into) if draft.into else None
    return texts.Turn(draft.on or context.now.date(), context.name(draft.school), draft.new_name or "", into)


def _preview(draft: TurnDraft, context: TurnContext) -> Markup:
    return texts.turn_card(
        _turn(draft, context),
        is_today=draft.on is not None and draft.on <= context.now.date(),
        in_charge=draft.in_charge,
        at_work=draft.at_work,
        work=draft.work,
        reports=draft.reports,
    )


async def _submit(talk: Talk, draft: TurnDraft, context: TurnContext, serial: str) -> None:
    del serial
    mine, turn = talk.member(), _turn(draft, context)
    school = await talk.uow.schools.by_code(mine.team_id, draft.school)
    into = await talk.uow.schools.by_code(mine.team_id, draft.into) if draft.into else None
    if not school.active or (into is not None and (not into.active or draft.into in context.leaving)):
        raise StaleChoice(school=school.id)
    concerned = await talk.uow.members.in_charge_of(school.team_id, school.id, into.id if into else None)
    change = await talk.uow.school_changes.enter(
        school, on=turn.on, new_name=turn.new, into=into, by=mine.id, now=talk.now
    )
    await note(talk, f"{draft.kind}_school", school, on=f"{turn.on:%d/%m/%Y}", after=turn.into or turn.new)
    told = [each for each in concerned if each != mine.id]
    await talk.tell(told, texts.turn_told(turn, mine.name), key=f"school-change:{change.id}")
    await talk.uow.school_changes.carry_out_due(mine.team_id, today=talk.today, settings=talk.settings)
    talk.say(texts.turn_done(turn) if change.done else texts.turn_waits(turn))


FORM: Form[TurnDraft, TurnContext] = Form(
    name="school-turn",
    title="đổi tên, sáp nhập trường",
    draft_type=TurnDraft,
    version=1,
    fields=(
        Field(
            "new_name",
            "Tên mới",
            lambda draft, context: Question(texts.ask_new_name(context.name(draft.school))),
            _read_name,
            missing=lambda draft: draft.kind is TurnKind.RENAME and draft.new_name is None,
            applies=lambda draft: draft.kind is TurnKind.RENAME,
            optional=False,
        ),
        Field(
            "into",
            "Nhập vào trường",
            _ask_into,
            _read_into,
            _pick_into,
            missing=lambda draft: draft.kind is TurnKind.MERGE and draft.into is None,
            applies=lambda draft: draft.kind is TurnKind.MERGE,
            optional=False,
        ),
        Field("on", "Từ ngày", _ask_on, _read_on, missing=lambda draft: draft.on is None, optional=False),
    ),
    preview=_preview,
    load=load,
    submit=_submit,
    settle=_settle,
    confirm_label="Ghi nhận",
)


async def turns_of(talk: Talk, changes: list[SchoolChange]) -> list[texts.Turn]:
    """Changes as they are told: what was done with the names of then, what is to come with those of now."""
    names = {each.id: each.name for each in await talk.uow.schools.all_of_team(talk.member().team_id)}
    return [
        texts.Turn(
            each.on,
            each.old_name if each.done else names[each.school_id],
            each.new_name,
            names[each.into_id] if each.into_id is not None else None,
        )
        for each in changes
    ]


async def drop(talk: Talk, change_id: int) -> School:
    """A change to come will not be; those in charge are told."""
    mine = talk.member()
    change = await talk.uow.school_changes.get_waiting(change_id, team_id=mine.team_id)
    school = await talk.uow.schools.get(change.school_id, team_id=mine.team_id)
    (turn,) = await turns_of(talk, [change])
    concerned = await talk.uow.members.in_charge_of(school.team_id, school.id, change.into_id)
    told = [each for each in concerned if each != mine.id]
    await talk.uow.school_changes.drop(change)
    await note(talk, "drop_school_change", school)
    await talk.tell(told, texts.turn_dropped_told(turn, mine.name), key=f"school-change-dropped:{change_id}")
    talk.say(texts.turn_dropped(turn), in_place=True)
    return school


async def note(talk: Talk, action: str, school: School, **detail: str) -> None:
    """In the log, with the school's code."""
    await talk.note(action, f"school:{school.code}", **detail)
