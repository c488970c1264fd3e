"""Writes the sample team into an empty database, through the repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.demo.history import History, PastActivity, draw_history
from bot.demo.people import GROUP, PEOPLE, SCHOOLS, TEAM, SamplePerson
from bot.domain.clock import HOME_ZONE
from bot.domain.messages import Chat, Delivery, Outgoing
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityStatus, ChannelName, ChatKind, LeaveStatus
from bot.routing import build_router
from bot.texts import joining as joining_texts
from scheduler.jobs import JobContext
from scheduler.table import JOBS
from storage.engine import Database
from storage.past import Happened
from storage.tables import Activity, Member, School
from storage.unit_of_work import UnitOfWork

_FOUNDED_BEFORE = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class SampleTeam:
    """What was written: the team, its members as in PEOPLE, and the codes of those who have not joined (by place)."""

    team_id: int
    member_ids: tuple[int, ...]
    codes: Mapping[int, str]


async def write_sample(
    database: Database, *, accounts: Mapping[int, Chat], groups: Sequence[Chat] = (), now: datetime
) -> SampleTeam:
    """`accounts` are the private chats of those who have joined, by their place in PEOPLE; the rest get codes."""
    history = draw_history(PEOPLE, SCHOOLS, today=now.astimezone(HOME_ZONE).date())
    founded = datetime.combine(history.since - _FOUNDED_BEFORE, time(8), HOME_ZONE)
    async with database.begin() as uow:
        team = await uow.teams.create(name=TEAM, now=founded)
        schools = [
            await uow.schools.add(
                team_id=team.id, code=each.code, name=each.name, aliases=list(each.aliases), area=each.area
            )
            for each in SCHOOLS
        ]
        members = await _write_members(uow, team.id, schools)
        await _write_history(uow, team.id, history, members, schools)
        for place, chat in accounts.items():
            wrote = [each.reported_on for each in history.activities if each.members[0] == place]
            await _join(uow, members[place], chat, founded + timedelta(days=1), wrote=max(wrote, default=None))
        for group in groups:
            await uow.groups.bind(group, team_id=team.id, member_id=members[0].id, now=founded)
    await _catch_up(database, now)
    async with database.begin() as uow:
        codes = {
            place: await uow.join_codes.issue(member.id, now=now)
            for place, member in enumerate(members)
            if place not in accounts
        }
        await _greet(uow, members, accounts, now)
        return SampleTeam(team.id, tuple(member.id for member in members), codes)


async def _write_members(uow: UnitOfWork, team_id: int, schools: Sequence[School]) -> list[Member]:
    ids = {school.code: school.id for school in schools}
    members: list[Member] = []
    for number, person in enumerate(PEOPLE):
        member = await uow.members.add(
            team_id=team_id,
            name=person.name,
            role=person.role,
            phone=f"+8490000{number:04}",
            school_id=ids.get(person.school),
        )
        if person.school:
            in_charge = (schools[number % len(schools)].id, schools[(number * 5 + 3) % len(schools)].id)
            await uow.members.set_schools_in_charge(member.id, in_charge)
        members.append(member)
    for order, deputy in enumerate(each for each in members if each.role == "deputy"):
        deputy.deputy_order = order + 1
    return members


async def _write_history(
    uow: UnitOfWork, team_id: int, history: History, members: Sequence[Member], schools: Sequence[School]
) -> None:
    happened = [
        Happened(
            _activity(each, number, team_id, members, schools),
            tuple(members[place].id for place in each.members[1:]),
        )
        for number, each in enumerate(history.activities, start=1)
    ]
    await uow.past.add(happened)
    for leave in history.leaves:
        asked = datetime.combine(leave.first - timedelta(days=3), time(9), HOME_ZONE)
        row = await uow.leaves.ask(
            member_id=members[leave.member].id, first=leave.first, last=leave.last, reason=leave.reason, now=asked
        )
        await uow.leaves.decide(row, status=LeaveStatus.GRANTED, by=members[0].id, now=asked + timedelta(hours=5))


def _activity(
    past: PastActivity, number: int, team_id: int, members: Sequence[Member], schools: Sequence[School]
) -> Activity:
    reported = past.reported_on.replace(tzinfo=HOME_ZONE)
    return Activity(
        team_id=team_id,
        number=number,
        source=f"sample:{number}",
        kind=past.kind,
        date=past.date,
        school_id=schools[past.school].id,
        class_or_grade=past.class_or_grade,
        subject=past.subject,
        topic=past.topic,
        strengths=past.strengths,
        difficulties=past.difficulties,
        advice=past.advice,
        encouragement=past.encouragement,
        exemplary=past.exemplary,
        needs_support=past.needs_support,
        follow_up_on=past.follow_up_on,
        reporter_id=members[past.members[0]].id,
        reported_at=reported,
        late=_is_late(past.date, reported),
        status=ActivityStatus.FILED,
    )


def _is_late(day: date, reported: datetime) -> bool:
    """Reported after the month in which it counts."""
    return Month.of(reported.date()) > Month.of(day)


async def _join(uow: UnitOfWork, member: Member, chat: Chat, now: datetime, *, wrote: datetime | None) -> None:
    """`wrote`: when they reported last, in the team's local time."""
    known = await uow.accounts.create(chat=chat, user_id=chat.chat_id, name=member.name, now=now)
    await uow.accounts.join(known, member, now=now)
    if wrote is not None:
        uow.accounts.touch(known.account, now=wrote.replace(tzinfo=HOME_ZONE))
    await uow.consents.give(member_id=member.id, version=joining_texts.CONSENT_VERSION, channel=chat.channel, now=now)


async def _catch_up(database: Database, now: datetime) -> None:
    """What the jobs would have sent by now has been sent: a demo begins without a heap of old reminders."""
    for job in JOBS:
        await job.run(JobContext(database=database, now=now))
    async with database.begin() as uow:
        await uow.past.count_as_sent(now=now)


async def _greet(uow: UnitOfWork, members: Sequence[Member], accounts: Mapping[int, Chat], now: datetime) -> None:
    """The welcome with its menu waits for everybody who has joined, those whose phones lie open first."""
    router = build_router(join_link=lambda channel, code: "")
    messages: list[tuple[Outgoing, Delivery]] = []
    for place in sorted(accounts, key=lambda place: (PEOPLE[place].phone_open == 0, place)):
        member, chat, role = members[place], accounts[place], PEOPLE[place].role
        text = joining_texts.welcome(member.name, role, hands_on_files=chat.hands_on_files)
        welcome = Outgoing(chat=chat, text=str(text), menu=router.menu_for(role))
        commands = Outgoing(chat=chat, text="", commands=router.commands_for(role))
        messages.append((welcome, Delivery(dedupe_key=f"sample-welcome:{member.id}")))
        messages.append((commands, Delivery(dedupe_key=f"sample-commands:{member.id}")))
    await uow.outbox.put_many(messages, now=now)


def group_chat(chat_id: str, *, channel: ChannelName = ChannelName.TELEGRAM) -> Chat:
    """A group of the sample team."""
    return Chat(channel=channel, chat_id=chat_id, kind=ChatKind.GROUP, title=GROUP)


def chats_of(people: Sequence[SamplePerson], user_ids: Mapping[int, str]) -> dict[int, Chat]:
    """The private chats of those who have joined, by their place."""
    return {
        place: Chat(channel=person.channel, chat_id=user_ids[place])
        for place, person in enumerate(people)
        if person.channel is not None and place in user_ids
    }
