"""The meetings of a period, for the summary: n of three (III.2), minutes, resolutions, and what a chuyên đề taught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.meetings import MeetingKind, MeetingStatus, Presence, year_of_meetings
from bot.domain.periods import Period
from bot.domain.report_model import Section, SectionKind, Tally
from bot.domain.resolution_line import LineKind
from bot.texts import meetings as texts
from storage.tables import Meeting, Team
from storage.unit_of_work import UnitOfWork

_YEAR = timedelta(days=400)
_COLUMNS = ("Ngày", "Cuộc họp", "Có mặt", "Biên bản số", "Nghị quyết xong")
_WIDTHS = (3, 4, 3, 2, 3)
_SHOWN = 10


async def meetings_section(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> Section:
    """How the year stands, then one row a meeting that was held in the period, with lessons to spread and to mend."""
    settings = uow.teams.settings(team)
    end = datetime.combine(period.last, time(), settings.zone) + timedelta(days=1)
    begin = datetime.combine(period.first, time(), settings.zone)
    found = await uow.meetings.in_days(team.id, begin, min(end, now))
    held = [each for each in found if each.status == MeetingStatus.CALLED]
    general = await uow.meetings.general(team.id, since=end - _YEAR)
    year, stands = year_of_meetings([each for each in general if each < end], now=min(now, end), settings=settings)
    open_still = await _open_at(uow, team, end)
    lines = [f"Họp chung năm học {year.name}: {stands.held}/{stands.required} lần."]
    lines += _resolutions(open_still)
    lines += [line for each in held for line in await _lessons(uow, each)]
    rows = [await _row(uow, each, each.starts_at.astimezone(settings.zone)) for each in held]
    begun, over = (
        datetime.combine(each, time(), settings.zone) for each in (year.first, year.last + timedelta(days=1))
    )
    of_year = await uow.meetings.in_days(team.id, begun, min(end, now, over))
    return Section(
        SectionKind.MEETINGS,
        tuple(lines),
        _COLUMNS if rows else (),
        tuple(rows),
        tallies=(
            Tally("general", f"Họp chung năm học {year.name}", _general(of_year, settings.zone)),
            Tally("held", "Cuộc họp trong kỳ", tuple(_line(row) for row in rows)),
            Tally("open", "Nghị quyết chưa xong", tuple(open_still)),
        ),
        widths=_WIDTHS if rows else (),
        numbers=(2, 3, 4),
        dates=(0,),
    )


def _general(found: Sequence[Meeting], zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(
        f"{each.starts_at.astimezone(zone):%d/%m/%Y}: {texts.name(MeetingKind(each.kind), each.title)}"
        for each in found
        if each.status == MeetingStatus.CALLED and each.kind == MeetingKind.GENERAL
    )


def _line(row: tuple[str, ...]) -> str:
    day, name, there, minutes, resolutions = row
    return f"{day}: {name}; có mặt: {there}; biên bản: {minutes}; nghị quyết: {resolutions}"


async def _row(uow: UnitOfWork, meeting: Meeting, starts_at: datetime) -> tuple[str, ...]:
    invitations = await uow.meetings.attendance(meeting)
    marked = [Presence(each.presence) for each in invitations if each.presence]
    there = f"{sum(each.was_there for each in marked)}/{len(invitations)}" if marked else "chưa điểm danh"
    minutes = await uow.minutes.of_meeting(meeting.id)
    resolutions = [each for each in await uow.resolutions.of_meeting(meeting.id) if each.status != "draft"]
    done = sum(1 for each in resolutions if each.status == "done")
    return (
        f"{starts_at:%d/%m/%Y}",
        texts.name(MeetingKind(meeting.kind), meeting.title),
        there,
        f"{minutes.number:02d}" if minutes is not None and minutes.number else "chưa có",
        f"{done}/{len(resolutions)}" if resolutions else "không có",
    )


async def _open_at(uow: UnitOfWork, team: Team, end: datetime) -> list[str]:
    """What was not done at the end of the period, of the meetings up to then."""
    return [
        each.work
        for each, meeting in await uow.resolutions.with_status(team.id, "open", "done")
        if meeting.starts_at < end and (each.done_at is None or each.done_at >= end)
    ]


def _resolutions(still: Sequence[str]) -> Sequence[str]:
    more = f"; và {len(still) - _SHOWN} việc khác" if len(still) > _SHOWN else ""
    return [f"Nghị quyết chưa xong: {len(still)} ({'; '.join(still[:_SHOWN])}{more})."] if still else []


async def _lessons(uow: UnitOfWork, meeting: Meeting) -> list[str]:
    """As the chair confirmed them last; a correction that is being written changes nothing yet."""
    minutes = await uow.minutes.of_meeting(meeting.id)
    versions = await uow.minutes.versions(minutes.id) if minutes is not None else []
    if not versions:
        return []
    name = texts.name(MeetingKind(meeting.kind), meeting.title)
    words = {LineKind.SPREAD: "cần nhân rộng", LineKind.MEND: "cần khắc phục"}
    return [f"{name} – {words[kind]}: {text}" for kind in words for text in versions[-1].content[kind]]
