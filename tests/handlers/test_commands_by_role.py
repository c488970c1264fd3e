"""Which role may give which command, cell by cell: said by everybody, answered to those who may, refused to others."""

from __future__ import annotations

import pytest

from bot.domain.rich_text import to_spans
from bot.domain.vocabulary import Role
from bot.texts import common
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
