"""Reminds of meetings by the latest stage whose time has come, and of the three general ones a year (III.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.meetings import (
    Answer,
    MeetingKind,
    Presence,
    due_reminder,
    held_back,
    who_chairs,
    year_of_meetings,
)
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.rich_text import Markup
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, Role
from bot.texts import attendance as attendance_texts
from bot.texts import meeting_reminders as texts
from bot.texts import meetings as meeting_texts
from scheduler.jobs import Counts, JobContext
from storage.tables import Meeting, Team
from storage.unit_of_work import UnitOfWork

_YEAR = timedelta(days=400)
_OFFERED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Round:
    """One stage of one meeting."""

    team: Team
    settings: TeamSettings
    meeting: Meeting
    stage: int
    context: JobContext

    @property
    def key(self) -> str:
        """What and for which stage of which time; a moved meeting is reminded of anew."""
        return f"meeting:{self.meeting.id}:{self.meeting.sequence}:reminder-{self.stage}"


async def run(context: JobContext) -> Counts:
    """Write the reminders that should have gone by now and did not, and warn leaders whose year runs behind."""
    counts = {"meetings": 0, "sent": 0, "already": 0, "unreachable": 0, "warned": 0, "offered": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            until = context.now + timedelta(minutes=max(settings.meeting_stages, default=0))
            for meeting in await uow.meetings.called(team.id, context.now, until):
                stage = due_reminder(meeting.starts_at, called_at=meeting.called_at, now=context.now, settings=settings)
                if stage is not None:
                    counts["meetings"] += 1
                    await _remind(uow, _Round(team, settings, meeting, stage, context), counts)
            counts["warned"] += await _warn(uow, team, settings, context)
            counts["offered"] += await _offer_activities(uow, team, settings, context)
    return counts


async def _offer_activities(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext) -> int:
    """After a topical meeting with a school: to each who was there, their presence as that month's activity."""
    now = context.now
    if sendable_from(now, settings) > now:
        return 0
    messages: list[tuple[Outgoing, Delivery]] = []
    for meeting in await uow.meetings.called(team.id, now - _OFFERED_FOR, now):
        if meeting.kind != MeetingKind.TOPICAL or meeting.school_id is None or meeting.ends_at > now:
            continue
        facts = await uow.meeting_facts.read(meeting, settings.zone)
        text = attendance_texts.offer(
            meeting_texts.name(facts.kind, facts.title), facts.school or "", facts.starts_at.month
        )
        have = await uow.participations.those_at(
            team.id, facts.starts_at.date(), ActivityKind.PEER_SCHOOL_ACTIVITY, school_id=meeting.school_id
        )
        there = [
            each.member_id
            for each in await uow.meetings.invitations(meeting.id)
            if each.presence and Presence(each.presence).was_there and each.member_id not in have
        ]
        chats = await uow.accounts.private_chats(there)
        choices = ChoiceList(rows=attendance_texts.offer_choices(meeting.id))
        messages += [
            (
                Outgoing(chat=chats[each][0], text=str(text), choices=choices),
                Delivery(
                    dedupe_key=f"meeting:{meeting.id}:activity:member-{each}",
                    priority=Priority.REMINDER,
                    as_of=context.as_of,
                    member_id=each,
                ),
            )
            for each in there
            if each in chats
        ]
    return await uow.outbox.put_many(messages, now=now)


