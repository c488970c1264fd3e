"""Work by the clock: sent when its hour comes, repeated, and only those are reminded whom it still concerns."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.school_year import Month
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office
from tests.working_team import People

JOB = "assignment-reminders"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HOME_ZONE)


async def test_whoever_has_not_answered_after_a_day_is_reminded_once(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give("giao viết bài cho trang web: Lan, Hùng; hạn 10/12")
    await people.lan.press("Nhận")
    clock.set(at(11, 25, 10, 5))
    assert (await office.run_job(JOB))["reminded"] == 1
    assert "chưa trả lời phân công này" in people.hung.last.text
    clock.set(at(11, 25, 16))
    assert (await office.run_job(JOB))["reminded"] == 0


async def test_reminders_come_before_it_is_due_and_once_overdue(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give("giao viết bài cho trang web: Lan; hạn 27/11")
    await people.lan.press("Nhận")
    clock.set(at(11, 26, 17, 30))
    await office.run_job(JOB)
    assert "Sắp đến lịch" in people.lan.last.text
    clock.set(at(11, 27, 17, 30))
    await office.run_job(JOB)
    assert "đã quá hạn" in people.lan.last.text
    assert "quá hạn" in people.board.text
    clock.set(at(11, 28, 9))
    assert (await office.run_job(JOB))["reminded"] == 0


async def test_quiet_hours_hold_reminders_until_morning(people: People, office: Office, clock: FakeClock) -> None:
    await people.give("giao viết bài cho trang web: Lan; hạn 27/11")
    clock.set(at(11, 26, 21, 30))
    assert (await office.run_job(JOB))["reminded"] == 0
    clock.set(at(11, 27, 6, 30))
    assert (await office.run_job(JOB))["reminded"] == 1


@pytest.mark.parametrize("how", ["done", "declined", "cancelled", "leave"])
async def test_nobody_is_reminded_of_what_no_longer_concerns_them(
    people: People, office: Office, clock: FakeClock, how: str
) -> None:
    await people.give("giao viết bài cho trang web: Lan; hạn 27/11")
    match how:
        case "done":
            await people.lan.press("Nhận")
            await people.lan.press("Đã xong")
            await people.lan.say("Xong rồi ạ")
        case "declined":
            await people.lan.press("Báo bận")
            await people.lan.say("Con ốm")
        case "cancelled":
            await people.leader.press("Hủy phân công", on=people.board)
            await people.leader.press("Hủy phân công")
        case _:
            await people.lan.say("/nghi từ 24/11 đến 30/11 con ốm")
            await people.leader.press("Đồng ý cho nghỉ")
    for moment in (at(11, 25, 11), at(11, 26, 17, 30), at(11, 27, 18)):
        clock.set(moment)
        assert (await office.run_job(JOB))["reminded"] == 0


async def test_a_reminder_that_waits_is_dropped_when_the_answer_comes_first(people: People, office: Office) -> None:
    from bot.domain.messages import Guard
    from scheduler.guards import GUARDS

    await people.give("giao viết bài cho trang web: Lan; hạn 10/12")
    async with office.database.begin() as uow:
        lan = next(each for each in await uow.members.current(people.team.id) if each.name == "Trần Thị Lan")
        work = await uow.assignments.by_number(1, team_id=people.team.id)
    arguments: dict[str, str | int] = {
        "assignment_id": work.id,
        "member_id": lan.id,
        "team_id": people.team.id,
        "reason": "unanswered",
    }
    guard = Guard(name="work-open", arguments=arguments)
    later = at(11, 24, 11)
    async with office.database.begin() as uow:
        assert await GUARDS[guard.name](uow, guard.arguments, later)
    await people.lan.press("Nhận")
    async with office.database.begin() as uow:
        assert not await GUARDS[guard.name](uow, guard.arguments, later)


async def test_work_for_later_goes_out_when_its_hour_comes(people: People, office: Office, clock: FakeClock) -> None:
    await people.leader.say("giao viết bài cho trang web: Lan; hạn 10/12")
    await people.leader.say("gửi lúc 7h sáng mai")
    assert "Gửi lúc thứ Ba 24/11, 7:00" in people.leader.last.text
    await people.leader.press("Gửi")
    assert people.lan.screen == []
    assert "Sẽ gửi lúc thứ Ba 24/11, 7:00" in people.board.text
    clock.set(at(11, 24, 7))
    await office.run_job(JOB)
    assert "Phân công số 1" in people.lan.last.text
    assert "Sẽ gửi" not in people.board.text
    assert (await office.run_job(JOB))["sent"] == 0


async def test_whoever_joins_later_gets_the_work_that_waited(people: People, office: Office, make: Make) -> None:
    mai = await make.member(people.team, name="Võ Ngọc Mai")
    await people.give("giao viết bài cho trang web: Mai; hạn 10/12")
    assert "1 người chưa nhắn được" in people.leader.texts
    phone = office.phone(await make.join(mai))
    await office.run_job(JOB)
    assert "Phân công số 1" in phone.last.text


async def test_a_repetition_comes_again_on_its_date_and_missed_ones_are_skipped(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give("giao dự giờ Kim Đồng thứ năm 8h hằng tuần: Lan")
    clock.set(at(11, 30, 10, 1))
    assert (await office.run_job(JOB))["repeated"] == 1
    order = next(shown for shown in people.lan.screen if "Phân công số 2" in shown.text)
    assert "thứ Năm 3/12, 8:00" in order.text
    clock.set(at(12, 22, 9))
    assert (await office.run_job(JOB))["repeated"] == 1
    assert "thứ Năm 24/12, 8:00" in people.lan.texts
    assert "10/12, 8:00" not in people.lan.texts
    assert (await office.run_job(JOB))["repeated"] == 0


async def test_a_monthly_repetition_keeps_the_31st_through_shorter_months(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.leader.say("giao viết bài cho trang web hằng tháng: Lan; hạn 15/1/2027")
    await people.leader.say("gửi lúc 7h ngày 31/12/2026 hằng tháng")
    await people.leader.press("Gửi")
    sent: list[str] = []
    for month in range(1, 7):
        last = Month(2027, month).last
        clock.set(datetime(2027, month, last.day, 9, tzinfo=HOME_ZONE))
        await office.run_job(JOB)
        async with office.database.read() as uow:
            newest = (await uow.assignments.of_team(people.team.id, limit=1))[0]
            sent.append(f"{newest.send_at.astimezone(HOME_ZONE):%d/%m}")
    assert sent == ["31/01", "28/02", "31/03", "30/04", "31/05", "30/06"]


async def test_a_deputys_repetition_ends_with_the_delegation_and_both_are_told(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.leader.say("/uyquyen Nga: dự giờ đến 5/12")
    await people.leader.press("Ủy quyền")
    await people.deputy.say("giao dự giờ Kim Đồng thứ năm 8h hằng tuần: Lan")
    await people.deputy.press("Gửi")
    clock.set(at(11, 30, 10, 1))
    assert (await office.run_job(JOB))["repeated"] == 1
    clock.set(at(12, 7, 10, 1))
    assert (await office.run_job(JOB))["repeated"] == 0
    for phone in (people.leader, people.deputy):
        assert "không lặp lại nữa: Đỗ Thị Nga không còn được ủy quyền" in phone.last.text
    assert "Phân công số 3" not in people.lan.texts


async def test_running_the_job_twice_at_one_time_sends_nothing_twice(people: People, office: Office) -> None:
    await people.give("giao viết bài cho trang web: Lan; hạn 10/12")
    moment = at(11, 25, 11)
    assert (await office.run_job(JOB, at=moment))["reminded"] == 1
    assert (await office.run_job(JOB, at=moment))["reminded"] == 0


async def test_a_nudge_says_what_was_given_out_and_opens_its_report(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give()
    await people.lan.press("Nhận")
    clock.set(at(11, 27, 18, 30))
    await office.run_job("monthly-nudges")
    assert "thầy/cô được giao: dự giờ Toán 4A" in people.lan.last.text
    await people.lan.press("Đã dự, báo cáo ngay")
    assert "Trường Tiểu học Phú Hòa 1" in people.lan.last.text
    await people.lan.press("Gửi")
    assert "🏁 Trần Thị Lan" in people.board.text
