"""Reporting as people do it, and what they get wrong."""

from __future__ import annotations

import pytest

from bot.domain.vocabulary import ChannelName
from storage.tables import Activity
from tests.builders import Joined, Make
from tests.office import Office, Phone

SCHOOLS = ("Kim Đồng", "Phú Hòa 1", "Phú Hòa 2")
ONE_MESSAGE = "dự giờ Toán 4A TH Kim Đồng hôm nay, ưu điểm lớp sôi nổi, tư vấn thêm thời gian nhóm đôi"


async def member(office: Office, make: Make) -> Phone:
    return office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))


async def filed(office: Office, joined: Joined, number: int = 1) -> Activity | None:
    async with office.database.read() as uow:
        return await uow.activities.by_number(joined.member.team_id, number)


async def test_one_message_and_one_press_file_a_report(office: Office, make: Make) -> None:
    phone = await member(office, make)
    card = await phone.say(ONE_MESSAGE)
    for word in ("Gửi", "Sửa", "Bỏ"):
        assert any(word in label for label in card.labels)
    receipt = await phone.press("Gửi")
    assert "Tháng 11: 1/1 ✓" in receipt.text
    assert receipt.labels == ("✏️ Sửa", "↩️ Rút")


@pytest.mark.parametrize("channel", list(ChannelName))
async def test_on_both_channels_numbers_do_what_buttons_do(office: Office, make: Make, channel: ChannelName) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS), channel=channel)
    phone = office.phone(joined)
    await phone.say(ONE_MESSAGE)
    assert "1/1" in (await phone.say("1")).text
    assert "Báo cáo số 1" in (await phone.say("1")).text  # the first of the receipt: Sửa
    assert "4B" in (await phone.say("lớp 4B")).text
    assert "Đã sửa báo cáo số 1" in (await phone.say("1")).text


