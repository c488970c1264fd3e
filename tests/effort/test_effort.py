"""What the bot asks of people, counted (PRODUCT rule 2)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from tests.builders import Make
from tests.clock import FakeClock
from tests.effort.ledger import CountedPhone, Ledger
from tests.effort.school_year import MONTHS, gather, live_a_day, live_through
from tests.office import Office

REPORT = "Dự giờ Toán lớp 4A trường Kim Đồng sáng nay. Ưu điểm: lớp sôi nổi. Tư vấn: thêm thời gian nhóm đôi"


async def nudged(office: Office, make: Make, clock: FakeClock) -> CountedPhone:
    """A member who was nudged three days before the end of the month."""
    team = await make.team()
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")
    await make.joined_member(team, role=Role.LEADER)
    phone = office.phone(await make.joined_member(team))
    clock.set(datetime(2026, 11, 27, 18, 30, tzinfo=HOME_ZONE))
    await office.run_job("monthly-nudges")
    return CountedPhone(phone)


async def test_from_nudge_to_receipt(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    phone = await nudged(office, make, clock)
    await phone.say(REPORT)
    await phone.press("Gửi")
    assert "1/1" in phone.phone.last.text
    ledger.exactly("interactions from nudge to receipt", phone.interactions, allowed=2)


async def test_from_nudge_to_leave(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    phone = await nudged(office, make, clock)
    await phone.press("Xin nghỉ tháng này")
    await phone.press("Con ốm")
    assert "Đã gửi đơn" in phone.phone.last.text
    ledger.exactly("interactions from nudge to leave asked", phone.interactions, allowed=2)


async def test_leave_in_one_line(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    phone = await nudged(office, make, clock)
    await phone.say("/nghi từ 28/11 đến 5/12 con ốm")
    assert "Đã gửi đơn" in phone.phone.last.text
    ledger.exactly("interactions to ask leave in one line", phone.interactions, allowed=1)


async def test_from_invitation_to_joined(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    member = await make.member(await make.team())
    async with office.database.begin() as uow:
        code = await uow.join_codes.issue(member.id, now=clock())
    phone = CountedPhone(office.stranger("777"))
    await phone.say(f"/start {code}")
    await phone.press("Đồng ý")
    assert "Chào mừng" in phone.phone.texts
    ledger.exactly("interactions from invitation to joined", phone.interactions, allowed=2)


async def test_correcting_a_draft(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    phone = await nudged(office, make, clock)
    await phone.say(REPORT)
    before = phone.interactions
    await phone.press("Sửa")
    await phone.press("Lớp")
    shown = await phone.say("5B")
    assert "5B" in shown.text
    ledger.exactly("interactions to correct one thing", phone.interactions - before, allowed=3)


async def test_correcting_a_filed_report(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    phone = await nudged(office, make, clock)
    await phone.say(REPORT)
    await phone.press("Gửi")
    before = phone.interactions
    await phone.press("Sửa")
    await phone.say("lớp 5B")
    await phone.press("Gửi")
    assert "Đã sửa báo cáo số 1" in phone.phone.last.text
    ledger.exactly("interactions to correct a filed report", phone.interactions - before, allowed=3)


async def test_messages_of_a_school_year(office: Office, make: Make, clock: FakeClock, ledger: Ledger) -> None:
    clock.set(datetime(2026, 8, 31, 9, 0, tzinfo=HOME_ZONE))
    team = await gather(make)
    await live_through(office, make, clock, team)
    dutiful, silent = office.phone(team.dutiful), office.phone(team.silent)
    assert len(silent.screen) > 0
    ledger.at_most("messages a month to a member who owes nothing", len(dutiful.screen) / MONTHS, allowed=6)
    ledger.at_most("messages a month to a member who never answers", len(silent.screen) / MONTHS, allowed=4)
    # two each month about the duty, and three warnings a year: this team never meets
    ledger.at_most("messages a month to the leader", len(office.phone(team.leader).screen) / MONTHS, allowed=2.4)


async def test_one_who_never_answers_gets_every_stage_that_may_be_sent_and_no_more(
    office: Office, make: Make, clock: FakeClock
) -> None:
    clock.set(datetime(2026, 8, 31, 9, 0, tzinfo=HOME_ZONE))
    team = await gather(make, size=4)
    await live_through(office, make, clock, team)
    texts = [each.text for each in office.phone(team.silent).screen]
    # 9 months of 4 stages; 30 April is a holiday, on which nothing is sent
    assert len(texts) == 9 * 4 - 1
    assert sum("hạn cuối" in text for text in texts) == 8


async def test_messages_of_a_month_with_two_meetings_and_an_assignment(
    office: Office, make: Make, clock: FakeClock, ledger: Ledger
) -> None:
    clock.set(datetime(2026, 11, 2, 7, 0, tzinfo=HOME_ZONE))
    team = await make.team()
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    await leader.in_group().say("/noinhom")
    member, answered = office.phone(await make.joined_member(team, name="Trần Thị Lan")), 0
    for words, answer in (
        ("/hop họp chung 14h thứ sáu 13/11 tại trường Kim Đồng, nội dung: sơ kết", "Tham dự"),
        ("/hop họp chung 14h thứ sáu 27/11 tại trường Kim Đồng, nội dung: kế hoạch", "Tham dự"),
        ("/giaoviec giao dự giờ Toán 4A TH Kim Đồng thứ năm 19/11 8h: Lan; hạn báo cáo 25/11", "Nhận"),
    ):
        await leader.say(words)
        await leader.press("Gửi")
        seen = len(member.screen)
        await member.press(answer)
        answered += len(member.screen) - seen
    for day in range(2, 31):
        if day == 19:
            seen = len(member.screen)
            await member.say("Dự giờ Toán lớp 4A trường Kim Đồng hôm nay. Tư vấn: thêm thời gian nhóm đôi")
            await member.press("Gửi")
            answered += len(member.screen) - seen
        await live_a_day(office, clock, datetime(2026, 11, day, tzinfo=HOME_ZONE).date())
    ledger.at_most("messages of a month with two meetings and an assignment", len(member.screen) - answered, allowed=6)
