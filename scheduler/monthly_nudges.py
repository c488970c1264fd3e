"""Nudges those who still owe the month (regulation III.2), by the latest stage whose time has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.duty import DueStage, DutyFacts, due_stage, list_is_due, may_be_nudged
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.texts import duty as texts
from bot.texts import duty_board as board_texts
from scheduler.duty_messages import Notice, boards_of, told_already, write_once
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hint:
    """What else a nudge can hold for one member, such as the work they were given and the button that reports it."""

    text: Markup
    choice: Choice | None = None


FindHints = Callable[[UnitOfWork, Sequence[Team], Month, datetime], Awaitable[Mapping[int, Hint]]]
"""Hints for the members of teams in a month, by member."""
_AT_ONCE = 20  # teams


@dataclass(frozen=True, slots=True)
class _Round:
    """One stage of one team: all that its nudges have in common."""

    team: Team
    settings: TeamSettings
    due: DueStage
    context: JobContext

    @property
    def today(self) -> date:
        """The team's day."""
        return self.context.now.astimezone(self.settings.zone).date()


class MonthlyNudges:
    """The job; `hints` add to each nudge what the member was given to do."""

    def __init__(self, *, hints: Sequence[FindHints]) -> None:
        """The hints are asked in order."""
        self._hints = tuple(hints)

    async def run(self, context: JobContext) -> Counts:
        """Write the nudges that should have been sent by now and were not, and the list of who owes.

        A few teams share a transaction and its queries: many would make people wait for the database, one at a time
        costs five times as much.
        """
        counts = {"teams": 0, "owing": 0, "sent": 0, "already": 0, "unreachable": 0, "lists": 0}
        async with context.database.read() as uow:
            teams = await uow.teams.all()
        for start in range(0, len(teams), _AT_ONCE):
            async with context.database.begin() as uow:
                for month, rounds in _by_month(uow, teams[start : start + _AT_ONCE], context).items():
                    counts["teams"] += len(rounds)
                    facts = await uow.duties.of_teams({each.team.id: each.settings for each in rounds}, month)
                    await self._nudge_teams(uow, rounds, facts, month, context, counts)
                    counts["lists"] += await _write_lists(uow, rounds, facts, month, context)
        return counts

    async def _nudge_teams(
        self,
        uow: UnitOfWork,
        rounds: Sequence[_Round],
        facts: Mapping[int, Sequence[DutyFacts]],
        month: Month,
        context: JobContext,
        counts: Counts,
    ) -> None:
        owing = [
            (each, stage)
            for stage in rounds
            for each in facts[stage.team.id]
            if may_be_nudged(each, month, stage.settings, today=stage.today)
        ]
        if not owing:
            return
        ids = [each.member_id for each, _ in owing]
        chats = await uow.reach.for_reminders(ids, topic=f"duty:{month}")
        several = await uow.accounts.in_several_teams(ids)
        hints = await self._find_hints(uow, [each.team for each in rounds], month, context)
        messages = [
            _nudge(
                chats[each.member_id][0],
                each,
                stage,
                hints=hints.get(each.member_id, ()),
                in_several_teams=each.member_id in several,
            )
            for each, stage in owing
            if each.member_id in chats
        ]
        sent = await uow.outbox.put_many(messages, now=context.now)
        counts["owing"] += len(owing)
        counts["sent"] += sent
        counts["already"] += len(messages) - sent
        counts["unreachable"] += len(owing) - len(messages)

    async def _find_hints(
        self, uow: UnitOfWork, teams: Sequence[Team], month: Month, context: JobContext
    ) -> Mapping[int, Sequence[Hint]]:
        found: dict[int, list[Hint]] = {}
        for find in self._hints:
            for member_id, hint in (await find(uow, teams, month, context.now)).items():
                found.setdefault(member_id, []).append(hint)
        return found


def _by_month(uow: UnitOfWork, teams: Sequence[Team], context: JobContext) -> Mapping[Month, Sequence[_Round]]:
    """The teams with a stage whose time has come; zones differ, so months may."""
    found: dict[Month, list[_Round]] = {}
    for team in teams:
        settings = uow.teams.settings(team)
        due = due_stage(context.now, settings)
        if due is not None:
            found.setdefault(due.month, []).append(_Round(team, settings, due, context))
    return found


async def _write_lists(
    uow: UnitOfWork,
    rounds: Sequence[_Round],
    facts: Mapping[int, Sequence[DutyFacts]],
    month: Month,
    context: JobContext,
) -> int:
    """Who owes and how to reach them, to leader and secretary; counts to the group. Nothing when nobody owes."""
    now, occasion = context.now, f"duty-list:{month}"
    due = [
        each
        for each in rounds
        if list_is_due(now, each.settings) is not None and sendable_from(now, each.settings) <= now
    ]
    told = await told_already(uow, occasion, [each.team.id for each in due])
    fresh = [each for each in due if each.team.id not in told]
    if not fresh:
        return 0
    settings = {each.team.id: each.settings for each in fresh}
    boards = await boards_of(uow, {team_id: facts[team_id] for team_id in settings}, month, settings)
    notices = [
        Notice(
            each.team,
            to_officials=board_texts.owing_list(board, now=now, zone=each.settings.zone),
            to_groups=board_texts.open_count(board) if each.settings.group_sees_counts else None,
            expires_at=_end_of(month, each.settings),
        )
        for each in fresh
        if (board := boards[each.team.id]).open
    ]
    return await write_once(uow, context, occasion, notices)


def _nudge(
    chat: Chat, facts: DutyFacts, stage: _Round, *, hints: Sequence[Hint], in_several_teams: bool
) -> tuple[Outgoing, Delivery]:
    due, settings, now = stage.due, stage.settings, stage.context.now
    month = str(due.month)
    text = join_lines(
        texts.of_team(stage.team.name) if in_several_teams else None,
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
