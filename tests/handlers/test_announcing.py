"""An announcement is written, checked, sent, read, counted, nudged once, edited, paused and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ChannelName, Role
from storage.tables import Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office, Phone

TEXT = "Thứ sáu 14h họp tổ tại TH Kim Đồng, thầy cô mang theo kế hoạch tháng 12."


@dataclass(frozen=True, slots=True)
class People:
    office: Office
    team: Team
    leader: Phone
    secretary: Phone
    lan: Phone
    hung: Phone
    on_zalo: Phone
    joined: dict[str, Joined]


@pytest.fixture
async def people(office: Office, make: Make) -> People:
    team = await make.team()
    joined = {
        "leader": await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu"),
        "secretary": await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên"),
        "lan": await make.joined_member(team, name="Nguyễn Thị Lan"),
        "hung": await make.joined_member(team, name="Phạm Văn Hùng"),
        "on_zalo": await make.joined_member(team, name="Lý Ngọc Dung", channel=ChannelName.ZALO),
    }
    await make.member(team, name="Trần Chưa Nối")
    phones = {name: office.phone(each) for name, each in joined.items()}
    return People(office=office, team=team, joined=joined, **phones)


async def announce(phone: Phone, text: str = TEXT, *, to: str = "cả tổ") -> None:
    await phone.say(f"/thongbao {text}")
    await phone.say(to)
    await phone.press("Gửi")


async def test_it_is_two_answers_from_a_text_to_everybody(people: People) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    card = await people.leader.press("Cả tổ")
    assert "gửi 4 người" in card.text
    assert "1 chưa nối bot: Trần Chưa Nối" in card.text
    assert not people.lan.screen
    await people.leader.press("Gửi")
    for phone in (people.secretary, people.lan, people.hung, people.on_zalo):
        assert "Thông báo số 1" in phone.texts
        assert TEXT in phone.texts
    assert "Đã đọc: 0/5" in people.leader.last.text


async def test_reading_is_confirmed_once_and_counted(people: People, office: Office) -> None:
    await announce(people.leader)
    before = await people.lan.press("Đã đọc")
    assert "Em đã ghi nhận" in before.text
    assert "✓ Thầy/cô đã đọc" in people.lan.texts
    await people.on_zalo.say("1")
    assert "Em đã ghi nhận" in people.on_zalo.last.text
    await office.run_job("broadcast-cards")
    assert "Đã đọc: 2/5" in people.leader.texts


async def test_on_zalo_nothing_is_edited_and_no_card_is_repeated(office: Office, make: Make) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, channel=ChannelName.ZALO))
    reader = office.phone(await make.joined_member(team))
    await announce(leader)
    await reader.press("Đã đọc")
    shown = len(leader.screen)
    await office.run_job("broadcast-cards")
    edits = [each for each in leader.screen[shown:] if not each.outgoing.only_if_editable]
    assert not edits


async def test_a_part_of_the_team(people: People) -> None:
    await announce(people.leader, to="Lan, Hùng")
    assert TEXT in people.lan.texts
    assert TEXT in people.hung.texts
    assert not people.secretary.screen
    await announce(people.leader, "Riêng thư ký", to="thư ký")
    assert "Riêng thư ký" in people.secretary.texts
    assert "Riêng thư ký" not in people.lan.texts


async def test_everybody_but_one(people: People) -> None:
    await announce(people.leader, to="cả tổ trừ cô Lan")
    assert not people.lan.screen
    assert TEXT in people.hung.texts


async def test_the_group_gets_it_as_well_without_a_button(people: People) -> None:
    group = people.leader.in_group()
    await group.say("/noinhom")
    await announce(people.leader, to="cả tổ và nhóm chat")
    assert TEXT in group.last.text
    assert not group.last.labels
    assert TEXT in people.lan.texts


async def test_the_group_alone(people: People) -> None:
    group = people.leader.in_group()
    await group.say("/noinhom")
    await announce(people.leader, to="chỉ nhóm chat")
    assert TEXT in group.last.text
    assert not people.lan.screen


@pytest.mark.parametrize(
    ("to", "answer"),
    [
        ("thầy Tèo", "Trong tổ không có: thầy Tèo"),
        ("nhóm chat", "Chưa có ai nhận"),
        ("Bùi", "Trong tổ không có: Bùi"),
    ],
)
async def test_an_audience_that_is_nobody_is_asked_again(people: People, to: str, answer: str) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    said = await people.leader.say(to)
    assert answer in said.text
    await people.leader.say("cả tổ")
    assert TEXT in people.leader.last.text


async def test_a_name_that_fits_two_is_asked_about(people: People, make: Make) -> None:
    await make.joined_member(people.team, name="Hoàng Lan")
    await people.leader.say(f"/thongbao {TEXT}")
    said = await people.leader.say("cô Lan")
    assert "là ai ạ: Nguyễn Thị Lan, Hoàng Lan" in said.text


async def test_somebody_of_another_team_is_nobody_here(people: People, make: Make) -> None:
    await make.joined_member(await make.team("Tổ cụm 9"), name="Vũ Thị Tuyết")
    await people.leader.say(f"/thongbao {TEXT}")
    assert "Trong tổ không có: Vũ Thị Tuyết" in (await people.leader.say("Vũ Thị Tuyết")).text


async def test_members_do_not_announce_they_see_their_list(people: People) -> None:
    await announce(people.leader)
    said = await people.lan.say("/thongbao Tôi thông báo")
    assert "Thông báo gửi cho thầy/cô" in said.text
    assert "• Số 1" in said.text


async def test_deputy_and_secretary_announce_too(people: People) -> None:
    await announce(people.secretary)
    assert "Bùi Mỹ Quyên" in people.lan.last.text
    assert TEXT in people.leader.texts


async def test_who_has_not_read_is_for_those_who_lead(people: People) -> None:
    await announce(people.leader)
    await people.lan.press("Đã đọc")
    said = await people.leader.press("Ai chưa đọc")
    assert "Đã gửi, chưa đọc (3): Bùi Mỹ Quyên, Phạm Văn Hùng, Lý Ngọc Dung" in said.text
    assert "Chưa gửi tới được (1): Trần Chưa Nối" in said.text


async def test_one_nudge_and_only_to_those_who_have_not(people: People) -> None:
    await announce(people.leader)
    await people.lan.press("Đã đọc")
    shown = len(people.lan.screen)
    await people.leader.press("Cập nhật")
    await people.leader.press("Nhắc người chưa đọc")
    assert "Đã nhắc 3 người" in people.leader.texts
    assert "chưa xác nhận đã đọc" in people.hung.last.text
    assert len(people.lan.screen) == shown
    await people.hung.press("Đã đọc")
    assert "Em đã ghi nhận" in people.hung.last.text


async def test_officers_and_those_on_leave_are_told_but_never_nudged(
    people: People, office: Office, make: Make
) -> None:
    officer = office.phone(await make.joined_member(people.team, role=Role.OFFICER, name="Lê Chuyên Viên"))
    await people.hung.say("/nghi ngày 23/11 con ốm")
    await people.leader.press("Đồng ý cho nghỉ")
    await announce(people.leader)
    assert TEXT in officer.texts
    shown = len(officer.screen), len(people.hung.screen)
    await people.leader.press("Cập nhật")
    await people.leader.press("Nhắc")
    assert "Đã nhắc 3 người" in people.leader.texts
    assert (len(officer.screen), len(people.hung.screen)) == shown


async def test_a_second_nudge_is_refused(people: People) -> None:
    await announce(people.leader)
    card = await people.leader.press("Cập nhật")
    await people.leader.press("Nhắc người chưa đọc")
    await people.leader.press("Nhắc người chưa đọc", on=card)
    assert "không nhắc thêm" in people.leader.texts
    assert people.hung.texts.count("chưa xác nhận đã đọc") == 1


async def test_a_nudge_at_night_waits_for_the_next_working_morning_and_spares_who_read_meanwhile(
    people: People, office: Office, clock: FakeClock
) -> None:
    await announce(people.leader)
    clock.set(datetime(2026, 11, 23, 22, 0, tzinfo=HOME_ZONE))
    await people.leader.press("Cập nhật")
    await people.leader.press("Nhắc người chưa đọc")
    assert "gửi lúc 6:30 ngày 25/11" in people.leader.texts
    assert "chưa xác nhận" not in people.hung.texts
    await people.hung.press("Đã đọc")
    clock.set(datetime(2026, 11, 25, 6, 30, tzinfo=HOME_ZONE))
    await office.deliver()
    assert "chưa xác nhận" not in people.hung.texts
    assert "chưa xác nhận" in people.lan.texts


async def test_sent_later_it_leaves_at_its_hour_and_not_to_who_left(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    await people.leader.press("Sửa")
    await people.leader.press("Giờ gửi")
    card = await people.leader.press("7h sáng mai")
    assert "Gửi lúc 7:00 ngày 24/11" in card.text
    await people.leader.press("Gửi")
    assert "Sẽ gửi lúc 7:00 ngày 24/11" in people.leader.last.text
    assert not people.lan.screen
    async with office.database.begin() as uow:
        hung = await uow.members.get(people.joined["hung"].member.id, team_id=people.team.id)
        await uow.members.end(hung, now=clock())
    clock.set(datetime(2026, 11, 24, 7, 0, tzinfo=HOME_ZONE))
    await office.deliver()
    assert TEXT in people.lan.texts
    assert not people.hung.screen


async def test_when_it_is_sent_may_be_typed_at_the_card(people: People) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    assert "Gửi lúc 7:00 ngày 24/11" in (await people.leader.say("gửi lúc 7h sáng mai")).text
    assert "Giờ này đã qua" in (await people.leader.say("hẹn giờ 7h sáng nay")).text
    await people.leader.press("Gửi")
    assert "Sẽ gửi lúc 7:00 ngày 24/11" in people.leader.last.text


async def test_an_hour_that_is_over_is_refused(people: People) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    await people.leader.press("Sửa")
    await people.leader.press("Giờ gửi")
    assert "đã qua" in (await people.leader.say("8h hôm nay")).text


async def test_an_edit_is_marked_and_changes_the_message_in_place(people: People) -> None:
    await announce(people.leader)
    messages = len(people.lan.screen)
    await people.leader.press("Sửa nội dung")
    await people.leader.say("Họp dời sang 15h")
    await people.leader.press("Gửi")
    assert len(people.lan.screen) == messages
    assert "Họp dời sang 15h" in people.lan.last.text
    assert "đã sửa lúc 10:00 ngày 23/11" in people.lan.last.text
    assert "Bản này thay cho bản đã gửi trước" in people.on_zalo.last.text
    assert "3 tin đổi tại chỗ, 1 tin gửi lại" in people.leader.texts
    await people.lan.press("Đã đọc")
    assert "Em đã ghi nhận" in people.lan.last.text


async def test_whoever_edits_second_sees_what_the_first_wrote(people: People) -> None:
    await announce(people.leader)
    await people.secretary.say("/thongbao 1")
    await people.secretary.press("Sửa nội dung")
    await people.leader.press("Sửa nội dung")
    await people.leader.say("Họp dời sang 15h")
    await people.leader.press("Gửi")
    await people.secretary.say("Họp dời sang 16h")
    await people.secretary.press("Gửi")
    assert "Bùi Quốc Hiếu vừa sửa thông báo này trước" in people.secretary.texts
    assert "16h" not in people.lan.texts


async def test_stopped_before_its_hour_nothing_leaves(people: People, office: Office, clock: FakeClock) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    await people.leader.press("Sửa")
    await people.leader.press("Giờ gửi")
    await people.leader.say("11h30")
    await people.leader.press("Gửi")
    await people.leader.press("Tạm dừng")
    assert "Đang tạm dừng" in people.leader.last.text
    clock.advance(timedelta(days=1))
    await office.deliver()
    assert not people.lan.screen
    await people.leader.press("Dừng hẳn")
    assert "Đã dừng" in people.leader.last.text
    await office.deliver()
    assert not people.lan.screen


async def test_paused_and_let_go_on_everybody_gets_it_once(people: People, office: Office, clock: FakeClock) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    await people.leader.press("Sửa")
    await people.leader.press("Giờ gửi")
    await people.leader.say("11h30")
    await people.leader.press("Gửi")
    await people.leader.press("Tạm dừng")
    clock.advance(timedelta(hours=3))
    await office.deliver()
    assert not people.lan.screen
    await people.leader.press("Gửi tiếp")
    await office.deliver()
    assert people.lan.texts.count(TEXT) == 1


async def test_what_was_stopped_cannot_be_edited_or_confirmed_by_old_buttons(people: People) -> None:
    await announce(people.leader)
    card = people.leader.last
    async with people.office.database.begin() as uow:
        row = await uow.announcements.numbered(1, team_id=people.team.id)
        assert row is not None
        row.status = "stopped"
    await people.leader.press("Sửa nội dung", on=card)
    assert "không còn dùng được" in people.leader.last.text
    await people.lan.press("Đã đọc")
    assert "đã được thu hồi" in people.lan.last.text


async def test_a_long_text_arrives_whole_in_pieces_cut_at_sentences(people: People) -> None:
    sentence = "Thầy cô chuẩn bị đầy đủ hồ sơ và kế hoạch cho buổi sinh hoạt chuyên môn sắp tới. "
    await announce(people.leader, sentence * 60)
    whole = people.lan.texts
    assert whole.count(sentence.strip()) == 60


async def test_text_that_follows_at_the_card_joins_it(people: People) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.say("cả tổ")
    more = "Thầy cô nào có tiết chiều thứ sáu thì nhắn cho thư ký trước thứ năm để sắp xếp."
    card = await people.leader.say(more)
    assert TEXT in card.text
    assert more in card.text


async def test_a_foreign_button_and_a_foreign_number_tell_nothing(people: People, office: Office, make: Make) -> None:
    await announce(people.leader)
    stranger = office.phone(await make.joined_member(await make.team("Tổ cụm 9"), role=Role.LEADER))
    key = people.lan.last.outgoing.choices_key
    await stranger.press_data(f"{key}:0")
    assert "không còn dùng được" in stranger.last.text
    assert "Không có thông báo số 1" in (await stranger.say("/thongbao 1")).text


async def test_a_member_who_was_not_meant_does_not_see_it(people: People) -> None:
    await announce(people.leader, to="cô Lan")
    assert "không còn dùng được" in (await people.hung.say("/thongbao 1")).text


async def test_the_monthly_look_names_what_is_unread(people: People) -> None:
    await announce(people.leader)
    assert "1 thông báo chưa đọc (số 1)" in (await people.lan.say("/toi")).text
    await people.lan.press("Đã đọc")
    assert "thông báo chưa đọc" not in (await people.lan.say("/toi")).text


async def test_files_go_along(people: People) -> None:
    await people.leader.say(f"/thongbao {TEXT}")
    await people.leader.send_file(b"%PDF-1.4", name="ke-hoach.pdf", mime="application/pdf")
    await people.leader.say("cả tổ")
    await people.leader.press("Gửi")
    assert "ke-hoach.pdf" in people.lan.last.file_names
