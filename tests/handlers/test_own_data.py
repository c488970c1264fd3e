"""Everybody may see, take, correct and withdraw what is kept about them; the leader is held to the law's dates."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from bot.domain.own_data import ERASED_NAME, answer_by
from bot.domain.vocabulary import Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office, Phone


@dataclass
class Cast:
    leader: Phone
    lan: Phone
    joined: Joined
    hung: Phone


@pytest.fixture
async def people(office: Office, make: Make) -> Cast:
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    lan = await make.joined_member(team, name="Nguyễn Thị Lan")
    hung = await make.joined_member(team, name="Trần Văn Hùng")
    await make.activity(lan.member, advice="tăng thời gian nhóm đôi")
    await make.activity(hung.member, advice="điều của thầy Hùng")
    return Cast(office.phone(leader), office.phone(lan), lan, office.phone(hung))


async def test_everything_about_me_comes_at_once_and_nothing_about_others(people: Cast) -> None:
    await people.lan.say("/quyenriengtu")
    assert "không lưu vị trí" in people.lan.last.text
    await people.lan.press("Tải mọi thứ về tôi")
    data = await people.lan.file()
    content = zipfile.ZipFile(io.BytesIO(data)).read("du-lieu.json").decode()
    assert "tăng thời gian nhóm đôi" in content
    assert "Hùng" not in content
    assert {"member", "account", "activity", "activity_participant"} <= set(json.loads(content))


async def test_what_i_wrote_and_what_was_done_to_me_is_mine_too(people: Cast) -> None:
    await people.lan.say("/dexuat mỗi tháng một chuyên đề")
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Vai trò")
    await people.leader.press("Thư ký")
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Tải mọi thứ về tôi")
    archive = zipfile.ZipFile(io.BytesIO(await people.lan.file()))
    data = json.loads(archive.read("du-lieu.json"))
    assert "mỗi tháng một chuyên đề" in str(data["proposal"])
    assert ("change_role", False) in {(each["action"], each["by_me"]) for each in data["audit_entry"]}
    assert any("thư ký" in each["text"] for each in data["outbox"])
    assert "điện thoại" in archive.read("huong-dan.txt").decode()


async def test_erasing_takes_the_name_and_leaves_the_work(people: Cast, database: Database) -> None:
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Xin xóa")
    await people.lan.press("Tôi chắc chắn")
    assert "trả lời chậm nhất 26/11/2026, làm xong chậm nhất 13/12/2026" in people.lan.last.text
    assert "Nguyễn Thị Lan yêu cầu xóa dữ liệu cá nhân" in people.leader.last.text
    await people.leader.press("Xóa dữ liệu")
    async with database.read() as uow:
        member = await uow.members.by_id(people.joined.member.id)
        assert member is not None
        assert (member.name, member.phone, member.person_id) == (ERASED_NAME, None, None)
        assert await uow.accounts.known(people.lan.chat.channel, people.lan.sender.user_id) is None
    async with database.engine.connect() as connection:
        assert await connection.scalar(sql("SELECT count(*) FROM activity")) == 2
    await people.leader.say("/nhatky")
    assert "Lan" not in people.leader.last.text
    assert f"Bùi Quốc Hiếu xóa dữ liệu cá nhân của {ERASED_NAME}" in people.leader.last.text


async def test_erasing_takes_their_messages_and_the_name_written_beside_work(
    people: Cast, office: Office, database: Database
) -> None:
    await people.leader.say("giao viết bài cho trang web: Lan; hạn 30/11")
    await people.leader.press("Gửi")
    await people.leader.say("/bangviec 1")
    await people.leader.press("Thay người")
    await people.leader.press("Nguyễn Thị Lan")
    await people.leader.say("Hùng")
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Xin xóa")
    await people.lan.press("Tôi chắc chắn")
    await people.leader.press("Xóa dữ liệu")
    await office.deliver()
    async with database.engine.connect() as connection:
        left = await connection.execute(sql("SELECT content FROM assignment_change"))
        assert "Lan" not in str(list(left))
        chat = {"chat": people.lan.chat.key}
        told = await connection.execute(sql("SELECT payload FROM outbox WHERE chat_key = :chat"), chat)
        assert "Lan" not in str(list(told))


async def test_consent_is_withdrawn_at_once(people: Cast, database: Database) -> None:
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Rút lại đồng ý")
    await people.lan.press("Tôi chắc chắn")
    await people.lan.say("/toi")
    assert "hoạt động" not in people.lan.last.text
    async with database.read() as uow:
        member = await uow.members.by_id(people.joined.member.id)
        assert member is not None
        assert member.ended_at is not None


async def test_a_leader_hands_over_before_leaving(people: Cast) -> None:
    await people.leader.say("/quyenriengtu")
    await people.leader.press("Xin xóa")
    assert "bàn giao" in people.leader.last.text


async def test_a_correction_waits_for_the_leader_who_is_reminded_of_the_law(
    people: Cast, office: Office, clock: FakeClock
) -> None:
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Xin sửa")
    await people.lan.say("đơn vị của tôi là TH Phú Hòa 2")
    assert "TH Phú Hòa 2" in people.leader.last.text
    await people.leader.say("/toi")
    assert "Nguyễn Thị Lan – sửa dữ liệu, hạn 26/11" in people.leader.last.text
    clock.advance(timedelta(days=1))
    await office.run_job("housekeeping")
    assert len(people.leader.screen) == 2
    clock.advance(timedelta(days=1))
    await office.run_job("housekeeping")
    assert "đến hạn 26/11/2026" in people.leader.last.text  # the day before
    clock.advance(timedelta(days=1))
    await office.run_job("housekeeping")
    assert "đến hạn 26/11/2026" in people.leader.last.text
    count = len(people.leader.screen)
    await office.run_job("housekeeping")
    assert len(people.leader.screen) == count
    await people.leader.press("Đã sửa xong")
    assert "Đã xong yêu cầu sửa dữ liệu" in people.lan.last.text


async def test_members_do_not_answer_requests(people: Cast) -> None:
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Xin sửa")
    await people.lan.say("sai tên")
    before = len(people.hung.screen)
    await people.hung.say("/quyenriengtu")
    assert "Lan" not in people.hung.screen[before].text
    assert len(people.hung.screen) == before + 1


@given(st.dates(date(2026, 1, 1), date(2030, 12, 1)))
def test_the_answer_is_due_on_a_working_day_after_the_request(asked: date) -> None:
    due = answer_by(asked)
    assert due > asked
    assert due.weekday() < 5


async def test_what_is_kept_goes_when_its_time_is_over(
    people: Cast, office: Office, database: Database, clock: FakeClock
) -> None:
    await people.lan.send_file(b"jpeg", name="", mime="image/jpeg", kind="photo")
    assert "không gửi ảnh thấy rõ mặt học sinh" in people.lan.last.text
    await people.lan.say("Dự giờ Toán lớp 4A hôm nay. Tư vấn: tăng thời gian nhóm đôi")
    await people.lan.say("/quyenriengtu")
    await people.lan.press("Tải mọi thứ về tôi")
    waiting = await files(database)
    assert len(waiting) == 2
    for days, left in ((59, 2), (2, 0)):
        clock.advance(timedelta(days=days))
        await office.run_job("housekeeping")
        assert len(await files(database)) == left


async def test_photos_of_a_report_stay_three_years(
    people: Cast, office: Office, database: Database, clock: FakeClock
) -> None:
    async with database.begin() as uow:
        photo = await uow.files.keep(data=b"jpeg", name="anh.jpg", mime="image/jpeg", now=clock())
        await uow.participations.set_files(1, [photo])
    for days, left in ((3 * 365 - 2, 1), (5, 0)):
        clock.advance(timedelta(days=days))
        await office.run_job("housekeeping")
        assert len(await files(database)) == left
    async with database.engine.connect() as connection:
        assert await connection.scalar(sql("SELECT count(*) FROM activity")) == 2


async def test_a_photo_in_an_open_draft_is_not_loose(
    people: Cast, office: Office, database: Database, clock: FakeClock
) -> None:
    await people.lan.send_file(b"jpeg", name="", mime="image/jpeg", kind="photo")
    for _ in range(3):
        clock.advance(timedelta(days=40))
        await people.lan.say("zzz")
        await office.run_job("housekeeping")
    assert len(await files(database)) == 1


async def files(database: Database) -> list[str]:
    """The names of all files that are kept."""
    async with database.engine.connect() as connection:
        return list(await connection.scalars(sql("SELECT name FROM stored_file")))
