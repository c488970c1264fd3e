"""Plans as Word and PDF: the team's when the leader issues it, a member's once it is approved; drafts before."""

from __future__ import annotations

from bot.documents.plan_paper import PlanPaper, personal_plan_document, plan_code, team_plan_document
from bot.domain.permissions import Act, require
from bot.domain.plans import PlanStatus, plan_months
from bot.domain.school_year import Month, SchoolYear
from bot.domain.vocabulary import Role
from bot.texts import plan_board as texts
from bot.texts.periods import month_name
from bot.texts.vocabulary import ROLE_NAMES
from handlers.paper_form import PaperHead
from handlers.paper_orders import order_official
from handlers.plan_digest import about_year, digest, issued_number
from handlers.plan_views import team_lines
from handlers.talk import Talk
from storage.tables import Member


class PlanPapers:
    """Plans on paper."""

    def __init__(self, *, head: PaperHead) -> None:
        """`head` stands on what gets a number."""
        self._head = head
        head.add("team-plan", self._issue)
        head.add("personal-plan", self._approved)

    async def team(self, talk: Talk, year: SchoolYear, *, issue: bool) -> None:
        """The year's plan; issuing it gives it the next number of the series, unless it has one."""
        require(talk.role, Act.PLAN_TEAM if issue else Act.SEE_PLANS)
        mine, lines = talk.member(), await team_lines(talk, *plan_months(year))
        if not lines:
            talk.say(texts.nothing_to_issue())
            return
        if issue and await self._head.asks_first(talk, "team-plan", year.first_year):
            return
        subject = f"{about_year(year)}{digest(lines)}"
        number = await _number(talk, subject) if issue else await issued_number(talk, year, lines)
        issued = list(await talk.uow.plans.papers(mine.team_id, about_year(year)))
        adjusted = number is not None and issued[0] != subject
        paper = await _paper(talk, number=number, adjusted=adjusted)
        stem = f"ke-hoach-nam-hoc-{year.name}" + ("" if number is None else f"-{number:02d}")
        await talk.note("export", format="kế hoạch tổ", months=year.name)
        if number is None:
            said = texts.paper(f"Kế hoạch năm học {year.name}", is_draft=True)
        else:
            said = texts.issued(number, plan_code(talk.settings.paper), year.name, is_adjusted=adjusted)
        await order_official(talk, team_plan_document(year, lines, paper), stem, said)

    async def personal(self, talk: Talk, member: Member, month: Month) -> None:
        """A member's plan of a month: their own, or any for those who see plans."""
        require(talk.role, Act.PLAN_OWN if member.id == talk.member().id else Act.SEE_PLANS)
        lines = await talk.uow.plans.lines(member.team_id, member_id=member.id, months=[month])
        plan = await talk.uow.plans.plan(member.id, month)
        status = PlanStatus(plan.status) if plan else None
        is_handed_in = status in (PlanStatus.SENT, PlanStatus.APPROVED)
        if not lines or not (is_handed_in or member.id == talk.member().id):
            talk.say(texts.nothing_to_issue())
            return
        number = None
        if status is PlanStatus.APPROVED:
            if await self._head.asks_first(talk, "personal-plan", f"{month}/{member.id}"):
                return
            number = await _number(talk, f"personal_plan:{month}/{member.id}/{digest(lines)}")
        paper = await _paper(talk, number=number)
        role = ROLE_NAMES[Role(member.role)]
        document = personal_plan_document(month, lines, paper, name=member.name, role=role)
        stem = f"ke-hoach-ca-nhan-{month}-{'du-thao' if number is None else f'{number:02d}'}"
        await talk.note("export", f"member:{member.id}", format="kế hoạch cá nhân", months=str(month))
        what = f"Kế hoạch tháng {month_name(month)} của {member.name}"
        await order_official(talk, document, stem, texts.paper(what, is_draft=number is None))

    async def _issue(self, talk: Talk, first_year: str) -> None:
        await self.team(talk, SchoolYear(int(first_year)), issue=True)

    async def _approved(self, talk: Talk, about: str) -> None:
        month, _, member_id = about.partition("/")
        member = await talk.uow.members.get(int(member_id), team_id=talk.member().team_id)
        await self.personal(talk, member, Month.parse(month))


async def _number(talk: Talk, subject: str) -> int:
    mine = talk.member()
    return await talk.uow.plans.paper_number(
        team_id=mine.team_id, subject=subject, by=mine.id, now=talk.now, year=talk.today.year
    )


async def _paper(talk: Talk, *, number: int | None, adjusted: bool = False) -> PlanPaper:
    mine = talk.member()
    leaders = await talk.uow.members.with_roles(mine.team_id, Role.LEADER)
    return PlanPaper(
        team=talk.team.name if talk.team else "",
        leader=leaders[0].name if leaders else "",
        settings=talk.settings,
        day=talk.today,
        number=number,
        adjusted=adjusted,
    )
