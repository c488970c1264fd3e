"""/kehoach: the team's year, each member's month, the leader's decisions, and what reports do to both."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from openpyxl import Workbook, load_workbook

from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.report_paper import ReportPaper
from bot.domain.clock import HOME_ZONE
from bot.domain.periods import Period
from bot.domain.plans import PlanStatus
from bot.domain.report_model import SectionKind
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from bot.report_sections import read_report
from storage.plans import NewLine
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import Printed
from tests.office import Office, Phone
from tests.working_team import People, working_team

YEAR_PLAN = "/kehoach tổ\nTháng 11: dự giờ TH Phú Hòa 1; họp tổ\nTháng 12: chấm thi\n- Sơ kết"
REPORT = "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: sôi nổi. Tư vấn: tăng nhóm đôi"


@pytest.fixture
async def people(office: Office, make: Make) -> People:
    made = await working_team(office, make)
    await make.paper_head(made.team)
    return made


async def planned(people: People, text: str = YEAR_PLAN) -> None:
    """The leader has written the year's plan."""
    await people.leader.say(text)
    await people.leader.press("Lưu")


async def handed_in(phone: Phone, text: str = "/kehoach tháng 12: dự giờ TH Kim Đồng") -> None:
    """A member has handed in a plan."""
    await phone.say(text)
    await phone.press("Lưu")
    await phone.press("Nộp kế hoạch")


def sheet(*rows: tuple[object, ...], head: tuple[str, ...] = ("Tháng", "Nội dung", "Trường", "Loại")) -> bytes:
    book = Workbook()
    page: Any = book.active
    page.append(head)
    for row in rows:
        page.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def words(office: Office, phone: Phone) -> str:
    """What the Word file of the last message says."""
    attached = next(each for each in phone.last.outgoing.attachments if each.name.endswith(".docx"))
    async with office.database.read() as uow:
        kept = await uow.files.load(attached.stored_id)
    read = docx.Document(BytesIO(kept.data))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(each.text for each in read.paragraphs)])


async def test_the_leader_pastes_a_year_looks_at_it_and_keeps_it(people: People) -> None:
    card = await people.leader.say(YEAR_PLAN)
    assert "4 mục" in card.text
    assert "🏷 Dự giờ tiết dạy, Trường Tiểu học Phú Hòa 1" in card.text
    await people.leader.say("dự giờ TH Kim Đồng")
    assert "5 mục" in people.leader.last.text
    await people.leader.press("Lưu")
    assert "Đã ghi 5 mục" in people.leader.last.text
    assert "Tháng 11/2026: xong 0/2" in people.leader.last.text
    assert "Tháng 12/2026: xong 0/3" in people.leader.last.text


async def test_a_plan_pasted_without_the_command_is_taken_and_the_same_twice_is_kept_once(people: People) -> None:
    pasted = "thang 11: du gio th phu hoa 1\nthang 12: cham thi"
    await planned(people, pasted)
    again = await people.leader.say(pasted)
    assert again.text.count("(đã có, bỏ qua)") == 2
    await people.leader.press("Lưu")
    assert "Không có mục mới" in people.leader.last.text


async def test_lines_without_a_month_ask_for_one(people: People) -> None:
    asked = await people.leader.say("/kehoach tổ: họp liên tịch")
    assert "của tháng nào" in asked.text
    assert "Xin chọn một tháng" in (await people.leader.say("hôm nào đó")).text
    await people.leader.say("tháng 12")
    await people.leader.press("Lưu")
    assert "Kế hoạch tổ tháng 12/2026" in people.leader.last.text


async def test_a_month_that_does_not_exist_is_refused_and_nothing_is_kept(people: People) -> None:
    refused = await people.leader.say("/kehoach tổ Tháng 13: họp")
    assert "Không có “Tháng 13”" in refused.text
    await people.leader.say("/huy")
    assert "chưa có" in (await people.leader.say("/kehoach tổ")).text


async def test_lines_are_changed_dropped_and_ticked_by_the_leader(people: People) -> None:
    await planned(people)
    await people.leader.say("/kehoach tổ tháng 11")
    await people.leader.press("Mục 2")
    await people.leader.press("Sửa lời")
    await people.leader.say("Dự giờ TH Kim Đồng")
    assert "Dự giờ TH Kim Đồng – Trường Tiểu học Kim Đồng" in people.leader.last.text
    await people.leader.press("Mục 2")
    await people.leader.press("Đã xong")
    assert "✅" in people.leader.last.text
    await people.leader.press("Chưa xong")
    await people.leader.press("Xóa")
    assert "Đã xóa" in people.leader.last.text
    assert "Kim Đồng" not in people.leader.last.text


