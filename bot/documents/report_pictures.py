"""The summary as pictures for a phone: duty by member and month, schools covered, kinds by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.documents.typesetting import typeset
from bot.domain.report_model import MemberMonth, ReportModel
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind
from bot.texts.periods import period_name, short_day
from bot.texts.vocabulary import KIND_NAMES

WIDTH_PIXELS = 1080
_WIDTH_INCHES = 120 / 25.4
SHADES = ("#ffffff", "#b3d0e8", "#5a9bd0", "#08519c")
"""For none, 1, 2, and 3 activities and more."""
OWING, AWAY = "#f4a259", "#e8e8e8"
"""All six differ in brightness, so that they survive grey print and colour-blind eyes; blue and orange do besides."""


def draw_pictures(model: ReportModel) -> tuple[bytes, ...]:
    """Three PNG files."""
    return _draw(model, together=False)


def draw_one_picture(model: ReportModel) -> bytes:
    """The three under each other in one PNG file."""
    return _draw(model, together=True)[0]


def _draw(model: ReportModel, *, together: bool) -> tuple[bytes, ...]:
    data = picture_data(model, together=together)
    return tuple(typeset("pictures.typ", data, kind="png", ppi=WIDTH_PIXELS / _WIDTH_INCHES))


def picture_data(model: ReportModel, *, together: bool = False) -> dict[str, Any]:
    """What the template reads; `together`: all on one page."""
    name = period_name(model.period, model.first, model.last)
    if model.is_partial:
        name = f"{name} (tính đến {short_day(model.made_on)})"
    visited = model.schools - len(model.not_visited)
    schools = [{"label": each.label, "count": each.count} for each in model.by_school]
    months = [month for month, _ in model.by_month]
    return {
        "together": together,
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
