"""Deciding whether "4/2" is a class or a day of the year, from what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.curriculum import SHORT_NAMES, SUBJECT_NAMES
from bot.domain.phrases import Source
from bot.domain.text import skeleton

_PAIR = re.compile(
    r"(?:(?<![\w/.,:+-])|(?<=ngay))"
    r"([0-9]{1,2})(?: ?(/) ?|([.-]))([0-9]{1,2})"
    r"(?: ?[/.-] ?([0-9]{4}|[0-9]{2}))?"
    r"(?![0-9a-z%]|[/.,:][0-9]|-[0-9]{1,2}(?![0-9/]))"
)
_NAMED_AS_DATE = re.compile(
    r"(?:\b(?:ngay|hom|sang|trua|chieu|toi|mung|mong|tu|den|truoc|han|han chot|vao|bat dau|luc|thu [2-7]"
    r"|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|t[2-7]|cn)|[0-9]h|[0-9]h[0-9]{2})[ ,:(]*$"
)
_NAMED_AS_CLASS = re.compile(r"\b(?:lop|khoi|l)\.? ?$|\blop\b[^.;\n]{0,20}[0-9][/.][0-9]{1,2} ?(?:,|va|&) ?$")
_NAMED_AS_PART = re.compile(r"\b(?:tiet|trang|bai|cau|tuan|muc|phan|dieu|khoang|so|diem|hinh|chuong|tt|qd|cv) ?:?$")
_COUNTED = re.compile(
    r" ?(?:(?:hs|hoc sinh|so|diem|d|lop)\b|em\b(?! (?:du|di|tham|cham|co|da|xin|bao|day)\b))", re.ASCII
)
_COUNTED_BROADLY = re.compile(
    r" ?(?:hs|em|hoc sinh|phut|nhom|tuoi|tiet|bai|lan|nguoi|ban|cau|tuan|ngay|thang|buoi|d|diem|gv|phong|truong"
    r"|lop|to|y|phieu)\b"
)
_OTHER_DATE = re.compile(
    r"\b(?:hom (?:nay|qua|kia)|(?:sang|trua|chieu|toi) (?:nay|qua|mai)|ngay (?:mai|[0-9])|[0-9] thang [0-9]"
    r"|thu (?:[2-7]|hai|ba|tu|nam|sau|bay)|t[2-7]|chu nhat|(?:tuan|thang) truoc)\b"
)
_LETTER_CLASS = re.compile(r"\b[1-5][a-hk-m][0-9]?\b|\b(?:lop|khoi) [1-5]\b(?![/.-][0-9])")
_SUBJECT_ENDS = tuple(skeleton(form) for form in (*SUBJECT_NAMES, *SHORT_NAMES))


class PairKind(StrEnum):
    """What two numbers with a stroke between them say."""

    DAY = "day"
    CLASS = "class"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers, an optional year, where they stand and what they are."""

    start: int
    end: int
    first: int
    second: int
    year: int | None
    kind: PairKind
    is_named: bool
    """Whether a word such as ngày or lớp stands before it, or a year after it."""


def read_pairs(source: Source) -> list[Pair]:
    """All pairs of the text in reading order, each decided."""
    matches = list(_PAIR.finditer(source.plain))
    sure = [_decide_alone(source.plain, match) for match in matches]
    kinds = [kind or PairKind.OTHER for kind in sure]
    open_ones = [index for index, kind in enumerate(sure) if kind is None]
    class_known = PairKind.CLASS in sure or _LETTER_CLASS.search(source.plain) is not None
    date_known = PairKind.DAY in sure or _OTHER_DATE.search(source.plain) is not None
    for order, index in enumerate(open_ones):
        if class_known:
            kinds[index] = PairKind.DAY
        elif date_known:
            kinds[index] = PairKind.CLASS
        elif len(open_ones) > 1:
            follows = _follows_subject(source.plain, matches[index].start())
            earlier_is_class = any(kinds[other] is PairKind.CLASS for other in open_ones[:order])
            starts_text = not source.plain[: matches[index].start()].strip()
            is_day = not follows and (earlier_is_class or starts_text)
            kinds[index] = PairKind.DAY if is_day else PairKind.CLASS
        else:
            kinds[index] = PairKind.DAY if int(matches[index][4]) > _USUAL_CLASSES else PairKind.CLASS
    return [_pair(source.plain, match, kind) for match, kind in zip(matches, kinds, strict=True)]


_USUAL_CLASSES = 9  # a grade with more classes than this is rarer than a date in the last months of the year
_MOST_CLASSES = 15


def _decide_alone(plain: str, match: re.Match[str]) -> PairKind | None:
    before, after = _just_before(plain, match), plain[match.end() :]
    first, second = int(match[1]), int(match[4])
    if match[5] is not None:
        return PairKind.DAY
    if _NAMED_AS_CLASS.search(before):
        return PairKind.CLASS
    if _NAMED_AS_DATE.search(before):
        return PairKind.DAY
    if _NAMED_AS_PART.search(before):
        return PairKind.OTHER
    if match[3] and _COUNTED_BROADLY.match(after):
        return PairKind.OTHER
    if first <= second and _COUNTED.match(after):
        return PairKind.OTHER
    may_be_day = 1 <= first <= 31 and 1 <= second <= 12
    may_be_class = 1 <= first <= 5 and 1 <= second <= _MOST_CLASSES and "0" not in (match[1][0], match[4][0])
    if may_be_day and may_be_class and match[3] == "-":
        return PairKind.OTHER
    if may_be_day and may_be_class:
        return None
    if may_be_day:
        return PairKind.DAY
    return PairKind.CLASS if may_be_class else PairKind.OTHER


def _just_before(plain: str, match: re.Match[str]) -> str:
    return plain[max(0, match.start() - 40) : match.start()]


def _follows_subject(plain: str, start: int) -> bool:
    return plain[:start].rstrip(" ,").endswith(_SUBJECT_ENDS)


def _pair(plain: str, match: re.Match[str], kind: PairKind) -> Pair:
    named = _NAMED_AS_CLASS if kind is PairKind.CLASS else _NAMED_AS_DATE
    is_named = match[5] is not None or named.search(_just_before(plain, match)) is not None
    year = int(match[5]) if match[5] else None
    return Pair(match.start(), match.end(), int(match[1]), int(match[4]), year, kind, is_named)
