"""Work by the clock: sends what waited for its hour, repeats, reminds those it still concerns, keeps boards true."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, ReminderReason, may_assign, reminder_due
from bot.domain.calendar import sendable_from
from bot.domain.messages import Chat, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.recurrence import Recurrence, latest_time, meant_day, next_time
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from bot.texts import assignment_boards as board_texts
from bot.texts import assignments as texts
from bot.texts.assignment_messages import order_messages
from scheduler.jobs import Counts, JobContext
from storage.tables import Assignment, AssignmentAssignee, Team
from storage.unit_of_work import UnitOfWork

_STALE = timedelta(days=14)  # nobody is reminded of what was overdue longer than that when the machine came back

_REPEAT = "repeat:"


async def run(context: JobContext) -> Counts:
    """Everything that should have happened by now and has not."""
    counts = {"sent": 0, "repeated": 0, "reminded": 0, "boards": 0, "unreachable": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            await _repeat(uow, team, settings, context, counts)
            await _send(uow, team, settings, context, counts)
            await _remind(uow, team, settings, context, counts)
    return counts


async def _send(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext, counts: Counts) -> None:
    """What waited for its hour, and whoever could not be written to before and has joined meanwhile.

    An hour that somebody chose is kept; repetitions wait for a morning on which reminders may arrive.
    """
    is_quiet = sendable_from(context.now, settings) > context.now
    for work in await uow.due_work.to_send(team.id, now=context.now):
        was_chosen = work.status == AssignmentStatus.SCHEDULED and not work.source.startswith(_REPEAT)
        if is_quiet and not was_chosen:
            continue
        work.status = AssignmentStatus.OPEN
        waiting = await uow.assignments.waiting(work.id)
        chats = await uow.accounts.private_chats(waiting)
        if not chats:
            continue
        view = await uow.assignments.view(work, zone=settings.zone)
        files = await uow.assignments.files(work.id)
        messages = order_messages(view, chats, key=f"v{work.version}", files=files, as_of=context.as_of)
        counts["sent"] += await uow.outbox.put_many(messages, now=context.now)
        await uow.assignments.mark_sent(work.id, list(chats), now=context.now)
        counts["boards"] += await _refresh(uow, work, settings, context.now)


async def _repeat(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext, counts: Counts) -> None:
    """The latest date that has come becomes work of its own, which goes on repeating; missed ones are skipped."""
    for work in await uow.due_work.to_repeat(team.id, now=context.now):
        if work.next_at is None:
            continue
        recurrence, first = Recurrence(work.recurrence), work.send_at.astimezone(settings.zone)
        second = work.next_at.astimezone(settings.zone)
        day = meant_day(first, second)
        due = latest_time(second, recurrence, now=context.now, day=day)
        assignees = await uow.assignments.assignees(work.id)
        members = {each.id for each in await uow.members.current(team.id)}
        who = [
            each.member_id for each in assignees if each.status != AssigneeStatus.REMOVED and each.member_id in members
        ]
        moved = due - first
        work.next_at = None
        if not who or not await _is_still_delegated(uow, work, settings, context.now):
            continue
        files = [file_id for file_id, _, _ in await uow.assignments.files(work.id)]
        following = _following(work, due, moved, await uow.assignments.next_number(team.id), context.now)
        following.next_at = next_time(due, recurrence, day=day)
        if work.school_id is not None:
            following.school_id = (await uow.school_changes.standing(work.school_id)).id
        await uow.assignments.add(following, member_ids=who, files=files)
        counts["repeated"] += 1


async def _is_still_delegated(uow: UnitOfWork, work: Assignment, settings: TeamSettings, now: datetime) -> bool:
    """A deputy's work comes again only while the leader lets them give it out; both are told when it ends."""
    roles = await uow.members.roles_of(work.team_id)
    today = now.astimezone(settings.zone).date()
    delegated = await uow.delegations.of_member(work.created_by, on=today)
    giver = roles.get(work.created_by)
    if giver is not Role.DEPUTY or may_assign(giver, work.kind, delegated=delegated, on=today):
        return True
    view = await uow.assignments.view(work, zone=settings.zone)
    told = [member_id for member_id, role in roles.items() if role is Role.LEADER or member_id == work.created_by]
    chats = await uow.accounts.private_chats(told)
    messages = [
        (
            Outgoing(chat=found[0], text=str(board_texts.no_longer_delegated(view))),
            Delivery(
                dedupe_key=f"{view.topic}:no-longer-delegated:member-{member_id}",
                priority=Priority.REMINDER,
                not_before=sendable_from(now, settings),
                member_id=member_id,
            ),
        )
        for member_id, found in chats.items()
        if found
    ]
    await uow.outbox.put_many(messages, now=now)
    return False