async def _remind(uow: UnitOfWork, this: _Round, counts: Counts) -> None:
    """The group, and those who have not answered; without a group everybody who does not stay away."""
    await _settle_chair(uow, this)
    await uow.meetings.invite_newcomers(this.meeting)
    facts = await uow.meeting_facts.read(this.meeting, this.settings.zone)
    groups = await uow.groups.of_team(this.team.id)
    invitations = await uow.meetings.invitations(this.meeting.id)
    silent = [each.member_id for each in invitations if each.answer is None]
    informed = [] if groups else [each.member_id for each in invitations if each.answer not in (None, Answer.ABSENT)]
    chats = await uow.reach.for_reminders([*silent, *informed], topic=f"meeting:{this.meeting.id}:reminder")
    choices = meeting_texts.answer_choices(this.meeting.id)
    messages = [
        *(_message(this, chat, texts.to_group(facts, this.stage), choices) for chat in groups),
        *_private(this, chats, silent, texts.to_silent(facts, this.stage), choices, only_silent=True),
        *_private(this, chats, informed, texts.to_group(facts, this.stage), choices, only_silent=False),
    ]
    sent = await uow.outbox.put_many(messages, now=this.context.now)
    counts["sent"] += sent
    counts["already"] += len(messages) - sent
    counts["unreachable"] += sum(1 for each in [*silent, *informed] if each not in chats)


async def _settle_chair(uow: UnitOfWork, this: _Round) -> None:
    """Leave and offices may have changed since somebody last answered."""
    starts_at = this.meeting.starts_at.astimezone(this.settings.zone)
    officials = await uow.meeting_facts.officials(this.meeting, starts_at=starts_at)
    meeting = await uow.meetings.get(this.meeting.id, team_id=this.team.id)
    meeting.chair_id = who_chairs(officials)
    await uow.flush()


def _private(
    this: _Round,
    chats: Mapping[int, list[Chat]],
    members: Iterable[int],
    text: Markup,
    choices: tuple[tuple[Choice, ...], ...],
    *,
    only_silent: bool,
) -> list[tuple[Outgoing, Delivery]]:
    return [
        _message(this, chats[each][0], text, choices, member_id=each, only_silent=only_silent)
        for each in members
        if each in chats
    ]


def _message(
    this: _Round,
    chat: Chat,
    text: Markup,
    choices: tuple[tuple[Choice, ...], ...],
    *,
    member_id: int | None = None,
    only_silent: bool = False,
) -> tuple[Outgoing, Delivery]:
    now = this.context.now
    starts = sendable_from(now, this.settings) if held_back(this.stage) else now
    arguments: dict[str, str | int] = {
        "team_id": this.team.id,
        "meeting_id": this.meeting.id,
        "sequence": this.meeting.sequence,
        "stage": this.stage,
        "member_id": member_id or 0,
        "only_silent": int(only_silent),
    }
    delivery = Delivery(
        dedupe_key=f"{this.key}:{f'member-{member_id}' if member_id else chat.key}",
        priority=Priority.REMINDER,
        not_before=starts if starts > now else None,
        expires_at=this.meeting.starts_at,
        guard=Guard(name="meeting-due", arguments=arguments),
        as_of=this.context.as_of,
        member_id=member_id,
        topic=f"meeting:{this.meeting.id}:reminder",
    )
    return Outgoing(
        chat=chat, text=str(text), choices=ChoiceList(rows=choices, personal=member_id is not None)
    ), delivery


async def _warn(uow: UnitOfWork, team: Team, settings: TeamSettings, context: JobContext) -> int:
    """Once a third of the school year, when fewer general meetings were held or called than thirds are over."""
    now = context.now
    if sendable_from(now, settings) > now:
        return 0
    beginnings = await uow.meetings.general(team.id, since=now - _YEAR)
    year, stands = year_of_meetings(beginnings, now=now, settings=settings)
    today: datetime = now.astimezone(settings.zone)
    if not stands.is_behind or today.date() > year.last:
        return 0
    leaders = [each.id for each in await uow.members.with_roles(team.id, Role.LEADER)]
    chats = await uow.accounts.private_chats(leaders)
    text = texts.behind(year.name, held=stands.held, required=stands.required)
    messages = [
        (
            Outgoing(chat=chats[each][0], text=str(text), choices=ChoiceList(rows=texts.behind_choices())),
            Delivery(
                dedupe_key=f"meetings-behind:{year.name}:third-{stands.thirds_over}:team-{team.id}",
                priority=Priority.REMINDER,
                as_of=context.as_of,
                member_id=each,
            ),
        )
        for each in leaders
        if each in chats
    ]
    return await uow.outbox.put_many(messages, now=now)
