"""Calling a meeting in one message or step by step, moving and cancelling it, and what cannot be called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone

MESSAGE = "họp chung 14h thứ sáu 27/11 tại TH Lê Hồng Phong, nội dung: sơ kết tháng 11; phân công kiểm tra"


class Team:
    """Leader, secretary and a member of a team with its group chat."""

    def __init__(self, leader: Phone, secretary: Phone, member: Phone, group: Phone) -> None:
        self.leader, self.secretary, self.member, self.group = leader, secretary, member, group


@pytest.fixture
async def team(office: Office, make: Make) -> Team:
    team = await make.team()
    await make.school(team, code="LHP", name="Trường Tiểu học Lê Hồng Phong")
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu"))
    secretary = office.phone(await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên"))
    member = office.phone(await make.joined_member(team, name="Lý Ngọc Dung"))
    await make.member(team, name="Đỗ Văn Chưa Nối")
    group = leader.in_group()
    await group.say("/noinhom")
    return Team(leader, secretary, member, group)


async def calendar_of(phone: Phone) -> Any:
    return Calendar.from_ical(await phone.file())


async def test_one_message_shows_the_card_and_sends_it_to_group_and_members(team: Team) -> None:
    card = await team.leader.say(MESSAGE)
    assert "14:00 thứ Sáu, 27/11/2026" in card.text
    assert "• sơ kết tháng 11\n• phân công kiểm tra" in card.text
    await team.leader.press("Gửi")
    assert "Đã gửi giấy mời cho 2 người và nhóm chat" in team.leader.texts
    assert "Chưa nhận được tin qua bot: Đỗ Văn Chưa Nối" in team.leader.texts
    assert any(shown.file_names == ("hop-27-11-2026.ics",) for shown in team.leader.screen)
    for phone in (team.secretary, team.member, team.group):
        assert "Mời họp" in phone.last.text
        assert "Chủ tọa: Bùi Quốc Hiếu (tổ trưởng)" in phone.last.text
        assert phone.last.labels == ("Tham dự", "Vắng", "Chưa chắc")
        assert phone.last.file_names == ("hop-27-11-2026.ics",)


async def test_without_marks_and_with_the_command_it_is_the_same(team: Team) -> None:
    card = await team.leader.say("/hop hop chung 8h ngay 4/12 tai truong le hong phong")
    assert "8:00" in card.text
    assert "Trường Tiểu học Lê Hồng Phong" in card.text


async def test_step_by_step_takes_buttons_numbers_and_words(team: Team) -> None:
    await team.leader.say("/hop")
    await team.leader.press("Mời họp")
    await team.leader.press("Chuyên đề")
    await team.leader.say("Toán lớp 4")
    await team.leader.say("lê hồng phong")
    await team.leader.say("Ban giám hiệu: cô Hạnh")
    await team.leader.say("4/12")
    assert "Ngày 4/12 họp lúc mấy giờ?" in team.leader.last.text
    await team.leader.press("8 giờ")
    await team.leader.say("hội trường")
    card = await team.leader.say("dự 2 tiết; góp ý")
    assert "Chuyên đề Toán lớp 4" in card.text
    assert "Phối hợp: Trường Tiểu học Lê Hồng Phong, Ban giám hiệu: cô Hạnh" in card.text
    assert "08:00 thứ Sáu, 4/12/2026" in card.text
    await team.leader.press("Gửi")
    assert "Chuyên đề Toán lớp 4" in team.member.last.text


async def test_the_file_opens_in_a_calendar_and_later_ones_update_and_cancel_it(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    first = await calendar_of(team.member)
    event = first.walk("VEVENT")[0]
    assert first["METHOD"] == "PUBLISH"
    assert event.decoded("DTSTART") == datetime(2026, 11, 27, 14, tzinfo=HOME_ZONE)
    assert event["LOCATION"] == "Trường Tiểu học Lê Hồng Phong"
    assert "sơ kết tháng 11" in event["DESCRIPTION"]
    assert int(event["SEQUENCE"]) == 0

    await team.leader.press("Đổi giờ")
    await team.leader.say("8h thứ bảy 28/11")
    await team.leader.press("Gửi")
    moved = (await calendar_of(team.member)).walk("VEVENT")[0]
    assert (moved["UID"], int(moved["SEQUENCE"])) == (event["UID"], 1)
    assert moved.decoded("DTSTART") == datetime(2026, 11, 28, 8, tzinfo=HOME_ZONE)

    await team.leader.say("/hop")
    await team.leader.press("Xem 08:00")
    await team.leader.press("Hủy họp")
    await team.leader.say("trùng lịch Sở")
    await team.leader.press("Hủy họp")
    assert "Lý do: trùng lịch Sở" in team.member.last.text
    gone = await calendar_of(team.member)
    assert gone["METHOD"] == "CANCEL"
    cancelled = gone.walk("VEVENT")[0]
    assert (cancelled["UID"], int(cancelled["SEQUENCE"]), cancelled["STATUS"]) == (event["UID"], 2, "CANCELLED")


async def test_a_new_time_asks_everybody_again_and_a_new_place_does_not(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    await team.member.press("Tham dự")
    await team.leader.press("Đổi giờ")
    await team.leader.say("tại phòng họp tầng 2")
    await team.leader.press("Gửi")
    assert "trả lời lại" not in team.member.last.text
    assert "phòng họp tầng 2" in team.member.last.text
    await team.leader.say("/hop")
    await team.leader.press("Xem 14:00")
    assert "2 tham dự" in team.leader.last.text
    await team.leader.press("Đổi giờ")
    await team.leader.say("15h")
    await team.leader.press("Gửi")
    assert "15:00 thứ Sáu, 27/11/2026" in team.member.last.text
    assert "trả lời lại" in team.member.last.text
    await team.leader.say("/hop")
    await team.leader.press("Xem 15:00")
    assert "1 tham dự" in team.leader.last.text


async def test_what_is_past_impossible_or_without_an_hour_is_explained_and_the_rest_kept(team: Team) -> None:
    answer = await team.leader.say("họp chung 8h hôm nay tại TH Lê Hồng Phong")
    assert "đã qua rồi" in answer.text
    assert "Không có ngày 31/11 trong lịch" in (await team.leader.say("14h ngày 31/11")).text.replace(
        "ngày ngày", "ngày"
    )
    assert "Em chưa rõ giờ họp" in (await team.leader.say("lúc nào đó")).text
    card = await team.leader.say("14h ngày 4/12")
    assert "14:00 thứ Sáu, 4/12/2026" in card.text
    assert "Lê Hồng Phong" in card.text


async def test_a_meeting_that_overlaps_another_of_the_team_is_refused(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    answer = await team.secretary.say("họp chung 15h ngày 27/11 tại phòng họp")
    assert "trùng với Họp chung (14:00 thứ Sáu 27/11)" in answer.text
    assert "16:00" in (await team.secretary.say("16h ngày 27/11")).text


async def test_two_who_call_at_once_get_one_meeting_and_one_refusal(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.secretary.say(MESSAGE)
    await team.leader.press("Gửi")
    await team.secretary.press("Gửi")
    assert "trùng với" in team.secretary.texts
    assert "Họp lúc nào?" in team.secretary.texts
    await team.secretary.say("16h ngày 27/11")
    await team.secretary.press("Gửi")
    assert "16:00 thứ Sáu, 27/11/2026" in team.member.last.text
    assert "sơ kết tháng 11" in team.member.last.text


async def test_a_public_holiday_is_asked_about(team: Team) -> None:
    answer = await team.leader.say("họp chung 8h ngày 1/1/2027 tại TH Lê Hồng Phong")
    assert "ngày nghỉ lễ" in answer.text
    await team.leader.press("Chọn ngày khác")
    card = await team.leader.say("8h ngày 4/1/2027")
    assert "08:00 thứ Hai, 4/1/2027" in card.text
    await team.leader.say("/huy")
    await team.leader.say("họp chung 8h ngày 1/1/2027 tại TH Lê Hồng Phong")
    assert "1/1/2027" in (await team.leader.press("Vẫn họp")).text


async def test_a_plain_member_and_an_officer_cannot_call_meetings(team: Team) -> None:
    assert "không thuộc quyền" in (await team.member.say("/hop họp chung 14h ngày 4/12 tại phòng họp")).text
    await team.member.say("/hop")
    assert all("Mời họp" not in label for label in team.member.last.labels)


async def test_another_teams_leader_sees_nothing_of_it(office: Office, make: Make, team: Team) -> None:
    other = office.phone(await make.joined_member(await make.team("Tổ cụm 9"), role=Role.LEADER))
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    assert "chưa có cuộc họp nào" in (await other.say("/hop")).text
    key = team.member.last.outgoing.choices_key
    assert "không còn dùng được" in (await other.press_data(f"{key}:0")).text


async def test_on_zalo_numbers_call_and_answer(office: Office, make: Make) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, channel=ChannelName.ZALO))
    member = office.phone(await make.joined_member(team, channel=ChannelName.ZALO))
    await leader.say("hop chung 14h ngay 4/12 tai phong hop")
    await leader.say("1")
    assert "Mời họp" in member.last.text
    await member.say("1")
    assert "Thầy/cô: Tham dự" in member.last.text
    await member.say("vắng")
    assert "vì lý do gì" in member.last.text
    await member.say("con ốm")
    assert "Đã ghi lý do: con ốm" in member.last.text


async def test_a_time_is_voted_on_and_fixed(team: Team) -> None:
    await team.leader.say("/hop họp chung tại phòng họp, nội dung: sơ kết")
    card = await team.leader.say("14h thứ năm 3/12; 8h thứ sáu 4/12; 14h ngày 5/12")
    assert "Chọn giờ: Họp chung" in card.text
    await team.leader.press("Gửi")
    await team.member.press("08:00 thứ Sáu 4/12")
    assert "đã chọn 1 giờ" in team.member.last.text
    await team.member.press("14:00 thứ Năm 3/12")
    await team.member.press("✓ 14:00 thứ Năm 3/12")
    await team.secretary.press("08:00 thứ Sáu 4/12")
    await team.leader.press("Chốt giờ")
    assert "Chốt 08:00 thứ Sáu 4/12 (2)" in team.leader.last.labels
    await team.leader.press("Chốt 08:00")
    assert "08:00 thứ Sáu, 4/12/2026" in team.member.last.text
    assert "Mời họp" in team.member.last.text


async def test_more_than_five_times_are_too_many(team: Team) -> None:
    await team.leader.say("/hop họp chung tại phòng họp")
    answer = await team.leader.say("; ".join(f"8h ngày {day}/12" for day in range(1, 7)))
    assert "tối đa 5" in answer.text


async def test_several_times_in_one_message_are_voted_on(team: Team) -> None:
    card = await team.leader.say("họp chung 14h thứ năm 3/12 hoặc 8h thứ sáu 4/12 tại phòng họp, nội dung: sơ kết")
    assert "• 14:00 thứ Năm, 3/12/2026\n• 08:00 thứ Sáu, 4/12/2026" in card.text
    assert "📍 phòng họp" in card.text
    await team.leader.press("Gửi")
    assert team.member.last.labels == ("14:00 thứ Năm 3/12", "08:00 thứ Sáu 4/12")


async def test_whoever_looks_again_sees_what_they_voted_for(team: Team) -> None:
    await team.leader.say("họp chung 14h ngày 3/12 hoặc 8h ngày 4/12 tại phòng họp")
    await team.leader.press("Gửi")
    await team.member.press("14:00")
    await team.member.say("/hop")
    assert (await team.member.press("Chọn giờ họp")).labels == ("✓ 14:00 thứ Năm 3/12", "08:00 thứ Sáu 4/12")


async def test_a_vote_in_a_group_on_zalo_is_answered(office: Office, make: Make) -> None:
    record = await make.team()
    leader = office.phone(await make.joined_member(record, role=Role.LEADER, channel=ChannelName.ZALO))
    joined = await make.joined_member(record, name="Lý Ngọc Dung", channel=ChannelName.ZALO)
    await leader.in_group().say("/noinhom")
    await leader.say("họp chung 14h ngày 3/12 hoặc 8h ngày 4/12 tại phòng họp")
    await leader.press("Gửi")
    member = office.phone(joined).in_group()
    assert "Lý Ngọc Dung: 08:00 thứ Sáu 4/12." in (await member.say("2")).text


async def test_a_vote_lasts_until_the_last_time_and_can_be_called_off(team: Team, clock: FakeClock) -> None:
    await team.leader.say("họp chung 14h ngày 3/12 hoặc 8h ngày 4/12 tại phòng họp")
    await team.leader.press("Gửi")
    clock.set(datetime(2026, 12, 3, 20, tzinfo=HOME_ZONE))
    await team.leader.say("/hop")
    await team.leader.press("Chọn giờ họp")
    await team.leader.press("Hủy họp")
    await team.leader.press("Không còn cần họp")
    await team.leader.press("Hủy họp")
    assert "Họp chung, đang chọn giờ" in team.member.last.text
    assert "Tệp lịch" not in team.member.last.text
    assert team.member.last.file_names == ()
    assert "chưa có cuộc họp" in (await team.member.say("/hop")).text


async def test_a_time_that_another_meeting_took_meanwhile_is_not_fixed(team: Team) -> None:
    await team.leader.say("họp chung 14h ngày 3/12 hoặc 8h ngày 4/12 tại phòng họp")
    await team.leader.press("Gửi")
    await team.secretary.say("họp chuyên đề Toán lớp 4 lúc 15h ngày 3/12 tại phòng họp")
    await team.secretary.press("Gửi")
    await team.leader.press("Chốt giờ")
    assert "trùng với Chuyên đề Toán lớp 4" in (await team.leader.press("Chốt 14:00")).text
    await team.leader.press("Chốt 08:00")
    assert "08:00 thứ Sáu, 4/12/2026" in team.member.last.text


async def test_a_weekday_that_is_not_the_days_is_pointed_out(team: Team) -> None:
    card = await team.leader.say("họp chung 14h thứ năm 27/11 tại phòng họp")
    assert "Ngày 27/11 là thứ Sáu, khác thứ thầy/cô ghi" in card.text
    assert "14:00 thứ Sáu, 27/11/2026" in card.text


async def test_what_cannot_be_taken_at_the_card_says_why(team: Team) -> None:
    await team.leader.say(MESSAGE)
    assert "đã qua rồi" in (await team.leader.say("8h hôm nay")).text
    assert "Không có ngày 31/11" in (await team.leader.say("8h ngày 31/11")).text.replace("ngày ngày", "ngày")
    assert "14:00 thứ Sáu, 27/11/2026" in team.leader.last.text


async def test_a_meeting_that_is_called_moves_to_one_time(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    await team.leader.press("Đổi giờ")
    assert "chỉ đổi sang một giờ" in (await team.leader.say("14h ngày 3/12; 15h ngày 4/12")).text


async def test_the_schools_board_can_be_named_in_the_message_and_later(team: Team) -> None:
    card = await team.leader.say(
        "họp chuyên đề Toán lớp 4 lúc 14h ngày 4/12 tại TH Lê Hồng Phong với ban giám hiệu: cô Hạnh, thầy Tín"
    )
    assert "Phối hợp: Trường Tiểu học Lê Hồng Phong, ban giám hiệu: cô Hạnh, thầy Tín" in card.text
    await team.leader.press("Gửi")
    await team.leader.press("Đổi giờ")
    assert "BGH: cô Mai" in (await team.leader.say("với BGH: cô Mai")).text
    await team.leader.press("Gửi")
    assert "Trường Tiểu học Lê Hồng Phong, BGH: cô Mai" in team.member.last.text
    assert "trả lời lại" not in team.member.last.text


async def test_a_title_corrected_later_reaches_everybody(team: Team) -> None:
    await team.leader.say("họp chuyên đề Toán lớp 4 lúc 14h ngày 4/12 tại TH Lê Hồng Phong")
    await team.leader.press("Gửi")
    await team.leader.press("Đổi giờ")
    await team.leader.press("Sửa")
    await team.leader.press("Tên chuyên đề")
    await team.leader.say("Toán lớp 5")
    await team.leader.press("Gửi")
    assert "Chuyên đề Toán lớp 5" in team.member.last.text


async def test_members_propose_points_and_the_leader_answers(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    await team.member.say("/hop")
    await team.member.press("Xem 14:00")
    await team.member.press("Đề xuất nội dung")
    await team.member.say("bàn việc đổi mới kiểm tra")
    assert "Lý Ngọc Dung đề xuất nội dung" in team.leader.last.text
    await team.leader.press("Đưa vào chương trình")
    assert "Đã đưa vào chương trình họp: bàn việc đổi mới kiểm tra" in team.member.last.text
    await team.secretary.say("/hop")
    await team.secretary.press("Xem 14:00")
    assert "• bàn việc đổi mới kiểm tra" in team.secretary.last.text


async def test_a_point_is_not_taken_into_a_meeting_that_has_begun(team: Team, clock: FakeClock) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    await team.member.say("/hop")
    await team.member.press("Xem 14:00")
    await team.member.press("Đề xuất nội dung")
    await team.member.say("bàn việc đổi mới kiểm tra")
    clock.set(datetime(2026, 11, 27, 14, 30, tzinfo=HOME_ZONE))
    assert "đã bắt đầu" in (await team.leader.press("Đưa vào chương trình")).text
    await team.leader.press("Để dịp khác")
    assert "Nội dung để dịp khác" in team.member.last.text


async def test_my_meetings_are_in_toi(team: Team) -> None:
    await team.leader.say(MESSAGE)
    await team.leader.press("Gửi")
    assert "Họp chung: 14:00 thứ Sáu 27/11" in (await team.member.say("/toi")).text
