"""Plans as they are shown: one's own months, the team's year and months."""

from __future__ import annotations

from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.plans import PlanLine, PlanStatus, may_change_own, plan_months, planning_year
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month, SchoolYear
from bot.texts import plans as texts
from handlers.plan_digest import issued_number
from handlers.talk import Talk
from storage.assignments import GivenWork

_LINES_A_ROW = 4


def button(label: str, value: str, *, action: str = texts.PLAN_ACTION) -> Choice:
    """A choice of this capability."""
    return Choice(label=label, action=action, value=value)


async def own_lines(talk: Talk, month: Month) -> list[PlanLine]:
    """The lines of whoever talks."""
    mine = talk.member()
    return await talk.uow.plans.lines(mine.team_id, member_id=mine.id, months=[month])


async def team_lines(talk: Talk, *months: Month) -> list[PlanLine]:
    """The team's lines."""
    return await talk.uow.plans.lines(talk.member().team_id, member_id=None, months=months)


async def standing_of(talk: Talk, month: Month) -> tuple[PlanStatus | None, str | None]:
    """How the plan of whoever talks stands, and the word it was returned with."""
    plan = await talk.uow.plans.plan(talk.member().id, month)
    return (PlanStatus(plan.status), plan.word) if plan else (None, None)


async def show_home(talk: Talk) -> None:
    """One's own plan of this month and the next, and the ways on."""
    require(talk.role, Act.PLAN_OWN)
    this, mine = Month.of(talk.today), talk.member()
    months = (this, this.next)
    rows = [[button(f"🗂 Tháng {each.month}", f"own:{each}:{mine.id}") for each in months]]
    rows.append([button("📋 Kế hoạch tổ", "year", action=texts.TEAM_ACTION)])
    if may(talk.role, Act.SEE_PLANS):
        rows.append([button("👥 Kế hoạch tổ viên", f"show:{this.next}", action=texts.BOARD_ACTION)])
    talk.say(texts.own_home([await standing_row(talk, each) for each in months]), rows)


async def standing_row(talk: Talk, month: Month) -> tuple[Month, PlanStatus | None, int, int]:
    """Month, standing, lines and done lines of whoever talks."""
    lines = await own_lines(talk, month)
    return month, (await standing_of(talk, month))[0], len(lines), sum(each.is_done for each in lines)


async def show_own_month(talk: Talk, month: Month, *, before: Markup | None = None, in_place: bool = False) -> None:
    """One's own plan of a month with every way to make it."""
    require(talk.role, Act.PLAN_OWN)
    lines = await own_lines(talk, month)
    status, word = await standing_of(talk, month)
    rows: list[list[Choice]] = []
    if may_change_own(month, today=talk.today):
        if lines and status not in (PlanStatus.SENT, PlanStatus.APPROVED):
            rows.append([button("📤 Nộp kế hoạch", f"send:{month}")])
        rows += await _sources(talk, month)
        rows += numbered(lines)
    if lines:
        rows.append([button("📑 Word, PDF", f"paper:{month}")])
    text = texts.own_month(month, lines, status, word=word)
    talk.say(join_lines(before, text), rows, in_place=in_place)


async def _sources(talk: Talk, month: Month) -> list[list[Choice]]:
    """Only what there is something to take from."""
    offered: list[Choice] = []
    if found := len(await team_lines(talk, month)):
        offered.append(button(f"📋 Lấy từ kế hoạch tổ ({found})", f"from-team:{month}"))
    if found := len(await works_of(talk, month)):
        offered.append(button(f"📌 Từ việc được giao ({found})", f"from-work:{month}"))
    before = await talk.uow.plans.latest_before(talk.member().id, month)
    if before is not None:
        offered.append(button(f"📄 Chép tháng {before.month}", f"copy:{month}"))
    return [*[[each] for each in offered], [button("✍️ Tự viết", f"write:{month}")]]


async def works_of(talk: Talk, month: Month) -> list[GivenWork]:
    """What whoever talks was given for a month; work without a time is for this month."""
    found: list[GivenWork] = []
    for each in await talk.uow.assignments.of_member(talk.member().id, open_only=True):
        when = each.assignment.starts_at or each.assignment.due_at
        day = when.astimezone(talk.settings.zone).date() if when else talk.today
        if each.assignment.team_id == talk.member().team_id and Month.of(day) == month:
            found.append(each)
    return found


def numbered(lines: list[PlanLine]) -> list[list[Choice]]:
    """A button for each line."""
    buttons = [texts.line_choice(number, each.id) for number, each in enumerate(lines, 1)]
    return [buttons[start : start + _LINES_A_ROW] for start in range(0, len(buttons), _LINES_A_ROW)]


async def show_year(talk: Talk, year: SchoolYear | None = None, *, before: Markup | None = None) -> None:
    """The team's year by month."""
    require(talk.role, Act.PLAN_OWN)
    year = year or planning_year(talk.today, talk.settings)
    lines = await team_lines(talk, *plan_months(year))
    rows = [
        (month, len(of_month), sum(each.is_done for each in of_month))
        for month in plan_months(year)
        if (of_month := [each for each in lines if each.month == month])
    ]
    plans = may(talk.role, Act.PLAN_TEAM)
    text = texts.team_year(
        year,
        rows,
        number=await issued_number(talk, year, lines),
        may_plan=plans,
        hands_on_files=talk.chat.hands_on_files,
    )
    months = [button(f"Tháng {each.month}", f"month:{each}", action=texts.TEAM_ACTION) for each, _, _ in rows]
    choices = [months[start : start + 3] for start in range(0, len(months), 3)]
    if plans:
        choices.append([button("➕ Thêm việc", "write:", action=texts.TEAM_ACTION)])
        choices.append([button("📄 Tệp mẫu Excel", "template", action=texts.TEAM_ACTION)])
        if rows:
            choices.append([button("📑 Ban hành (Word, PDF)", f"issue:{year.first_year}", action=texts.TEAM_ACTION)])
    elif rows and may(talk.role, Act.SEE_PLANS):
        choices.append([button("📑 Word, PDF", f"paper:{year.first_year}", action=texts.TEAM_ACTION)])
    talk.say(join_lines(before, text), choices)


async def show_team_month(talk: Talk, month: Month, *, before: Markup | None = None) -> None:
    """The team's lines of a month."""
    require(talk.role, Act.PLAN_OWN)
    lines = await team_lines(talk, month)
    rows: list[list[Choice]] = []
    if may(talk.role, Act.PLAN_TEAM):
        rows.append([button("➕ Thêm việc", f"write:{month}", action=texts.TEAM_ACTION)])
        rows += numbered(lines)
    rows.append([button("‹ Cả năm", "year", action=texts.TEAM_ACTION)])
    talk.say(join_lines(before, texts.team_month(month, lines)), rows)
