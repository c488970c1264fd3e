"""Photos come with the report, while it is open, or after its receipt; other media are refused in one sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.vocabulary import ChannelName
from tests.builders import Joined, Make
from tests.office import Office, Phone, Shown

SCHOOLS = ("Kim Đồng",)
REPORT = "Dự giờ Toán 4A TH Kim Đồng hôm nay. Ưu điểm: lớp sôi nổi"


async def photo(phone: Phone, number: int = 1, *, text: str = "") -> Shown:
    return await phone.send_file(f"jpeg {number}".encode(), name="ảnh.jpg", mime="image/jpeg", kind="photo", text=text)


async def files(office: Office, joined: Joined, number: int = 1) -> int:
    async with office.database.read() as uow:
        activity = await uow.activities.by_number(joined.member.team_id, number)
        assert activity is not None
        return len(await uow.participations.files_of(activity.id))


async def test_a_photo_with_its_report_and_more_of_its_album(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    card = await photo(phone, 1, text=REPORT)
    assert "📷 1 ảnh" in card.text
    assert "có 2 ảnh" in (await photo(phone, 2)).text
    more = await photo(phone, 3)
    assert "có 3 ảnh" in more.text
    assert [label[-3:] for label in more.labels] == ["Gửi", "Sửa", " Bỏ"]
    assert "1/1" in (await phone.press("Gửi")).text
    assert await files(office, joined) == 3
    await phone.say("/hoatdong")
    opened = await phone.press("Số 1")
    assert "📷 3" in opened.text
    assert len(opened.file_names) == 3


async def test_the_old_cards_button_stays_good(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    card = await phone.say(REPORT)
    await photo(phone)
    assert "1/1" in (await phone.press("Gửi", on=card)).text
    assert await files(office, joined) == 1


async def test_a_photo_between_two_questions_keeps_the_question(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say("/baocao")
    await phone.press("Dự giờ tiết dạy")
    shown = await photo(phone)
    assert "ngày nào" in shown.text
    await phone.press("Hôm nay")
    await phone.say("kim dong")
    card = await phone.press("Xem lại")
    assert "📷 1 ảnh" in card.text


async def test_words_with_a_photo_correct_the_card_as_well(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    card = await photo(phone, text="lớp 5B")
    assert "5B" in card.text
    assert "📷 1 ảnh" in card.text


async def test_the_same_photo_twice_is_one(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    await phone.say(REPORT)
    await photo(phone)
    assert "có 1 ảnh" in (await photo(phone)).text


async def test_a_photo_alone_is_asked_about_and_a_line_makes_it_a_report(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    assert "Ảnh của hoạt động nào" in (await photo(phone, 1)).text
    assert "2 ảnh" in (await photo(phone, 2)).text
    card = await phone.say(REPORT)
    assert "📷 2 ảnh" in card.text
    await phone.press("Gửi")
    assert await files(office, joined) == 2


async def test_a_photo_alone_can_begin_a_report_step_by_step(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    await photo(phone)
    assert "hoạt động gì" in (await phone.press("Báo cáo mới")).text


async def test_within_ten_minutes_of_the_receipt_it_is_offered_to_that_report(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    office.clock.set(office.clock() + timedelta(minutes=9))
    assert "Thêm vào báo cáo số 1?" in (await photo(phone, 1)).text
    await photo(phone, 2)
    assert "Đã thêm 2 ảnh vào báo cáo số 1" in (await phone.press("Thêm vào báo cáo số 1")).text
    assert await files(office, joined) == 2
    office.clock.set(office.clock() + timedelta(minutes=11))
    assert "báo cáo số 1" not in (await photo(phone, 3)).text


@pytest.mark.parametrize("kind", ["voice", "other"])
async def test_voice_video_and_stickers_are_refused_in_one_sentence(office: Office, make: Make, kind: str) -> None:
    phone = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    card = await phone.say(REPORT)
    refused = await phone.send_file(b"x", name="", kind=kind)  # pyright: ignore[reportArgumentType]
    assert "gõ chữ hoặc gửi ảnh" in refused.text
    assert "1/1" in (await phone.press("Gửi", on=card)).text


async def test_a_voice_message_on_zalo_is_refused_too(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(schools=SCHOOLS), channel=ChannelName.ZALO))
    refused = await phone.send_file(b"x", name="ghi-am.aac", mime="audio/aac", kind="voice")
    assert "gõ chữ hoặc gửi ảnh" in refused.text


async def test_a_photo_on_zalo_is_added_and_the_number_still_sends(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS), channel=ChannelName.ZALO)
    phone = office.phone(joined)
    await phone.say(REPORT)
    await photo(phone)
    assert "1/1" in (await phone.say("1")).text
    assert await files(office, joined) == 1


async def test_more_photos_than_a_report_holds_are_refused(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    for number in range(20):
        await photo(phone, number)
    assert "tối đa 20 ảnh" in (await photo(phone, 21)).text
    await phone.press("Gửi")
    assert await files(office, joined) == 20
