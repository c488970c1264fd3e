"""Minutes that are not right yet: lines mended, decisions looked at, sent back, taken back, corrected after all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.periods import Period, PeriodKind
from bot.domain.vocabulary import ChannelName
from bot.meeting_section import meeting_section
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import picture
from tests.handlers.taking_minutes import BEGIN, Team, confirmed, correcting, decided, meeting_begun, words_of, written
from tests.office import Office


@pytest.fixture
async def team(office: Office, make: Make, clock: FakeClock) -> Team:
    return await meeting_begun(office, make, clock)


async def rewritten(team: Team, line: str) -> None:
    """The decision of the minutes is typed again, and the chair confirms."""
    await correcting(team)
    await team.secretary.say("sửa dòng 2")
    await team.secretary.press("Sửa dòng này")
    await team.secretary.say(line)
    await team.secretary.press("Đúng")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")


async def works(database: Database) -> list[tuple[str, str, date | None]]:
    """Every piece of work that was given out: title, status, due day."""
    async with database.read() as uow:
        found = await uow.assignments.of_team(1, open_only=False)
    return [
        (each.title, each.status, each.due_at.astimezone(HOME_ZONE).date() if each.due_at else None)
        for each in sorted(found, key=lambda each: each.id)
    ]


async def test_a_line_can_come_with_the_command(team: Team) -> None:
    assert "Đã ghi dòng 1" in (await team.secretary.say("/bienban Thầy Hiếu khai mạc")).text


async def test_the_meeting_that_is_going_on_is_opened_though_another_still_has_no_minutes(
    team: Team, clock: FakeClock
) -> None:
    await team.leader.say("họp chung 14h ngày 11/12 tại phòng họp")
    await team.leader.press("Gửi")
    clock.advance(timedelta(days=7))
    assert "Biên bản: Họp chung 11/12" in (await team.secretary.say("/bienban")).text
    assert (await team.secretary.press("Biên bản khác")).labels == ("✍️ Họp chung 4/12", "✍️ Họp chung 11/12")
    assert "Biên bản: Họp chung 4/12" in (await team.secretary.press("Họp chung 4/12")).text


async def test_a_line_that_could_belong_to_two_meetings_is_not_lost_in_silence(team: Team, clock: FakeClock) -> None:
    await team.leader.say("họp chung 14h ngày 11/12 tại phòng họp")
    await team.leader.press("Gửi")
    clock.advance(timedelta(days=9))
    assert "“Thầy Hiếu khai mạc” em chưa ghi" in (await team.secretary.say("/bienban Thầy Hiếu khai mạc")).text


async def test_lines_are_counted_as_the_minutes_show_them(team: Team) -> None:
    await team.secretary.say("/bienban một\nhai\nba")
    await team.secretary.press("Bỏ dòng này")
    assert "Đã ghi dòng 3" in (await team.secretary.say("bốn")).text
    assert "(3) bốn" in (await team.secretary.press("Xem biên bản", on=await team.secretary.say("/bienban"))).text


async def test_a_line_that_was_struck_out_by_mistake_comes_back(team: Team) -> None:
    await team.secretary.say("/bienban khai mạc\nSoạn đề cương – cô Dung – 15/12")
    await team.secretary.say("bỏ dòng 2")
    await team.secretary.press("Bỏ dòng này")
    await team.secretary.press("Lấy lại dòng")
    assert "(2) 📌 Soạn đề cương – Lý Ngọc Dung – hạn 15/12" in (await team.secretary.say("/bienban")).text


@pytest.mark.parametrize("channel", [ChannelName.TELEGRAM, ChannelName.ZALO])
async def test_any_earlier_line_is_reached_by_its_number(
    office: Office, make: Make, clock: FakeClock, channel: ChannelName
) -> None:
    team = await meeting_begun(office, make, clock, channel=channel)
    await team.secretary.say("/bienban một\nhai\nba")
    await team.secretary.press("Sửa một dòng", on=await team.secretary.say("/bienban"))
    assert "(2) hai" in (await team.secretary.say("2")).text
    await team.secretary.press("Sửa dòng này")
    await team.secretary.say("hai rưỡi")
    assert "có 3 dòng" in (await team.secretary.say("sửa dòng 9")).text
    assert "(1) một\n(2) hai rưỡi\n(3) ba" in (await team.secretary.say("/bienban")).text


async def test_a_photo_keeps_its_picture_when_its_words_are_corrected(team: Team, database: Database) -> None:
    await team.secretary.say("/bienban")
    data = picture("JPEG", size=(80, 60))
    await team.secretary.send_file(data, name="anh.jpg", mime="image/jpeg", kind="photo", text="tiết dạy")
    await team.secretary.press("Sửa dòng này")
    assert "Đã giữ ảnh ở dòng 1" in (await team.secretary.say("tiết dạy minh họa lớp 4A")).text
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    said = await words_of(database)
    assert "Ảnh 1. tiết dạy minh họa lớp 4A" in said
    assert "Ảnh 2" not in said


@pytest.mark.parametrize("channel", [ChannelName.TELEGRAM, ChannelName.ZALO])
async def test_decisions_that_nobody_has_looked_at_are_shown_before_they_go_to_the_chair(
    office: Office, make: Make, clock: FakeClock, channel: ChannelName
) -> None:
    team = await meeting_begun(office, make, clock, channel=channel)
    await team.secretary.say("/bienban")
    await team.secretary.say("Soạn đề cương – cô Dung – 15/12\nDự giờ khối 4 – cô Hạnh – 16/12")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    shown = team.secretary.last.text
    assert "• Soạn đề cương – Lý Ngọc Dung, hạn 15/12\n• Dự giờ khối 4 – Đặng Thị Hạnh, hạn 16/12" in shown
    assert "mời thầy/cô duyệt" not in team.leader.texts
    await team.secretary.say("1")
    assert "mời thầy/cô duyệt" in team.leader.last.text
    await team.leader.say("1")
    assert "Biên bản số 01" in team.leader.texts


async def test_two_unknown_people_are_asked_about_one_after_the_other(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team = await meeting_begun(office, make, clock, channel=ChannelName.ZALO)
    await team.secretary.say("/bienban Soạn đề – cô Xuyến – 15/12\nDự giờ – cô Mơ – 16/12")
    for work in ("Soạn đề", "Dự giờ"):
        await team.secretary.say("/bienban")
        await team.secretary.press("Gửi chủ tọa duyệt")
        assert f"Nghị quyết: {work}" in team.secretary.last.text
        await team.secretary.press("Cả tổ")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    assert "mời thầy/cô duyệt" in team.leader.last.text


async def test_minutes_that_wait_for_the_chair_are_shown_and_taken_back_only_on_demand(team: Team) -> None:
    await written(team)
    asked = team.leader.last
    assert "đang chờ Bùi Quốc Hiếu duyệt" in (await team.secretary.say("/bienban")).text
    assert "Soạn đề cương" in (await team.secretary.press("Xem biên bản")).text
    await team.secretary.press("Lấy lại để sửa")
    assert "Bùi Mỹ Quyên lấy lại biên bản Họp chung 4/12" in team.leader.last.text
    assert "không còn dùng được" in (await team.leader.press("Xác nhận biên bản", on=asked)).text
    await team.secretary.press("Viết tiếp")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01" in team.leader.last.text


async def test_the_chair_reads_who_the_minutes_say_was_there(team: Team) -> None:
    await written(team)
    assert "Có mặt 3/4. Chưa điểm danh" in team.leader.last.text
    assert "Có mặt 3/4" in team.secretary.last.text


async def test_the_end_that_a_line_names_is_on_the_paper(team: Team, database: Database, clock: FakeClock) -> None:
    await team.secretary.say("/bienban Thầy Hiếu khai mạc")
    clock.advance(timedelta(hours=6))
    await team.secretary.say("Bế mạc lúc 15 giờ 50")
    await team.secretary.press("Gửi chủ tọa duyệt")
    assert "Kết thúc 15:50" in team.leader.last.text
    await team.leader.press("Xác nhận biên bản")
    assert "kết thúc vào 15 giờ 50 phút" in await words_of(database)


async def test_when_the_chair_cannot_be_written_to_the_leader_confirms(team: Team, database: Database) -> None:
    async with database.begin() as uow:
        await uow.accounts.set_reachable(team.deputy.chat.channel, team.deputy.chat.chat_id, reachable=False)
    await team.leader.press("Vắng")
    await written(team)
    assert "chưa nhận được tin qua bot, nên em gửi tổ trưởng duyệt" in team.secretary.last.text
    await team.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01" in team.leader.last.text


async def test_attendance_marked_while_the_chair_reads_is_what_the_paper_says(team: Team, database: Database) -> None:
    await written(team)
    await team.secretary.press("Điểm danh")
    for _ in range(2):
        await team.secretary.press("Đặng Thị Hạnh")
    await team.secretary.press("Lý Ngọc Dung")
    await team.leader.press("Xác nhận biên bản")
    said = await words_of(database)
    assert "3/4 thành viên: Bùi Mỹ Quyên, Đặng Thị Hạnh (đến muộn), Lý Ngọc Dung" in said
    assert "Vắng mặt: Bùi Quốc Hiếu (không phép)" in said


async def test_minutes_are_signed_by_the_secretary_who_wrote_whoever_opened_them(
    team: Team, database: Database
) -> None:
    await team.leader.say("/bienban")
    await team.leader.press("Tạm dừng ghi")
    await written(team)
    await team.leader.press("Xác nhận biên bản")
    assert "Thư ký (người ghi biên bản): Bùi Mỹ Quyên" in await words_of(database)


async def test_a_corrected_day_changes_the_work_that_was_given_out(team: Team, database: Database) -> None:
    await confirmed(team)
    await team.member.press("Nhận")
    await rewritten(team, "Soạn đề cương – cô Dung – 20/12")
    assert await works(database) == [("Soạn đề cương (nghị quyết Họp chung 4/12)", "open", date(2026, 12, 20))]
    assert "20/12" in team.member.screen[-2].text
    assert "thay đổi phân công số 1" in team.member.screen[-2].text
    assert await decided(database, "open") == ["Soạn đề cương"]


async def test_a_decision_corrected_to_somebody_else_is_taken_back_from_the_first(
    team: Team, database: Database
) -> None:
    await confirmed(team)
    await rewritten(team, "Soạn đề cương – cô Hạnh – 15/12")
    assert "đã hủy phân công" in team.member.screen[-2].text
    assert [status for _, status, _ in await works(database)] == ["cancelled", "open"]
    assert "Soạn đề cương" in team.deputy.screen[-2].text


async def test_a_decision_that_is_struck_out_is_in_force_until_the_chair_confirms(
    team: Team, database: Database
) -> None:
    await confirmed(team)
    await correcting(team)
    await team.secretary.say("bỏ dòng 2")
    await team.secretary.press("Bỏ dòng này")
    assert await decided(database, "open") == ["Soạn đề cương"]
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert await decided(database, "open") == []
    assert "đã hủy phân công" in team.member.screen[-2].text
    assert "không có nghị quyết giao việc" in await words_of(database)


async def test_work_that_is_done_stays_done_when_its_decision_is_worded_better(team: Team, database: Database) -> None:
    await confirmed(team)
    await team.member.press("Nhận")
    await team.member.press("Đã xong")
    await team.member.say("đã gửi")
    await rewritten(team, "Soạn đề cương ôn tập – cô Dung – 15/12")
    assert await decided(database, "done") == ["Soạn đề cương ôn tập"]
    assert await decided(database, "open") == []


async def test_a_correction_given_up_leaves_everything_as_it_was(team: Team, database: Database) -> None:
    await confirmed(team)
    await correcting(team)
    await team.secretary.say("bỏ dòng 2")
    await team.secretary.press("Bỏ dòng này")
    await team.secretary.say("Nộp kế hoạch – cả tổ – 20/12")
    await team.secretary.say("/bienban")
    await team.secretary.press("Thôi đính chính")
    assert await decided(database, "open", "draft") == ["Soạn đề cương"]
    await team.secretary.say("/bienban")
    await team.secretary.press("Biên bản 01")
    await team.secretary.press("Đính chính")
    await team.secretary.press("Xem biên bản")
    assert "Soạn đề cương" in team.secretary.last.text
    assert "Nộp kế hoạch" not in team.secretary.last.text


async def test_every_version_can_be_read(team: Team) -> None:
    await confirmed(team)
    await rewritten(team, "Soạn đề cương – cô Dung – 20/12")
    await team.member.say("/bienban")
    latest = await team.member.press("Biên bản 01")
    assert latest.file_names == ("bien-ban-01-2026-dinh-chinh-1.docx", "bien-ban-01-2026-dinh-chinh-1.pdf")
    assert (await team.member.press("Bản đầu")).file_names == ("bien-ban-01-2026.docx", "bien-ban-01-2026.pdf")
    assert "Bản đính chính lần 1" in " ".join(team.member.last.labels)


async def test_a_correction_of_last_years_minutes_keeps_their_year_and_can_be_found_again(
    team: Team, clock: FakeClock
) -> None:
    await confirmed(team)
    clock.set(datetime(2027, 3, 1, 9, 0, tzinfo=HOME_ZONE))
    await correcting(team)
    await team.secretary.say("Bổ sung: có mặt đại diện phường")
    clock.advance(timedelta(days=2))
    assert "Bổ sung" in (await team.secretary.say("/bienban")).text
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    assert team.leader.last.file_names[0] == "bien-ban-01-2026-dinh-chinh-1.docx"


async def test_a_correction_keeps_the_agenda_and_those_who_have_left_since(
    team: Team, clock: FakeClock, database: Database
) -> None:
    await confirmed(team)
    clock.advance(timedelta(days=1))
    await team.leader.say("họp chung 14h ngày 18/12 tại phòng họp, nội dung: sơ kết học kì")
    await team.leader.press("Gửi")
    clock.set(datetime(2026, 12, 18, 14, 0, tzinfo=HOME_ZONE))
    await team.secretary.say("/bienban Khai mạc")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Xong: Soạn đề cương")
    clock.advance(timedelta(hours=3))
    await team.leader.say("/thanhvien Lý Ngọc Dung")
    await team.leader.press("Kết thúc tham gia tổ")
    await team.leader.press("Kết thúc")
    await team.secretary.say("/bienban")
    await team.secretary.press("Biên bản 02")
    await team.secretary.press("Đính chính")
    await team.secretary.press("Viết tiếp")
    await team.secretary.say("Bế mạc lúc 16 giờ")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    said = await words_of(database)
    assert "Rà soát nghị quyết chưa xong: Soạn đề cương" in said
    assert "Lý Ngọc Dung" in said


async def test_lessons_stay_in_the_summary_while_they_are_corrected(
    team: Team, clock: FakeClock, database: Database
) -> None:
    await team.secretary.say("/bienban Nhân rộng: dạy học theo trạm\nKhắc phục: thiếu đồ dùng")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    await team.secretary.say("/bienban")
    await team.secretary.press("Biên bản 01")
    await team.secretary.press("Đính chính")
    clock.set(BEGIN + timedelta(days=1))
    async with database.read() as uow:
        period = Period(PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31))
        section = await meeting_section(uow, await uow.teams.get(1), period, clock())
    assert "Họp chung – cần nhân rộng: dạy học theo trạm" in section.lines
    assert "Họp chung – cần khắc phục: thiếu đồ dùng" in section.lines


async def test_what_the_list_marks_as_done_is_no_longer_work_to_be_reminded_of(
    team: Team, office: Office, clock: FakeClock, database: Database
) -> None:
    await confirmed(team)
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Xong: Soạn đề cương")
    assert await decided(database, "done") == ["Soạn đề cương"]
    assert "Soạn đề cương" not in (await team.member.say("/nhiemvu")).text
    seen = len(team.member.screen)
    clock.set(datetime(2026, 12, 16, 9, 0, tzinfo=HOME_ZONE))
    await office.run_job("assignment-reminders")
    assert len(team.member.screen) == seen


async def test_one_of_two_closes_only_their_own_part(team: Team, database: Database) -> None:
    await team.secretary.say("/bienban Soạn đề cương – cô Dung, cô Hạnh – 15/12")
    await team.secretary.press("Đúng")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    await team.member.say("/nghiquyet")
    assert "phần của thầy/cô" in (await team.member.press("Xong: Soạn đề cương")).text
    assert await decided(database, "open") == ["Soạn đề cương"]
    await team.deputy.say("/nghiquyet")
    assert "Đã ghi xong" in (await team.deputy.press("Xong: Soạn đề cương")).text
    assert await decided(database, "done") == ["Soạn đề cương"]
