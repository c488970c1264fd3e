"""Every released schema with data in it comes up to date and loses nothing; migrations only add."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage import migrations
from storage.engine import Database
from storage.migrate import differences, downgrade, upgrade

VERSIONS = sorted((Path(migrations.__file__).parent / "versions").glob("0*.py"))
REVISIONS = [path.name[:4] for path in VERSIONS]
ROWS = 3
NOTE = "not additive:"
"""What the docstring of a migration that takes something away must say, with the reason and what to do before."""
_NEVER = {
    "drop_table", "drop_column", "drop_constraint", "rename_table",
    "create_unique_constraint", "create_check_constraint", "create_foreign_key", "create_exclude_constraint",
}  # fmt: skip
"""What is never additive; constraints of new tables stand in their create_table."""
Rows = dict[str, list[dict[str, Any]]]


def _value(column: sa.Column[Any], number: int) -> Any:
    """Something of the column's type, another one in each row."""
    for reference in column.foreign_keys:
        if reference.column.table is column.table:
            return None if column.nullable else number
        return number
    if column.primary_key and isinstance(column.type, sa.Integer):
        return number
    match column.type:
        case sa.Boolean():
            return number % 2 == 0
        case sa.Integer() | sa.Float() | sa.Numeric():
            return number
        case sa.DateTime():
            return datetime(2026, 11, number, 8, 30, tzinfo=UTC)
        case sa.Date():
            return date(2026, 11, number)
        case sa.LargeBinary():
            return bytes([number, 0, 255])
        case sa.JSON():
            return {"chữ": f"đủ dấu {number}"}
        case _:
            return f"{column.name} chữ có dấu {number}"


def _fill(connection: sa.Connection) -> Rows:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
    for table in tables:
        rows = [{column.name: _value(column, number) for column in table.columns} for number in range(1, ROWS + 1)]
        connection.execute(table.insert(), rows)
    return _read(connection, tables)


def _read(connection: sa.Connection, tables: list[sa.Table]) -> Rows:
    found: Rows = {}
    for table in tables:
        keys = list(table.primary_key.columns)
        rows = connection.execute(sa.select(table).order_by(*keys)).mappings()
        found[table.name] = [dict(row) for row in rows]
    return found


def _read_as(connection: sa.Connection, before: Rows) -> Rows:
    """The same tables now, with the columns that they had then."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    now = _read(connection, [metadata.tables[name] for name in before])
    return {name: [{column: row[column] for column in before[name][0]} for row in rows] for name, rows in now.items()}


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_released_schema_with_data_comes_up_to_date_and_loses_nothing(bare: Database, revision: str) -> None:
    await upgrade(bare, revision)
    async with bare.engine.begin() as connection:
        before = await connection.run_sync(_fill)
    assert all(len(rows) == ROWS for rows in before.values())
    await upgrade(bare)
    async with bare.engine.connect() as connection:
        assert await connection.run_sync(_read_as, before) == before
    assert await differences(bare) == []


@pytest.mark.only_on("postgresql")  # on SQLite the way back is the backup: tables with data cannot be rebuilt there
async def test_an_older_program_finds_its_columns_after_going_back(bare: Database) -> None:
    await upgrade(bare, REVISIONS[0])
    async with bare.engine.begin() as connection:
        before = await connection.run_sync(_fill)
    await upgrade(bare)
    await downgrade(bare, REVISIONS[0])
    async with bare.engine.connect() as connection:
        assert await connection.run_sync(_read_as, before) == before


@pytest.mark.parametrize("path", VERSIONS[1:], ids=REVISIONS[1:])
def test_a_migration_only_adds_or_says_why_not(path: Path) -> None:
    """While a rolling upgrade lasts, the older program works on the newer schema."""
    module = ast.parse(path.read_text())
    if NOTE in (ast.get_docstring(module) or ""):
        return
    assert _takes_away(module) == []


def test_a_migration_that_takes_away_is_noticed() -> None:
    source = """
def upgrade():
    batch_op.drop_column("a")
    op.rename_table("a", "b")
    batch_op.alter_column("a", new_column_name="b")
    batch_op.add_column(sa.Column("a", sa.String(), nullable=False))
    batch_op.create_unique_constraint("uq_a", ["a"])
    op.execute("DELETE FROM a")
"""
    found = ["drop_column", "rename_table", "alter_column", "add_column", "create_unique_constraint", "execute"]
    assert _takes_away(ast.parse(source)) == found


def _takes_away(module: ast.Module) -> list[str]:
    """What older programs could not live with: things dropped or renamed, columns that they must fill, new demands."""
    (body,) = [each for each in module.body if isinstance(each, ast.FunctionDef) and each.name == "upgrade"]
    found: list[str] = []
    for call in ast.walk(body):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        name, words = call.func.attr, {each.arg for each in call.keywords}
        if (
            name in _NEVER
            or (name == "alter_column" and words & {"new_column_name", "type_", "nullable"})
            or (name == "add_column" and _must_be_filled(ast.unparse(call)))
            or (name == "execute" and re.search(r"\b(DROP|DELETE FROM|RENAME|TRUNCATE TABLE)\b", ast.unparse(call)))
        ):
            found.append(name)
    return found


def _must_be_filled(call: str) -> bool:
    return "nullable=False" in call and "server_default" not in call
