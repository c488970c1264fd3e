"""Plans: lines of the team and of members, and how each member's plan of a month stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.plans import PlanLine, PlanStatus, plan_months
from bot.domain.school_year import Month, SchoolYear
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind
from storage.number_series import number_of_paper
from storage.tables import Activity, Assignment, AuditEntry, Member, PersonalPlan, PlanItem, School

WORK = "assignment:"
TEAM_LINE = "plan:"
_PAPER = "plan_paper"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to write; `source` is what it was taken from ("plan:3", "assignment:12")."""

    month: Month
    text: str
    kind: ActivityKind | None = None
    school_id: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """How many lines somebody (no member: the team) has in a month, and how many are done."""

    member_id: int | None
    month: Month
    lines: int
    done: int


class Plans:
    """Queries over plans; every one names the team or the member."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def lines(self, team_id: int, *, member_id: int | None, months: Iterable[Month]) -> list[PlanLine]:
        """The lines of the team (no member) or of a member, month by month in the order they were written."""
        rows = await self._session.execute(
            select(PlanItem, School.name, Activity.number)
            .outerjoin(School, School.id == PlanItem.school_id)
            .outerjoin(Activity, Activity.id == PlanItem.activity_id)
            .where(_of(team_id, member_id), PlanItem.month.in_([str(each) for each in months]))
            .order_by(PlanItem.month, PlanItem.id)
        )
        found = [(row[0], row[1], row[2]) for row in rows]
        hidden = await self._hidden({_work_id(item.source) for item, _, _ in found})
        return [_line(item, school, report, hidden) for item, school, report in found]

    async def line(self, item_id: int, *, team_id: int) -> PlanLine:
        """One line if it is this team's; NotFound otherwise."""
        item = await self.item(item_id, team_id=team_id)
        lines = await self.lines(team_id, member_id=item.member_id, months=[Month.parse(item.month)])
        return next(each for each in lines if each.id == item.id)

    async def item(self, item_id: int, *, team_id: int) -> PlanItem:
        """The row of a line if it is this team's; NotFound otherwise."""
        item = await self._session.get(PlanItem, item_id)
        if item is None or item.team_id != team_id:
            raise NotFound(what="plan_item", id=item_id)
        return item

    async def add(self, team_id: int, *, member_id: int | None, lines: Sequence[NewLine]) -> int:
        """Write the lines that are not there yet in their month; returns how many were new."""
        months = {str(each.month) for each in lines}
        rows = await self._session.scalars(
            select(PlanItem).where(_of(team_id, member_id), PlanItem.month.in_(sorted(months)))
        )
        known: set[tuple[str, str]] = set()
        for row in rows:
            known |= {(row.month, each) for each in (fold(row.text), row.source) if each}
        written = 0
        for line in lines:
            said = {(str(line.month), each) for each in (fold(line.text), line.source) if each}
            if said & known:
                continue
            known |= said
            written += 1
            self._session.add(
                PlanItem(
                    team_id=team_id,
                    member_id=member_id,
                    month=str(line.month),
                    text=line.text,
                    kind=line.kind,
                    school_id=line.school_id,
                    source=line.source,
                    status="open",
                    activity_id=None,
                    done_at=None,
                )
            )
        await self._session.flush()
        return written

    async def rewrite(self, item: PlanItem, line: NewLine) -> None:
        """Let it say something else in its month."""
        item.text, item.kind, item.school_id = line.text, line.kind, line.school_id
        await self._session.flush()

    async def tick(self, item: PlanItem, *, done: bool, now: datetime) -> None:
        """Done or open again, said by hand."""
        item.status, item.done_at, item.activity_id = ("done", now, None) if done else ("open", None, None)
        await self._session.flush()

    async def remove(self, item: PlanItem) -> None:
        """The line is gone."""
        await self._session.delete(item)
        await self._session.flush()

    async def plan(self, member_id: int, month: Month) -> PersonalPlan | None:
        """How a member's plan of a month stands; None when there is none."""
        return await self._session.get(PersonalPlan, (member_id, str(month)))

    async def begin(self, member_id: int, month: Month) -> PersonalPlan:
        """Something was changed in it: it is a draft (again), the word with which it was returned stays in sight."""
        plan = await self.plan(member_id, month)
        if plan is None:
            plan = PersonalPlan(
                member_id=member_id,
                month=str(month),
                status=PlanStatus.DRAFT,
                word=None,
                sent_at=None,
                decided_by=None,
                decided_at=None,
            )
            self._session.add(plan)
        elif plan.status in (PlanStatus.SENT, PlanStatus.APPROVED):
            plan.status, plan.decided_by, plan.decided_at = PlanStatus.DRAFT, None, None
        await self._session.flush()
        return plan

    async def hand_in(self, plan: PersonalPlan, *, now: datetime) -> None:
        """It is put before the leader."""
        plan.status, plan.sent_at, plan.decided_by, plan.decided_at = PlanStatus.SENT, now, None, None
        await self._session.flush()

    async def decide(self, plan: PersonalPlan, status: PlanStatus, *, by: int, word: str | None, now: datetime) -> None:
        """Approved, or returned with a word."""
        plan.status, plan.word, plan.decided_by, plan.decided_at = status, word, by, now
        await self._session.flush()

    async def of_team(self, team_id: int, months: Iterable[Month]) -> dict[tuple[int, Month], PersonalPlan]:
        """The plans of members, by member and month."""
        rows = await self._session.scalars(
            select(PersonalPlan)
            .join(Member, Member.id == PersonalPlan.member_id)
            .where(Member.team_id == team_id, PersonalPlan.month.in_([str(each) for each in months]))
        )
        return {(row.member_id, Month.parse(row.month)): row for row in rows}

    async def figures(self, team_id: int, months: Iterable[Month]) -> list[PlanFigure]:
        """Plan against done, by member (and the team) and month."""
        done = func.count(PlanItem.done_at)
        rows = await self._session.execute(
            select(PlanItem.member_id, PlanItem.month, func.count(), done)
            .where(PlanItem.team_id == team_id, PlanItem.month.in_([str(each) for each in months]))
            .group_by(PlanItem.member_id, PlanItem.month)
            .order_by(PlanItem.month, PlanItem.member_id)
        )
        return [PlanFigure(row[0], Month.parse(row[1]), row[2], row[3]) for row in rows]

    async def are_in_use(self, team_id: int, year: SchoolYear) -> bool:
        """Whether anybody of the team has planned anything for the school year."""
        planned = select(PlanItem.id).where(
            PlanItem.team_id == team_id, PlanItem.month.in_([str(each) for each in plan_months(year)])
        )
        return await self._session.scalar(planned.limit(1)) is not None

    async def latest_before(self, member_id: int, month: Month) -> Month | None:
        """The last month before this one for which the member has lines that can be used again."""
        mine = (PlanItem.member_id == member_id) & PlanItem.source.not_like(f"{WORK}%")
        found = await self._session.scalar(select(func.max(PlanItem.month)).where(mine, PlanItem.month < str(month)))
        return Month.parse(found) if found else None

    async def paper_number(self, *, team_id: int, subject: str, by: int, now: datetime, year: int) -> int:
        """The number of the plan that says this ("year:2026-2027:…"); the same plan keeps its number."""
        return await number_of_paper(
            self._session, team_id=team_id, action=_PAPER, subject=subject, series="KH", by=by, now=now, year=year
        )

    async def papers(self, team_id: int, about: str) -> dict[str, int]:
        """The papers whose subject begins so, and their numbers, the first one first."""
        rows = await self._session.scalars(
            select(AuditEntry)
            .where(AuditEntry.team_id == team_id, AuditEntry.action == _PAPER, AuditEntry.subject.startswith(about))
            .order_by(AuditEntry.id)
        )
        return {row.subject: int(row.detail["number"]) for row in rows}

    async def _hidden(self, work_ids: set[int | None]) -> Mapping[int, int]:
        """Of this work what is confidential: id to number."""
        ids = [each for each in work_ids if each is not None]
        if not ids:
            return {}
        rows = await self._session.execute(
            select(Assignment.id, Assignment.number).where(Assignment.id.in_(ids), Assignment.confidential)
        )
        return {row[0]: row[1] for row in rows}


def hidden_text(number: int) -> str:
    """All that a plan says of confidential work."""
    return f"Nhiệm vụ mật số {number}"


def _of(team_id: int, member_id: int | None) -> ColumnElement[bool]:
    owner = PlanItem.member_id.is_(None) if member_id is None else PlanItem.member_id == member_id
    return (PlanItem.team_id == team_id) & owner


def _work_id(source: str) -> int | None:
    number = source.removeprefix(WORK)
    return int(number) if source.startswith(WORK) and number.isdecimal() else None


def _line(item: PlanItem, school: str | None, report: int | None, hidden: Mapping[int, int]) -> PlanLine:
    secret = hidden.get(_work_id(item.source) or 0)
    is_open = secret is None
    return PlanLine(
        id=item.id,
        member_id=item.member_id,
        month=Month.parse(item.month),
        text=item.text if secret is None else hidden_text(secret),
        is_done=item.status == "done",
        kind=ActivityKind(item.kind) if item.kind and is_open else None,
        school=school if is_open else None,
        school_id=item.school_id if is_open else None,
        source=item.source,
        report=report,
        is_hidden=not is_open,
    )
