"""Writing lines of a plan: typed one by one or pasted, looked at before they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bot.domain.duty import is_duty_month
from bot.domain.permissions import Act, require
from bot.domain.plan_parser import PlanTrouble, PlanTroubleKind, entry_of, parse_plan, read_month
from bot.domain.plans import MOST_LINES, PlanEntry, may_change_own, plan_months, planning_year
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName
from bot.domain.school_year import Month, SchoolYear
from bot.domain.team_settings import TeamSettings
from bot.domain.text import fold
from bot.texts import plans as texts
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.plan_views import show_own_month, show_team_month, show_year
from handlers.talk import Talk
from storage.plans import NewLine


class DraftLine(BaseModel):
    """A line to be: its month ("2026-11") once it is known."""

    month: str | None
    text: str


class LinesDraft(BaseModel):
    """Lines for the team or for oneself; `month` is that of lines that name none."""

    for_team: bool
    month: str | None = None
    lines: tuple[DraftLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanContext:
    """What reading needs to know, and the lines that stand already: (for the team, month, folded text)."""

    today: date
    settings: TeamSettings
    year: SchoolYear
    schools: tuple[SchoolName, ...]
    known: frozenset[tuple[bool, Month, str]]

    def is_known(self, draft: LinesDraft, entry: PlanEntry) -> bool:
        """Whether the line stands already in the plan that the draft is for."""
        return entry.month is not None and (draft.for_team, entry.month, fold(entry.text)) in self.known

    def school_name(self, code: str | None) -> str | None:
        """The name of a school of the team."""
        return next((each.name for each in self.schools if each.code == code), None)


async def load(talk: Talk) -> PlanContext:
    """Everything within the year that is planned."""
    require(talk.role, Act.PLAN_OWN)
    mine, year = talk.member(), planning_year(talk.today, talk.settings)
    known: set[tuple[bool, Month, str]] = set()
    for member_id in (None, mine.id):
        lines = await talk.uow.plans.lines(mine.team_id, member_id=member_id, months=plan_months(year))
        known |= {(member_id is None, each.month, fold(each.text)) for each in lines}
    schools = await talk.uow.schools.names(mine.team_id)
    return PlanContext(talk.today, talk.settings, year, schools, frozenset(known))


def read_lines(text: str, draft: LinesDraft, context: PlanContext) -> LinesDraft | Refusal:
    """The draft with these lines instead of those it had."""
    month = Month.parse(draft.month) if draft.month else None
    found = parse_plan(text, year=context.year, month=month, schools=context.schools)
    if isinstance(found, PlanTrouble):
        return Refusal(texts.trouble(found))
    refused = None if draft.for_team else _not_to_plan(found, context.today)
    if refused is not None:
        return Refusal(texts.month_over(refused))
    lines = tuple(DraftLine(month=str(each.month) if each.month else None, text=each.text) for each in found)
    return draft.model_copy(update={"lines": lines})


def _not_to_plan(entries: Sequence[PlanEntry], today: date) -> Month | None:
    """The month of a line that a member cannot plan (any more)."""
    months = [each.month for each in entries if each.month is not None]
    return next((each for each in months if not may_change_own(each, today=today)), None)


def _more(text: str, draft: LinesDraft, context: PlanContext) -> LinesDraft | Refusal | None:
    """Lines typed at the preview are added; they belong to the month of the line above."""
    above = draft.lines[-1].month if draft.lines else None
    read = read_lines(text, draft.model_copy(update={"month": draft.month or above, "lines": ()}), context)
    if isinstance(read, Refusal):
        return read
    lines = (*draft.lines, *read.lines)
    if len(lines) > MOST_LINES:
        return Refusal(texts.trouble(PlanTrouble(PlanTroubleKind.TOO_MANY)))
    return draft.model_copy(update={"lines": lines})


def _ask_lines(draft: LinesDraft, context: PlanContext) -> Question:
    del context
    return Question(texts.ask_lines(for_team=draft.for_team, month=Month.parse(draft.month) if draft.month else None))


def _ask_month(draft: LinesDraft, context: PlanContext) -> Question:
    this = Month.of(context.today)
    months = [each for each in plan_months(context.year) if each >= this and is_duty_month(each, context.settings)]
    offered = months if draft.for_team else months[:3]
    return Question(texts.ask_month(), tuple(Option(f"Tháng {each.month}", str(each)) for each in offered))


def _read_month(text: str, draft: LinesDraft, context: PlanContext) -> LinesDraft | Refusal:
    month = read_month(text, year=context.year)
    return Refusal(texts.month_unknown()) if month is None else _with_month(draft, month, context)


def _with_month(draft: LinesDraft, month: Month, context: PlanContext) -> LinesDraft | Refusal:
    if not draft.for_team and not may_change_own(month, today=context.today):
        return Refusal(texts.month_over(month))
    lines = tuple(each if each.month else each.model_copy(update={"month": str(month)}) for each in draft.lines)
    return draft.model_copy(update={"lines": lines, "month": str(month)})


def entries_of(draft: LinesDraft, context: PlanContext) -> list[PlanEntry]:
    """The lines with what is recognised in them, month by month."""
    entries = [
        entry_of(each.text, Month.parse(each.month) if each.month else None, context.schools) for each in draft.lines
    ]
    return sorted(entries, key=lambda each: str(each.month or ""))


def _preview(draft: LinesDraft, context: PlanContext) -> Markup:
    shown = [
        (each, context.school_name(each.school), context.is_known(draft, each)) for each in entries_of(draft, context)
    ]
    return texts.preview(shown, for_team=draft.for_team)


async def write_lines(talk: Talk, entries: Sequence[PlanEntry], *, for_team: bool) -> int:
    """Keep them and settle them against what is reported already; returns how many were new."""
    mine = talk.member()
    require(talk.role, Act.PLAN_TEAM if for_team else Act.PLAN_OWN)
    schools = {each.code: each.id for each in await talk.uow.schools.of_team(mine.team_id)}
    lines = [
        NewLine(each.month, each.text, each.kind, schools.get(each.school or ""))
        for each in entries
        if each.month is not None
    ]
    owner = None if for_team else mine.id
    count = await talk.uow.plans.add(mine.team_id, member_id=owner, lines=lines)
    if not count:
        return 0
    months = sorted({each.month for each in lines})
    for month in months:
        if not for_team:
            await talk.uow.plans.begin(mine.id, month)
        await talk.uow.plan_closing.settle(mine.team_id, member_id=owner, month=month)
    if for_team:
        await note_team_plan(talk, months)
    return count


async def note_team_plan(talk: Talk, months: Sequence[Month]) -> None:
    """On the record: the team's plan was changed, in which months."""
    await talk.note("set_team_plan", months=", ".join(f"{each.month}/{each.year}" for each in months))