async def test_the_template_comes_back_as_it_is_and_changes_nothing(people: People, office: Office) -> None:
    await planned(people)
    await people.leader.say("/kehoach tổ")
    await people.leader.press("Tệp mẫu")
    attached = people.leader.last.outgoing.attachments[0]
    async with office.database.read() as uow:
        kept = await uow.files.load(attached.stored_id)
    assert load_workbook(BytesIO(kept.data))["Kế hoạch"]["B2"].value == "dự giờ TH Phú Hòa 1"
    answer = await people.leader.send_file(kept.data, name="ke-hoach-to.xlsx")
    assert "Tệp không có mục mới. 4 mục đã có" in answer.text


async def test_a_filled_sheet_is_offered_and_kept(people: People) -> None:
    data = sheet((11, "Dự giờ", "PH1", ""), ("", "Họp tổ"), ("Tháng 1/2027", "Chấm thi", None, "Chấm thi"))
    offered = await people.leader.send_file(data, name="kh.xlsx", text="/kehoach")
    assert "3 mục mới (tháng 11/2026: 2; tháng 01/2027: 1)" in offered.text
    await people.leader.press("Ghi vào kế hoạch tổ")
    assert "Đã ghi 3 mục" in people.leader.last.text
    await people.leader.say("/kehoach tổ tháng 11")
    assert "Dự giờ – Trường Tiểu học Phú Hòa 1" in people.leader.last.text


async def test_a_sheet_with_one_error_is_refused_whole_by_row(people: People) -> None:
    data = sheet(
        ("", "chưa có tháng"),
        (11, "đúng"),
        ("Tết", "sai tháng"),
        (12, "trường lạ", "Trường Đại học Mở"),
        (12, "loại lạ", "", "nhảy dù"),
        (12, "", "KD"),
        ("11/2030", "năm khác"),
        (12, "x" * 501),
    )
    refused = (await people.leader.send_file(data, name="kh.xlsx")).text
    for expected in (
        "dòng 2, cột A: chưa ghi tháng",
        "dòng 4, cột A: “Tết” không phải tháng",
        "dòng 5, cột C: không có trường",
        "dòng 6, cột D: không có loại hoạt động “nhảy dù”",
        "dòng 7, cột B: chưa ghi nội dung",
        "dòng 8, cột A: “11/2030” không thuộc năm học",
        "dòng 9, cột B: nội dung dài quá",
    ):
        assert expected in refused
    assert not people.leader.last.labels
    assert "chưa có" in (await people.leader.say("/kehoach tổ")).text


async def test_other_sheets_and_broken_files_are_not_plans(people: People) -> None:
    answer = await people.leader.send_file(b"PK\x03\x04 no zip", name="kh.xlsx", text="/kehoach tổ")
    assert "Không đọc được" in answer.text
    other = await people.leader.send_file(sheet((1, 2), head=("A", "B")), name="x.xlsx", text="/kehoach")
    assert "không có hai cột Tháng và Nội dung" in other.text
    assert "không có mục nào" in (await people.leader.send_file(sheet(), name="x.xlsx")).text.replace(
        "chưa có mục nào", "không có mục nào"
    )


async def test_a_file_that_unpacks_to_far_more_than_it_is_is_refused(people: People) -> None:
    buffer = BytesIO(sheet((11, "họp")))
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/big.xml", b" " * 60_000_000)
    answer = await people.leader.send_file(buffer.getvalue(), name="kh.xlsx", text="/kehoach")
    assert "tệp quá lớn" in answer.text


async def test_formulas_are_kept_as_the_text_that_was_typed(people: People, office: Office) -> None:
    await planned(people, "/kehoach tổ Tháng 11: =HYPERLINK(1)\n+84 gọi điện")
    await people.leader.say("/kehoach tổ")
    await people.leader.press("Tệp mẫu")
    async with office.database.read() as uow:
        kept = await uow.files.load(people.leader.last.outgoing.attachments[0].stored_id)
    page = load_workbook(BytesIO(kept.data))["Kế hoạch"]
    assert (page["B2"].value, page["B2"].data_type) == ("=HYPERLINK(1)", "s")


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


