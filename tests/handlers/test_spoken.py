"""People talk to the bot as to a colleague: no slash, no marks, a greeting and thanks."""

from __future__ import annotations

import pytest

from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.office import Office, Phone


async def teacher(office: Office, make: Make, role: Role = Role.MEMBER) -> Phone:
    """Somebody on Zalo, where there is no menu to choose a command from."""
    team = await make.team()
    await make.school(team, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    return office.phone(await make.joined_member(team, role=role, channel=ChannelName.ZALO))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("chao em", "Em chào thầy/cô"),
        ("Dạ em chào bot ạ", "Em chào thầy/cô"),
        ("cam on em nhieu nha", "không có gì"),
        ("toi con thieu gi", "Tháng 11: 0/1"),
        ("giup", "có thể:"),
        ("nghi om tu 1/12 den 3/12", "nghỉ từ 1/12 đến 3/12"),
        ("nhiem vu phu hoa 1", "khớp “phu hoa 1”"),
        ("hoat dong thang 10", "tháng 10"),
        ("bao gap", "báo cáo hoạt động gì"),
    ],
)
async def test_it_is_understood_without_slash_and_marks(office: Office, make: Make, said: str, answer: str) -> None:
    phone = await teacher(office, make)
    assert answer.casefold() in (await phone.say(said)).text.casefold()


async def test_the_rest_of_a_spoken_command_keeps_its_marks(office: Office, make: Make) -> None:
    phone = await teacher(office, make)
    await phone.say("De xuat mỗi tháng một chuyên đề")
    assert "mỗi tháng một chuyên đề" in (await phone.say("/dexuat")).text


async def test_what_somebody_may_not_do_is_no_command_when_it_only_begins_like_one(office: Office, make: Make) -> None:
    phone = await teacher(office, make)
    assert "chưa hiểu" in (await phone.say("giao viec nha nhieu qua")).text


async def test_a_greeting_in_the_middle_of_a_report_answers_its_question(office: Office, make: Make) -> None:
    phone = await teacher(office, make)
    await phone.say("bao cao")
    assert "báo cáo hoạt động gì" in (await phone.say("chao em")).text


async def test_an_urgent_report_begun_step_by_step_is_marked_urgent(office: Office, make: Make) -> None:
    phone = await teacher(office, make)
    for step in ("bao cao gap", "1", "hôm nay", "phú hòa 1"):
        await phone.say(step)
    assert "Báo gấp" in (await phone.say("xem lại")).text
