"""/kehoach tổ: the year typed, pasted or sent as a sheet, changed, and issued as a paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from tests.builders import Make
from tests.documents.papers import word_text
from tests.handlers.making_plans import YEAR_PLAN, handed_in, planned
from tests.office import Office
from tests.working_team import People


def sheet(*rows: tuple[object, ...], head: tuple[str, ...] = ("Tháng", "Nội dung", "Trường", "Loại")) -> bytes:
    book = Workbook()
    page: Any = book.active
    page.append(head)
    for row in rows:
        page.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


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


async def test_the_year_plan_is_issued_with_a_number_that_stays_until_it_changes(people: People, make: Make) -> None:
    await make.paper_head(people.team)
    await planned(people)
    await people.leader.say("/kehoach tổ")
    year = people.leader.last
    await people.leader.press("Ban hành", on=year)
    assert people.leader.last.file_names == (
        "ke-hoach-nam-hoc-2026-2027-01.docx",
        "ke-hoach-nam-hoc-2026-2027-01.pdf",
    )
    text = word_text(await people.leader.file(".docx"))
    for expected in ("Số: 01/KH-TML", "KẾ HOẠCH", "Tháng 11/2026", "dự giờ TH Phú Hòa 1", "Bùi Quốc Hiếu"):
        assert expected in text
    await people.leader.press("Ban hành", on=year)
    assert "số 01/KH-TML" in people.leader.last.text
    await planned(people, "/kehoach tổ Tháng 1: họp")
    await people.leader.press("Ban hành", on=year)
    assert "(điều chỉnh), số 02/KH-TML" in people.leader.last.text


async def test_a_members_plan_on_paper_is_a_draft_until_it_is_approved(people: People) -> None:
    await handed_in(people.lan)
    await people.lan.press("Word, PDF")
    assert "DỰ THẢO" in word_text(await people.lan.file(".docx"))
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Duyệt tất cả")
    await people.lan.say("/kehoach tháng 12")
    await people.lan.press("Word, PDF")
    text = word_text(await people.lan.file(".docx"))
    assert "Số: 01/KH-TML" in text
    assert "NGƯỜI LẬP KẾ HOẠCH" in text
    assert "DỰ THẢO" not in text
