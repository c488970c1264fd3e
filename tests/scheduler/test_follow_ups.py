"""A day to look again comes back as a reminder on that morning, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from tests.builders import Joined, Make
from tests.office import Office

REPORT = "Dự giờ Toán 4A TH Kim Đồng hôm nay. Tư vấn: thêm nhóm đôi. Thúc đẩy: tái dự giờ ngày 15/12"
MORNING = datetime(2026, 12, 15, 6, 50, tzinfo=HOME_ZONE)


async def promised(office: Office, make: Make) -> Joined:
    """A member who meant to look again on 15 December."""
    joined = await make.joined_member(await make.team(schools=["Kim Đồng"]))
    phone = office.phone(joined)
    assert "Hẹn xem lại: thứ Ba 15/12/2026" in (await phone.say(REPORT)).text
    assert "nhắc thầy/cô sáng thứ Ba 15/12/2026" in (await phone.press("Gửi")).text
    return joined


async def run_at(office: Office, moment: datetime) -> dict[str, int]:
    office.clock.set(moment)
    return await office.run_job("follow-ups")


async def test_it_comes_on_that_morning_with_what_was_advised_and_never_twice(office: Office, make: Make) -> None:
    phone = office.phone(await promised(office, make))
    seen = len(phone.screen)
    await run_at(office, MORNING - timedelta(days=1))
    await run_at(office, MORNING.replace(hour=5))
    assert len(phone.screen) == seen
    counts = await run_at(office, MORNING)
    assert counts["sent"] == 1
    assert "hẹn xem lại (báo cáo số 1)" in phone.last.text
    assert "thêm nhóm đôi" in phone.last.text
    for hours in (1, 5, 24, 72):
        await run_at(office, MORNING + timedelta(hours=hours))
    assert len(phone.screen) == seen + 1


async def test_a_machine_that_was_off_catches_up(office: Office, make: Make) -> None:
    phone = office.phone(await promised(office, make))
    await run_at(office, MORNING + timedelta(days=2))
    assert "hẹn xem lại" in phone.last.text


async def test_long_past_days_stay_past(office: Office, make: Make) -> None:
    await promised(office, make)
    assert (await run_at(office, MORNING + timedelta(days=30)))["due"] == 0


async def test_reporting_this_time_is_filled_in_and_ends_it(office: Office, make: Make) -> None:
    joined = await promised(office, make)
    phone = office.phone(joined)
    await run_at(office, MORNING)
    card = await phone.press("Báo cáo lần này")
    for kept in ("15/12/2026", "Kim Đồng", "4A", "Toán"):
        assert kept in card.text
    await phone.say("Ưu điểm: đã chia nhóm tốt")
    assert "số 2" in (await phone.press("Gửi")).text
    async with office.database.read() as uow:
        second = await uow.activities.by_number(joined.member.team_id, 2)
        first = await uow.activities.by_number(joined.member.team_id, 1)
        assert second is not None
        assert first is not None
        assert second.origin == f"follow-up:{first.id}"
        assert await uow.follow_ups.is_done(first.id)
    await phone.press("Dời 1 tuần")
    assert "đã xong" in phone.texts


async def test_a_week_later_it_comes_again(office: Office, make: Make) -> None:
    phone = office.phone(await promised(office, make))
    await run_at(office, MORNING)
    assert "thứ Ba 22/12/2026" in (await phone.press("Dời 1 tuần")).text
    seen = len(phone.screen)
    await run_at(office, MORNING + timedelta(days=3))
    assert len(phone.screen) == seen
    await run_at(office, MORNING + timedelta(days=7))
    assert "hẹn xem lại" in phone.last.text


async def test_enough_of_it(office: Office, make: Make) -> None:
    joined = await promised(office, make)
    phone = office.phone(joined)
    await run_at(office, MORNING)
    assert "không nhắc" in (await phone.press("Thôi")).text
    async with office.database.read() as uow:
        activity = await uow.activities.by_number(joined.member.team_id, 1)
    assert activity is not None
    assert activity.follow_up_on is None


async def test_what_was_withdrawn_or_moved_before_is_not_reminded_of(office: Office, make: Make) -> None:
    phone = office.phone(await promised(office, make))
    await phone.press("Sửa")
    await phone.press("Sửa")
    await phone.press("Hẹn xem lại")
    assert "chưa tới" in (await phone.say("20/11/2026")).text
    assert "Hẹn xem lại: thứ Năm 17/12/2026" in (await phone.say("17/12")).text
    await phone.press("Gửi")
    assert (await run_at(office, MORNING))["due"] == 0
    await phone.press("Rút")
    await phone.press("Rút báo cáo")
    assert (await run_at(office, MORNING + timedelta(days=2)))["due"] == 0


async def test_the_reason_is_asked_again_at_sending(office: Office, make: Make) -> None:
    joined = await promised(office, make)
    phone = office.phone(joined)
    seen = len(phone.screen)
    office.clock.set(MORNING)
    from scheduler import follow_ups
    from scheduler.jobs import JobContext

    await follow_ups.run(JobContext(database=office.database, now=office.clock()))
    async with office.database.begin() as uow:
        activity = await uow.activities.by_number(joined.member.team_id, 1)
        assert activity is not None
        activity.follow_up_on = date(2026, 12, 20)
    await office.deliver()
    assert len(phone.screen) == seen


async def test_a_colleague_cannot_press_it(office: Office, make: Make) -> None:
    joined = await promised(office, make)
    async with office.database.read() as uow:
        team = await uow.teams.get(joined.member.team_id)
    other = office.phone(await make.joined_member(team, role=Role.LEADER))
    await run_at(office, MORNING)
    shown = await other.press_data(f"{office.phone(joined).last.outgoing.choices_key}:0")
    assert "không còn dùng được" in shown.text


async def test_one_who_left_the_team_is_not_reminded(office: Office, make: Make) -> None:
    joined = await promised(office, make)
    async with office.database.begin() as uow:
        member = await uow.members.get(joined.member.id, team_id=joined.member.team_id)
        await uow.members.end(member, now=office.clock())
    assert (await run_at(office, MORNING))["due"] == 0