async def _submit(talk: Talk, draft: LinesDraft, context: PlanContext, serial: str) -> None:
    del serial
    entries = entries_of(draft, context)
    count = await write_lines(talk, entries, for_team=draft.for_team)
    receipt = texts.written(count, for_team=draft.for_team)
    months = sorted({each.month for each in entries if each.month is not None})
    if not draft.for_team:
        await show_own_month(talk, months[0], before=receipt)
    elif len(months) == 1:
        await show_team_month(talk, months[0], before=receipt)
    else:
        await show_year(talk, context.year, before=receipt)


def _lacks_month(draft: LinesDraft) -> bool:
    return any(each.month is None for each in draft.lines)


FORM: Form[LinesDraft, PlanContext] = Form(
    name="plan-lines",
    title="ghi kế hoạch",
    draft_type=LinesDraft,
    version=1,
    fields=(
        Field("lines", "Các việc", _ask_lines, read_lines, missing=lambda draft: not draft.lines, optional=False),
        Field(
            "month",
            "Tháng",
            _ask_month,
            _read_month,
            lambda value, draft, context: _with_month(draft, Month.parse(value), context),
            missing=_lacks_month,
            applies=_lacks_month,
            optional=False,
        ),
    ),
    preview=_preview,
    load=load,
    submit=_submit,
    absorb=_more,
    confirm_label="Lưu",
)