def _following(work: Assignment, due: datetime, moved: timedelta, number: int, now: datetime) -> Assignment:
    """The same work on another date; its times move as far as the sending day did."""
    return Assignment(
        team_id=work.team_id,
        number=number,
        source=f"{_REPEAT}{work.id}:{due.date()}",
        kind=work.kind,
        title=work.title,
        school_id=work.school_id,
        place=work.place,
        class_or_grade=work.class_or_grade,
        subject=work.subject,
        starts_at=work.starts_at + moved if work.starts_at else None,
        all_day=work.all_day,
        due_at=work.due_at + moved if work.due_at else None,
        confidential=work.confidential,
        status=AssignmentStatus.SCHEDULED,
        version=1,
        created_by=work.created_by,
        created_at=now,
        send_at=due,
        recurrence=work.recurrence,
        request_id=None,
    )


async def _remind(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext, counts: Counts) -> None:
    """One reminder for each reason and time; written in the hours in which it may arrive."""
    if sendable_from(context.now, settings) > context.now:
        return
    now, today = context.now, context.now.astimezone(settings.zone).date()
    away = {each.member_id for each in await uow.leaves.granted_on(team.id, today)}
    found = [
        (work, mine, reason)
        for work, mine, member, _ in await uow.due_work.to_remind(team.id)
        if member.id not in away and (reason := _reason(work, mine, now)) is not None
    ]
    chats = await uow.reach.for_reminders({mine.member_id for _, mine, _ in found}, topic=f"work:{team.id}")
    messages: list[tuple[Outgoing, Delivery]] = []
    for work, mine, reason in found:
        if not chats.get(mine.member_id):
            counts["unreachable"] += 1
            continue
        messages.append(await _reminder(uow, work, mine, reason, chats[mine.member_id][0], settings, context))
    counts["reminded"] += await uow.outbox.put_many(messages, now=now)
    for work in {work.id: work for work, _, reason in found if reason is ReminderReason.OVERDUE}.values():
        counts["boards"] += await _refresh(uow, work, settings, now)


def _reason(work: Assignment, mine: AssignmentAssignee, now: datetime) -> ReminderReason | None:
    reason = reminder_due(
        status=AssigneeStatus(mine.status),
        sent_at=mine.sent_at,
        starts_at=work.starts_at,
        due_at=work.due_at,
        now=now,
    )
    end = work.due_at or work.starts_at
    return None if reason is ReminderReason.OVERDUE and end is not None and now - end > _STALE else reason


async def _reminder(
    uow: UnitOfWork,
    work: Assignment,
    mine: AssignmentAssignee,
    reason: ReminderReason,
    chat: Chat,
    settings: TeamSettings,
    context: JobContext,
) -> tuple[Outgoing, Delivery]:
    view = await uow.assignments.view(work, zone=settings.zone)
    status = AssigneeStatus(mine.status)
    rows = tuple(tuple(row) for row in texts.order_choices(view, status, forgets=chat.forgets) if row)
    # what a time was moved to is reminded of anew
    about = {
        ReminderReason.UNANSWERED: "unanswered",
        ReminderReason.BEFORE: f"before:{_next_time(work, context.now)}",
        ReminderReason.OVERDUE: f"overdue:{work.due_at or work.starts_at}",
    }[reason]
    guard = Guard(
        name="work-open",
        arguments={"assignment_id": work.id, "member_id": mine.member_id, "team_id": work.team_id, "reason": reason},
    )
    delivery = Delivery(
        dedupe_key=f"{view.topic}:{about}:member-{mine.member_id}",
        priority=Priority.REMINDER,
        guard=guard,
        as_of=context.as_of,
        member_id=mine.member_id,
        topic=f"work:{work.team_id}",
    )
    text = texts.reminder(view, reason)
    return Outgoing(chat=chat, text=str(text), choices=ChoiceList(rows=rows)), delivery


def _next_time(work: Assignment, now: datetime) -> datetime | None:
    return min((each for each in (work.starts_at, work.due_at) if each is not None and each > now), default=None)


async def _refresh(uow: UnitOfWork, work: Assignment, settings: TeamSettings, now: datetime) -> int:
    await uow.flush()
    view = await uow.assignments.view(work, zone=settings.zone)
    lines = await uow.boards.lines(work, now=now)
    rows = board_texts.rows_by_reader(view, lines, await uow.members.roles_of(work.team_id))
    return await uow.live_messages.update(view.board_topic, str(board_texts.board(view, lines)), rows, now=now)
