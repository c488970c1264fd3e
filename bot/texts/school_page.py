"""A school's page as chat text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.report_model import Visit
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_page import SchoolPage, SchoolVisit
from bot.texts.fragments import shortened
from bot.texts.periods import short_day
from bot.texts.vocabulary import KIND_NAMES

_LONGEST = 200


def which_school() -> Markup:
    """The command without a name."""
    return Markup("Thầy/cô gõ tên trường, ví dụ: <i>/truong Phú Hòa 1</i>.")


def unknown_school(text: str) -> Markup:
    """No school of the team fits."""
    return Markup("Em chưa tìm thấy trường “{}” trong danh sách của tổ.").format(shortened(text, limit=60))


def choose_school() -> Markup:
    """Several fit."""
    return Markup("Thầy/cô muốn xem trường nào?")


def page_of(
    page: SchoolPage, visits: tuple[SchoolVisit, ...], *, number: int, pages: int, past: Sequence[Markup] = ()
) -> Markup:
    """One page of the visits; `number` counts from 0. `past` tells other names and mergers."""
    which = Markup(" – trang {}/{}").format(number + 1, pages) if pages > 1 else Markup("")
    return join_lines(
        Markup("🏫 <b>{}</b>").format(page.school) + which,
        *past,
        Markup("Phụ trách: {}").format(", ".join(page.in_charge)) if page.in_charge else None,
        Markup("{} lượt đến · điển hình {} · cần hỗ trợ {}").format(
            len(page.visits), len(page.exemplary), len(page.needs)
        )
        if page.visits
        else "Tổ chưa đến trường này.",
        *(line for each in visits for line in _visit(each)),
    )


def _visit(each: SchoolVisit) -> list[Markup]:
    visit = each.visit
    marks = "".join(sign for sign, is_set in ((" 🌟", visit.exemplary), (" 🆘", visit.needs_support)) if is_set)
    about = ", ".join(part for part in (KIND_NAMES[visit.kind], visit.subject, visit.group) if part)
    lines = [Markup("\n<b>{}</b> {}{}").format(short_day(visit.day), about, marks)]
    advised = visit.advice or visit.encouragement
    if visit.needs_support and visit.difficulties:
        lines.append(Markup("Khó khăn: {}").format(shortened(visit.difficulties, limit=_LONGEST)))
    if visit.exemplary and visit.strengths:
        lines.append(Markup("Điển hình: {}").format(shortened(visit.strengths, limit=_LONGEST)))
    if advised:
        lines.append(Markup("Tư vấn: {}").format(shortened(advised, limit=_LONGEST)))
    if each.next is not None:
        lines.append(_outcome(each.next))
    return lines


def _outcome(visit: Visit) -> Markup:
    found = [
        f"{label} {shortened(text, limit=_LONGEST)}"
        for label, text in (("ưu điểm:", visit.strengths), ("còn hạn chế:", visit.difficulties))
        if text
    ]
    return Markup("→ Lần sau ({}): {}").format(short_day(visit.day), "; ".join(found) or "không ghi nhận xét")
