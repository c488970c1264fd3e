"""Confidential work: a number to everybody else, and out of the chat after reading where bots can delete."""

from __future__ import annotations

from datetime import timedelta

from tests.clock import FakeClock
from tests.working_team import People

SECRET = "giao ra đề Toán HK1: Lan, Hùng; hạn 10/12"


async def test_after_reading_everything_said_of_it_goes_from_the_chat(people: People) -> None:
    await people.leader.send_file(b"%PDF-", name="ma-tran.pdf", text=SECRET)
    await people.leader.press("Gửi")
    await people.lan.press("Nhận")
    await people.lan.say("/nhiemvu")
    await people.lan.press("Số 1")
    await people.lan.press("Hỏi người giao")
    await people.lan.say("Mấy câu?")
    await people.leader.press("Trả lời")
    await people.leader.say("Đề gồm mười câu")
    assert any(each.file_names for each in people.lan.screen)
    await people.lan.press("Xóa khỏi chat")
    assert "Toán" not in people.lan.texts
    assert "mười câu" not in people.lan.texts
    assert not any(each.file_names for each in people.lan.screen)
    assert "Đã xóa nội dung nhiệm vụ mật số 1" in people.lan.last.text


async def test_what_was_deleted_can_be_looked_up_and_deleted_again(people: People) -> None:
    await people.give(SECRET)
    await people.lan.press("Xóa khỏi chat")
    await people.lan.say("/nhiemvu")
    await people.lan.press("Số 1")
    assert "ra đề Toán HK1" in people.lan.last.text
    await people.lan.press("Xóa khỏi chat")
    assert "Toán" not in people.lan.texts


async def test_other_work_stays_in_the_chat(people: People) -> None:
    await people.give()
    await people.give(SECRET)
    await people.lan.press("Xóa khỏi chat")
    assert "dự giờ Toán 4A" in people.lan.texts


async def test_a_file_too_old_for_telegram_to_delete_is_not_said_to_be_gone(people: People, clock: FakeClock) -> None:
    await people.leader.send_file(b"%PDF-", name="ma-tran.pdf", text=SECRET)
    await people.leader.press("Gửi")
    clock.advance(timedelta(days=3))
    await people.lan.press("Xóa khỏi chat")
    assert "Còn 1 tệp gửi đã quá 48 giờ" in people.lan.last.text


async def test_zalo_says_that_only_people_can_delete_there(people: People) -> None:
    await people.give(SECRET)
    assert "Zalo không cho bot xóa tin" in people.hung.last.text
    assert not any("Xóa" in label for label in people.hung.last.labels)
    await people.hung.press("Nhận")
    assert "ra đề" not in people.hung.last.text
    assert "đã nhận" in people.hung.last.text


async def test_a_nudge_says_nothing_of_its_content_again(people: People) -> None:
    await people.give(SECRET)
    await people.lan.press("Xóa khỏi chat")
    await people.leader.press("Nhắc người chưa trả lời", on=people.board)
    assert "mong thầy/cô trả lời" in people.lan.last.text
    assert "Toán" not in people.lan.texts
    await people.lan.press("Nhận")
    assert "đã nhận" in people.lan.texts


async def test_what_the_leader_looked_at_goes_too(people: People) -> None:
    await people.give(SECRET)
    await people.leader.press("Xem nội dung", on=people.board)
    assert "ra đề Toán HK1" in people.leader.last.text
    await people.leader.press("Xóa khỏi chat")
    assert "Toán" not in people.leader.texts
    assert "Trần Thị Lan" not in people.leader.texts


async def test_it_can_be_deleted_when_it_is_taken_back(people: People) -> None:
    await people.give(SECRET)
    order = people.lan.last
    await people.leader.press("Hủy phân công", on=people.board)
    await people.leader.press("Hủy phân công")
    await people.lan.press("Xóa khỏi chat", on=order)
    assert "Toán" not in people.lan.texts


async def test_a_clash_with_it_is_seen_but_not_named(people: People) -> None:
    await people.give("giao ra đề Toán HK1 thứ năm 8h: Lan")
    await people.leader.say("/uyquyen Nga: tất cả đến 31/12")
    await people.leader.press("Ủy quyền")
    await people.deputy.say("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan")
    assert "Trùng lịch: Trần Thị Lan (việc khác)" in people.deputy.last.text


async def test_a_report_of_it_is_not_filled_with_what_is_confidential(people: People) -> None:
    await people.give("giao ra đề Toán lớp 4 TH Kim Đồng: Lan; hạn 10/12")
    await people.lan.press("Nhận")
    await people.lan.press("Đã xong")
    await people.lan.say("Đã nộp")
    await people.lan.press("Ghi vào hoạt động tháng")
    assert "đừng ghi nội dung mật" in people.lan.texts
    assert "Toán" not in people.lan.last.text
    assert "Kim Đồng" not in people.lan.last.text
