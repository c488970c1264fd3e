"""The meetings of a period, for the summary: n of three (III.2), minutes, resolutions, and what a chuyên đề taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.meetings import MeetingKind, MeetingStatus, Presence, year_of_meetings
from bot.domain.periods import Period
from bot.domain.report_model import Section, SectionKind
from bot.texts import meeting_section as texts
from bot.texts.meetings import name as name_of
from storage.tables import Meeting, MeetingInvitation, Minutes, MinutesVersion, Resolution, Team
from storage.unit_of_work import UnitOfWork

_YEAR = timedelta(days=400)


async def meeting_section(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> Section:
    """How the year stands, then one row a meeting that was held in the period, with lessons to spread and to mend."""
    settings = uow.teams.settings(team)
    end = datetime.combine(period.last, time(), settings.zone) + timedelta(days=1)
    begin = datetime.combine(period.first, time(), settings.zone)
    found = await uow.meetings.in_days(team.id, begin, min(end, now))
    held = [each for each in found if each.status == MeetingStatus.CALLED]
    general = await uow.meetings.general(team.id, since=end - _YEAR)
    year, stands = year_of_meetings([each for each in general if each < end], now=min(now, end), settings=settings)
    open_still = await _open_at(uow, team, end)
    lines = [texts.of_year(year.name, stands.held, stands.required)]
    lines += [texts.unfinished(open_still)] if open_still else []
    records = await _records(uow, held)
    lines += [line for each in records for line in _lessons(each)]
    rows = [_row(each, settings.zone) for each in records]
    begun, over = (
        datetime.combine(each, time(), settings.zone) for each in (year.first, year.last + timedelta(days=1))
    )
    of_year = await uow.meetings.in_days(team.id, begun, min(end, now, over))
    return Section(
        SectionKind.MEETINGS,
        tuple(lines),
        texts.COLUMNS if rows else (),
        tuple(rows),
        tallies=texts.tallies(year.name, general=_general(of_year, settings.zone), rows=rows, unfinished=open_still),
        widths=texts.WIDTHS if rows else (),
        numbers=(2, 3, 4),
        dates=(0,),
    )


def _general(found: Sequence[Meeting], zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(
        f"{each.starts_at.astimezone(zone):%d/%m/%Y}: {name_of(MeetingKind(each.kind), each.title)}"
        for each in found
        if each.status == MeetingStatus.CALLED and each.kind == MeetingKind.GENERAL
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """What is written down about a meeting; `confirmed` is what the minutes say that the chair confirmed last."""

    meeting: Meeting
    invitations: Sequence[MeetingInvitation]
    minutes: Minutes | None
    confirmed: MinutesVersion | None
    resolutions: Sequence[Resolution]


async def _records(uow: UnitOfWork, meetings: Sequence[Meeting]) -> list[_Record]:
    """Of several meetings; four queries."""
    ids = [each.id for each in meetings]
    invitations, minutes = await uow.meetings.attendances(ids), await uow.minutes.of_meetings(ids)
    confirmed = await uow.minutes.latest_versions([each.id for each in minutes.values()])
    resolutions = await uow.resolutions.of_meetings(ids)
    return [
        _Record(
            meeting=each,
            invitations=invitations.get(each.id, []),
            minutes=minutes.get(each.id),
            confirmed=confirmed.get(minutes[each.id].id) if each.id in minutes else None,
            resolutions=resolutions.get(each.id, []),
        )
        for each in meetings
    ]


def _row(record: _Record, zone: ZoneInfo) -> tuple[str, ...]:
    meeting, minutes = record.meeting, record.minutes
    marked = [Presence(each.presence) for each in record.invitations if each.presence]
    there = f"{sum(each.was_there for each in marked)}/{len(record.invitations)}" if marked else texts.NOT_TAKEN
    resolutions = [each for each in record.resolutions if each.status != "draft"]
    done = sum(1 for each in resolutions if each.status == "done")
    return (
        f"{meeting.starts_at.astimezone(zone):%d/%m/%Y}",
        name_of(MeetingKind(meeting.kind), meeting.title),
        there,
        f"{minutes.number:02d}" if minutes is not None and minutes.number else texts.NO_MINUTES,
        f"{done}/{len(resolutions)}" if resolutions else texts.NO_RESOLUTIONS,
    )


async def _open_at(uow: UnitOfWork, team: Team, end: datetime) -> list[str]:
    """What was not done at the end of the period, of the meetings up to then."""
    return [
        each.work
        for each, meeting in await uow.resolutions.with_status(team.id, "open", "done")
        if meeting.starts_at < end and (each.done_at is None or each.done_at >= end)
    ]


def _lessons(record: _Record) -> list[str]:
    """As the chair confirmed them last; a correction that is being written changes nothing yet."""
    if record.confirmed is None:
        return []
    content, name = record.confirmed.content, name_of(MeetingKind(record.meeting.kind), record.meeting.title)
    return [texts.lesson(name, kind, text) for kind in texts.LESSONS for text in content[kind]]
