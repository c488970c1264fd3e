"""Members of a team."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.newcomers import newcomer_since
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from storage.files import Files
from storage.rows import table_of
from storage.tables import Account, Member, MemberSchool, Team


class Members:
    """Queries over members; every one names the team, so that nobody sees another's."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def add(
        self,
        *,
        team_id: int,
        name: str,
        role: Role,
        phone: str | None = None,
        school_id: int | None = None,
        since: date | None = None,
    ) -> Member:
        """A new member who has not joined the bot yet; `since` when the team is at work already."""
        member = Member(
            team_id=team_id,
            name=name,
            role=role,
            phone=phone,
            school_id=school_id,
            person_id=None,
            since=since,
            joined_at=None,
            ended_at=None,
        )
        self._session.add(member)
        await self._session.flush()
        return member

    async def get(self, member_id: int, *, team_id: int) -> Member:
        """The member if they belong to this team; NotFound otherwise."""
        member = await self._session.get(Member, member_id)
        if member is None or member.team_id != team_id:
            raise NotFound(what="member", id=member_id)
        return member

    async def by_id(self, member_id: int) -> Member | None:
        """The member of whatever team: for codes and deliveries, never for what a person asked."""
        return await self._session.get(Member, member_id)

    async def current(self, team_id: int) -> list[Member]:
        """All whose membership is in force, as the roster orders them."""
        return list(await self._session.scalars(_current(), {"team": team_id}))

    async def names_in_force(self, team_id: int, *, without: Collection[Role] = ()) -> dict[int, str]:
        """Names by id of all whose membership is in force, those of some roles left out, as the roster orders them."""
        rows: Any = await self._session.execute(_names_in_force(), {"team": team_id})
        return {member_id: name for member_id, name, role in rows if role not in without}

    async def in_force_since(self, team_id: int, moment: datetime) -> list[Member]:
        """All whose membership is in force or ended at this moment or later, as the roster orders them."""
        lasting = or_(Member.ended_at.is_(None), Member.ended_at >= moment)
        found = select(Member).where(Member.team_id == team_id, lasting).order_by(Member.id)
        return list(await self._session.scalars(found))

    async def newcomer_since(self, team: Team, *, added: int, today: date) -> date | None:
        """From which day those who are added now belong to a team at work; None while its roster is being filled."""
        existing = await self._session.scalar(
            select(func.count(Member.id)).where(Member.team_id == team.id, Member.ended_at.is_(None))
        )
        founded = team.created_at.astimezone(TeamSettings.model_validate(team.settings).zone).date()
        return newcomer_since(founded=founded, existing=existing or 0, added=added, today=today)

    async def with_roles(self, team_id: int, *roles: Role) -> list[Member]:
        """Those in force who hold one of the roles; deputies in their order."""
        return await self.of_teams_with_roles([team_id], *roles)

    async def of_teams_with_roles(self, team_ids: Sequence[int], *roles: Role) -> list[Member]:
        """The same of several teams, in one query."""
        return list(
            await self._session.scalars(
                select(Member)
                .where(Member.team_id.in_(list(team_ids)), Member.ended_at.is_(None), Member.role.in_(list(roles)))
                .order_by(Member.deputy_order, Member.id)
            )
        )

    async def roles_of(self, team_id: int) -> dict[int, Role]:
        """The role of each who is in force."""
        rows = await self._session.execute(
            select(Member.id, Member.role).where(Member.team_id == team_id, Member.ended_at.is_(None))
        )
        return {row.id: Role(row.role) for row in rows}

    async def names(self, member_ids: Iterable[int]) -> dict[int, str]:
        """Names by id."""
        rows: Any = await self._session.execute(_names(), {"ids": list(member_ids)})
        return {row.id: row.name for row in rows}

    async def schools_in_charge(self, team_id: int) -> dict[int, list[int]]:
        """For each member the schools they are in charge of."""
        rows = await self._session.execute(
            select(MemberSchool.member_id, MemberSchool.school_id)
            .join(Member, Member.id == MemberSchool.member_id)
            .where(Member.team_id == team_id)
            .order_by(MemberSchool.school_id)
        )
        found: dict[int, list[int]] = {}
        for member_id, school_id in rows:
            found.setdefault(member_id, []).append(school_id)
        return found

    async def in_charge_of(self, team_id: int, *school_ids: int | None) -> list[int]:
        """Members in force who are in charge of one of these schools."""
        rows = await self._session.scalars(
            select(MemberSchool.member_id)
            .join(Member, Member.id == MemberSchool.member_id)
            .where(
                Member.team_id == team_id,
                Member.ended_at.is_(None),
                MemberSchool.school_id.in_([each for each in school_ids if each]),
            )
            .distinct()
            .order_by(MemberSchool.member_id)
        )
        return list(rows)

    async def set_schools_in_charge(self, member_id: int, school_ids: Iterable[int]) -> None:
        """Exactly these schools."""
        wanted = set(school_ids)
        rows = await self._session.scalars(select(MemberSchool).where(MemberSchool.member_id == member_id))
        for row in rows:
            if row.school_id in wanted:
                wanted.remove(row.school_id)
            else:
                await self._session.delete(row)
        for school_id in sorted(wanted):
            self._session.add(MemberSchool(member_id=member_id, school_id=school_id))
        await self._session.flush()

    async def end(self, member: Member, *, now: datetime) -> None:
        """Membership ends; what they recorded stays, and addresses of files that were sent to them lead nowhere."""
        chats = await self._session.scalars(select(Account).where(Account.person_id == member.person_id))
        keys = [f"{each.channel}:{each.chat_id}" for each in chats]
        await Files(self._session).revoke_sent_to(keys, now=now)
        member.ended_at = now
        member.person_id = None  # the same person may come back, as a member of their own
        await self._session.flush()

    async def set_role(self, member: Member, role: Role) -> None:
        """Another role; a new deputy stands behind those there are."""
        member.deputy_order = 0
        if role is Role.DEPUTY:
            others = await self.with_roles(member.team_id, Role.DEPUTY)
            member.deputy_order = 1 + max((each.deputy_order for each in others if each.id != member.id), default=0)
        member.role = role
        await self._session.flush()

    async def put_first(self, deputy: Member) -> None:
        """This deputy stands in for the leader before all others."""
        others = [each for each in await self.with_roles(deputy.team_id, Role.DEPUTY) if each.id != deputy.id]
        for order, each in enumerate((deputy, *others), start=1):
            each.deputy_order = order
        await self._session.flush()

    async def memberships(self, person_id: int) -> int:
        """In how many teams somebody is."""
        theirs = (Member.person_id == person_id) & Member.ended_at.is_(None)
        return await self._session.scalar(select(func.count(Member.id)).where(theirs)) or 0


@cache
def _current() -> Any:
    return select(Member).where(Member.team_id == bindparam("team"), Member.ended_at.is_(None)).order_by(Member.id)


@cache
def _names_in_force() -> Any:
    """Built once, like the next: every report asks them."""
    rows = table_of(Member).c
    in_force = (rows.team_id == bindparam("team"), rows.ended_at.is_(None))
    return select(rows.id, rows.name, rows.role).where(*in_force).order_by(rows.id)


@cache
def _names() -> Any:
    return select(Member.id, Member.name).where(Member.id.in_(bindparam("ids", expanding=True)))
