"""Minutes written during a meeting, confirmed by the chair, sent out on paper; resolutions that become work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.periods import Period, PeriodKind
from bot.domain.vocabulary import ChannelName, Role
from bot.meeting_section import meeting_section
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import picture
from tests.handlers.taking_minutes import Team, confirmed, meeting_begun, words_of, written
from tests.office import Office


@pytest.fixture
async def team(office: Office, make: Make, clock: FakeClock) -> Team:
    return await meeting_begun(office, make, clock)


async def test_lines_are_kept_a_resolution_is_recognised_and_the_chair_confirms(
    team: Team, database: Database, clock: FakeClock
) -> None:
    await team.secretary.say("/bienban")
    assert "mỗi dòng thầy/cô gõ" in team.secretary.last.text
    assert "Đã ghi dòng 1" in (await team.secretary.say("Thầy Hiếu khai mạc")).text
    clock.advance(timedelta(minutes=50))
    shown = await team.secretary.say("Soạn đề cương – cô Dung – 15/12")
    assert "Việc: Soạn đề cương\nNgười: Lý Ngọc Dung\nHạn: 15/12/2026" in shown.text
    await team.secretary.press("Đúng")
    await team.secretary.press("Gửi chủ tọa duyệt")
    assert "(1) Thầy Hiếu khai mạc\n(2) 📌 Soạn đề cương – Lý Ngọc Dung – hạn 15/12" in team.leader.last.text
    await team.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01/BB-TML" in team.leader.last.text
    assert team.secretary.last.file_names == ("bien-ban-01-2026.docx", "bien-ban-01-2026.pdf")
    assert team.member.last.file_names == team.secretary.last.file_names
    assert "Soạn đề cương" in team.member.screen[-2].text
    said = await words_of(database)
    for words in (
        "Số: 01/BB-TML",
        "BIÊN BẢN",
        "14 giờ 00 phút, ngày 04 tháng 12 năm 2026",
        "kết thúc vào 14 giờ 50 phút",
        "3/4 thành viên: Bùi Quốc Hiếu, Bùi Mỹ Quyên, Lý Ngọc Dung",
        "Thầy Hiếu khai mạc",
        "15/12/2026",
        "THƯ KÝ",
        "CHỦ TỌA",
        "Bùi Mỹ Quyên",
    ):
        assert words in said


async def test_what_is_typed_goes_in_as_typed(team: Team, database: Database) -> None:
    await confirmed(team)
    said = await words_of(database)
    assert "Thầy Hiếu khai mạc; A & B <x> “trích” 🌸" in said
    assert "phòng họp A & B <x>" in said


async def test_an_unknown_person_is_asked_about_before_the_minutes_can_be_sent(team: Team) -> None:
    await team.secretary.say("/bienban")
    asked = await team.secretary.say("Dự giờ khối 4 – cô Xuyến – 10/12")
    assert "không tìm thấy “cô Xuyến”" in asked.text
    await team.secretary.say("gửi chủ tọa duyệt")
    assert "chưa rõ người làm: Dự giờ khối 4" in team.secretary.texts
    assert "Giao cho ai ạ?" in team.secretary.last.text
    await team.secretary.press("Gõ tên người")
    assert "chưa xác định được" in (await team.secretary.say("cô Nào Đó")).text
    assert "Người: Đặng Thị Hạnh" in (await team.secretary.say("chị Hạnh")).text
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    assert "Đã gửi Bùi Quốc Hiếu duyệt" in team.secretary.last.text


async def test_a_line_that_only_looks_like_a_resolution_becomes_a_note(team: Team, database: Database) -> None:
    await team.secretary.say("/bienban")
    await team.secretary.say("Thi học kì – cô Dung – 15/12")
    await team.secretary.press("Chỉ là ghi chép")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert "không có nghị quyết giao việc" in await words_of(database)


async def test_two_who_write_at_once_are_both_kept_line_by_line(team: Team) -> None:
    await team.secretary.say("/bienban")
    await team.deputy.say("/bienban")
    await team.secretary.say("dòng của thư ký")
    await team.deputy.say("dòng của tổ phó")
    await team.secretary.say("thêm một dòng")
    await team.secretary.say("/bienban")
    shown = team.secretary.last.text
    assert "(1) dòng của thư ký\n(2) dòng của tổ phó\n(3) thêm một dòng" in shown


async def test_a_line_corrected_by_two_keeps_both(team: Team) -> None:
    await team.secretary.say("/bienban")
    await team.deputy.say("/bienban")
    first = await team.secretary.say("khai mạc lúc 2 giờ")
    await team.secretary.press("Sửa dòng này", on=first)
    await team.secretary.say("khai mạc lúc 14 giờ")
    await team.secretary.press("Sửa dòng này", on=first)
    await team.secretary.say("khai mạc lúc 14 giờ 05")
    await team.secretary.say("/bienban")
    shown = team.secretary.last.text
    assert "khai mạc lúc 2 giờ" not in shown
    assert "(1) khai mạc lúc 14 giờ\n(2) khai mạc lúc 14 giờ 05" in shown


async def test_photos_are_kept_with_the_minutes(team: Team, database: Database) -> None:
    await team.secretary.say("/bienban")
    shown = await team.secretary.send_file(b"picture", name="anh.jpg", mime="image/jpeg", kind="photo")
    assert "Đã giữ ảnh ở dòng 1" in shown.text
    async with database.read() as uow:
        assert (await uow.minutes.lines(1))[0].file_id is not None


async def test_the_chair_sends_it_back_and_old_buttons_are_stale(team: Team) -> None:
    await written(team)
    asked = team.leader.last
    await team.leader.press("Trả lại")
    await team.leader.say("thiếu ý kiến của cô Hạnh")
    assert "Bùi Quốc Hiếu trả lại biên bản: thiếu ý kiến của cô Hạnh" in team.secretary.last.text
    logged = (await team.leader.say("/nhatky")).text
    assert "Bùi Mỹ Quyên trình biên bản" in logged
    assert "Bùi Quốc Hiếu trả lại biên bản" in logged
    assert "không còn dùng được" in (await team.leader.press("Xác nhận biên bản", on=asked)).text
    await team.secretary.press("Viết tiếp")
    await team.secretary.say("Cô Hạnh đề nghị thêm thời gian")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01" in team.leader.last.text


async def test_only_the_chair_or_the_leader_confirms(team: Team) -> None:
    await team.leader.press("Vắng")
    await written(team)
    assert "mời thầy/cô duyệt" in team.deputy.last.text
    await team.deputy.press("Xác nhận biên bản")
    assert "Biên bản số 01" in team.deputy.last.text


async def test_a_correction_is_a_new_version_under_the_same_number(team: Team, database: Database) -> None:
    await confirmed(team)
    await team.secretary.say("/bienban")
    await team.secretary.press("Biên bản 01")
    await team.secretary.press("Đính chính")
    await team.secretary.press("Viết tiếp")
    await team.secretary.say("Bổ sung: có mặt đại diện phường")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01/BB-TML (bản đính chính lần 1)" in team.leader.last.text
    said = await words_of(database)
    assert "BẢN ĐÍNH CHÍNH LẦN 1" in said
    assert "Bổ sung: có mặt đại diện phường" in said
    async with database.read() as uow:
        assert len(await uow.minutes.versions(1)) == 2
    assert "Bổ sung" not in await words_of(database, version=0)


async def test_open_resolutions_open_the_next_agenda_and_are_listed_until_done(team: Team, clock: FakeClock) -> None:
    await confirmed(team)
    assert "Soạn đề cương – Lý Ngọc Dung, hạn 15/12" in (await team.secretary.say("/nghiquyet")).text
    await team.leader.say("họp chung 14h ngày 18/12 tại phòng họp, nội dung: sơ kết học kì")
    await team.leader.press("Gửi")
    assert "• Rà soát nghị quyết chưa xong: Soạn đề cương\n• sơ kết học kì" in team.secretary.last.text
    clock.set(datetime(2026, 12, 16, 8, 0, tzinfo=HOME_ZONE))
    await team.secretary.say("/nghiquyet")
    assert "quá hạn Soạn đề cương" in (await team.secretary.press("Quá hạn")).text
    await team.secretary.press("Xong: Soạn đề cương")
    await team.secretary.say("/nghiquyet")
    assert "chưa xong: 0" in team.secretary.last.text
    assert "✅ Soạn đề cương" in (await team.secretary.press("Đã xong")).text


async def test_resolutions_of_one_meeting_open_and_done(team: Team) -> None:
    await confirmed(team)
    await team.leader.say("họp chung 9h ngày 5/12 tại phòng họp, nội dung: rà soát")
    await team.leader.press("Gửi")
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Theo cuộc họp")
    assert team.secretary.last.labels == ("Họp chung 4/12",)
    shown = await team.secretary.press("Họp chung 4/12")
    assert "Nghị quyết – Họp chung 4/12: 1" in shown.text
    assert "• Soạn đề cương – Lý Ngọc Dung, hạn 15/12" in shown.text
    await team.secretary.press("Xong: Soạn đề cương")
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Theo cuộc họp")
    assert "✅ Soạn đề cương" in (await team.secretary.press("Họp chung 4/12")).text
    assert "Họp chung 4/12 – chưa xong: 0" in (await team.secretary.press("Chưa xong")).text
    assert "• " not in (await team.secretary.press("Mọi cuộc họp")).text


async def test_a_decision_marked_by_mistake_is_opened_again_with_its_work(team: Team) -> None:
    await confirmed(team)
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Xong: Soạn đề cương")
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Đã xong")
    await team.secretary.press("Mở lại: Soạn đề cương")
    assert "chưa xong: 1" in (await team.secretary.say("/nghiquyet")).text
    assert "Soạn đề cương" in (await team.member.say("/nhiemvu")).text
    await team.member.say("/nghiquyet")
    await team.member.press("Xong: Soạn đề cương")
    await team.member.say("/nghiquyet")
    await team.member.press("Đã xong")
    assert "Mở lại" not in " ".join(team.member.last.labels)


async def test_a_long_list_of_decisions_has_pages(team: Team) -> None:
    await team.secretary.say("/bienban")
    await team.secretary.say("\n".join(f"Việc thứ {number} – cô Dung – {number}/1" for number in range(10, 28)))
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.secretary.press("Đúng hết")
    await team.leader.press("Xác nhận biên bản")
    first = await team.member.say("/nghiquyet")
    assert "chưa xong: 18" in first.text
    assert "Việc thứ 10 " in first.text
    assert "Việc thứ 25" not in first.text
    second = await team.member.press("Sau ›")
    assert "Việc thứ 27" in second.text
    await team.member.press("Xong: Việc thứ 27")
    assert "chưa xong: 17" in (await team.member.say("/nghiquyet")).text


async def test_another_team_s_meeting_has_no_list_here(team: Team, office: Office, make: Make) -> None:
    await confirmed(team)
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Theo cuộc họp")
    other = office.phone(await make.joined_member(await make.team("Tổ cụm 9"), role=Role.SECRETARY))
    await other.say("/nghiquyet")
    await other.press_data(f"{team.secretary.last.outgoing.choices_key}:0")
    assert "Soạn đề cương" not in other.texts


async def test_work_that_everybody_has_done_closes_its_resolution_at_once(team: Team, database: Database) -> None:
    await confirmed(team)
    await team.member.press("Nhận")
    await team.member.press("Đã xong")
    await team.member.say("đã gửi đề cương")
    assert "Lý Ngọc Dung đã xong nghị quyết: Soạn đề cương" in team.leader.texts
    async with database.read() as uow:
        (done, _) = (await uow.resolutions.with_status(1, "done"))[0]
        assert await uow.resolutions.with_status(1, "open") == []
    assert done.done_at is not None


async def test_photos_stand_in_an_appendix_with_their_captions(team: Team, database: Database) -> None:
    await team.secretary.say("/bienban")
    await team.secretary.say("Thầy Hiếu khai mạc")
    for number, words in enumerate(("tiết dạy minh họa A & B", "")):
        data = picture("JPEG", size=(80 + number, 60))
        await team.secretary.send_file(data, name="anh.jpg", mime="image/jpeg", kind="photo", text=words)
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    said = await words_of(database)
    assert "Kèm theo 2 ảnh (phụ lục)" in said
    assert "PHỤ LỤC ẢNH\n\nẢnh 1. tiết dạy minh họa A & B\n\nẢnh 2\n" in said


async def test_minutes_without_a_meeting_and_empty_ones_are_explained(team: Team, office: Office, make: Make) -> None:
    other = office.phone(await make.joined_member(await make.team("Tổ cụm 9"), role=Role.SECRETARY))
    assert "Chưa có cuộc họp nào để ghi biên bản" in (await other.say("/bienban")).text
    assert "📨 Gửi chủ tọa duyệt" not in (await team.secretary.say("/bienban")).labels
    assert "chưa có dòng nào" in (await team.secretary.say("Gửi chủ tọa duyệt")).text


@pytest.mark.parametrize("channel", [ChannelName.TELEGRAM, ChannelName.ZALO])
async def test_words_that_end_the_writing_are_no_lines(
    office: Office, make: Make, clock: FakeClock, channel: ChannelName
) -> None:
    team = await meeting_begun(office, make, clock, channel=channel)
    await team.secretary.say("bien ban Thầy Hiếu khai mạc")
    await team.secretary.say("Soạn đề cương – cô Dung – 15/12")
    await team.secretary.press("Đúng")
    shown = await team.secretary.say("Xong rồi")
    assert "(1) Thầy Hiếu khai mạc\n(2) 📌 Soạn đề cương" in shown.text
    assert "(3)" not in shown.text
    await team.secretary.say("gửi chủ tọa")
    assert "mời thầy/cô duyệt" in team.leader.last.text


@pytest.mark.parametrize("choice", ["Đúng", "Chỉ là ghi chép"])
async def test_after_a_decision_is_settled_the_minutes_can_be_sent_by_the_next_choice(team: Team, choice: str) -> None:
    await team.secretary.say("/bienban Thầy Hiếu khai mạc")
    await team.secretary.say("Soạn đề cương – cô Dung – 15/12")
    settled = await team.secretary.press(choice)
    assert settled.labels == ("✏️ Sửa dòng này", "🗑 Bỏ dòng này", "📨 Gửi chủ tọa duyệt")
    await team.secretary.press("Gửi chủ tọa duyệt", on=settled)
    assert "mời thầy/cô duyệt" in team.leader.last.text


async def test_commands_work_while_minutes_are_written_and_pausing_ends_it(team: Team) -> None:
    await team.secretary.say("/bienban")
    assert "Tháng 12" in (await team.secretary.say("/toi")).text
    await team.secretary.say("dòng một")
    await team.secretary.say("/bienban")
    await team.secretary.press("Tạm dừng ghi")
    assert "ghi dòng" not in (await team.secretary.say("không phải dòng biên bản")).text


async def test_plain_members_read_confirmed_minutes_and_write_none(team: Team) -> None:
    await confirmed(team)
    await team.member.say("/bienban")
    shown = await team.member.press("Biên bản 01")
    assert shown.file_names == ("bien-ban-01-2026.docx", "bien-ban-01-2026.pdf")
    assert shown.labels == ()


async def test_the_summary_counts_meetings_and_what_is_still_to_be_done(
    team: Team, clock: FakeClock, database: Database
) -> None:
    await confirmed(team)
    clock.set(datetime(2026, 12, 5, 8, 0, tzinfo=HOME_ZONE))
    async with database.read() as uow:
        record = await uow.teams.get(1)
        period = Period(PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31))
        section = await meeting_section(uow, record, period, clock())
    assert section.lines[0] == "Họp chung năm học 2026-2027: 1/3 lần."
    assert "Nghị quyết chưa xong: 1 (Soạn đề cương)." in section.lines
    assert section.rows == (("04/12/2026", "Họp chung", "chưa điểm danh", "01", "0/1"),)
