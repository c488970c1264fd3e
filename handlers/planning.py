"""/kehoach: the way into plans, what is pasted without it, the part in /toi, and what a report does to plans."""

from __future__ import annotations

import re

from bot.domain.permissions import Act, may, require
from bot.domain.plan_parser import looks_like_plan, read_month
from bot.domain.plans import planning_year
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.text import fold, fold_with_offsets
from bot.texts import plans as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Refusal
from handlers.forms.session import Forms
from handlers.own_plans import OwnPlans
from handlers.paper_form import PaperHead
from handlers.plan_boards import PlanBoards
from handlers.plan_form import FORM, LinesDraft, load, read_lines
from handlers.plan_lines import PlanLines
from handlers.plan_papers import PlanPapers
from handlers.plan_views import show_home, show_own_month, show_team_month, show_year, standing_row, team_lines
from handlers.talk import Talk
from handlers.team_plans import TeamPlans, plan_given
from storage.tables import Activity

_FOR_TEAM = re.compile(r"(?:cua |ca )?to(?: mang luoi)?\b(?! chuc| truong| pho| vien)")
_FOR_ONESELF = re.compile(r"(?:ca nhan|cua toi|toi)\b")
_NAMES_TEAM = re.compile(r"\bto\b|\bnam hoc\b")


class Planning:
    """The command; its parts are conversations of their own."""

    def __init__(self, forms: Forms, *, head: PaperHead) -> None:
        """Over the dialogues, to which its forms are added; `head` stands on papers."""
        self._forms = forms
        forms.add(FORM)
        papers = PlanPapers(head=head)
        self._own, self._team = OwnPlans(forms, papers), TeamPlans(forms, papers)
        self._lines, self._boards = PlanLines(forms), PlanBoards(forms, papers)

    def conversations(self) -> tuple[Conversation, ...]:
        """The command and everything pressed."""
        spec = CommandSpec(
            "kehoach",
            "kế hoạch tổ và kế hoạch cá nhân",
            self.start,
            act=Act.PLAN_OWN,
            aliases=("kh",),
            example="/kehoach tháng 12: dự giờ Toán 4 TH Phú Hòa 1",
        )
        command = Conversation(name="planning", commands=(spec,))
        parts = (self._own, self._team, self._lines, self._boards)
        return (command, *(each.conversation() for each in parts))

    async def start(self, talk: Talk, text: str) -> None:
        """Nothing: one's own plans; "tổ": the team's; a month: that month; more: lines to keep."""
        if talk.incoming.files and await plan_given(talk, asked=may(talk.role, Act.PLAN_TEAM)):
            return
        for_team, rest = _whose(text)
        month = read_month(rest, year=planning_year(talk.today, talk.settings)) if rest else None
        if not rest:
            await (show_year(talk) if for_team else show_home(talk))
        elif month is not None:
            await (show_team_month(talk, month) if for_team else show_own_month(talk, month))
        else:
            await self._write(talk, rest, for_team=for_team)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A pasted plan; False otherwise."""
        if not may(talk.role, Act.PLAN_OWN) or not looks_like_plan(text):
            return False
        first = fold(text.splitlines()[0])
        is_named = _NAMES_TEAM.search(first) is not None and "ca nhan" not in first
        await self._write(talk, text, for_team=is_named and may(talk.role, Act.PLAN_TEAM))
        return True

    async def _write(self, talk: Talk, text: str, *, for_team: bool) -> None:
        """Show the lines before they are kept; the plan of a whole year can only be the team's."""
        context = await load(talk)
        draft = read_lines(text, LinesDraft(for_team=True), context)
        months = {each.month for each in draft.lines} if isinstance(draft, LinesDraft) else set[str | None]()
        for_team = for_team or (len(months) > 1 and may(talk.role, Act.PLAN_TEAM))
        if for_team:
            require(talk.role, Act.PLAN_TEAM)
        else:
            draft = read_lines(text, LinesDraft(for_team=False), context)
        if isinstance(draft, Refusal):
            await self._forms.start(talk, FORM, LinesDraft(for_team=for_team), opening=draft.text)
        else:
            await self._forms.start(talk, FORM, draft)

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A spreadsheet that is a plan; False for others."""
        del text
        return await plan_given(talk, asked=False)

    async def own_section(self, talk: Talk) -> Markup | None:
        """My plans of this month and the next, and the team's, for /toi; None when nobody plans here."""
        if not may(talk.role, Act.PLAN_OWN):
            return None
        this = Month.of(talk.today)
        rows = [await standing_row(talk, each) for each in (this, this.next)]
        team = await team_lines(talk, this)
        planned = [row for row in rows if row[1] is not None or row[2]]
        if not planned and not team:
            return None
        return texts.own_section(planned, team=(len(team), sum(each.is_done for each in team)))

    async def changed(self, talk: Talk, activity: Activity) -> None:
        """A report was filed, joined, corrected or withdrawn: plans follow; what of mine is done now is said."""
        closed = await talk.uow.plan_closing.settle_report(activity)
        for item_id in closed.get(talk.member().id, []):
            talk.say(texts.line_closed(await talk.uow.plans.line(item_id, team_id=activity.team_id)))


def _whose(text: str) -> tuple[bool, str]:
    """Whether the team's plan is meant, and the text without the words that say whose."""
    folded, offsets = fold_with_offsets(text)
    for pattern, for_team in ((_FOR_TEAM, True), (_FOR_ONESELF, False)):
        if match := pattern.match(folded):
            rest = text[offsets[match.end()] :] if match.end() < len(offsets) else ""
            return for_team, rest.lstrip(" :\n")
    return False, text.strip()