async def test_the_leader_sees_who_has_handed_in_and_approves_all(people: People) -> None:
    await handed_in(people.lan)
    await handed_in(people.hung)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last.text
    assert "2/5 người đã nộp" in board
    assert "Lê Chuyên Viên" not in board
    await people.leader.press("Duyệt tất cả (2)")
    assert "Đã duyệt 2 kế hoạch" in people.leader.last.text
    assert "đã duyệt kế hoạch tháng 12/2026 của thầy/cô" in people.lan.last.text
    assert "đã duyệt kế hoạch" in people.hung.last.text


async def test_one_is_returned_with_a_word_and_handed_in_again(people: People) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("⏳ Trần Thị Lan")
    assert "dự giờ TH Kim Đồng" in people.leader.last.text
    await people.leader.press("Trả lại")
    await people.leader.say("Thêm một tiết Toán")
    assert "trả lại kế hoạch tháng 12/2026: Thêm một tiết Toán" in people.lan.last.text
    await people.lan.press("Lập kế hoạch")
    assert "Tổ trưởng ghi: Thêm một tiết Toán" in people.lan.last.text
    await handed_in(people.lan, "/kehoach tháng 12: dự giờ Toán 4 TH Phú Hòa 1")
    assert "đã sửa và nộp lại kế hoạch tháng 12/2026" in people.leader.last.text


async def test_what_was_changed_after_the_leader_looked_is_not_approved(people: People, clock: FakeClock) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last
    seen = await people.leader.press("⏳ Trần Thị Lan")
    clock.advance(60)
    await handed_in(people.lan, "/kehoach tháng 12: việc mới")
    await people.leader.press("✅ Duyệt", on=seen)
    assert "vừa sửa kế hoạch này" in people.leader.texts
    assert "việc mới" in people.leader.last.text
    await people.leader.press("Duyệt tất cả", on=board)
    assert "Không có kế hoạch" in people.leader.texts
    assert "đã duyệt" not in people.lan.last.text


async def test_changing_an_approved_plan_makes_it_a_draft_again(people: People) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Duyệt tất cả")
    await people.lan.say("/kehoach tháng 12: thêm việc")
    await people.lan.press("Lưu")
    assert "nháp, chưa nộp" in people.lan.last.text


async def test_the_leaders_own_plan_needs_nobody(people: People) -> None:
    await handed_in(people.leader, "/kehoach cá nhân tháng 12: chấm thi")
    assert "đã được ghi nhận" in people.leader.last.text


async def test_the_leader_is_told_when_the_last_one_has_come(people: People) -> None:
    for phone in (people.leader, people.deputy, people.secretary, people.lan, people.hung):
        await handed_in(phone, "/kehoach của tôi tháng 12: chấm thi")
    assert "Cả tổ đã nộp kế hoạch tháng 12/2026 (5 người)" in people.leader.last.text


async def test_members_are_asked_once_with_the_teams_lines(people: People) -> None:
    await planned(people)
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Mời lập kế hoạch")
    assert "Đã mời 3 người" in people.leader.last.text
    assert "Sơ kết" in people.hung.last.text
    assert not people.officer.screen
    seen = len(people.hung.screen)
    await people.leader.press("Mời lập kế hoạch")
    assert len(people.hung.screen) == seen


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


async def test_the_summary_says_planned_against_done_and_what_comes(people: People, office: Office) -> None:
    await planned(people)
    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    await people.lan.say(REPORT)
    await people.lan.press("Gửi")
    await people.leader.say("/tonghop tháng này")
    assert "Kế hoạch tổ: hoàn thành 1/2 mục. Chưa xong: họp tổ." in people.leader.last.text
    assert "hoàn thành 1/1 mục" in people.leader.last.text
    assert "Dự kiến tháng 12/2026: chấm thi; Sơ kết." in people.leader.last.text
    month = Month(2026, 11)
    async with office.database.read() as uow:
        model = await read_report(uow, people.team, Period.between(month.first, month.last), office.clock())
    rows = model.section(SectionKind.PLAN).rows
    assert rows[0] == ("Kế hoạch tổ", "", "2", "1")
    assert ("Trần Thị Lan", "0", "1", "1") in rows
    paper = ReportPaper(TeamSettings(), "Bùi Quốc Hiếu", 7)
    said = "Kế hoạch tổ: hoàn thành 1/2 mục"
    word: Any = docx.Document(BytesIO(draw_report(model, paper, ReportFormat.DOCX)))
    assert any(said in each.text for each in word.paragraphs)
    printed = Printed(draw_report(model, paper, ReportFormat.PDF))
    assert any(said in printed.words(page) for page in range(len(printed)))
    assert said in draw_report(model, paper, ReportFormat.TXT).decode()
    book: Any = load_workbook(BytesIO(draw_report(model, paper, ReportFormat.XLSX)))
    assert [cell.value for cell in book["Kế hoạch"][2]][2:] == [2, 1]


