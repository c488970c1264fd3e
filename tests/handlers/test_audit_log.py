"""The log: who did what to whom and when, for every change that matters and every file that leaves."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import load_workbook

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import ChatEvent
from tests.clock import FakeClock
from tests.working_team import People


async def log_of(people: People, about: str = "") -> str:
    return (await people.leader.say(f"/nhatky {about}".strip())).text


async def test_what_becomes_of_work_is_entered(people: People) -> None:
    await people.give()
    await people.lan.press("Nhận")
    await people.hung.press("Báo bận")
    await people.hung.say("trùng tiết dạy")
    await people.leader.press("Thay người", on=people.board)
    await people.leader.press("Phạm Văn Hùng")
    await people.leader.say("nga")
    await people.leader.press("Đổi nơi", on=people.board)
    await people.leader.say("Kim Đồng")
    log = await log_of(people)
    assert "Bùi Quốc Hiếu giao việc (số 1)" in log
    assert "Trần Thị Lan trả lời phân công (thành đã nhận, số 1)" in log
    assert "Phạm Văn Hùng trả lời phân công (thành đã báo bận, số 1)" in log
    assert "Bùi Quốc Hiếu giao thêm việc cho Đỗ Thị Nga (số 1)" in log
    assert "Bùi Quốc Hiếu rút việc của Phạm Văn Hùng (số 1)" in log
    assert "Bùi Quốc Hiếu đổi phân công (mục Nơi, số 1)" in log


async def test_delegations_requests_and_leave_are_entered(people: People) -> None:
    await people.leader.say("/uyquyen Nga: dự giờ đến 30/11")
    await people.leader.press("Ủy quyền")
    await people.leader.say("/uyquyen")
    await people.leader.press("Thu lại")
    await people.leader.say("/huy")
    await people.officer.say("/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h")
    await people.lan.say("/nghi từ 8/12 đến 12/12 con ốm")
    await people.secretary.press("Đồng ý cho nghỉ")
    log = await log_of(people)
    assert "Bùi Quốc Hiếu ủy quyền giao việc cho Đỗ Thị Nga (mục dự giờ tiết dạy, đến hết 30/11/2026)" in log
    assert "Bùi Quốc Hiếu thu lại ủy quyền của Đỗ Thị Nga" in log
    assert "Lê Chuyên Viên đề nghị điều động" in log
    assert "Trần Thị Lan xin nghỉ (từ 08/12/2026, thành 12/12/2026)" in log
    assert "Bùi Mỹ Quyên quyết định đơn nghỉ Trần Thị Lan (thành đồng ý)" in log


async def test_files_and_reports_that_are_made_are_entered(people: People) -> None:
    await people.officer.say("/tonghop tháng 10")
    await people.officer.press("Excel")
    await people.leader.say("/caidat")
    await people.leader.press("Đầu văn bản")
    for answer in ("UBND phường", "Thủ Dầu Một", "Không đóng dấu", "Lưu"):
        await people.leader.say(answer)
    await people.secretary.say("/tonghop tháng 10")
    await people.secretary.press("Lập báo cáo")
    await people.secretary.press("Trình tổ trưởng")
    await people.leader.press("Trả lại")
    log = await log_of(people)
    assert "Lê Chuyên Viên xuất dữ liệu (thời gian 2026-10-01_2026-10-31, dạng tổng hợp xlsx)" in log
    assert "Bùi Quốc Hiếu đổi thông tin đầu văn bản (mục cơ quan chủ quản, địa danh)" in log
    assert "Bùi Mỹ Quyên trình báo cáo" in log
    assert "Bùi Quốc Hiếu trả lại báo cáo" in log


async def test_a_group_that_is_lost_is_entered(people: People) -> None:
    group = people.leader.in_group("-100")
    await group.say("/noinhom")
    await group.happens(ChatEvent.BOT_REMOVED)
    assert "Hệ thống không còn trong nhóm chat (nhóm Tổ mạng lưới)" in await log_of(people)


async def test_the_log_about_one_person_is_what_they_did_and_what_was_done_to_them(people: People) -> None:
    await people.lan.say("/nghi từ 8/12 đến 12/12 con ốm")
    await people.hung.say("/nghi từ 8/12 đến 12/12 con ốm")
    log = await log_of(people, "Lan")
    assert "Nhật ký về Trần Thị Lan" in log
    assert "Hùng" not in log
    assert "không rõ “Ngô Bá Khá”" in await log_of(people, "Ngô Bá Khá")


async def test_the_file_has_a_column_for_who_what_whom_and_when(people: People, clock: FakeClock) -> None:
    clock.set(datetime(2026, 11, 24, 8, 5, tzinfo=HOME_ZONE))
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Vai trò")
    await people.leader.press("Thư ký")
    await people.leader.say("/nhatky")
    await people.leader.press("Tải cả nhật ký")
    data = await people.leader.file()
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("thời gian", "ai", "việc", "với ai, với gì", "chi tiết")
    role = ("2026-11-24 08:05:00", "Bùi Quốc Hiếu", "đổi vai trò của", "Trần Thị Lan", "từ tổ viên, thành thư ký")
    assert role in rows
    assert rows[1][2:] == ("xuất dữ liệu", None, "dạng nhật ký")
