"""A plan as people type or paste it: "Tháng 11: …" headings and a line for each thing, with or without diacritics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.phrases import Source
from bot.domain.plans import LONGEST_LINE, MOST_LINES, PlanEntry, month_of_year, plan_months
from bot.domain.report_kinds import find_kind
from bot.domain.school_matching import SchoolName, find_school
from bot.domain.school_year import Month, SchoolYear
from bot.domain.text import agrees, normalise
from bot.domain.vocabulary import ActivityKind

_WORDS = {
    "muoi mot": 11,
    "muoi hai": 12,
    "muoi": 10,
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
_BULLET = r"[\s>]*(?:[-–—•*+#]+\s*|(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)]\s+)*"
_LEAD = rf"{_BULLET}(?:ke hoach\b(?: (?:cong tac|hoat dong|ca nhan|chuyen mon|cua to|to|cua toi))*\s+)?"
# "T2" is a Monday; only the numbers that no weekday has are taken for months
_MONTH = r"(?:(?P<word>thang)\s*|t(?=(?:1[0-2]?|[89])(?!\d)))"
_YEAR = r"(?:\s*(?:/|-|nam)\s*(?P<year>20\d{2}))?"
_SEVERAL = re.compile(
    rf"{_LEAD}{_MONTH}(?P<months>\d{{1,2}}(?:\s*(?:,|va|den|&|\+|-|–)\s*(?:thang\s*)?\d{{1,2}})+){_YEAR}\s*(?::\s*|$)"
)
_ONE = re.compile(rf"{_LEAD}{_MONTH}(?P<months>\d{{1,2}})(?!\d){_YEAR}(?:\s*[:.)–—-]\s*|\s+|$)")
_SPELT = re.compile(rf"{_LEAD}(?P<word>thang)\s+(?P<months>{'|'.join(_WORDS)})\s*(?::\s*|$)")
_STARTS = re.compile(_BULLET)
_TITLE = re.compile(
    rf"{_BULLET}(?:(?:du thao )?ke hoach\b[^:]*|(?:hoc ki|hoc ky|hk|ki|ky) ?(?:[12]|i{{1,2}})\b[^:]*"
    r"|nam hoc\b[^:]*):?\s*"
)
_CALLED_PLAN = re.compile(rf"{_BULLET}(?:du thao )?ke hoach\b")
_SAYS_MORE = re.compile(r":\s*\w")
_ONLY_MONTH = re.compile(
    r"(?:ke hoach )?(?:thang |t)?(?P<number>\d{1,2})(?:\s*(?:/|-|nam)\s*(?P<year>20\d{2}))?\s*[.:]?"
)
_NUMBERS = re.compile(r"\d+")
_SPAN = re.compile(r"(\d+)\s*(?:den|-|–)\s*(?:thang\s*)?(\d+)")


class PlanTroubleKind(StrEnum):
    """Why a text is no plan."""

    NO_SUCH_MONTH = "no_such_month"
    OTHER_YEAR = "other_year"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PlanTrouble:
    """What cannot be taken, as typed."""

    kind: PlanTroubleKind
    text: str = ""


def looks_like_plan(text: str) -> bool:
    """Whether a message that nobody asked for is a plan: it says so and names a month, or names several months."""
    lines = [Source.of(line).plain for line in normalise(text).splitlines() if line.strip()]
    headings = [line for line in lines if _SEVERAL.match(line) or _ONE.match(line)]
    if not headings or (len(lines) == 1 and not _SAYS_MORE.search(lines[0])):
        return False
    return len(headings) > 1 or _CALLED_PLAN.match(lines[0]) is not None


def parse_plan(
    text: str, *, year: SchoolYear, month: Month | None, schools: Sequence[SchoolName]
) -> tuple[PlanEntry, ...] | PlanTrouble:
    """Every line with its month: that of the heading above it, else `month`.

    Headings are read within `year`; "Tháng 9, 10:" writes what follows for both. Lines are parted by line ends, those
    on a heading's own line also by ";". Never raises.
    """
    months: tuple[Month | None, ...] = (month,)
    entries: list[PlanEntry] = []
    is_headed = False
    for line in normalise(text).splitlines():
        source = Source.of(line.strip())
        if not source.text:
            continue
        heading = _heading(source)
        if heading is None:
            if not is_headed and _TITLE.fullmatch(source.plain):
                continue
            parts = [source.text]
        else:
            found = _months(heading, year, typed=source.text[: heading.end()])
            if isinstance(found, PlanTrouble):
                return found
            months, is_headed = found, True
            parts = source.text[heading.end() :].split(";")
        for part in parts:
            said = _bare(part)
            if len(said) > LONGEST_LINE:
                return PlanTrouble(PlanTroubleKind.TOO_LONG, said[:60])
            if said:
                entries += [entry_of(said, each, schools) for each in months]
    if len(entries) > MOST_LINES:
        return PlanTrouble(PlanTroubleKind.TOO_MANY)
    return tuple(entries) or PlanTrouble(PlanTroubleKind.NOTHING)


def read_month(text: str, *, year: SchoolYear) -> Month | None:
    """The month that a text names and nothing else: "tháng 12", "12/2026", "12"."""
    words = Source.of(normalise(text)).plain
    match = _ONLY_MONTH.fullmatch(words)
    number = int(match["number"]) if match else 0
    if match is None or not 1 <= number <= 12:
        return None
    found = Month(int(match["year"]), number) if match["year"] else month_of_year(year, number)
    return found if found in plan_months(year) else None


def entry_of(text: str, month: Month | None, schools: Sequence[SchoolName]) -> PlanEntry:
    """A line with the kind and the school that it names; none where several schools fit."""
    kind, school = recognise(text, schools)
    return PlanEntry(month, text, kind, school)


def recognise(text: str, schools: Sequence[SchoolName]) -> tuple[ActivityKind | None, str | None]:
    """The kind and the school that a line names."""
    source = Source.of(text)
    school = find_school(source.text, schools)
    rest = source.without([(school.start, school.end)]) if school.best else source
    kind = find_kind(rest)
    return kind[0] if kind else None, school.best[0] if len(school.best) == 1 else None


def _heading(source: Source) -> re.Match[str] | None:
    for pattern in (_SEVERAL, _SPELT, _ONE):
        match = pattern.match(source.plain)
        if match is None:
            continue
        start, end = match.span("word")
        if start < 0 or agrees(source.text[start:end].lower(), "tháng"):
            return match
    return None


def _months(heading: re.Match[str], year: SchoolYear, *, typed: str) -> tuple[Month, ...] | PlanTrouble:
    said = heading["months"]
    numbers = [_WORDS[said]] if said in _WORDS else [int(each) for each in _NUMBERS.findall(said)]
    if any(not 1 <= each <= 12 for each in numbers):
        return PlanTrouble(PlanTroubleKind.NO_SUCH_MONTH, typed.strip(" :-–"))
    named = heading.groupdict().get("year")
    found = [Month(int(named), each) if named else month_of_year(year, each) for each in numbers]
    if any(each not in plan_months(year) for each in found):
        return PlanTrouble(PlanTroubleKind.OTHER_YEAR, typed.strip(" :-–"))
    span = _SPAN.fullmatch(said)
    if span is None or named:
        return tuple(dict.fromkeys(found))
    between = plan_months(year)
    first, last = between.index(found[0]), between.index(found[-1])
    return between[first : last + 1] if first <= last else tuple(found)


def _bare(text: str) -> str:
    """Without its bullet or number and loose ends."""
    text = text.strip()
    bullet = _STARTS.match(Source.of(text).plain)
    return text[bullet.end() if bullet else 0 :].strip(" \t;–—-•")
