"""Nudges those who still owe the month (regulation III.2), by the latest stage whose time has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.duty import DueStage, DutyFacts, due_stage, list_is_due, may_be_nudged
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.texts import duty as texts
from bot.texts import duty_board as board_texts
from scheduler.duty_messages import board_of, write_once
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hint:
    """What else a nudge can hold for one member, such as the work they were given and the button that reports it."""

    text: Markup
    choice: Choice | None = None


FindHints = Callable[[UnitOfWork, Team, Month, datetime], Awaitable[Mapping[int, Hint]]]
"""Hints for the members of a team in a month, by member."""


@dataclass(frozen=True, slots=True)
class _Round:
    """One stage of one team: all that its nudges have in common."""

    team: Team
    settings: TeamSettings
    due: DueStage
    context: JobContext
    hints: Mapping[int, Sequence[Hint]]
    in_several_teams: set[int]


class MonthlyNudges:
    """The job; `hints` add to each nudge what the member was given to do."""

    def __init__(self, *, hints: Sequence[FindHints]) -> None:
        """The hints are asked in order."""
        self._hints = tuple(hints)

    async def run(self, context: JobContext) -> Counts:
        """Write the nudges that should have been sent by now and were not, and the list of who owes."""
        counts = {"teams": 0, "owing": 0, "sent": 0, "already": 0, "unreachable": 0, "lists": 0}
        async with context.database.read() as uow:
            teams = await uow.teams.all()
        for team in teams:
            async with context.database.begin() as uow:
                settings = uow.teams.settings(team)
                due = due_stage(context.now, settings)
                if due is not None:
                    counts["teams"] += 1
                    await self._nudge_team(uow, team, settings, due, context, counts)
                    counts["lists"] += await _write_list(uow, team, settings, context)
        return counts

    async def _nudge_team(
        self,
        uow: UnitOfWork,
        team: Team,
        settings: TeamSettings,
        due: DueStage,
        context: JobContext,
        counts: Counts,
    ) -> None:
        today = context.now.astimezone(settings.zone).date()
        facts = await uow.duties.facts(team.id, due.month, settings)
        owing = [each for each in facts if may_be_nudged(each, due.month, settings, today=today)]
        ids = [each.member_id for each in owing]
        chats = await uow.reach.for_reminders(ids, topic=f"duty:{due.month}")
        reachable = [each for each in owing if each.member_id in chats]
        several = await uow.accounts.in_several_teams(ids)
        stage = _Round(team, settings, due, context, await self._find_hints(uow, team, due.month, context), several)
        messages = [_nudge(chats[each.member_id][0], each, stage) for each in reachable]
        sent = await uow.outbox.put_many(messages, now=context.now)
        counts["owing"] += len(owing)
        counts["sent"] += sent
        counts["already"] += len(messages) - sent
        counts["unreachable"] += len(owing) - len(reachable)

    async def _find_hints(
        self, uow: UnitOfWork, team: Team, month: Month, context: JobContext
    ) -> Mapping[int, Sequence[Hint]]:
        found: dict[int, list[Hint]] = {}
        for find in self._hints:
            for member_id, hint in (await find(uow, team, month, context.now)).items():
                found.setdefault(member_id, []).append(hint)
        return found


async def _write_list(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext) -> int:
    """Who owes and how to reach them, to leader and secretary; counts to the group. Nothing when nobody owes."""
    month = list_is_due(context.now, settings)
    if month is None or sendable_from(context.now, settings) > context.now:
        return 0
    board = await board_of(uow, team, month, settings)
    if not board.open:
        return 0
    return await write_once(
        uow,
        team,
        context,
        occasion=f"duty-list:{month}",
        to_officials=board_texts.owing_list(board, now=context.now, zone=settings.zone),
        to_groups=board_texts.open_count(board) if settings.group_sees_counts else None,
        expires_at=_end_of(month, settings),
    )


def _nudge(chat: Chat, facts: DutyFacts, stage: _Round) -> tuple[Outgoing, Delivery]:
    due, settings, now = stage.due, stage.settings, stage.context.now
    month, hints = str(due.month), stage.hints.get(facts.member_id, ())
    text = join_lines(
        texts.of_team(stage.team.name) if facts.member_id in stage.in_several_teams else None,
        texts.nudge(due, done=facts.activities, required=settings.in_month(due.month).activities_a_month),
        *(hint.text for hint in hints),
    )
    rows = (
        *((hint.choice,) for hint in hints if hint.choice is not None),
        *texts.nudge_choices(due.month, facts.member_id),
    )
    starts = sendable_from(now, settings)
    guard = Guard(
        name="duty-owed",
        arguments={"team_id": stage.team.id, "member_id": facts.member_id, "month": month, "stage": str(due.stage)},
    )
    delivery = Delivery(
        dedupe_key=f"nudge:{month}:{due.stage}:member-{facts.member_id}",
        priority=Priority.REMINDER,
        not_before=starts if starts > now else None,
        expires_at=_end_of(due.month, settings),
        guard=guard,
        as_of=stage.context.as_of,
        member_id=facts.member_id,
        topic=f"duty:{month}",
    )
    return Outgoing(chat=chat, text=str(text), choices=ChoiceList(rows=rows)), delivery


def _end_of(month: Month, settings: TeamSettings) -> datetime:
    first_after = month.last + timedelta(days=1)
    return datetime(first_after.year, first_after.month, first_after.day, tzinfo=settings.zone)
