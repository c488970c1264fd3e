"""Which columns of a sheet say what: headings as teams word them, and what they make of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roster_model import RawCell
from bot.domain.text import fold


class Column(StrEnum):
    """What a column holds; a school is the workplace among members and the entry itself among schools."""

    ORDINAL = "ordinal"
    NAME = "name"
    FAMILY_NAME = "family_name"
    SHORT_NAME = "short_name"
    ROLE = "role"
    SCHOOL = "school"
    PHONE = "phone"
    CHARGE = "charge"
    NOTE = "note"
    CODE = "code"
    ALIASES = "aliases"
    AREA = "area"
    EMAIL = "email"
    MEMBER_CODE = "member_code"


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    MEMBERS = "members"
    SCHOOLS = "schools"


# Folded; the earlier one wins where two columns of a sheet claim the same meaning.
_SYNONYMS: Mapping[Column, tuple[str, ...]] = {
    Column.ORDINAL: ("stt", "tt", "so tt", "so thu tu", "thu tu"),
    Column.NAME: ("ho va ten", "ho ten", "ten thanh vien", "ten to vien", "ten giao vien"),
    Column.FAMILY_NAME: (
        "ho va ten dem", "ho va chu dem", "ho va ten lot", "ho va chu lot", "ho va dem", "ho va lot", "ho ten dem",
        "ho dem", "ho lot", "ho",
    ),
    Column.SHORT_NAME: ("ten",),
    Column.ROLE: (
        "vai tro", "vai tro trong to", "nhiem vu", "nhiem vu trong to", "chuc danh trong to", "chuc vu trong to",
        "chuc danh", "chuc vu",
    ),
    Column.SCHOOL: (
        "ten truong", "ten don vi", "don vi cong tac", "noi cong tac", "truong cong tac", "truong dang cong tac",
        "truong tieu hoc", "truong th", "don vi truong", "truong", "don vi", "co quan cong tac",
    ),
    Column.PHONE: (
        "dien thoai", "so dien thoai", "sdt", "so dt", "dt", "dtdd", "so dtdd", "dien thoai di dong", "di dong",
        "dien thoai lien he", "so dien thoai lien he", "sdt zalo", "so zalo", "zalo", "lien he",
    ),
    Column.CHARGE: (
        "truong phu trach", "cac truong phu trach", "don vi phu trach", "phu trach truong", "phu trach",
        "truong duoc phan cong", "truong duoc phan cong phu trach", "phan cong phu trach",
    ),
    Column.NOTE: ("ghi chu", "ghi chu them", "luu y"),
    Column.CODE: ("ma", "ma truong", "ma don vi", "ma so", "ky hieu", "ki hieu"),
    Column.ALIASES: (
        "ten goi khac", "ten khac", "ten viet tat", "viet tat", "ten goi tat", "ten ngan", "ten ngan gon",
        "ten thuong goi",
    ),
    Column.AREA: ("khu vuc", "phuong xa", "xa phuong", "phuong", "xa", "dia ban", "cum", "phuong xa dac khu"),
    Column.MEMBER_CODE: ("ma to vien", "ma thanh vien"),
    Column.EMAIL: ("email", "e mail", "dia chi email", "thu dien tu", "hop thu", "mail", "gmail"),
}  # fmt: skip

_LOOSE = (Column.FAMILY_NAME, Column.NAME, Column.PHONE, Column.CHARGE, Column.NOTE)
_LOOSE_RANK = 100
_MAX_LOOSE_WORDS = 3

_USED = {
    SheetKind.MEMBERS: {
        Column.NAME, Column.FAMILY_NAME, Column.SHORT_NAME, Column.ROLE, Column.SCHOOL, Column.PHONE,
        Column.CHARGE, Column.NOTE, Column.MEMBER_CODE,
    },
    SheetKind.SCHOOLS: {Column.CODE, Column.SCHOOL, Column.ALIASES, Column.AREA},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headings:
    """A heading row understood: which cell heads which column, and which headings nothing is taken from."""

    kind: SheetKind
    row: int
    cells: Mapping[Column, RawCell]
    unused: tuple[RawCell, ...]
    score: int


def read_headings(row: tuple[RawCell, ...]) -> Headings | None:
    """The row as headings, or None where it is a title or data."""
    ranked = [(cell, _recognise(cell.text)) for cell in row if cell.text]
    score = sum(recognised is not None for _, recognised in ranked)
    if not score or (score == 1 and len(ranked) > 1):
        return None
    best: dict[Column, tuple[int, RawCell]] = {}
    for cell, recognised in ranked:
        if recognised and (recognised[0] not in best or recognised[1] < best[recognised[0]][0]):
            best[recognised[0]] = (recognised[1], cell)
    cells = {column: cell for column, (_, cell) in best.items()}
    kind = _tell_kind(cells.keys())
    if kind is None:
        return None
    taken = _settle_names({column: cell for column, cell in cells.items() if column in _USED[kind] | _NAMES}, kind)
    passed_over = [cell for cell, _ in ranked if cell not in taken.values() and cell != cells.get(Column.ORDINAL)]
    return Headings(kind, row[0].row, taken, tuple(passed_over), score)


_NAMES = {Column.SHORT_NAME}


def _recognise(heading: str) -> tuple[Column, int] | None:
    """What a heading means and how good a word for it that is (0 the best)."""
    words = fold(re.sub(r"\(.*?\)|\[.*?\]", " ", heading)).replace("/", " ")
    for column, synonyms in _SYNONYMS.items():
        if words in synonyms:
            return column, synonyms.index(words)
    for column in _LOOSE:
        for synonym in _SYNONYMS[column]:
            extra = words.removeprefix(synonym + " ")
            if " " in synonym and extra != words and len(extra.split()) <= _MAX_LOOSE_WORDS:
                return column, _LOOSE_RANK
    return None


def _tell_kind(columns: Iterable[Column]) -> SheetKind | None:
    present = set(columns)
    of_people = {Column.ROLE, Column.CHARGE, Column.SCHOOL, Column.PHONE}
    of_schools = {Column.CODE, Column.ALIASES, Column.AREA}
    if present & {Column.NAME, Column.FAMILY_NAME}:
        return SheetKind.MEMBERS
    if Column.SHORT_NAME in present:
        clearly_people = present & (of_people - {Column.PHONE}) or not present & of_schools
        return SheetKind.MEMBERS if clearly_people and present & of_people else SheetKind.SCHOOLS
    return SheetKind.SCHOOLS if Column.SCHOOL in present else None


def _settle_names(cells: dict[Column, RawCell], kind: SheetKind) -> dict[Column, RawCell]:
    """Give a bare "Tên" its meaning: a school's name, a person's, or the last word beside "Họ và chữ đệm"."""
    if Column.SHORT_NAME not in cells:
        return cells
    meaning = Column.SCHOOL if kind is SheetKind.SCHOOLS else Column.NAME
    if meaning is Column.NAME and Column.FAMILY_NAME in cells:
        return cells
    short = cells.pop(Column.SHORT_NAME)
    cells.setdefault(meaning, short)
    return cells
