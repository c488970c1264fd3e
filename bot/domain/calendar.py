"""When a reminder may arrive: outside quiet hours, and not on Tết or a public holiday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.public_holidays import public_holidays
from bot.domain.team_settings import TeamSettings

_LONGEST_HOLIDAY = 20


def is_holiday(day: date) -> bool:
    """Whether nothing is sent on this day."""
    return day in public_holidays(day.year)


def is_quiet(moment: time, settings: TeamSettings) -> bool:
    """Whether a local time lies in the team's quiet hours, which usually span midnight."""
    start, end = settings.quiet_from, settings.quiet_until
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end


def sendable_from(moment: datetime, settings: TeamSettings) -> datetime:
    """The first moment from `moment` on at which the team may be reminded, in the team's zone."""
    local = moment.astimezone(settings.zone)
    if is_quiet(local.time(), settings):
        morning = local.replace(
            hour=settings.quiet_until.hour, minute=settings.quiet_until.minute, second=0, microsecond=0
        )
        local = morning if morning >= local else morning + timedelta(days=1)
    for _ in range(_LONGEST_HOLIDAY):
        if not is_holiday(local.date()):
            break
        local = datetime.combine(local.date() + timedelta(days=1), settings.quiet_until, settings.zone)
    return local