async def test_officers_read_no_names_in_the_plan_table(people: People, office: Office) -> None:
    from bot.domain.report_readers import for_office

    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    month = Month(2026, 11)
    async with office.database.read() as uow:
        model = await read_report(uow, people.team, Period.between(month.first, month.last), office.clock())
        settings = uow.teams.settings(people.team)
    shown = for_office(model, settings=settings).section(SectionKind.PLAN)
    assert not any("Lan" in cell for row in shown.rows for cell in row)
    assert any(row[0].startswith("Tổ viên") for row in shown.rows)


async def test_the_year_plan_is_issued_with_a_number_that_stays_until_it_changes(
    people: People, office: Office
) -> None:
    await planned(people)
    await people.leader.say("/kehoach tổ")
    year = people.leader.last
    await people.leader.press("Ban hành", on=year)
    assert people.leader.last.file_names == (
        "ke-hoach-nam-hoc-2026-2027-01.docx",
        "ke-hoach-nam-hoc-2026-2027-01.pdf",
    )
    text = await words(office, people.leader)
    for expected in ("Số: 01/KH-TML", "KẾ HOẠCH", "Tháng 11/2026", "dự giờ TH Phú Hòa 1", "Bùi Quốc Hiếu"):
        assert expected in text
    await people.leader.press("Ban hành", on=year)
    assert "số 01/KH-TML" in people.leader.last.text
    await planned(people, "/kehoach tổ Tháng 1: họp")
    await people.leader.press("Ban hành", on=year)
    assert "(điều chỉnh), số 02/KH-TML" in people.leader.last.text


async def test_a_members_plan_on_paper_is_a_draft_until_it_is_approved(people: People, office: Office) -> None:
    await handed_in(people.lan)
    await people.lan.press("Word, PDF")
    assert "DỰ THẢO" in await words(office, people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Duyệt tất cả")
    await people.lan.say("/kehoach tháng 12")
    await people.lan.press("Word, PDF")
    text = await words(office, people.lan)
    assert "Số: 01/KH-TML" in text
    assert "NGƯỜI LẬP KẾ HOẠCH" in text
    assert "DỰ THẢO" not in text


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


@pytest.mark.parametrize(
    ("role", "may_see_board", "may_plan_team"),
    [(Role.DEPUTY, True, False), (Role.SECRETARY, True, False), (Role.MEMBER, False, False)],
)
async def test_what_each_role_is_offered(people: People, role: Role, may_see_board: bool, may_plan_team: bool) -> None:
    phone = {Role.DEPUTY: people.deputy, Role.SECRETARY: people.secretary, Role.MEMBER: people.lan}[role]
    await phone.say("/kehoach")
    assert any("Kế hoạch tổ viên" in label for label in phone.last.labels) is may_see_board
    await phone.say("/kehoach tổ")
    assert any("Thêm việc" in label for label in phone.last.labels) is may_plan_team
    await phone.say("/kehoach tổ Tháng 11: họp")
    assert "không thuộc quyền" in phone.last.text
    if may_see_board:
        await handed_in(people.hung)
        await phone.say("/kehoach")
        await phone.press("Kế hoạch tổ viên")
        assert not any("Duyệt" in label or "Mời" in label for label in phone.last.labels)


async def test_officers_have_no_plans(people: People) -> None:
    assert "không thuộc quyền" in (await people.officer.say("/kehoach")).text


async def test_who_is_no_leader_any_more_cannot_press_what_was_shown(people: People, office: Office) -> None:
    await planned(people)
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last
    await people.leader.say("/kehoach tổ tháng 11")
    month = people.leader.last
    async with office.database.begin() as uow:
        leader = (await uow.members.with_roles(people.team.id, Role.LEADER))[0]
        leader.role = Role.MEMBER
    for shown, label in ((board, "Duyệt tất cả"), (month, "Thêm việc"), (month, "Mục 1")):
        await people.leader.press(label, on=shown)
        assert "không thuộc quyền" in people.leader.last.text


async def test_another_teams_leader_finds_nothing_and_presses_nothing(
    people: People, office: Office, make: Make
) -> None:
    await planned(people)
    await handed_in(people.lan)
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), role=Role.LEADER))
    await other.say("/kehoach tổ")
    assert "chưa có" in other.last.text
    await other.say("/kehoach")
    await other.press("Kế hoạch tổ viên")
    assert "Lan" not in other.last.text
    await people.leader.say("/kehoach tổ tháng 11")
    stolen = people.leader.last
    for index in range(len(stolen.labels)):
        await other.press_data(f"{stolen.outgoing.choices_key}:{index}")
        assert "không còn dùng được" in other.last.text


