"""A summary is computed by as many statements for a large team as for a small one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event

from bot.domain.assignments import AssigneeStatus, AssignmentStatus
from bot.domain.clock import HOME_ZONE
from bot.domain.meetings import MeetingKind, MeetingStatus, Presence
from bot.domain.periods import Period
from bot.domain.report_model import ReportModel, SectionKind
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind
from bot.domain.votes import Ballot
from bot.report_sections import read_report
from storage.engine import Database
from storage.plans import NewLine
from storage.resolutions import new_resolution
from storage.tables import Assignment, Meeting, Member, School, Team
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock

NOVEMBER = Month(2026, 11)
FIRST = datetime(2026, 11, 2, 8, 0, tzinfo=HOME_ZONE)


@contextmanager
def counted(database: Database) -> Generator[list[str]]:
    """The statements that are sent while this lasts."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    engine = database.reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


async def busy_team(database: Database, make: Make, name: str, size: int) -> Team:
    """So many members and schools; each member has reported, given out work, held a meeting and put to the vote."""
    team = await make.team(name)
    members = [await make.member(team, name=f"{name} {number}") for number in range(size)]
    for number, member in enumerate(members):
        school = await make.school(team, code=f"TH{number}")
        await make.activity(member, on=FIRST.date(), school=school)
        await make.leave(member, first=NOVEMBER.first, last=NOVEMBER.first)
        async with database.begin() as uow:
            await _gives_out_work(uow, member, school, number)
            await _holds_a_meeting(uow, member, members, number)
            await _puts_to_the_vote(uow, member, members, number)
            line = NewLine(NOVEMBER, f"dự giờ {number}", ActivityKind.LESSON_OBSERVATION, school.id)
            await uow.plans.add(team.id, member_id=None, lines=[line])
            await uow.plans.add(team.id, member_id=member.id, lines=[line])
    return team


async def _gives_out_work(uow: UnitOfWork, giver: Member, school: School, number: int) -> None:
    work = Assignment(
        team_id=giver.team_id,
        number=number + 1,
        source=f"work:{giver.id}",
        kind=ActivityKind.LESSON_OBSERVATION,
        title=f"Dự giờ {number}",
        school_id=school.id,
        due_at=FIRST + timedelta(hours=number),
        status=AssignmentStatus.OPEN,
        created_by=giver.id,
        created_at=FIRST,
        send_at=FIRST,
    )
    await uow.assignments.add(work, member_ids=[giver.id])
    (await uow.assignments.assignee(work.id, member_id=giver.id)).status = AssigneeStatus.DONE


async def _holds_a_meeting(uow: UnitOfWork, chair: Member, members: list[Member], number: int) -> None:
    begins = FIRST + timedelta(hours=number)
    meeting = Meeting(
        team_id=chair.team_id,
        source=f"meeting:{chair.id}",
        kind=MeetingKind.TOPICAL,
        title=f"Chuyên đề {number}",
        status=MeetingStatus.CALLED,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        place="phòng họp",
        chair_id=chair.id,
        created_by=chair.id,
        created_at=FIRST,
        called_at=FIRST,
    )
    await uow.meetings.add(meeting, invited=[each.id for each in members], agenda=(), slots=())
    for invitation in await uow.meetings.invitations(meeting.id):
        await uow.meetings.mark(invitation, Presence.PRESENT)
    minutes = await uow.minutes.begin(meeting, secretary_id=chair.id, now=FIRST)
    line = await uow.minutes.add_line(minutes.id, kind="note", text="khai mạc", author_id=chair.id, now=FIRST)
    minutes.year, minutes.number, minutes.closed_at = 2026, number + 1, FIRST
    for version in (1, 2):
        minutes.version = version
        content = {"spread": [f"bài học {number}, bản {version}"], "mend": []}
        await uow.minutes.keep_version(minutes, content, by=chair.id)
    decided = new_resolution(
        team_id=chair.team_id, meeting_id=meeting.id, line_id=line.id, work="việc", due=None, everyone=True, unknown=""
    )
    await uow.resolutions.add(decided, [chair.id])
    await uow.resolutions.settle(decided, "done", by=chair.id, now=FIRST)


async def _puts_to_the_vote(uow: UnitOfWork, author: Member, members: list[Member], number: int) -> None:
    proposal = await uow.proposals.add(
        team_id=author.team_id,
        member_id=author.id,
        text=f"đề xuất {number}",
        source=f"proposal:{author.id}",
        files=(),
        now=FIRST,
    )
    voters = [each.id for each in members]
    vote = await uow.proposals.open_vote(
        proposal, secret=False, quorum=1, voters=voters, by=author.id, closes_at=FIRST, now=FIRST
    )
    assert await uow.proposals.cast(vote, member_id=author.id, ballot=Ballot.YES)
    await uow.proposals.close(vote, now=FIRST)


async def report_of(database: Database, team: Team, clock: FakeClock) -> tuple[ReportModel, int]:
    """November, and how many statements it took."""
    async with database.read() as uow:
        with counted(database) as sent:
            model = await read_report(uow, team, Period.between(NOVEMBER.first, NOVEMBER.last), clock())
    return model, len(sent)


async def test_a_summary_of_forty_of_everything_takes_as_many_statements_as_one_of_two(
    database: Database, make: Make, clock: FakeClock
) -> None:
    small, few = await report_of(database, await busy_team(database, make, "Tổ nhỏ", 2), clock)
    large, many = await report_of(database, await busy_team(database, make, "Tổ lớn", 40), clock)
    for model, size in ((small, 2), (large, 40)):
        assert len(model.visits) == len(model.duty.members) == size
        for kind in (SectionKind.ASSIGNMENTS, SectionKind.MEETINGS, SectionKind.PROPOSALS):
            assert len(model.section(kind).rows) == size
    meeting = large.section(SectionKind.MEETINGS)
    assert meeting.rows[-1][2:] == ("40/40", "40", "1/1")
    assert any("bài học 39, bản 2" in line for line in meeting.lines)
    assert "1" in large.section(SectionKind.PROPOSALS).rows[-1][-1]
    assert few == many
