"""Joining: a code, a consent, and a welcome; in groups, only what concerns everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Chat, ChatEvent
from bot.domain.vocabulary import ChannelName, ChatKind, Role
from storage.tables import Member, Team
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone


async def _code(office: Office, member: Member) -> str:
    """An invitation."""
    async with office.database.begin() as uow:
        return await uow.join_codes.issue(member.id, now=office.clock())


async def _invited(office: Office, make: Make, *, role: Role = Role.MEMBER) -> tuple[Member, str]:
    team = await make.team("Tổ mạng lưới cụm 1")
    member = await make.member(team, name="Trần Thị Lan", role=role)
    return member, await _code(office, member)


async def _is_member(office: Office, member: Member) -> bool:
    async with office.database.read() as uow:
        return (await uow.members.get(member.id, team_id=member.team_id)).person_id is not None


@pytest.mark.parametrize("typed", ["/start {}", "{}", " {} ", "mã của tôi"])
async def test_code_and_consent_are_two_interactions(office: Office, make: Make, typed: str) -> None:
    member, code = await _invited(office, make)
    phone = office.stranger()
    asked = await phone.say(typed.format(code))
    if "{}" not in typed:
        assert "mã tham gia" in asked.text
        return
    assert "Trần Thị Lan" in asked.text
    assert "Luật 91/2025" in asked.text
    assert not await _is_member(office, member)
    await phone.press("Đồng ý")
    assert "Chào mừng Trần Thị Lan" in phone.texts
    assert await _is_member(office, member)


@pytest.mark.parametrize("words", ["đồng ý", "dong y", "Đồng ý tham gia", "1", "có"])
async def test_consent_may_be_typed(office: Office, make: Make, words: str) -> None:
    member, code = await _invited(office, make)
    phone = office.stranger()
    await phone.say(code.lower())
    await phone.say(words)
    assert await _is_member(office, member)


@pytest.mark.parametrize("words", ["không đồng ý", "khong", "Không"])
async def test_nothing_is_kept_of_somebody_who_does_not_agree(office: Office, make: Make, words: str) -> None:
    member, code = await _invited(office, make)
    phone = office.stranger()
    await phone.say(code)
    shown = await phone.say(words)
    assert "chưa có dữ liệu nào được lưu" in shown.text
    assert not await _is_member(office, member)
    async with office.database.read() as uow:
        assert await uow.accounts.known(ChannelName.TELEGRAM, "999") is None


async def test_a_code_works_once(office: Office, make: Make) -> None:
    _, code = await _invited(office, make)
    first, second = office.stranger("1"), office.stranger("2")
    await first.say(code)
    await first.press("Đồng ý")
    assert "không đúng hoặc đã hết hạn" in (await second.say(code)).text


async def test_a_code_ends_after_fourteen_days(office: Office, make: Make, clock: FakeClock) -> None:
    member, code = await _invited(office, make)
    phone = office.stranger()
    clock.advance(timedelta(days=14, minutes=1))
    assert "không đúng hoặc đã hết hạn" in (await phone.say(code)).text
    assert not await _is_member(office, member)


async def test_a_newer_code_replaces_the_older(office: Office, make: Make) -> None:
    member, old = await _invited(office, make)
    await _code(office, member)
    assert "không đúng hoặc đã hết hạn" in (await office.stranger().say(old)).text


async def test_two_people_with_one_code_at_once_make_one_member(office: Office, make: Make) -> None:
    _, code = await _invited(office, make)
    first, second = office.stranger("1"), office.stranger("2")
    await first.say(code)
    await second.say(code)
    await first.press("Đồng ý")
    assert "không còn dùng được" in (await second.press("Đồng ý")).text


async def test_guessing_is_stopped(office: Office, make: Make, clock: FakeClock) -> None:
    _, code = await _invited(office, make)
    phone = office.stranger()
    answers = [(await phone.say(f"ABCDEF{number:02}".replace("0", "2").replace("1", "3"))).text for number in range(20)]
    assert "nhập sai nhiều lần" in answers[-1]
    assert "nhập sai nhiều lần" in (await phone.say(code)).text
    clock.advance(timedelta(hours=1, minutes=1))
    assert "Trần Thị Lan" in (await phone.say(code)).text


async def test_a_member_who_types_a_code_again_is_told_so(office: Office, make: Make) -> None:
    team = await make.team()
    joined = await make.joined_member(team)
    other = await make.member(team)
    code = await _code(office, other)
    phone = office.phone(joined)
    await phone.say(code)
    await phone.press("Đồng ý")
    assert "đã là thành viên" in phone.texts
    assert not await _is_member(office, other)


async def test_an_invitation_carries_code_link_and_qr(office: Office, make: Make) -> None:
    team = await make.team()
    await make.member(team, name="Lê Văn Hùng")
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    await leader.say("/thanhvien")
    shown = await leader.press("Mời Lê Văn Hùng")
    assert "https://example.org/telegram/" in shown.text
    assert shown.file_names == ("ma-moi.png",)


async def test_everybody_can_be_invited_in_a_team_of_forty(office: Office, make: Make) -> None:
    team = await make.team()
    for number in range(39):
        await make.member(team, name=f"Tổ Viên {number:02}")
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    shown = await leader.say("/thanhvien")
    offered = {label for label in shown.labels if label.startswith("Mời")}
    while "Sau ›" in shown.labels:
        shown = await leader.press("Sau ›")
        offered |= {label for label in shown.labels if label.startswith("Mời")}
    assert len(offered) == 39


# -- groups ------------------------------------------------------------------------------------------------


async def _bound(office: Office, team: Team) -> list[str]:
    async with office.database.read() as uow:
        return [chat.chat_id for chat in await uow.groups.of_team(team.id)]


async def _people(office: Office, make: Make) -> tuple[Team, Phone, Phone]:
    team = await make.team("Tổ mạng lưới cụm 1")
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    return team, leader, office.phone(await make.joined_member(team))


async def test_a_leader_binds_the_group_by_a_command(office: Office, make: Make) -> None:
    team, leader, _ = await _people(office, make)
    shown = await leader.in_group().say("/noinhom")
    assert "đã gắn với Tổ mạng lưới cụm 1" in shown.text
    assert await _bound(office, team) == ["-100"]


async def test_a_member_cannot_bind_a_group(office: Office, make: Make) -> None:
    team, _, member = await _people(office, make)
    group = member.in_group()
    await office.receive(group._incoming(text="/noinhom"))  # pyright: ignore[reportPrivateUsage]
    assert await _bound(office, team) == []


async def test_another_teams_leader_cannot_take_a_bound_group(office: Office, make: Make) -> None:
    team, leader, _ = await _people(office, make)
    await leader.in_group().say("/noinhom")
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), role=Role.LEADER))
    assert "đã gắn với một tổ khác" in (await other.in_group().say("/noinhom")).text
    assert await _bound(office, team) == ["-100"]


async def test_a_group_that_became_a_supergroup_stays_bound(office: Office, make: Make) -> None:
    team, leader, _ = await _people(office, make)
    await leader.in_group().say("/noinhom")
    await leader.in_group().happens(ChatEvent.MIGRATED, new_chat_id="-1009")
    assert await _bound(office, team) == ["-1009"]


async def test_a_group_that_removes_the_bot_is_not_written_to(office: Office, make: Make) -> None:
    team, leader, _ = await _people(office, make)
    await leader.in_group().say("/noinhom")
    await leader.in_group().happens(ChatEvent.BOT_REMOVED)
    assert await _bound(office, team) == []


async def test_personal_answers_are_given_in_private(office: Office, make: Make) -> None:
    _, leader, member = await _people(office, make)
    await leader.in_group().say("/noinhom")
    group = member.in_group()
    shown = await group.say("/toi")
    assert "riêng" in shown.text
    assert "tháng 11" in member.last.text.lower()
    assert "tháng 11" not in shown.text.lower()


async def test_chatter_in_a_group_is_not_answered(office: Office, make: Make) -> None:
    _, _, member = await _people(office, make)
    group = member.in_group()
    await office.receive(group._incoming(text="mai họp mấy giờ vậy các cô"))  # pyright: ignore[reportPrivateUsage]
    assert group.screen == []


async def test_blocking_and_unblocking_change_who_can_be_reached(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    phone = office.phone(joined)
    await phone.happens(ChatEvent.BLOCKED)
    async with office.database.read() as uow:
        assert await uow.accounts.private_chats([joined.member.id]) == {}
    await phone.happens(ChatEvent.UNBLOCKED)
    async with office.database.read() as uow:
        assert joined.member.id in await uow.accounts.private_chats([joined.member.id])


async def test_a_second_account_of_one_person_is_reached_on_both(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    await make.join(joined.member, channel=ChannelName.ZALO, user_id="z")
    async with office.database.read() as uow:
        chats = (await uow.accounts.private_chats([joined.member.id]))[joined.member.id]
    assert {chat.channel for chat in chats} == {ChannelName.TELEGRAM, ChannelName.ZALO}


def test_a_group_is_no_private_chat() -> None:
    assert not Chat(channel=ChannelName.TELEGRAM, chat_id="-1", kind=ChatKind.GROUP).is_private