async def test_a_line_of_another_team_is_not_found(people: People, office: Office, make: Make) -> None:
    from bot.domain.errors import NotFound

    foreign = await make.team("Tổ khác")
    async with office.database.begin() as uow:
        await uow.plans.add(foreign.id, member_id=None, lines=[NewLine(Month(2026, 11), "việc của tổ khác")])
        [line] = await uow.plans.lines(foreign.id, member_id=None, months=[Month(2026, 11)])
        with pytest.raises(NotFound):
            await uow.plans.line(line.id, team_id=people.team.id)


NUDGE_TIME = datetime(2026, 11, 25, 18, 45, tzinfo=HOME_ZONE)


async def test_who_has_no_plan_for_the_coming_month_is_reminded_once(people: People, office: Office) -> None:
    await handed_in(people.lan)
    office.clock.set(NUDGE_TIME - timedelta(hours=1))
    assert (await office.run_job("plan-nudges"))["teams"] == 0
    office.clock.set(NUDGE_TIME)
    counts = await office.run_job("plan-nudges")
    assert counts == {"teams": 1, "owing": 4, "sent": 4, "already": 0, "unreachable": 0}
    assert "chưa có kế hoạch cá nhân tháng 12/2026" in people.hung.last.text
    assert "1/5 người đã nộp. Em đã nhắc 4 người" in people.leader.texts
    assert "chưa có kế hoạch" not in people.lan.texts
    assert not people.officer.screen
    office.clock.set(NUDGE_TIME + timedelta(days=2))
    assert (await office.run_job("plan-nudges"))["sent"] == 0
    await people.hung.press("Lập kế hoạch")
    assert "Kế hoạch tháng 12/2026 của thầy/cô" in people.hung.last.text


async def test_a_team_that_plans_nothing_is_not_pressed_for_plans(people: People, office: Office) -> None:
    office.clock.set(NUDGE_TIME)
    assert (await office.run_job("plan-nudges"))["owing"] == 0
    await planned(people)
    assert (await office.run_job("plan-nudges"))["owing"] == 5


async def test_in_quiet_hours_and_before_months_without_school_nobody_is_reminded(
    people: People, office: Office
) -> None:
    await planned(people)
    office.clock.set(NUDGE_TIME.replace(hour=22))
    assert (await office.run_job("plan-nudges"))["teams"] == 0
    office.clock.set(datetime(2027, 5, 28, 9, 0, tzinfo=HOME_ZONE))
    assert (await office.run_job("plan-nudges"))["teams"] == 0


async def test_leave_and_the_teams_setting_hold_reminders_back(people: People, office: Office) -> None:
    await planned(people)
    await people.lan.say("/nghi tháng 12 thai sản")
    await people.leader.press("Đồng ý cho nghỉ")
    await people.hung.say("/nghi từ 25/11 đến 26/11 con ốm")
    await people.leader.press("Đồng ý cho nghỉ")
    office.clock.set(NUDGE_TIME)
    assert (await office.run_job("plan-nudges"))["owing"] == 3
    office.clock.set(NUDGE_TIME + timedelta(days=2))
    assert (await office.run_job("plan-nudges"))["sent"] == 1
    assert "chưa có kế hoạch" in people.hung.last.text
    assert "chưa có kế hoạch" not in people.lan.texts
    async with office.database.begin() as uow:
        team = await uow.teams.get(people.team.id)
        uow.teams.change_settings(team, uow.teams.settings(team).model_copy(update={"plan_nudges": False}))
    assert (await office.run_job("plan-nudges"))["teams"] == 0


async def test_the_reason_is_asked_again_at_sending(people: People, office: Office) -> None:
    from scheduler import plan_nudges
    from scheduler.jobs import JobContext

    await planned(people)
    office.clock.set(NUDGE_TIME)
    await plan_nudges.run(JobContext(database=office.database, now=office.clock()))
    async with office.database.begin() as uow:
        for member in await uow.members.with_roles(people.team.id, Role.MEMBER):
            plan = await uow.plans.begin(member.id, Month(2026, 12))
            await uow.plans.decide(plan, PlanStatus.APPROVED, by=member.id, word=None, now=office.clock())
    await office.deliver()
    assert not people.lan.screen
    assert not people.hung.screen
    assert "chưa có kế hoạch" in people.secretary.last.text
