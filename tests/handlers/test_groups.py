"""Groups on Zalo, where only what names the bot arrives: bound by a call, answered in public only what is for all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.office import Office, Phone


class Team:
    """A leader and a member on Zalo, each in one group."""

    leader: Phone
    member: Phone
    leader_in_group: Phone
    member_in_group: Phone


@pytest.fixture
async def team(office: Office, make: Make) -> Team:
    record, made = await make.team("Tổ cụm 1"), Team()
    leader = await make.joined_member(record, role=Role.LEADER, channel=ChannelName.ZALO)
    member = await make.joined_member(record, name="Lý Ngọc Dung", channel=ChannelName.ZALO)
    await make.activity(member.member, on=date(2026, 11, 3))
    made.leader, made.member = office.phone(leader), office.phone(member)
    made.leader_in_group, made.member_in_group = made.leader.in_group("9a1c"), made.member.in_group("9a1c")
    return made


async def test_a_leader_s_call_in_a_new_group_asks_whose_it_is_and_a_number_binds_it(team: Team) -> None:
    shown = await team.leader_in_group.say("chào em")
    assert shown.labels == ("Gắn nhóm với Tổ cụm 1",)
    assert "đã gắn với" in (await team.leader_in_group.say("1")).text
    assert "nhắn riêng" in (await team.leader_in_group.say("chào em")).text


async def test_a_member_s_call_in_a_new_group_asks_for_the_leader(team: Team) -> None:
    assert "Tổ trưởng vui lòng nhắc tên em" in (await team.member_in_group.say("chào em")).text
    shown = await team.leader_in_group.say("chào em")
    await team.member_in_group.say("1")
    assert team.leader_in_group.last == shown or "đã gắn với" not in team.leader_in_group.last.text


async def test_a_group_is_told_counts_but_no_names(team: Team) -> None:
    await team.leader_in_group.say("noi nhom")
    shown = await team.member_in_group.say("tong hop")
    assert "1/2 người đạt" in shown.text
    assert "Dung" not in shown.text


async def test_a_group_is_shown_the_next_meeting_and_answers_it_by_number(team: Team) -> None:
    await team.leader_in_group.say("noi nhom")
    assert "chưa có lịch họp" in (await team.member_in_group.say("họp")).text
    await team.leader.say("họp chung 14h thứ sáu 27/11 tại phòng họp, nội dung: sơ kết")
    await team.leader.press("Gửi")
    shown = await team.member_in_group.say("hop")
    assert "Họp chung" in shown.text
    assert "Lý Ngọc Dung: đã ghi tham dự" in (await team.member_in_group.say("1")).text


async def test_in_a_group_that_is_nobody_s_everything_is_answered_in_private(team: Team) -> None:
    assert "trả lời riêng" in (await team.leader_in_group.say("tong hop")).text
    assert "Tổng hợp" in team.leader.last.text


async def test_what_a_member_may_not_do_is_answered_with_where_to_ask(team: Team) -> None:
    await team.leader_in_group.say("noi nhom")
    assert "nhắn riêng" in (await team.member_in_group.say("giao viec")).text
