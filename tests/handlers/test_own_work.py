"""/nhiemvu and /toi show what one was given; the export what the team was."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.export import ASSIGNMENT_COLUMNS
from storage.exports import assignment_rows
from tests.builders import Make
from tests.office import Office
from tests.working_team import People, working_team

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
async def people(office: Office, make: Make) -> People:
    """The team, with three pieces of work."""
    found = await working_team(office, make)
    await found.give()
    await found.give("giao viết bài cho trang web: Lan; hạn 28/11")
    await found.give("giao ra đề Toán HK1: Lan; hạn 30/11")
    return found


async def test_my_open_work_is_listed_and_opened(people: People) -> None:
    await people.lan.say("/nhiemvu")
    text = people.lan.last.text
    assert "Việc thầy/cô đang làm: 3" in text
    assert "viết bài cho trang web" in text
    assert "nhiệm vụ mật số 3" in text
    assert "ra đề" not in text
    await people.lan.press("Số 3")
    assert "ra đề Toán HK1" in people.lan.last.text
    await people.lan.press("Nhận")
    assert "đã nhận" in people.lan.last.text


async def test_my_work_is_searched_by_words_with_or_without_marks(people: People) -> None:
    await people.lan.say("/nhiemvu phu hoa")
    assert "khớp “phu hoa”: 1" in people.lan.last.text
    await people.lan.say("/nhiemvu zzz")
    assert "Không có việc nào" in people.lan.last.text


async def test_others_see_only_their_own(people: People) -> None:
    await people.hung.say("/nhiemvu tất cả")
    assert "trang web" not in people.hung.last.text
    await people.secretary.say("/nhiemvu")
    assert "không có việc nào" in people.secretary.last.text


async def test_what_i_owe_says_my_work_too(people: People) -> None:
    await people.lan.say("/toi")
    assert "Việc được giao" in people.lan.last.text
    assert "ra đề" not in people.lan.last.text


async def test_the_export_has_everybody_but_of_confidential_work_only_a_number(people: People, office: Office) -> None:
    await people.lan.press("Nhận", on=next(each for each in people.lan.screen if "Phân công số 1" in each.text))
    async with office.database.read() as uow:
        rows = await assignment_rows(uow, people.team.id, *NOVEMBER)
    assert list(rows[0]) == list(ASSIGNMENT_COLUMNS)
    assert [row["status"] for row in rows] == ["open", "open", "open"]
    assert rows[0]["assignees"] == [
        {"member": "Trần Thị Lan", "status": "accepted"},
        {"member": "Phạm Văn Hùng", "status": "sent"},
    ]
    assert rows[0]["due"] == "2026-11-30T17:00:00+07:00"
    assert (rows[2]["title"], rows[2]["kind"]) == ("Nhiệm vụ mật số 3", None)
    assert rows[2]["assignees"] == [{"member": None, "status": "sent"}]
