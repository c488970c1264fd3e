"""One and a half school years of a sample team, drawn from a fixed seed: who went where, when, and what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from bot.demo import notes
from bot.demo.people import SamplePerson, SampleSchool
from bot.domain.calendar import is_holiday
from bot.domain.school_year import DEFAULT_SCHOOL_MONTHS, Month
from bot.domain.vocabulary import ActivityKind, Role

PAST_MONTHS = 13  # a school year has nine
_SUNDAY = 6
_SEED = 2026
_SHARED, _EXEMPLARY, _NEEDS_SUPPORT, _FOLLOWED, _LATE = 0.14, 0.06, 0.05, 0.1, 0.04
_ON_LEAVE_A_MONTH = 0.012


@dataclass(frozen=True, slots=True)
class PastActivity:
    """One activity; members and schools by their place in the sample."""

    kind: ActivityKind
    date: date
    school: int
    members: tuple[int, ...]
    reported_on: datetime
    """Local time of the sample team."""
    subject: str | None = None
    class_or_grade: str | None = None
    topic: str | None = None
    strengths: str | None = None
    difficulties: str | None = None
    advice: str | None = None
    encouragement: str | None = None
    exemplary: bool = False
    needs_support: bool = False
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastLeave:
    """A month of leave that was granted."""

    member: int
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """All that happened before a day, in order of its reporting."""

    since: date
    activities: tuple[PastActivity, ...]
    leaves: tuple[PastLeave, ...]


def past_months(today: date) -> list[Month]:
    """The school months before the running one, oldest first."""
    months: list[Month] = []
    month = Month.of(today).previous
    while len(months) < PAST_MONTHS:
        if month.month in DEFAULT_SCHOOL_MONTHS:
            months.insert(0, month)
        month = month.previous
    return months


def draw_history(people: Sequence[SamplePerson], schools: Sequence[SampleSchool], *, today: date) -> History:
    """What the team did until yesterday; the same for the same day."""
    random = Random(_SEED)  # noqa: S311 - a sample, not a secret
    months = past_months(today)
    writer = _Writer(random, people, schools)
    for month in months:
        writer.live(month, until=month.last)
    if Month.of(today).month in DEFAULT_SCHOOL_MONTHS:
        writer.live(Month.of(today), until=today - timedelta(days=1), running=True)
    activities = sorted(writer.activities, key=lambda each: each.reported_on)
    return History(months[0].first, tuple(activities), tuple(writer.leaves))


class _Writer:
    def __init__(self, random: Random, people: Sequence[SamplePerson], schools: Sequence[SampleSchool]) -> None:
        self._random, self._people, self._schools = random, people, schools
        self.activities: list[PastActivity] = []
        self.leaves: list[PastLeave] = []

    def live(self, month: Month, *, until: date, running: bool = False) -> None:
        """A month of everybody; of the running one only what lies before today, and nothing of those who owe it."""
        days = [day for day in _working_days(month) if day <= until]
        share = len(days) / max(1, len(_working_days(month)))
        for number, person in enumerate(self._people):
            if person.role is Role.OFFICER or not days or (running and person.owes_now):
                continue
            if not running and self._random.random() < _ON_LEAVE_A_MONTH:
                self._take_leave(number, month)
                continue
            met = self._random.random() < person.diligence * (share if running else 1)
            for _ in range(self._random.choices((1, 2, 3), (68, 26, 6))[0] if met else 0):
                self.activities.append(self._activity(number, self._random.choice(days), until, running=running))

    def _take_leave(self, number: int, month: Month) -> None:
        self.leaves.append(PastLeave(number, month.first, month.last, self._random.choice(notes.LEAVE_REASONS)))

    def _activity(self, reporter: int, day: date, until: date, *, running: bool) -> PastActivity:
        random = self._random
        kind = self._kind(day)
        members = (reporter, *self._companion(reporter)) if random.random() < _SHARED else (reporter,)
        school = random.choices(range(len(self._schools)), self._popularity())[0]
        is_lesson = kind is ActivityKind.LESSON_OBSERVATION
        grade = random.randint(1, 5)
        noted = kind.is_observation
        exemplary = noted and random.random() < _EXEMPLARY
        needs_support = noted and not exemplary and random.random() < _NEEDS_SUPPORT
        return PastActivity(
            kind=kind,
            date=day,
            school=school,
            members=members,
            reported_on=self._reported(day, until if running else None),
            subject=random.choices(notes.SUBJECTS, notes.SUBJECT_WEIGHTS)[0] if is_lesson else None,
            class_or_grade=f"{grade}{random.choice('ABCD')}" if noted else None,
            topic=None if noted else random.choice(notes.TOPICS),
            strengths=self._said(notes.STRENGTHS, 1.0 if exemplary else 0.95) if noted else None,
            difficulties=self._said(notes.DIFFICULTIES, 1.0 if needs_support else 0.0 if exemplary else 0.7)
            if noted
            else None,
            advice=self._said(notes.ADVICE, 0.85) if noted else None,
            encouragement=self._said(notes.ENCOURAGEMENT, 0.4) if noted else None,
            exemplary=exemplary,
            needs_support=needs_support,
            follow_up_on=day + timedelta(days=random.randint(14, 35)) if random.random() < _FOLLOWED else None,
        )

    def _kind(self, day: date) -> ActivityKind:
        if day.month in (5, 12) and self._random.random() < 0.2:
            return self._random.choice(notes.EXAM_KINDS)
        kinds, weights = zip(*notes.KIND_WEIGHTS, strict=True)
        return self._random.choices(kinds, weights)[0]

    def _companion(self, reporter: int) -> tuple[int, ...]:
        others = [
            number
            for number, person in enumerate(self._people)
            if number != reporter and person.role is not Role.OFFICER and not person.owes_now
        ]
        return (self._random.choice(others),)

    def _popularity(self) -> list[int]:
        """Some schools are visited often, the last two have not been visited yet."""
        size = len(self._schools)
        return [max(1, 12 - index // 2) if index < size - 2 else 0 for index in range(size)]

    def _reported(self, day: date, until: date | None) -> datetime:
        delay = 0 if self._random.random() < 0.6 else self._random.randint(1, 4)
        if self._random.random() < _LATE:
            delay = self._random.randint(20, 34)
        reported = day + timedelta(days=delay)
        if until is not None:
            reported = min(reported, until)
        return datetime.combine(reported, time(self._random.randint(15, 20), self._random.randint(0, 59)))

    def _said(self, sentences: Sequence[str], share: float) -> str | None:
        if self._random.random() >= share:
            return None
        return " ".join(self._random.sample(sentences, 2 if self._random.random() < 0.25 else 1))


def _working_days(month: Month) -> list[date]:
    days = [month.first + timedelta(days=number) for number in range(month.last.day)]
    return [day for day in days if day.weekday() != _SUNDAY and not is_holiday(day)]
