"""The files of confirmed minutes: drawn after the confirmation, kept with the version, sent to whom they concern."""

from __future__ import annotations

import pytest

from bot.domain.vocabulary import ChannelName
from storage.engine import Database
from storage.tables import MinutesVersion
from tests.builders import Make
from tests.clock import FakeClock
from tests.handlers.taking_minutes import Team, confirmed, correcting, decided, meeting_begun, words_of, written
from tests.office import Office

FILES = ("bien-ban-01-2026.docx", "bien-ban-01-2026.pdf")


@pytest.fixture
async def team(office: Office, make: Make, clock: FakeClock) -> Team:
    return await meeting_begun(office, make, clock)


async def drawn(office: Office) -> None:
    """Somebody draws again."""
    office.seconds_to_draw = 20.0
    await office.draw_papers()
    await office.deliver()


async def version(database: Database) -> MinutesVersion:
    async with database.read() as uow:
        return (await uow.minutes.versions(1))[0]


@pytest.mark.parametrize("channel", [ChannelName.TELEGRAM, ChannelName.ZALO])
async def test_minutes_are_in_force_at_once_and_their_files_follow(
    office: Office, make: Make, clock: FakeClock, database: Database, channel: ChannelName
) -> None:
    team = await meeting_begun(office, make, clock, channel=channel)
    office.seconds_to_draw = None
    await confirmed(team)
    assert "Đã xác nhận biên bản số 01/BB-TML" in team.leader.texts
    assert "Em đang lập tệp" in team.leader.texts
    assert await decided(database, "open") == ["Soạn đề cương"]
    phones = (team.leader, team.secretary, team.deputy, team.member)
    assert not any(shown.file_names == FILES for phone in phones for shown in phone.screen)
    await drawn(office)
    for phone in phones:
        assert phone.last.file_names == FILES
        assert "Biên bản số 01/BB-TML" in phone.last.text


async def test_the_group_gets_them_and_otherwise_only_those_who_wrote_and_the_chair(office: Office, team: Team) -> None:
    await team.leader.in_group().say("/noinhom")
    await confirmed(team)
    assert office.screens["telegram:-100"][-1].file_names == FILES
    assert team.leader.last.file_names == team.secretary.last.file_names == FILES
    assert not any(shown.file_names == FILES for shown in [*team.member.screen, *team.deputy.screen])


async def test_files_say_what_was_confirmed_whatever_happens_before_they_are_drawn(
    office: Office, team: Team, database: Database
) -> None:
    office.seconds_to_draw = None
    await confirmed(team)
    await correcting(team)
    await team.secretary.say("Bổ sung: có mặt đại diện phường")
    await team.secretary.say("bỏ dòng 2")
    await team.secretary.press("Bỏ dòng này")
    async with database.begin() as uow:
        record = await uow.teams.get(1)
        settings = uow.teams.settings(record)
        paper = settings.paper.model_copy(update={"code": "KHAC"})
        uow.teams.change_settings(record, settings.model_copy(update={"paper": paper}))
    await drawn(office)
    said = await words_of(database)
    assert "Số: 01/BB-TML" in said
    assert "Soạn đề cương" in said
    assert "Bổ sung" not in said
    await team.secretary.say("/bienban")
    await team.secretary.press("Thôi đính chính")
    assert "giữ nguyên bản đã xác nhận" in team.secretary.texts


async def test_files_that_could_not_be_drawn_are_drawn_when_somebody_asks_and_then_everybody_gets_them(
    office: Office, team: Team, database: Database
) -> None:
    office.seconds_to_draw = 0.0
    await confirmed(team)
    assert "chưa lập được tệp" in team.leader.last.text
    office.seconds_to_draw = 20.0
    await team.member.say("/bienban")
    assert (await team.member.press("Biên bản 01")).file_names == FILES
    assert team.leader.last.file_names == team.deputy.last.file_names == FILES
    kept = await version(database)
    seen = len(team.leader.screen)
    assert (await team.deputy.say("/bienban")).labels
    assert (await team.deputy.press("Biên bản 01")).file_names == FILES
    assert len(team.leader.screen) == seen
    assert (await version(database)).word_id == kept.word_id


async def test_who_asks_while_they_are_drawn_gets_the_same_files(
    office: Office, team: Team, database: Database
) -> None:
    office.seconds_to_draw = None
    await confirmed(team)
    await team.member.say("/bienban")
    await team.member.press("Biên bản 01")
    assert "Em đang lập tệp" in team.member.last.text
    await drawn(office)
    came = [shown for shown in team.member.screen if shown.file_names == FILES]
    assert {shown.text.splitlines()[0] for shown in came} == {
        "📄 Biên bản số 01/BB-TML – Họp chung 4/12",
        "📄 Biên bản 01: Họp chung 4/12",
    }
    kept = await version(database)
    for shown in came:
        assert [each.stored_id for each in shown.outgoing.attachments] == [kept.word_id, kept.pdf_id]


async def test_a_second_press_on_confirm_gives_no_second_number(office: Office, team: Team, database: Database) -> None:
    office.seconds_to_draw = None
    await written(team)
    asked = team.leader.last
    await team.leader.press("Xác nhận biên bản", on=asked)
    index = asked.labels.index("✅ Xác nhận biên bản")
    await team.leader.press_data(f"{asked.outgoing.choices_key}:{index}", message_id=asked.id)
    await drawn(office)
    async with database.read() as uow:
        assert [minutes.number for minutes, _ in await uow.minutes.confirmed(1, limit=9)] == [1]
        assert await uow.summary_reports.take_number(1, "BB", 2026) == 2
    assert len([shown for shown in team.leader.screen if shown.file_names == FILES]) == 1
