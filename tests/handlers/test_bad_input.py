"""Wrong input of every sort: one clear sentence, nothing entered is lost, nothing else changes."""

from __future__ import annotations

import unicodedata

import pytest

from bot.domain.vocabulary import Role
from storage.tables import Team
from tests.builders import Make
from tests.office import Office, Phone

REPORT = "dự giờ Toán 4A TH Kim Đồng hôm nay, ưu điểm lớp sôi nổi, tư vấn thêm thời gian nhóm đôi"
STALE = "Nút này không còn dùng được"


async def _team(make: Make) -> Team:
    team = await make.team("Tổ bí mật")
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")
    return team


async def _member(office: Office, make: Make, team: Team | None = None, **member: object) -> Phone:
    return office.phone(await make.joined_member(team or await _team(make), **member))  # pyright: ignore[reportArgumentType]


async def _reports(office: Office) -> int:
    from datetime import date

    from storage.exports import activity_rows

    async with office.database.read() as uow:
        teams = await uow.teams.all()
        rows = [await activity_rows(uow, team.id, date(2026, 1, 1), date(2027, 1, 1)) for team in teams]
    return sum(map(len, rows))


@pytest.mark.parametrize(
    "text", ["xin chào", "/tonghop", "/baocao", REPORT, "1", "/help", "ABCD2345", "/start XXXXXXXX"]
)
async def test_an_unknown_person_learns_nothing_about_any_team(office: Office, make: Make, text: str) -> None:
    await _member(office, make)
    stranger = office.stranger()
    shown = await stranger.say(text)
    for secret in ("Tổ bí mật", "Kim Đồng", "tổ trưởng của"):
        assert secret not in shown.text
    assert await _reports(office) == 0


async def test_a_stranger_pressing_a_members_button_changes_nothing(office: Office, make: Make) -> None:
    member = await _member(office, make)
    card = await member.say(REPORT)
    stranger = office.stranger()
    shown = await stranger.press_data(f"{card.outgoing.choices_key}:0")
    assert STALE in shown.text
    assert await _reports(office) == 0
    assert "1/1" in (await member.press("Gửi")).text


async def test_a_colleague_pressing_it_changes_nothing_either(office: Office, make: Make) -> None:
    team = await _team(make)
    member, colleague = await _member(office, make, team), await _member(office, make, team)
    card = await member.say(REPORT)
    assert STALE in (await colleague.press_data(f"{card.outgoing.choices_key}:0")).text
    assert await _reports(office) == 0


@pytest.mark.parametrize("data", ["", ":", "x:0", "form:confirm", "0", ":::", "a" * 64, "💥:0"])
async def test_a_forged_button_changes_nothing(office: Office, make: Make, data: str) -> None:
    member = await _member(office, make)
    assert STALE in (await member.press_data(data)).text


async def test_a_number_beyond_the_buttons_of_a_list_is_a_forgery(office: Office, make: Make) -> None:
    member = await _member(office, make)
    card = await member.say(REPORT)
    for index in ("99", "-1", "1e3", "٣"):
        assert STALE in (await member.press_data(f"{card.outgoing.choices_key}:{index}")).text
    assert await _reports(office) == 0


async def test_a_stale_button_changes_nothing_and_the_dialogue_goes_on(office: Office, make: Make) -> None:
    member = await _member(office, make)
    first = await member.say("/baocao")
    await member.press("Dự giờ tiết dạy")
    assert STALE in (await member.press("Dự giờ tiết dạy", on=first)).text
    await member.say("hôm nay")
    await member.say("kim dong")
    await member.press("Xem lại")
    assert "1/1" in (await member.press("Gửi")).text


async def test_sending_twice_files_one_report(office: Office, make: Make) -> None:
    member = await _member(office, make)
    card = await member.say(REPORT)
    await member.press("Gửi", on=card)
    assert STALE in (await member.press("Gửi", on=card)).text
    assert await _reports(office) == 1


async def test_two_taps_at_once_file_one_report(office: Office, make: Make) -> None:
    import asyncio

    member = await _member(office, make)
    card = await member.say(REPORT)
    await asyncio.gather(member.press("Gửi", on=card), member.press("Gửi", on=card))
    assert await _reports(office) == 1


async def test_a_leaders_button_is_asked_for_permission_again_when_it_is_pressed(office: Office, make: Make) -> None:
    team = await _team(make)
    joined = await make.joined_member(team, role=Role.SECRETARY)
    await make.member(team, name="Lê Chưa Vào")
    secretary = office.phone(joined)
    await secretary.say("/thanhvien")
    async with office.database.begin() as uow:
        (await uow.members.get(joined.member.id, team_id=team.id)).role = Role.MEMBER
    shown = await secretary.press("Mời Lê Chưa Vào")
    assert "Mã tham gia" not in shown.text


@pytest.mark.parametrize(
    ("name", "mime"), [("bao-cao.docx", "application/msword"), ("x.exe", ""), ("a.pdf", "application/pdf")]
)
async def test_a_file_of_the_wrong_type_is_refused_with_the_reason(
    office: Office, make: Make, name: str, mime: str
) -> None:
    leader = await _member(office, make, role=Role.LEADER)
    shown = await leader.send_file(b"MZ not what it says", name=name, mime=mime)
    assert "Excel" in shown.text


