"""Teams by the thousand with years of activities, written in bulk; plausible, not real."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ActivityKind, ChannelName, ParticipantStatus, Role
from storage.engine import Database
from storage.tables import Account, Activity, ActivityParticipant, Base, Member, Person, School, Team

START = datetime(2021, 9, 1, tzinfo=HOME_ZONE)
_CHUNK = 20_000
_SCHOOLS = 24
_FIRST_USER = 10_000
_ROLES = {0: Role.LEADER, 1: Role.DEPUTY, 2: Role.SECRETARY}


@dataclass(frozen=True, slots=True)
class Population:
    """How much of everything. `months` of activities end with November 2026; members report three months of four.

    Without `duty` no month asks anything of anybody, so that no reminder comes between, whatever day it is.
    """

    teams: int
    members: int
    months: int = 0
    duty: bool = True

    @property
    def user_ids(self) -> range:
        """The platform's ids of all members, team by team."""
        return range(_FIRST_USER, _FIRST_USER + self.teams * self.members)


async def fill(database: Database, population: Population) -> int:
    """Write it into an empty, migrated database; returns how many activities there are."""
    async with database.engine.begin() as connection:
        written = await connection.run_sync(lambda sync: _Writer(sync, population).write())
        if not database.is_sqlite:
            await connection.execute(text("ANALYZE"))  # years come slowly enough for the server to look by itself
        return written


class _Writer:
    def __init__(self, connection: Connection, population: Population) -> None:
        self._connection = connection
        self._population = population
        self._chance = random.Random(20261123)

    def write(self) -> int:
        """Everything, parents first."""
        self._put(Team, self._teams())
        self._put(School, self._schools())
        self._put(
            Person, ({"id": number, "current_member_id": None, "created_at": START} for number in self._numbers())
        )
        self._put(Account, self._accounts())
        self._put(Member, self._members())
        return self._put_activities()

    def _put(self, table: type[Base], rows: Iterator[dict[str, Any]]) -> None:
        chunk: list[dict[str, Any]] = []
        for row in rows:
            chunk.append(row)
            if len(chunk) == _CHUNK:
                self._connection.execute(insert(table), chunk)
                chunk = []
        if chunk:
            self._connection.execute(insert(table), chunk)

    def _numbers(self) -> range:
        return range(1, self._population.teams * self._population.members + 1)

    def _teams(self) -> Iterator[dict[str, Any]]:
        for number in range(1, self._population.teams + 1):
            settings: dict[str, Any] = {} if self._population.duty else {"school_months": []}
            yield {"id": number, "name": f"Tổ mạng lưới {number}", "settings": settings, "created_at": START}

    def _schools(self) -> Iterator[dict[str, Any]]:
        for team in range(1, self._population.teams + 1):
            for number in range(1, _SCHOOLS + 1):
                yield {
                    "id": (team - 1) * _SCHOOLS + number,
                    "team_id": team,
                    "code": f"PH{number}",
                    "name": f"Tiểu học Phú Hòa {number}",
                    "aliases": [],
                    "area": "",
                    "active": True,
                }

    def _people(self) -> Iterator[dict[str, Any]]:
        for number in self._numbers():
            yield {"id": number, "current_member_id": None, "created_at": START}

    def _accounts(self) -> Iterator[dict[str, Any]]:
        for number, user_id in zip(self._numbers(), self._population.user_ids, strict=True):
            yield {
                "id": number,
                "person_id": number,
                "channel": ChannelName.TELEGRAM,
                "user_id": str(user_id),
                "chat_id": str(user_id),
                "name": f"Người {user_id}",
                "reachable": True,
                "last_used_at": START,
            }

    def _members(self) -> Iterator[dict[str, Any]]:
        for number in self._numbers():
            place = (number - 1) % self._population.members
            yield {
                "id": number,
                "team_id": (number - 1) // self._population.members + 1,
                "person_id": number,
                "name": f"Nguyễn Thị Hoa {number}",
                "phone": None,
                "role": _ROLES.get(place, Role.MEMBER),
                "deputy_order": 1 if place == 1 else 0,
                "school_id": None,
                "since": None,
                "joined_at": START,
                "ended_at": None,
            }

    def _put_activities(self) -> int:
        written = 0
        activities: list[dict[str, Any]] = []
        for written, activity in enumerate(self._activities(), start=1):
            activities.append({"id": written, **activity})
            if len(activities) == _CHUNK:
                self._flush(activities)
                activities = []
        if activities:
            self._flush(activities)
        return written

    def _flush(self, activities: list[dict[str, Any]]) -> None:
        self._connection.execute(insert(Activity), activities)
        self._connection.execute(
            insert(ActivityParticipant),
            [
                {
                    "activity_id": activity["id"],
                    "member_id": activity["reporter_id"],
                    "status": ParticipantStatus.CONFIRMED,
                    "answered_at": activity["reported_at"],
                }
                for activity in activities
            ],
        )

    def _activities(self) -> Iterator[dict[str, Any]]:
        for team in range(self._population.teams):
            number = 0
            for months_ago in range(self._population.months, 0, -1):
                first = _months_before(date(2026, 12, 1), months_ago)
                for place in range(self._population.members):
                    if self._chance.random() < 0.25:
                        continue
                    number += 1
                    yield self._activity(team, place, number, first + timedelta(days=self._chance.randrange(27)))

    def _activity(self, team: int, place: int, number: int, day: date) -> dict[str, Any]:
        return {
            "team_id": team + 1,
            "number": number,
            "source": f"population:{team}:{number}",
            "kind": self._chance.choice(tuple(ActivityKind)),
            "date": day,
            "school_id": team * _SCHOOLS + self._chance.randrange(_SCHOOLS) + 1,
            "class_or_grade": f"{self._chance.randrange(1, 6)}A",
            "subject": self._chance.choice(("Toán", "Tiếng Việt", "Khoa học")),
            "topic": None,
            "strengths": "học sinh tham gia sôi nổi",
            "difficulties": "thời gian luyện tập còn ít",
            "advice": "tăng thời gian hoạt động nhóm đôi",
            "encouragement": None,
            "exemplary": number % 20 == 0,
            "needs_support": number % 15 == 0,
            "urgent": False,
            "follow_up_on": None,
            "reporter_id": team * self._population.members + place + 1,
            "reported_at": datetime(day.year, day.month, day.day, 16, tzinfo=HOME_ZONE),
            "late": False,
            "status": "filed",
            "version": 1,
        }


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
