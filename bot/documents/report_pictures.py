"""The summary as pictures for a phone: duty by member and month, schools covered, kinds by month."""

from __future__ import annotations

from typing import Any

from bot.documents.typesetting import typeset
from bot.domain.report_model import MemberMonth, ReportModel
from bot.domain.vocabulary import ActivityKind
from bot.texts.periods import period_name
from bot.texts.vocabulary import KIND_NAMES

WIDTH_PIXELS = 1080
_WIDTH_INCHES = 120 / 25.4


def draw_pictures(model: ReportModel) -> tuple[bytes, ...]:
    """Three PNG files."""
    return _draw(model, together=False)


def draw_one_picture(model: ReportModel) -> bytes:
    """The three under each other in one PNG file."""
    return _draw(model, together=True)[0]


def _draw(model: ReportModel, *, together: bool) -> tuple[bytes, ...]:
    data = {**_data(model), "together": together}
    return tuple(typeset("pictures.typ", data, kind="png", ppi=WIDTH_PIXELS / _WIDTH_INCHES))


def _data(model: ReportModel) -> dict[str, Any]:
    name = period_name(model.period, model.first, model.last)
    visited = model.schools - len(model.not_visited)
    schools = [{"label": each.label, "count": each.count} for each in model.by_school]
    months = [month for month, _ in model.by_month]
    return {
        "heading": f"{model.team}, {name}",
        "coverage": f"{model.team}, {name}: {visited}/{model.schools} trường",
        "months": [f"T{month.month}" for month in model.duty.months],
        "members": [
            {"name": each.person.name, "months": [_cell(month) for month in each.months]} for each in model.duty.members
        ],
        "schools": [*schools, *({"label": each, "count": 0} for each in model.not_visited)],
        "kind_months": [f"T{month.month}" for month in months],
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


def _cell(month: MemberMonth) -> dict[str, Any]:
    return {"kind": month.standing.value, "done": month.done}
