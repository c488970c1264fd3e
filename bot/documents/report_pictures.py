"""The summary as pictures for a phone: duty by member and month, schools covered, kinds by month."""

from __future__ import annotations

from collections.abc import Sequence
from struct import unpack
from typing import Any

from bot.documents.typesetting import typeset
from bot.domain.report_model import MemberMonth, ReportModel
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind
from bot.texts.periods import period_name, short_day
from bot.texts.vocabulary import KIND_NAMES

WIDTH_PIXELS = 1080
_WIDTH_INCHES = 120 / 25.4
_ROWS = (60, 30, 10)
"""How many lines a picture has at most; fewer where names are so long that it would still be too tall."""
_WITHOUT_END = 1_000_000
SHADES = ("#ffffff", "#b3d0e8", "#5a9bd0", "#08519c")
"""For none, 1, 2, and 3 activities and more."""
OWING, AWAY = "#f4a259", "#e8e8e8"
"""All six differ in brightness, so that they survive grey print and colour-blind eyes; blue and orange do besides."""


def draw_pictures(model: ReportModel) -> tuple[bytes, ...]:
    """Three PNG files, and more where one would be too tall to be read on a phone or sent as a photo."""
    drawn: tuple[bytes, ...] = ()
    for rows in _ROWS:
        drawn = _draw(picture_data(model, rows=rows))
        if all(_can_be_a_photo(each) for each in drawn):
            break
    return drawn


def draw_one_picture(model: ReportModel) -> bytes:
    """The three under each other in one PNG file, however tall."""
    return _draw(picture_data(model, together=True))[0]


def _draw(data: dict[str, Any]) -> tuple[bytes, ...]:
    return tuple(typeset("pictures.typ", data, kind="png", ppi=WIDTH_PIXELS / _WIDTH_INCHES))


def _can_be_a_photo(png: bytes) -> bool:
    """Telegram's sendPhoto: at most 10 MB, width and height at most 10,000 together, neither 20 times the other."""
    width, height = unpack(">II", png[16:24])  # the header of a PNG file begins with them
    return len(png) <= 10 * 1024 * 1024 and width + height <= 10_000 and max(width, height) <= 20 * min(width, height)


def picture_data(model: ReportModel, *, together: bool = False, rows: int = _ROWS[0]) -> dict[str, Any]:
    """What the template reads; `rows`: how many lines a picture has at most; `together`: all on one."""
    name = period_name(model.period, model.first, model.last)
    if model.is_partial:
        name = f"{name} (tính đến {short_day(model.made_on)})"
    visited = model.schools - len(model.not_visited)
    schools = [{"label": each.label, "count": each.count} for each in model.by_school]
    months = [month for month, _ in model.by_month]
    return {
        "together": together,
        "rows": _WITHOUT_END if together else rows,
        "heading": f"{model.team}, {name}",
        "coverage": f"{model.team}, {name}: {visited}/{model.schools} trường",
        "colours": {"shades": SHADES, "owing": OWING, "away": AWAY},
        "months": _labels(model.duty.months),
        "members": [
            {"name": each.person.name, "months": [_cell(month) for month in each.months]} for each in model.duty.members
        ],
        "schools": [*schools, *({"label": each, "count": 0} for each in model.not_visited)],
        "kind_months": _labels(months),
        "kinds": [
            {
                "label": KIND_NAMES[ActivityKind(each.key)],
                "counts": [
                    next((figure.count for figure in figures if figure.key == each.key), 0)
                    for _, figures in model.by_month
                ],
            }
            for each in model.by_kind
        ],
    }


def _labels(months: Sequence[Month]) -> list[str]:
    """ "T9"; with the year below where the same month comes twice."""
    twice = len({month.month for month in months}) < len(months)
    return [f"T{month.month}" + (f"\n{month.year}" if twice else "") for month in months]


def _cell(month: MemberMonth) -> dict[str, Any]:
    return {"kind": month.standing.value, "done": month.done}
