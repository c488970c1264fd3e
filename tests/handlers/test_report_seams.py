"""What other capabilities plug into reporting: a report filled in beforehand, and being told of what was filed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import NotPermitted
from bot.domain.messages import Incoming
from bot.domain.vocabulary import ActivityKind, Role
from handlers.forms.session import Forms
from handlers.report_draft import ReportDraft
from handlers.reporting import Reporting
from handlers.talk import Talk
from handlers.urgent import Urgent
from storage.tables import Activity
from tests.builders import Joined, Make
from tests.office import Office


def talk_of(office: Office, uow: object, joined: Joined, team: object) -> Talk:
    incoming = Incoming(external_id="1", chat=joined.chat, sender=office.phone(joined).sender, at=office.clock())
    return Talk(incoming=incoming, uow=uow, now=office.clock(), me=joined.member, team=team)  # pyright: ignore[reportArgumentType]


async def test_a_report_filled_in_beforehand_is_one_press_and_tells_whoever_asked_for_it(
    office: Office, make: Make
) -> None:
    team = await make.team()
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")
    joined = await make.joined_member(team)
    told: list[Activity] = []

    async def remember(talk: Talk, activity: Activity) -> None:
        told.append(activity)

    forms = Forms({})
    reports = Reporting(forms, urgent=Urgent(), filed=(remember,))
    forms.add(reports.form)
    draft = ReportDraft(
        kind=ActivityKind.LESSON_OBSERVATION, date=date(2026, 11, 20), school="KD", origin="assignment:12"
    )
    async with office.database.begin() as uow:
        talk = talk_of(office, uow, joined, team)
        await reports.start_with(talk, draft)
        dialogue = await forms.active(talk)
        assert dialogue is not None
        await forms.hear(talk, dialogue, "gửi")
        assert "1/1" in talk.said[-1].text
    assert [each.origin for each in told] == ["assignment:12"]
    assert told[0].date == date(2026, 11, 20)


async def test_an_officer_cannot_be_handed_a_report(office: Office, make: Make) -> None:
    team = await make.team()
    joined = await make.joined_member(team, role=Role.OFFICER)
    reports = Reporting(Forms({}), urgent=Urgent())
    async with office.database.begin() as uow:
        with pytest.raises(NotPermitted):
            await reports.start_with(talk_of(office, uow, joined, team), ReportDraft())


async def test_a_reported_period_covers_its_days_and_its_team_only(office: Office, make: Make) -> None:
    team, other = await make.team(), await make.team("Tổ khác")
    async with office.database.begin() as uow:
        await uow.reported_periods.confirm(
            team.id, first=date(2026, 10, 1), last=date(2026, 10, 31), now=office.clock()
        )
    async with office.database.read() as uow:
        assert await uow.reported_periods.day_reported(team.id, date(2026, 10, 31))
        assert not await uow.reported_periods.day_reported(team.id, date(2026, 11, 1))
        assert not await uow.reported_periods.day_reported(other.id, date(2026, 10, 31))