async def test_a_file_that_lies_about_its_type_is_refused(office: Office, make: Make) -> None:
    leader = await _member(office, make, role=Role.LEADER)
    before = len(leader.screen)
    await leader.send_file(b"MZ this is no workbook", name="danh-sach.xlsx")
    assert len(leader.screen) == before + 1
    async with office.database.read() as uow:
        assert len(await uow.members.current((await uow.teams.all())[0].id)) == 1


async def test_a_members_excel_file_is_not_imported(office: Office, make: Make) -> None:
    member = await _member(office, make)
    shown = await member.send_file(b"PK", name="danh-sach.xlsx")
    assert not shown.labels


async def test_a_note_that_is_too_long_keeps_what_was_entered(office: Office, make: Make) -> None:
    member = await _member(office, make)
    await member.say("/baocao")
    for answer in ("dự giờ tiết dạy", "hôm nay", "kim dong", "4A", "Toán"):
        await member.say(answer)
    refused = await member.say("dài " * 2000)
    assert "6000" in refused.text
    await member.say("lớp sôi nổi")
    card = await member.press("Xem lại")
    for kept in ("4A", "Toán", "lớp sôi nổi"):
        assert kept in card.text


async def test_a_note_of_4000_characters_is_kept_whole(office: Office, make: Make) -> None:
    member = await _member(office, make)
    words = " ".join(f"lời {number}" for number in range(480))
    assert len(words) < 4100
    await member.say(f"dự giờ Toán 4A TH Kim Đồng hôm nay. Tư vấn: {words}")
    await member.press("Gửi")
    from datetime import date

    from storage.exports import activity_rows

    async with office.database.read() as uow:
        (team,) = await uow.teams.all()
        (row,) = await activity_rows(uow, team.id, date(2026, 11, 1), date(2026, 11, 30))
    assert row["advice"] == words


async def test_text_typed_in_nfd_is_understood_like_any_other(office: Office, make: Make) -> None:
    member = await _member(office, make)
    card = await member.say(unicodedata.normalize("NFD", REPORT))
    assert "Trường Tiểu học Kim Đồng" in card.text
    assert unicodedata.is_normalized("NFC", card.text)


async def test_emoji_and_markup_in_texts_arrive_as_they_were_typed(office: Office, make: Make) -> None:
    member = await _member(office, make)
    card = await member.say('dự giờ Toán 4A TH Kim Đồng hôm nay. Tư vấn: <b>A & B</b> 😀 "x" </i>&amp; hết')
    assert '<b>A & B</b> 😀 "x" </i>&amp; hết' in card.text


async def test_markup_in_a_name_is_only_a_name(office: Office, make: Make) -> None:
    team = await _team(make)
    await make.joined_member(team, name="<b>Lan</b> & <script>")
    leader = await _member(office, make, team, role=Role.LEADER)
    assert "<b>Lan</b> & <script>" in (await leader.say("/thanhvien")).text


@pytest.mark.parametrize("text", ["😀", "...", "/", "//", "/khongco", "\u200b", "0", "999", "-1", "<b>", "?" * 300])
async def test_any_odd_text_is_answered_and_changes_nothing(office: Office, make: Make, text: str) -> None:
    member = await _member(office, make)
    assert (await member.say(text)).text
    assert await _reports(office) == 0


async def test_a_number_from_an_older_list_changes_nothing(office: Office, make: Make) -> None:
    member = await _member(office, make)
    await member.say("/baocao")
    await member.say("1")
    await member.say("1")
    await member.say("/huy")
    await member.say("1")
    assert await _reports(office) == 0


async def test_an_interrupted_report_waits_and_is_offered_again_after_a_restart(office: Office, make: Make) -> None:
    joined = await make.joined_member(await _team(make))
    await office.phone(joined).say(REPORT)
    restarted = Office(office.database, office.clock)
    phone = restarted.phone(joined)
    shown = await phone.say("/tieptuc")
    assert "đang làm dở" in shown.text
    assert "Kim Đồng" in shown.text
    assert "1/1" in (await phone.press("Gửi")).text


async def test_a_reminder_in_the_middle_does_not_disturb_a_report(office: Office, make: Make) -> None:
    from datetime import datetime

    from bot.domain.clock import HOME_ZONE

    member = await _member(office, make)
    await member.say("/baocao")
    await member.press("Dự giờ tiết dạy")
    office.clock.set(datetime(2026, 11, 30, 17, 1, tzinfo=HOME_ZONE))
    await office.run_job("monthly-nudges")
    assert "còn thiếu" in member.texts
    await member.say("hôm nay")
    await member.say("kim dong")
    card = await member.press("Xem lại")
    assert "30/11/2026" in card.text
    assert "1/1" in (await member.press("Gửi")).text


async def test_a_draft_of_an_older_program_is_refused_politely(office: Office, make: Make) -> None:
    from sqlalchemy import update

    from storage.tables import Dialogue

    member = await _member(office, make)
    await member.say(REPORT)
    async with office.database.begin() as uow:
        await uow._session.execute(update(Dialogue).values(draft_version=0))  # pyright: ignore[reportPrivateUsage]
    assert "phiên bản cũ" in (await member.press("Gửi")).text
    assert await _reports(office) == 0
    await member.say(REPORT)
    assert "1/1" in (await member.press("Gửi")).text
