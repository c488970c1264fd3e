"""Deputies give out what was delegated; officers ask, the leader accepts, changes or answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.clock import HOME_ZONE
from tests.clock import FakeClock
from tests.working_team import People


async def test_a_deputy_gives_out_what_was_delegated_until_the_day(people: People, clock: FakeClock) -> None:
    await people.leader.say("/uyquyen Nga: dự giờ, chấm thi đến 30/11")
    assert "dự giờ tiết dạy, chấm thi" in people.leader.last.text
    await people.leader.press("Ủy quyền")
    assert "đến hết 30/11/2026" in people.deputy.last.text
    await people.deputy.say("giao dự giờ Kim Đồng thứ năm 9h: Lan")
    await people.deputy.press("Gửi")
    assert "Đỗ Thị Nga giao" in people.lan.last.text
    await people.deputy.say("giao tập huấn thứ năm 14h: Lan")
    assert "chưa ủy quyền" in people.deputy.last.text
    await people.deputy.say("/huy")
    clock.set(datetime(2026, 12, 1, 8, tzinfo=HOME_ZONE))
    await people.deputy.say("/giaoviec")
    assert "chưa ủy quyền" in people.deputy.last.text


async def test_a_delegation_is_asked_for_step_by_step_and_taken_back(people: People) -> None:
    await people.leader.say("/uyquyen")
    await people.leader.press("Đỗ Thị Nga")
    await people.leader.press("Mọi loại việc")
    await people.leader.say("hôm qua")
    assert "từ hôm nay trở đi" in people.leader.last.text
    await people.leader.say("31/12")
    await people.leader.press("Ủy quyền")
    await people.leader.say("/uyquyen")
    await people.leader.press("Thu lại của Đỗ Thị Nga")
    assert "thu lại ủy quyền" in people.deputy.last.text
    await people.deputy.say("/giaoviec")
    assert "chưa ủy quyền" in people.deputy.last.text


@pytest.mark.parametrize("who", ["deputy", "secretary", "lan", "officer"])
async def test_only_the_leader_delegates(people: People, who: str) -> None:
    phone = getattr(people, who)
    await phone.say("/uyquyen Nga: dự giờ đến 30/11")
    assert "không thuộc quyền" in phone.last.text


async def test_an_officers_request_becomes_work_and_the_officer_learns_of_it(people: People) -> None:
    await people.officer.say("/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h; hạn báo cáo 30/11")
    assert "Lê Chuyên Viên đề nghị điều động" in people.leader.last.text
    await people.leader.press("Nhận, giao việc")
    await people.leader.say("Lan, Hùng")
    assert "gửi 2 người" in people.leader.last.text
    await people.leader.press("Gửi")
    assert "Phân công số 1" in people.lan.last.text
    assert "giao cho 2 người thành phân công số 1" in people.officer.last.text
    await people.leader.press("Nhận, giao việc")
    assert "đã được trả lời rồi" in people.leader.last.text


async def test_an_officers_request_can_be_answered_in_words(people: People) -> None:
    await people.officer.say("/dieudong")
    await people.officer.say("Thanh tra chuyên môn TH Kim Đồng thứ sáu")
    await people.leader.press("Trả lời")
    await people.leader.say("Tuần này tổ đã kín lịch ạ")
    assert "Tuần này tổ đã kín lịch" in people.officer.last.text


@pytest.mark.parametrize("who", ["leader", "deputy", "secretary", "lan"])
async def test_only_officers_ask_for_work(people: People, who: str) -> None:
    phone = getattr(people, who)
    await phone.say("/dieudong chấm thi thứ năm")
    assert "không thuộc quyền" in phone.last.text


async def test_the_officer_hears_what_a_request_became_and_what_becomes_of_that(people: People) -> None:
    await people.officer.say("/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h")
    await people.leader.press("Nhận, giao việc")
    await people.leader.say("Lan")
    await people.leader.press("Gửi")
    assert "giao cho 1 người" in people.officer.last.text
    assert "thứ Năm 26/11, 8:00" in people.officer.last.text
    await people.leader.press("Đổi giờ", on=people.board)
    await people.leader.say("thứ sáu 9h")
    assert "theo đề nghị của thầy/cô" in people.officer.last.text
    assert "thứ Sáu 27/11, 9:00" in people.officer.last.text
    await people.leader.press("Hủy phân công", on=people.board)
    await people.leader.press("Hủy phân công")
    assert "đã hủy phân công số 1" in people.officer.last.text


async def test_work_for_later_must_be_sent_while_it_is_delegated(people: People) -> None:
    await people.leader.say("/uyquyen Nga: dự giờ đến 30/11")
    await people.leader.press("Ủy quyền")
    await people.deputy.say("giao dự giờ Kim Đồng 10/12 9h: Lan")
    await people.deputy.say("gửi lúc 7h ngày 5/12")
    await people.deputy.press("Gửi")
    assert "không còn được ủy quyền" in people.deputy.last.text
    await people.deputy.say("gửi lúc 7h ngày 30/11")
    await people.deputy.press("Gửi")
    assert "sẽ gửi cho 1 người" in people.deputy.texts
