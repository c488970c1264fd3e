"""What a newcomer to the demo can try first, and where the clock can be sent with one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.clock import HOME_ZONE
from bot.domain.duty import due_stage
from bot.domain.school_year import DEFAULT_SCHOOL_MONTHS, Month
from bot.domain.team_settings import DEFAULT_STAGES, TeamSettings
from bot.playground.page.backstage import Hint, Moment, Persona
from bot.texts import demo as texts

_MORNING, _EVENING, _LAST_CALL = time(7, 0), time(18, 30), time(17, 0)


def hints_for(personas: Sequence[Persona]) -> tuple[Hint, ...]:
    """Written for the sample people."""
    by_name = {persona.name: persona for persona in personas}
    invited = next((persona for persona in personas if persona.code), None)
    names = ("Lý Ngọc Dung", "Bùi Mỹ Quyên", "Bùi Minh Phượng", "Bùi Quốc Hiếu")
    dung, quyen, phuong, hieu = (by_name[name].key for name in names)
    found = [
        Hint(texts.HINT_REPORT, dung, texts.SAMPLE_REPORT),
        Hint(texts.HINT_OWN, phuong, "/toi"),
        Hint(texts.HINT_SUMMARY, quyen, "/tonghop"),
        Hint(texts.HINT_MEETING, hieu, texts.SAMPLE_MEETING),
        Hint(texts.HINT_NUDGE, move="nudge"),
    ]
    if invited is not None:
        found.insert(3, Hint(texts.HINT_JOIN, invited.key, invited.code))
    return tuple(found)


def first_moment(now: datetime) -> datetime:
    """When the demo begins: now; in the holidays a school day of the coming October, for there is nothing to see."""
    local = now.astimezone(HOME_ZONE)
    if local.month in DEFAULT_SCHOOL_MONTHS:
        return now
    return datetime(local.year, 10, 13, 9, 0, tzinfo=HOME_ZONE)


def moments(now: datetime) -> tuple[Moment, ...]:
    """The next morning, the next nudge, 18:30 on the 25th, the end of the month, and the first of the next."""
    local = now.astimezone(HOME_ZONE)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), _MORNING, HOME_ZONE)
    last = Month.of(local.date()).last
    end = datetime.combine(last, _LAST_CALL, HOME_ZONE)
    if end <= local:
        end = datetime.combine(Month.of(local.date()).next.last, _LAST_CALL, HOME_ZONE)
    first = datetime.combine(Month.of(local.date()).next.first, _MORNING, HOME_ZONE)
    evening = _evening_of_the_25th(local)
    nudge = next_nudge(local)
    return (
        Moment("morning", f"Tới sáng mai ({texts.moment(tomorrow)})", tomorrow),
        Moment("nudge", f"Tới lần nhắc kế tiếp ({texts.moment(nudge)})", nudge),
        Moment("evening-25", f"Tới {texts.moment(evening)}", evening),
        Moment("month-end", f"Tới cuối tháng ({texts.moment(end)})", end),
        Moment("next-month", f"Tới mùng 1, chốt tháng ({texts.moment(first)})", first),
    )


def _evening_of_the_25th(local: datetime) -> datetime:
    month = Month.of(local.date())
    evening = datetime.combine(month.first.replace(day=25), _EVENING, HOME_ZONE)
    return evening if evening > local else datetime.combine(month.next.first.replace(day=25), _EVENING, HOME_ZONE)


def next_nudge(local: datetime) -> datetime:
    """When the next stage of the monthly reminder begins, by the default settings."""
    settings = TeamSettings()
    month = Month.of(local.date())
    for _ in range(12):
        days = ((month.last - timedelta(days=each.days_before), each.at) for each in DEFAULT_STAGES)
        for day, at in sorted(days):
            begins = datetime.combine(day, at, HOME_ZONE)
            due = due_stage(begins, settings)
            if begins > local and due is not None:
                return max(begins, sendable_from(begins, settings))
        month = month.next
    raise ValueError("a year without school")
