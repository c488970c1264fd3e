"""What is exported: contract names, one row a thing, nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from openpyxl import load_workbook

from bot.documents.export import ACTIVITY_COLUMNS, MEMBER_COLUMNS, render
from bot.domain.vocabulary import ActivityStatus, Role
from storage.engine import Database
from storage.exports import Row, activity_rows, member_rows
from tests.builders import Make, confirmed

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


async def some_rows(database: Database, make: Make) -> list[Row]:
    """A shared activity with a dangerous advice, one withdrawn, one of another month."""
    team = await make.team()
    reporter, other = await make.member(team, name="Lý Ngọc Dung"), await make.member(team, name="Bùi Minh Phượng")
    school = await make.school(team, code="PH1")
    shared = await make.activity(reporter, on=date(2026, 11, 20), school=school, advice="=1+1")
    await make.activity(reporter, on=date(2026, 11, 21), status=ActivityStatus.WITHDRAWN)
    await make.activity(reporter, on=date(2026, 10, 31))
    async with database.begin() as uow:
        uow._session.add(confirmed(shared, other))  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
    async with database.read() as uow:
        return await activity_rows(uow, team.id, *NOVEMBER)


async def test_a_shared_activity_is_one_row_that_names_all_it_counts_for(database: Database, make: Make) -> None:
    (row,) = await some_rows(database, make)
    assert list(row) == list(ACTIVITY_COLUMNS)
    assert (row["member"], row["date"], row["school"]) == ("Lý Ngọc Dung", "2026-11-20", "PH1")
    assert row["participants"] == ["Lý Ngọc Dung", "Bùi Minh Phượng"]
    assert row["subject"] is None


async def test_no_cell_becomes_a_formula(database: Database, make: Make) -> None:
    rows = await some_rows(database, make)
    column = ACTIVITY_COLUMNS.index("advice")
    text = render(rows, columns=ACTIVITY_COLUMNS, kind="csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][column] == "'=1+1"
    sheet = load_workbook(io.BytesIO(render(rows, columns=ACTIVITY_COLUMNS, kind="xlsx"))).active
    assert sheet is not None
    cell = sheet.cell(row=2, column=column + 1)
    assert (cell.data_type, cell.value) == ("s", "'=1+1")
    assert json.loads(render(rows, columns=ACTIVITY_COLUMNS, kind="json"))[0]["advice"] == "=1+1"


async def test_members_are_listed_with_their_school_and_channels(database: Database, make: Make) -> None:
    team = await make.team()
    joined = await make.joined_member(team, role=Role.LEADER, school=await make.school(team, code="PH1"))
    waiting = await make.member(team)
    async with database.read() as uow:
        first, second = await member_rows(uow, team.id, *NOVEMBER)
    assert list(first) == list(MEMBER_COLUMNS)
    assert (first["id"], first["role"], first["school"], first["channels"]) == (
        joined.member.id,
        "leader",
        "PH1",
        ["telegram"],
    )
    assert (second["id"], second["joined"], second["channels"]) == (waiting.id, None, [])
