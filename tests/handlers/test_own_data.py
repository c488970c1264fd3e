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


async def test_everything_about_me_comes_at_once_and_nothing_about_others(people: Cast, database: Database) -> None:
    await people.lan.say("/quyenriengtu")
    assert "không lưu vị trí" in people.lan.last.text
    shown = await people.lan.press("Tải mọi thứ về tôi")
    async with database.read() as uow:
        data = (await uow.files.load(shown.outgoing.attachments[0].stored_id)).data
    content = zipfile.ZipFile(io.BytesIO(data)).read("du-lieu.json").decode()
    assert "tăng thời gian nhóm đôi" in content
    assert "Hùng" not in content
    assert {"member", "account", "activity", "activity_participant"} <= set(json.loads(content))


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
    clock.advance(timedelta(days=3))
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
