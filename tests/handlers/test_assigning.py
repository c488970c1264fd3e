"""Work is given out in one message or step by step, answered, done, and its board follows."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.clock import HOME_ZONE
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone
from tests.working_team import ONE_MESSAGE, People


async def test_one_message_and_one_confirmation_give_out_work(people: People) -> None:
    await people.leader.say(ONE_MESSAGE)
    card = people.leader.last.text
    assert "dự giờ Toán 4A TH Phú Hòa 1" in card
    assert "thứ Năm 26/11, 8:00" in card
    assert "Hạn: thứ Hai 30/11, 17:00" in card
    assert "gửi 2 người" in card
    assert people.lan.screen == []
    await people.leader.press("Gửi")
    for phone in (people.lan, people.hung):
        assert "Phân công số 1 – Bùi Quốc Hiếu giao" in phone.last.text
        assert {"✅ Nhận", "🙋 Báo bận"} <= set(phone.last.labels)


async def test_the_board_follows_the_answers_in_one_message(people: People) -> None:
    await people.leader.say(ONE_MESSAGE)
    await people.leader.press("Gửi")
    boards = [shown for shown in people.leader.screen if "📊" in shown.text]
    assert len(boards) == 1
    await people.lan.press("Nhận")
    assert "đã nhận" in people.lan.last.text
    await people.hung.say("2")
    await people.hung.say("Trùng tiết dạy")
    boards = [shown for shown in people.leader.screen if "📊" in shown.text]
    assert len(boards) == 1
    assert "✅ Trần Thị Lan – đã nhận" in boards[0].text
    assert "🙋 Phạm Văn Hùng – báo bận: Trùng tiết dạy" in boards[0].text
    assert "Phạm Văn Hùng báo bận số 1" in people.leader.texts


async def test_an_observation_is_done_by_its_report(people: People, clock: FakeClock) -> None:
    await people.leader.say(ONE_MESSAGE)
    await people.leader.press("Gửi")
    await people.lan.press("Nhận")
    clock.set(datetime(2026, 11, 26, 11, 0, tzinfo=HOME_ZONE))
    await people.lan.press("Đã xong")
    card = people.lan.last.text
    assert "Trường Tiểu học Phú Hòa 1" in card
    assert "4A" in card
    await people.lan.press("Gửi")
    assert "1/1" in people.lan.texts
    assert "Đã ghi nhận hoàn thành" in people.lan.texts
    board = next(shown for shown in people.leader.screen if "📊" in shown.text)
    assert "🏁 Trần Thị Lan – xong" in board.text


async def test_a_report_written_by_itself_closes_the_work_it_is_clearly_of(people: People, clock: FakeClock) -> None:
    await people.give()
    await people.lan.press("Nhận")
    clock.set(datetime(2026, 11, 26, 11, 0, tzinfo=HOME_ZONE))
    await people.lan.say("dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi")
    await people.lan.press("Gửi")
    assert "Đã ghi nhận hoàn thành số 1" in people.lan.texts
    assert "🏁 Trần Thị Lan – xong" in people.board.text


async def test_a_report_that_may_be_of_work_asks_with_one_press(people: People, clock: FakeClock) -> None:
    await people.give()
    await people.give("giao dự giờ Tiếng Việt 2B TH Phú Hòa 1: Lan; hạn 30/11")
    await people.lan.press("Nhận")
    clock.set(datetime(2026, 11, 27, 11, 0, tzinfo=HOME_ZONE))
    await people.lan.say("dự giờ Tiếng Việt 2B TH Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi")
    await people.lan.press("Gửi")
    assert "có phải của việc thầy/cô được giao" in people.lan.texts
    await people.lan.press("xong số 2")
    assert "Đã ghi nhận hoàn thành số 2" in people.lan.last.text
    await people.lan.say("/nhiemvu")
    assert "số 2" not in people.lan.last.text.lower()
    assert "Số 1" in people.lan.last.text


async def test_other_work_asks_for_its_result(people: People) -> None:
    await people.leader.say("giao viết bài cho trang web: Lan; hạn thứ sáu")
    await people.leader.press("Gửi")
    await people.lan.press("Nhận")
    await people.lan.press("Đã xong")
    assert "Kết quả" in people.lan.last.text
    await people.lan.say("Đã đăng bài")
    assert "Đã ghi nhận hoàn thành" in people.lan.last.text
    assert "xong: Đã đăng bài" in next(shown for shown in people.leader.screen if "📊" in shown.text).text


async def test_a_question_reaches_the_giver_and_its_answer_comes_back(people: People) -> None:
    await people.leader.say(ONE_MESSAGE)
    await people.leader.press("Gửi")
    await people.lan.press("Hỏi người giao")
    await people.lan.say("Em đi cùng xe thầy Hùng được không?")
    assert "Trần Thị Lan hỏi" in people.leader.last.text
    await people.leader.press("Trả lời")
    await people.leader.say("Được nhé")
    assert "Được nhé" in people.lan.last.text


async def test_step_by_step_every_step_takes_words_or_a_press(people: People) -> None:
    await people.leader.say("/giaoviec")
    await people.leader.press("Việc khác")
    await people.leader.say("Viết bài cho trang web")
    await people.leader.press("Bỏ qua")
    await people.leader.press("Bỏ qua")
    await people.leader.say("30/11")
    assert "Ít việc nhất" in people.leader.last.text
    await people.leader.press("Tất cả")
    await people.leader.press("Xem lại & gửi")
    assert "gửi 5 người" in people.leader.last.text


async def test_the_work_itself_typed_where_its_kind_is_asked_is_other_work(people: People) -> None:
    await people.leader.say("/giaoviec")
    await people.leader.say("zzz")
    assert "chọn một loại việc" in people.leader.last.text
    await people.leader.say("Viết bài cho trang web")
    await people.leader.press("Bỏ qua")
    await people.leader.press("Bỏ qua")
    await people.leader.say("30/11")
    await people.leader.press("Tất cả")
    await people.leader.press("Xem lại & gửi")
    assert "Việc khác" in people.leader.last.text
    assert "Viết bài cho trang web" in people.leader.last.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("zzz", "chọn một loại việc"),
        ("việc", "chọn một loại việc"),
        ("Viết bài " * 60, "trong một câu, tối đa 500 ký tự"),
    ],
)
async def test_what_is_no_work_and_no_kind_is_asked_again(people: People, typed: str, answer: str) -> None:
    await people.leader.say("/giaoviec")
    assert answer in (await people.leader.say(typed)).text
    await people.leader.say("Viết bài cho trang web")
    assert "Ở đâu?" in people.leader.last.text


async def test_a_deputy_types_no_work_of_a_kind_that_is_not_delegated(people: People) -> None:
    await people.leader.say("/uyquyen Nga: dự giờ đến 31/12")
    await people.leader.press("Ủy quyền")
    await people.deputy.say("/giaoviec")
    for typed in ("Viết bài cho trang web", "chấm thi TH Kim Đồng"):
        assert "chọn một loại việc" in (await people.deputy.say(typed)).text
    await people.deputy.say("dự giờ Toán 4A TH Kim Đồng")
    assert "chọn một loại việc" not in people.deputy.last.text


async def test_what_is_typed_with_the_kind_is_not_asked_again(people: People, office: Office) -> None:
    await people.leader.say("/giaoviec")
    await people.leader.say("Chuẩn bị tiết Toán lớp 4A TH Kim Đồng thứ năm 8h: Lan; hạn 30/11")
    await people.leader.press("Xem lại & gửi")
    await people.leader.press("Gửi")
    async with office.database.read() as uow:
        work = await uow.assignments.by_number(1, team_id=people.team.id)
        school = await uow.schools.get(work.school_id or 0, team_id=people.team.id)
    assert (work.title, work.kind) == ("Chuẩn bị tiết Toán lớp 4A TH Kim Đồng", "other")
    assert (work.class_or_grade, work.subject, school.code) == ("4A", "Toán", "KD")
    assert "thứ Năm 26/11, 8:00" in people.lan.last.text
    assert "30/11" in people.lan.last.text


async def test_a_title_with_a_day_that_is_over_or_for_nobody_of_the_team_is_taken_as_typed(people: People) -> None:
    await people.leader.say("/giaoviec")
    await people.leader.say("Tổng kết hội thi ngày 5/11 cho trang web")
    await people.leader.press("Bỏ qua")
    await people.leader.press("Bỏ qua")
    await people.leader.say("30/11")
    await people.leader.press("Tất cả")
    card = (await people.leader.press("Xem lại & gửi")).text
    assert "Tổng kết hội thi ngày 5/11 cho trang web" in card
    assert "📅" not in card


async def test_everybody_is_offered_with_their_load_and_clashes_page_by_page(people: People, make: Make) -> None:
    for number in range(12):
        await make.joined_member(people.team, name=f"Nguyễn Văn {chr(ord('A') + number)}n")
    await people.give("giao chấm thi thứ năm 8h: Lan")
    await people.leader.say("/giaoviec")
    await people.leader.say("dự giờ Toán 4A TH Kim Đồng thứ năm 8h")
    await people.leader.press("Bỏ qua")
    seen: list[str] = []
    await people.leader.press("Ít việc nhất")
    assert "16 người, ít việc năm học này trước" in people.leader.last.text
    while "Sau ›" in people.leader.last.labels:
        seen += people.leader.last.labels
        await people.leader.press("Sau ›", on=people.leader.last)
    seen += people.leader.last.labels
    assert sum("việc" in label for label in seen) == 16
    assert "Phạm Văn Hùng (0 việc)" in seen
    assert "Trần Thị Lan (1 việc; trùng chấm thi)" in seen
    await people.leader.press("Trần Thị Lan")
    assert "Trùng lịch: Trần Thị Lan" in (await people.leader.press("Xem lại & gửi")).text


async def test_from_the_list_by_load_one_goes_back_to_other_ways_of_choosing(people: People) -> None:
    await people.leader.say("/giaoviec")
    await people.leader.say("chấm thi TH Kim Đồng thứ năm 8h")
    await people.leader.press("Bỏ qua")
    await people.leader.press("Ít việc nhất")
    assert "Tất cả" not in people.leader.last.labels
    await people.leader.press("Chọn cách khác")
    assert "Tất cả" in people.leader.last.labels
    await people.leader.say("2 người ít việc nhất")
    assert "gửi 2 người" in (await people.leader.press("Xem lại & gửi")).text


async def test_whoever_gives_it_out_is_not_the_one_with_the_least_work(people: People) -> None:
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h: 2 người ít việc nhất")
    assert "👥 Đỗ Thị Nga, Bùi Mỹ Quyên" in people.leader.last.text


async def test_two_of_one_name_are_asked_about(people: People, make: Make) -> None:
    await make.joined_member(people.team, name="Lê Thị Lan")
    await people.leader.say(ONE_MESSAGE)
    assert "“Lan” là ai trong tổ?" in people.leader.last.text
    await people.leader.press("Lê Thị Lan")
    assert "gửi 2 người" in people.leader.last.text
    assert "Lê Thị Lan" in people.leader.last.text


async def test_the_card_says_what_speaks_against_sending(people: People, make: Make) -> None:
    await make.member(people.team, name="Võ Ngọc Mai")
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h: Lan")
    await people.leader.press("Gửi")
    await people.hung.say("/nghi ngày 26/11 con ốm")
    await people.leader.press("Đồng ý cho nghỉ")
    await people.leader.say("giao dự giờ Phú Hòa 1 thứ năm 8h: Lan, Hùng, Mai")
    assert "gửi 3 người; 1 đang nghỉ; 1 chưa nối bot; 1 trùng lịch" in people.leader.last.text
    assert "Trùng lịch: Trần Thị Lan (dự giờ Kim Đồng)" in people.leader.last.text


async def test_a_meeting_at_that_time_is_a_clash_unless_one_said_no(people: People) -> None:
    await people.leader.say("/hop họp chung lúc 8h thứ năm tại TH Kim Đồng")
    await people.leader.press("Gửi")
    await people.hung.press("Vắng")
    await people.hung.say("Con ốm")
    await people.leader.say("giao dự giờ Phú Hòa 1 thứ năm 8h: Lan, Hùng")
    assert "1 trùng lịch" in people.leader.last.text
    assert "Trùng lịch: Trần Thị Lan (họp" in people.leader.last.text


async def test_nobody_and_somebody_elses_member_cannot_be_given_work(people: People, make: Make) -> None:
    other = await make.team("Tổ khác")
    await make.joined_member(other, name="Ngô Bảo Châu")
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h: Ngô Bảo Châu")
    assert "Không thấy “Ngô Bảo Châu” trong danh sách tổ" in people.leader.last.text
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h")
    assert "Không thấy" in people.leader.last.text


async def test_work_in_the_past_is_refused_and_the_rest_kept(people: People) -> None:
    await people.leader.say("giao dự giờ Toán 4A TH Phú Hòa 1 ngày 20/11/2026 8h: Lan")
    assert "đã qua" in people.leader.last.text
    await people.leader.say("thứ sáu 17h")
    assert "dự giờ Toán 4A TH Phú Hòa 1" in people.leader.last.text
    assert "gửi 1 người" in people.leader.last.text


async def test_a_card_that_waited_too_long_asks_for_a_new_time(people: People, clock: FakeClock) -> None:
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h: Lan")
    clock.set(datetime(2026, 11, 27, 9, 0, tzinfo=HOME_ZONE))
    await people.leader.press("Gửi")
    assert "đã qua" in people.leader.last.text
    assert people.lan.screen == []


async def test_work_is_not_sent_after_it_has_begun(people: People) -> None:
    await people.leader.say("giao dự giờ Kim Đồng thứ năm 9h: Lan")
    await people.leader.say("gửi lúc 10h thứ năm")
    await people.leader.press("Gửi")
    assert "việc đã bắt đầu" in people.leader.last.text
    await people.leader.say("gửi lúc 7h sáng mai")
    await people.leader.press("Gửi")
    assert "sẽ gửi cho 1 người" in people.leader.texts


async def test_work_of_each_months_end_must_be_due_after_it(people: People) -> None:
    await people.leader.say("giao viết bài cho trang web ngày làm việc cuối tháng: Lan; hạn 27/11")
    await people.leader.press("Gửi")
    assert "việc đã bắt đầu hoặc đã đến hạn" in people.leader.last.text
    await people.leader.say("hạn 2/12")
    await people.leader.say("lặp lại ngày làm việc cuối tháng")
    await people.leader.press("Gửi")
    assert "sẽ gửi cho 1 người lúc thứ Hai 30/11" in people.leader.texts


@pytest.mark.parametrize("who", ["secretary", "lan", "officer"])
async def test_those_who_may_not_give_out_work_are_told_so(people: People, who: str) -> None:
    phone: Phone = getattr(people, who)
    await phone.say("/giaoviec dự giờ Kim Đồng thứ năm: Hùng")
    assert "không thuộc quyền" in phone.last.text


async def test_a_deputy_without_delegation_is_told_whom_to_ask(people: People) -> None:
    await people.deputy.say("/giaoviec")
    assert "/uyquyen" in people.deputy.last.text


async def test_an_assignee_who_left_before_sending_is_not_written_to(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.leader.say(ONE_MESSAGE)
    async with office.database.begin() as uow:
        members = await uow.members.current(people.team.id)
        lan = next(each for each in members if each.name == "Trần Thị Lan")
        await uow.members.end(lan, now=clock())
    await people.leader.press("Gửi")
    assert people.lan.screen == []
    assert "Trần Thị Lan không còn trong tổ" in people.leader.texts


async def test_a_file_goes_along(people: People) -> None:
    await people.leader.send_file(b"%PDF-", name="ke-hoach.pdf", text=ONE_MESSAGE)
    await people.leader.press("Gửi")
    assert people.lan.last.file_names == ("ke-hoach.pdf",)


async def test_a_file_sent_while_the_card_waits_joins_it(people: People) -> None:
    await people.leader.say(ONE_MESSAGE)
    await people.leader.send_file(b"%PDF-", name="ke-hoach.pdf")
    assert "1 tệp kèm theo" in people.leader.last.text
    await people.leader.press("Gửi")
    assert people.lan.last.file_names == ("ke-hoach.pdf",)


async def test_exam_setting_is_confidential_by_default(people: People) -> None:
    await people.leader.say("giao ra đề Toán HK1: Lan; hạn 10/12")
    await people.leader.press("Gửi")
    assert "🔒 Nhiệm vụ mật số 1" in people.lan.last.text
    board = next(shown for shown in people.leader.screen if "📊" in shown.text)
    assert "Trần Thị Lan" not in board.text
    assert "ra đề" not in board.text


async def test_pressing_send_twice_gives_out_once(people: People) -> None:
    card = await people.leader.say(ONE_MESSAGE)
    await people.leader.press("Gửi", on=card)
    await people.leader.press("Gửi", on=card)
    assert len([shown for shown in people.lan.screen if "Phân công" in shown.text]) == 1


async def test_a_foreign_press_answers_nothing(people: People, office: Office, make: Make) -> None:
    await people.leader.say(ONE_MESSAGE)
    await people.leader.press("Gửi")
    stranger = office.phone(await make.joined_member(await make.team("Tổ khác")))
    await stranger.press_data(f"{people.lan.last.outgoing.choices_key}:0")
    assert "không còn dùng được" in stranger.last.text
