"""Which role may give which command, cell by cell: said by everybody, answered to those who may, refused to others."""

from __future__ import annotations

import re

import pytest

from bot.domain.rich_text import to_spans
from bot.domain.vocabulary import Role
from bot.texts import common
from storage.engine import Database
from tests.builders import Make
from tests.office import Office

_ORDER = (Role.LEADER, Role.DEPUTY, Role.SECRETARY, Role.MEMBER, Role.OFFICER)
TABLE = {
    "baocao": "xxxx.",
    "baogap": "xxxx.",
    "toi": "xxxxx",
    "hoatdong": "xxxxx",
    "tonghop": "xxx.x",
    "truong": "xxxxx",
    "thanhvien": "x.x..",
    "nghi": "xxxx.",
    "giaoviec": "xx...",
    "uyquyen": "x....",
    "dieudong": "....x",
    "nhiemvu": "xxxx.",
    "kehoach": "xxxx.",
    "hop": "xxxxx",
    "diemdanh": "xxxx.",
    "bienban": "xxxx.",
    "nghiquyet": "xxxx.",
    "thongbao": "xxxxx",
    "bangviec": "xxx..",
    "lienket": "xxxxx",
    "thuhoi": "xxxxx",
    "nhatky": "x....",
    "caidat": "x....",
    "dexuat": "xxxx.",
    "quyenriengtu": "xxxxx",
    "doito": "xxxxx",
    "ngansach": "x.x..",
    "thugui": "xx...",
    "help": "xxxxx",
    "huy": "xxxxx",
    "tieptuc": "xxxxx",
}
REFUSED = to_spans(str(common.not_permitted())).text
STRANGER = to_spans(str(common.stranger())).text


@pytest.mark.only_on("sqlite")
async def test_every_command_stands_in_the_table(office: Office) -> None:
    assert {spec.name for spec in office.router.commands} == set(TABLE)


@pytest.mark.parametrize("role", _ORDER)
async def test_a_command_is_for_those_who_may(role: Role, office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(), role=role))
    for name, row in TABLE.items():
        is_allowed = row[_ORDER.index(role)] == "x"
        shown = await phone.say(f"/{name}")
        assert (shown.text != REFUSED) is is_allowed, f"{role} says /{name}: {shown.text}"
        for words in () if is_allowed else ("1", "Trần Thị Lan", "tháng 11"):
            assert (await phone.say(f"/{name} {words}")).text == REFUSED, f"{role} says /{name} {words}"


async def test_a_stranger_may_give_none(office: Office, make: Make) -> None:
    await make.joined_member(await make.team(), role=Role.LEADER)
    stranger = office.stranger()
    for name in TABLE:
        assert (await stranger.say(f"/{name}")).text == STRANGER, name


@pytest.mark.parametrize("is_trusted", [False, True], ids=["with nothing of their own", "in charge and trusted"])
@pytest.mark.parametrize("role", _ORDER)
async def test_help_names_nothing_that_is_then_refused(
    role: Role, is_trusted: bool, office: Office, make: Make, database: Database
) -> None:
    team = await make.team()
    school = await make.school(team, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    joined = leader if role is Role.LEADER else await make.joined_member(team, role=role, name="Trần Thị Lan")
    if is_trusted:
        async with database.begin() as uow:
            await uow.members.set_schools_in_charge(joined.member.id, [school.id])
    if is_trusted and role is Role.DEPUTY:
        await office.phone(leader).say("/uyquyen Lan: tất cả đến 31/12")
        await office.phone(leader).press("Ủy quyền")
    phone = office.phone(joined)
    said = re.findall(r"^/(\w+) – [^(\n]*(?:\((/.*)\)$)?", (await phone.say("/help")).text, re.MULTILINE)
    assert {name for name, _ in said} >= {"help", "toi"}
    for text in (text for name, example in said for text in (f"/{name}", example) if text):
        answer = (await phone.say(text)).text
        assert answer != REFUSED, f"{role} says {text}"
        assert "chưa ủy quyền" not in answer, f"{role} says {text}"
        await phone.say("/huy")
