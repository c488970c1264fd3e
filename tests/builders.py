"""Builders: each makes one thing, in a transaction of its own, from whatever a test does not care to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import Chat
from bot.domain.roster_words import derive_code
from bot.domain.team_settings import PaperSettings
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ChannelName, ParticipantStatus, Role
from storage.accounts import Known
from storage.engine import Database
from storage.tables import Activity, ActivityParticipant, Leave, Member, School, Team
from tests.clock import FakeClock


@dataclass(frozen=True, slots=True)
class Joined:
    """A member who chats with the bot."""

    member: Member
    known: Known
    chat: Chat

    @property
    def user_id(self) -> str:
        """The platform's id of the person."""
        return self.known.account.user_id


class Make:
    """Fills the database. Not to be called inside a test's own `begin()`: SQLite has one writer."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        """Things are made at the clock's present moment."""
        self._database = database
        self._clock = clock
        self._numbers = count(1)

    async def team(self, name: str = "Tổ mạng lưới cụm 1", *, schools: Sequence[str] = ()) -> Team:
        """A team without anybody in it; `schools` by what follows "Trường Tiểu học", with their initials as codes."""
        async with self._database.begin() as uow:
            team = await uow.teams.create(name=name, now=self._clock())
        for each in schools:
            school = f"Trường Tiểu học {each}"
            await self.school(team, code=derive_code(school, ()), name=school)
        return team

    async def paper_head(self, team: Team) -> None:
        """What stands on the team's papers has been filled in."""
        paper = PaperSettings(parent="UBND phường Thủ Dầu Một", place="Thủ Dầu Một", is_filled=True)
        async with self._database.begin() as uow:
            row = await uow.teams.get(team.id)
            uow.teams.change_settings(row, uow.teams.settings(row).model_copy(update={"paper": paper}))

    async def school(
        self, team: Team, *, code: str | None = None, name: str | None = None, aliases: tuple[str, ...] = ()
    ) -> School:
        """A school of the team."""
        number = next(self._numbers)
        async with self._database.begin() as uow:
            return await uow.schools.add(
                team_id=team.id,
                code=code or f"TH{number:03}",
                name=name or f"Trường Tiểu học Kim Đồng {number}",
                aliases=list(aliases),
                area="",
            )

    async def member(
        self,
        team: Team,
        *,
        name: str | None = None,
        role: Role = Role.MEMBER,
        school: School | None = None,
        phone: str | None = None,
    ) -> Member:
        """A member who has not joined yet."""
        async with self._database.begin() as uow:
            return await uow.members.add(
                team_id=team.id,
                name=name or f"Nguyễn Thị Hoa {next(self._numbers)}",
                role=role,
                phone=phone,
                school_id=school.id if school else None,
            )

    async def account(
        self, *, channel: ChannelName = ChannelName.TELEGRAM, user_id: str | None = None, name: str = "Hoa"
    ) -> Known:
        """Somebody the bot has talked with, not yet a member anywhere; their private chat has their own id."""
        user_id = user_id or str(1000 + next(self._numbers))
        async with self._database.begin() as uow:
            chat = Chat(channel=channel, chat_id=user_id)
            return await uow.accounts.create(chat=chat, user_id=user_id, name=name, now=self._clock())

    async def joined_member(
        self,
        team: Team,
        *,
        name: str | None = None,
        role: Role = Role.MEMBER,
        school: School | None = None,
        channel: ChannelName = ChannelName.TELEGRAM,
        user_id: str | None = None,
    ) -> Joined:
        """A member with an account."""
        member = await self.member(team, name=name, role=role, school=school)
        return await self.join(member, channel=channel, user_id=user_id)

    async def join(
        self, member: Member, *, channel: ChannelName = ChannelName.TELEGRAM, user_id: str | None = None
    ) -> Joined:
        """A new account of this channel joins as the member, who may have joined elsewhere before."""
        user_id = user_id or str(1000 + next(self._numbers))
        chat = Chat(channel=channel, chat_id=user_id)
        async with self._database.begin() as uow:
            stranger = await uow.accounts.create(chat=chat, user_id=user_id, name=member.name, now=self._clock())
            fresh = await uow.members.get(member.id, team_id=member.team_id)
            known = await uow.accounts.join(stranger, fresh, now=self._clock())
        return Joined(fresh, known, chat)

    async def activity(
        self,
        reporter: Member,
        *,
        on: date | None = None,
        kind: ActivityKind = ActivityKind.LESSON_OBSERVATION,
        school: School | None = None,
        status: ActivityStatus = ActivityStatus.FILED,
        late: bool = False,
        reported_at: datetime | None = None,
        advice: str | None = None,
    ) -> Activity:
        """An activity that counts for its reporter; today's unless said otherwise."""
        async with self._database.begin() as uow:
            activity = Activity(
                team_id=reporter.team_id,
                number=await uow.activities.next_number(reporter.team_id),
                source=f"builder:{next(self._numbers)}",
                kind=kind,
                date=on or self._clock().astimezone(HOME_ZONE).date(),
                school_id=school.id if school else None,
                advice=advice,
                reporter_id=reporter.id,
                reported_at=reported_at or self._clock(),
                late=late,
                status=status,
            )
            return await uow.activities.file(activity)

    async def leave(self, member: Member, *, first: date, last: date, reason: str = "ốm") -> Leave:
        """A request for leave that nobody has decided on."""
        async with self._database.begin() as uow:
            return await uow.leaves.ask(member_id=member.id, first=first, last=last, reason=reason, now=self._clock())


def confirmed(activity: Activity, member: Member) -> ActivityParticipant:
    """Another member whom the activity counts for."""
    return ActivityParticipant(
        activity_id=activity.id, member_id=member.id, status=ParticipantStatus.CONFIRMED, answered_at=None
    )
