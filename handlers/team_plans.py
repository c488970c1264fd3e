"""The team's plan of the year: seen by everybody who works in it, written by the leader, by hand or from Excel."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot.documents.plan_template import build_plan
from bot.documents.roster_sheet import read_workbook
from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment
from bot.domain.permissions import Act, may, require
from bot.domain.plan_sheet import SheetPlan, is_plan, read_plan_sheets
from bot.domain.plans import plan_months
from bot.domain.rich_text import Markup
from bot.domain.roster import UnreadableWorkbook
from bot.domain.roster_model import RawSheet
from bot.domain.school_year import Month, SchoolYear
from bot.texts import plan_board as file_texts
from bot.texts import plans as texts
from bot.texts import roster as roster_texts
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.plan_form import FORM, LinesDraft, PlanContext, load, write_lines
from handlers.plan_papers import PlanPapers
from handlers.plan_views import button, show_team_month, show_year, team_lines
from handlers.talk import Talk

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE = "ke-hoach-to.xlsx"
_SHEETS = (".xlsx", ".xls", ".xlsm")


class TeamPlans:
    """The presses under the team's plan, and the file."""

    def __init__(self, forms: Forms, papers: PlanPapers) -> None:
        """Over the dialogues; `papers` makes Word and PDF."""
        self._forms, self._papers = forms, papers

    def conversation(self) -> Conversation:
        """Presses only: the way in is /kehoach tổ."""
        return Conversation(name="team-plans", presses={texts.TEAM_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, rest = value.partition(":")
        match verb:
            case "year":
                await show_year(talk)
            case "month":
                await show_team_month(talk, Month.parse(rest))
            case "write":
                require(talk.role, Act.PLAN_TEAM)
                await self._forms.start(talk, FORM, LinesDraft(for_team=True, month=rest or None))
            case "template":
                await _give_template(talk)
            case "import":
                stored_id, _, team_id = rest.partition(":")
                if team_id != str(talk.member().team_id):
                    raise StaleChoice(value=value)  # offered to them in another team, or to somebody else
                await _import(talk, int(stored_id))
            case "issue" | "paper":
                await self._papers.team(talk, SchoolYear(int(rest)), issue=verb == "issue")
            case _:
                raise StaleChoice(value=value)


async def plan_given(talk: Talk, *, asked: bool) -> bool:
    """A spreadsheet with a plan's headings from whoever plans; False for other files, unless it was `asked` for.

    All or nothing: with a single error nothing is offered.
    """
    file = next((each for each in talk.incoming.files if each.name.lower().endswith(_SHEETS)), None)
    if file is None or file.stored_id is None or not may(talk.role, Act.PLAN_TEAM):
        return False
    sheets = await _sheets(talk, file.stored_id)
    if isinstance(sheets, Markup) or not is_plan(sheets):
        if asked:
            talk.say(sheets if isinstance(sheets, Markup) else file_texts.sheet_no_plan())
        return asked
    context = await load(talk)
    plan = _read(sheets, context)
    if plan.problems:
        talk.say(file_texts.sheet_refused(plan.problems))
    elif not plan.entries:
        talk.say(file_texts.sheet_empty())
    else:
        _offer(talk, plan, context, file.stored_id)
    return True


def _offer(talk: Talk, plan: SheetPlan, context: PlanContext, stored_id: int) -> None:
    draft = LinesDraft(for_team=True)
    new = [each for each in plan.entries if not context.is_known(draft, each)]
    months = Counter(each.month for each in new if each.month is not None)
    text = file_texts.sheet_offered(len(new), len(plan.entries) - len(new), sorted(months.items()))
    rows = (
        [[button("📥 Ghi vào kế hoạch tổ", f"import:{stored_id}:{talk.member().team_id}", action=texts.TEAM_ACTION)]]
        if new
        else []
    )
    talk.say(text, rows)


async def _sheets(talk: Talk, stored_id: int) -> tuple[RawSheet, ...] | Markup:
    """The sheets of a file that came, or why it cannot be read."""
    kept = await talk.uow.files.load(stored_id)
    try:
        return (await asyncio.to_thread(read_workbook, kept.data)).sheets
    except UnreadableWorkbook as error:
        return Markup.escape(roster_texts.unreadable(error.reason))


def _read(sheets: tuple[RawSheet, ...], context: PlanContext) -> SheetPlan:
    return read_plan_sheets(sheets, year=context.year, schools=context.schools)


async def _import(talk: Talk, stored_id: int) -> None:
    """Read again: schools may have changed since it was offered."""
    require(talk.role, Act.PLAN_TEAM)
    sheets = await _sheets(talk, stored_id)
    if isinstance(sheets, Markup):
        talk.say(sheets)
        return
    plan = _read(sheets, await load(talk))
    if plan.problems:
        talk.say(file_texts.sheet_refused(plan.problems))
        return
    count = await write_lines(talk, plan.entries, for_team=True)
    await show_year(talk, before=texts.written(count, for_team=True))


async def _give_template(talk: Talk) -> None:
    """The plan as it is, to be filled in and sent back."""
    require(talk.role, Act.PLAN_TEAM)
    context = await load(talk)
    await talk.note("export", format="kế hoạch tổ (Excel)", months=context.year.name)
    data = await asyncio.to_thread(build_plan, await team_lines(talk, *plan_months(context.year)))
    stored = await talk.uow.files.keep(data=data, name=_TEMPLATE, mime=_XLSX, now=talk.now)
    talk.say(file_texts.template(), attachments=[Attachment(stored_id=stored, name=_TEMPLATE, mime=_XLSX)])