async def test_a_chuyen_de_keeps_what_it_was_about(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    card = await phone.say("Tham dự chuyên đề: Dạy học theo dự án, tại Kim Đồng, 19/11")
    assert "Nội dung: Dạy học theo dự án" in card.text
    await phone.press("Gửi")
    activity = await filed(office, joined)
    assert activity is not None
    assert activity.topic == "Dạy học theo dự án"


async def test_step_by_step_asks_a_paper_for_its_topic_and_no_class(office: Office, make: Make) -> None:
    phone = await member(office, make)
    await phone.say("/baocao")
    await phone.press("Tham luận")
    asked = await phone.press("Hôm nay")
    assert "Nội dung hoặc tên" in asked.text
    assert "Nội dung: Đọc mở rộng" in (await phone.say("Đọc mở rộng")).text


async def test_step_by_step_asks_a_lesson_for_class_and_notes_and_no_topic(office: Office, make: Make) -> None:
    phone = await member(office, make)
    await phone.say("/baocao")
    questions = [
        (await phone.say(answer)).text
        for answer in ("dự giờ tiết dạy", "hôm nay", "kim dong", "4A", "Toán", "vui", "ồn", "nhóm đôi", "dự lại")
    ]
    assert not any("Nội dung hoặc tên" in question for question in questions)
    assert "Tư vấn" in questions[6]
    assert "Toán" in questions[-1]


async def test_a_follow_up_day_is_on_the_card_and_can_be_dropped(office: Office, make: Make) -> None:
    phone = await member(office, make)
    assert "🔔 Hẹn xem lại: thứ Ba 15/12/2026" in (await phone.say(f"{ONE_MESSAGE}, kiểm tra lại 15/12")).text
    assert "🔔" not in (await phone.say("bỏ hẹn")).text


async def test_a_future_day_is_refused_and_the_rest_is_kept(office: Office, make: Make) -> None:
    phone = await member(office, make)
    asked = await phone.say(ONE_MESSAGE.replace("hôm nay", "30/11"))
    assert "chưa tới" in asked.text
    card = await phone.say("hôm qua")
    for kept in ("22/11/2026", "Kim Đồng", "lớp sôi nổi", "thêm thời gian nhóm đôi"):
        assert kept in card.text


async def test_a_day_on_no_calendar_is_refused_and_the_rest_is_kept(office: Office, make: Make) -> None:
    phone = await member(office, make)
    asked = await phone.say(ONE_MESSAGE.replace("hôm nay", "ngày 31/11"))
    assert "31/11" in asked.text
    assert "không có trong lịch" in asked.text
    assert "lớp sôi nổi" in (await phone.say("20/11")).text


@pytest.mark.parametrize("score", ["Xếp loại: tốt", "đạt 18/20", "tiết dạy 9,5 điểm", "Loại: Khá"])
async def test_a_score_is_refused_kindly_and_the_advice_is_kept(office: Office, make: Make, score: str) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    card = await phone.say(f"{ONE_MESSAGE}. {score}")
    assert "không chấm điểm hay xếp loại" in card.text
    assert "thêm thời gian nhóm đôi" in card.text
    await phone.press("Gửi")
    activity = await filed(office, joined)
    assert activity is not None
    assert score not in (activity.advice or "")
    assert "nhóm đôi" in (activity.advice or "")


async def test_a_day_in_october_is_no_score(office: Office, make: Make) -> None:
    phone = await member(office, make)
    card = await phone.say("Dự giờ Toán 4A TH Kim Đồng 9/10. Ưu điểm: có 3 điểm cần lưu ý")
    assert "9/10/2026" in card.text
    assert "xếp loại" not in card.text


@pytest.mark.parametrize("answers", [(), ("Hôm nay",), ("Hôm nay", "Kim Đồng")])
async def test_a_whole_report_written_where_a_short_answer_is_asked_is_a_report(
    office: Office, make: Make, answers: tuple[str, ...]
) -> None:
    phone = await member(office, make)
    await phone.say("/baocao")
    await phone.press("Dự giờ")
    for answer in answers:
        await phone.say(answer)
    card = await phone.say(f"{ONE_MESSAGE}. Xếp loại: tốt")
    assert "không chấm điểm hay xếp loại" in card.text
    assert "nhóm đôi" in card.text
    left = await phone.press("Gửi")
    assert any("1/1" in each.text for each in phone.screen)
    assert "còn dở" in left.text


async def test_a_lone_score_is_answered_kindly(office: Office, make: Make) -> None:
    phone = await member(office, make)
    assert "tư vấn" in (await phone.say("tiết này xếp loại giỏi")).text


async def test_pupils_names_are_pointed_out(office: Office, make: Make) -> None:
    phone = await member(office, make)
    card = await phone.say("Dự giờ Toán 4A TH Kim Đồng hôm nay. Hạn chế: em Nguyễn Văn An đọc chậm")
    assert "Có vẻ có tên học sinh (Nguyễn Văn An)" in card.text


async def test_an_unknown_school_is_said_and_asked_again(office: Office, make: Make) -> None:
    phone = await member(office, make)
    await phone.say("Dự giờ Toán 4A hôm nay. Ưu điểm: vui")
    refused = await phone.say("Xyzt Qwrt")
    assert "Không thấy trường" in refused.text
    assert "vui" in (await phone.say("kim dong")).text


async def test_an_ambiguous_school_is_asked_about(office: Office, make: Make) -> None:
    phone = await member(office, make)
    asked = await phone.say("Dự giờ Toán 4A Phú Hòa hôm nay. Ưu điểm: vui")
    assert asked.labels[:2] == ("Trường Tiểu học Phú Hòa 1", "Trường Tiểu học Phú Hòa 2")
    card = await phone.press("Phú Hòa 2")
    assert "Phú Hòa 2" in card.text
    assert "vui" in card.text


async def test_a_note_longer_than_what_is_kept_says_so(office: Office, make: Make) -> None:
    phone = await member(office, make)
    card = await phone.say(f"Dự giờ Toán 4A TH Kim Đồng hôm nay. Ưu điểm: vui. Tư vấn: {'dài ' * 2000}")
    assert "6000" in card.text
    assert "vui" in card.text
