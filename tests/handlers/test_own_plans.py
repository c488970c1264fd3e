"""A member's month: made of what there is, handed in, and closed by what is reported."""

from __future__ import annotations

from tests.handlers.making_plans import planned
from tests.office import Office
from tests.working_team import People

REPORT = "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: sôi nổi. Tư vấn: tăng nhóm đôi"


async def test_a_member_makes_a_plan_of_the_teams_lines_and_hands_it_in(people: People) -> None:
    await planned(people)
    await people.lan.say("/kehoach tháng 12")
    await people.lan.press("Lấy từ kế hoạch tổ (2)")
    await people.lan.press("chấm thi")
    await people.lan.press("Sơ kết")
    await people.lan.press("Sơ kết")
    await people.lan.press("Xem kế hoạch")
    assert "chấm thi" in people.lan.last.text
    assert "Sơ kết" not in people.lan.last.text
    await people.lan.press("Nộp kế hoạch")
    assert "Đã nộp kế hoạch tháng 12/2026" in people.lan.last.text
    assert "chờ duyệt" in people.lan.last.text


async def test_last_months_lines_are_copied_and_work_that_was_given_stays_there(people: People) -> None:
    await people.give()
    await people.lan.say("/kehoach tháng 11: dự giờ TH Kim Đồng")
    await people.lan.press("Lưu")
    await people.lan.press("Từ việc được giao (1)")
    await people.lan.press("dự giờ Toán 4A")
    await people.lan.say("/kehoach tháng 12")
    await people.lan.press("Chép tháng 11")
    assert "Đã chép 1 mục từ tháng 11/2026" in people.lan.last.text
    assert "▫️ Mục 1: dự giờ TH Kim Đồng" in people.lan.last.text


async def test_months_that_are_over_are_not_planned(people: People) -> None:
    assert "không lập hay sửa" in (await people.lan.say("/kehoach tháng 10: dự giờ")).text
    await people.lan.say("/huy")
    await people.lan.say("/kehoach tháng 10")
    assert people.lan.last.labels == ()


async def test_on_zalo_it_is_done_by_number(people: People) -> None:
    await planned(people)
    await people.hung.say("/kehoach tháng 12")
    await people.hung.say("1")
    await people.hung.say("1")
    await people.hung.say("3")
    assert "chấm thi" in people.hung.last.text
    await people.hung.say("1")
    assert "Đã nộp kế hoạch tháng 12/2026" in people.hung.last.text


async def test_a_report_closes_a_line_of_both_plans_and_withdrawing_it_opens_them(people: People) -> None:
    await planned(people)
    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    await people.lan.say(REPORT)
    await people.lan.press("Gửi")
    assert "Xong một mục kế hoạch tháng 11" in people.lan.last.text
    assert "xong 1/1 mục" in (await people.lan.say("/toi")).text
    assert "Kế hoạch tổ tháng này: xong 1/2 mục" in people.lan.last.text
    await people.lan.press("Rút")
    await people.lan.press("Rút báo cáo")
    await people.lan.say("/toi")
    assert "xong 0/1 mục" in people.lan.last.text
    assert "xong 0/2 mục" in people.lan.last.text


async def test_a_corrected_report_closes_what_it_says_now(people: People) -> None:
    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1\ndự giờ TH Kim Đồng")
    await people.lan.press("Lưu")
    await people.lan.say(REPORT)
    await people.lan.press("Gửi")
    await people.lan.press("Sửa")
    await people.lan.say("trường Kim Đồng")
    await people.lan.press("Gửi")
    shown = (await people.lan.say("/kehoach tháng 11")).text
    assert "▫️ Mục 1: dự giờ TH Phú Hòa 1" in shown
    assert "✅ Mục 2: dự giờ TH Kim Đồng – Trường Tiểu học Kim Đồng (báo cáo số 1)" in shown


async def test_what_a_report_closed_is_not_changed_by_hand(people: People) -> None:
    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    line = await people.lan.press("Mục 1")
    await people.lan.say(REPORT)
    await people.lan.press("Gửi")
    await people.lan.press("Xóa", on=line)
    assert "đã xong bằng báo cáo số 1" in people.lan.texts


async def test_a_companion_who_confirms_has_the_line_done_too(people: People) -> None:
    await people.hung.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.hung.press("Lưu")
    await people.lan.say("Dự giờ Toán 4A TH Phú Hòa 1 hôm nay cùng thầy Hùng. Tư vấn: tăng nhóm đôi")
    await people.lan.press("Gửi")
    await people.hung.press("Đã tham gia")
    assert "Xong một mục kế hoạch tháng 11" in people.hung.last.text


async def test_confidential_work_is_a_number_in_a_plan_for_everybody(people: People) -> None:
    await people.give("giao ra đề thi Toán lớp 5: Lan; hạn 15/12")
    await people.lan.say("/kehoach tháng 12")
    await people.lan.press("Từ việc được giao (1)")
    await people.lan.press("Nhiệm vụ mật số 1")
    await people.lan.press("Xem kế hoạch")
    await people.lan.press("Nộp kế hoạch")
    assert "Nhiệm vụ mật số 1" in people.lan.last.text
    for phone in (people.leader, people.deputy, people.secretary):
        await phone.say("/kehoach")
        await phone.press("Kế hoạch tổ viên")
        await phone.press("Trần Thị Lan")
        assert "Nhiệm vụ mật số 1" in phone.last.text
        assert "đề thi" not in phone.last.text


async def test_work_that_becomes_confidential_later_is_hidden_in_plans_too(people: People, office: Office) -> None:
    await people.give("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan")
    await people.lan.say("/kehoach tháng 11")
    await people.lan.press("Từ việc được giao (1)")
    await people.lan.press("dự giờ Toán 4A")
    async with office.database.begin() as uow:
        work = await uow.assignments.by_number(1, team_id=people.team.id)
        work.confidential = True
    await people.lan.press("Xem kế hoạch")
    assert "Nhiệm vụ mật số 1" in people.lan.last.text
    assert "Phú Hòa" not in people.lan.last.text
