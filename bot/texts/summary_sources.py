"""Where the numbers of the summary come from: the activities behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.report_figures import FigureGroup, Source
from bot.domain.report_model import ReportModel, Visit
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import ActivityKind
from bot.texts.fragments import first_upper, shortened
from bot.texts.periods import period_name, short_day
from bot.texts.summary import person_line, theme_name
from bot.texts.vocabulary import KIND_NAMES, NOTE_NAMES

GROUP_NAMES = {
    FigureGroup.ALL: "Tất cả hoạt động",
    FigureGroup.DUTY: "Định mức",
    FigureGroup.KIND: "Theo loại",
    FigureGroup.SCHOOL: "Theo trường",
    FigureGroup.SUBJECT: "Theo môn",
    FigureGroup.EXEMPLARY: "Điển hình",
    FigureGroup.NEEDS: "Cần hỗ trợ",
    FigureGroup.THEME: "Tư vấn theo chủ đề",
    FigureGroup.PHRASE: "Cụm từ hay nhắc tới",
    FigureGroup.OWING: "Chưa đạt định mức",
    FigureGroup.ON_LEAVE: "Được nghỉ",
    FigureGroup.NOT_VISITED: "Trường chưa tới",
    FigureGroup.ASSIGNMENTS: "Phân công, điều động",
    FigureGroup.MEETINGS: "Họp, nghị quyết",
    FigureGroup.PROPOSALS: "Đề xuất, kiến nghị",
    FigureGroup.PLAN: "Kế hoạch",
}
_LABELLED = {
    FigureGroup.SCHOOL,
    FigureGroup.SUBJECT,
    FigureGroup.ASSIGNMENTS,
    FigureGroup.MEETINGS,
    FigureGroup.PROPOSALS,
    FigureGroup.PLAN,
}
_LONGEST_LINE = 300


def source_name(source: Source) -> str:
    """What the number counts."""
    match source.group:
        case FigureGroup.KIND:
            return KIND_NAMES[ActivityKind(source.figure.key)]
        case FigureGroup.DUTY:
            return f"Đạt định mức tháng {source.figure.label}"
        case FigureGroup.THEME:
            subject, _, grade = source.figure.key.rpartition("/")
            return first_upper(theme_name(subject or None, grade or None))
        case FigureGroup.OWING | FigureGroup.ON_LEAVE:
            return f"{GROUP_NAMES[source.group]} tháng {source.figure.label}"
        case _ if source.group in _LABELLED:
            return source.figure.label
        case FigureGroup.PHRASE:
            return f"“{source.figure.label}”"
        case _:
            return GROUP_NAMES[source.group]


def choose_group(model: ReportModel) -> Markup:
    """Above the groups of numbers."""
    return Markup("Thầy/cô muốn xem nguồn của số liệu nào ({})?").format(
        period_name(model.period, model.first, model.last)
    )


def choose_number(group: FigureGroup) -> Markup:
    """Above the numbers of a group."""
    return Markup("<b>{}</b>: thầy/cô chọn con số cần xem nguồn.").format(GROUP_NAMES[group])


def no_sources() -> Markup:
    """Nothing was counted."""
    return Markup("Thời gian này chưa có số liệu nào nên chưa có nguồn để xem.")


def page_of(source: Source, visits: Sequence[Visit], *, page: int, pages: int) -> Markup:
    """One page of the activities behind a number; `page` counts from 0."""
    head = Markup("<b>{}: {} hoạt động</b>").format(source_name(source), source.count)
    return join_lines(head + _which(page, pages), *(visit_line(visit) for visit in visits))


def _which(page: int, pages: int) -> Markup:
    return Markup(" – trang {}/{}").format(page + 1, pages) if pages > 1 else Markup("")


def lines_of(source: Source) -> tuple[str, ...]:
    """What a number counts that are no activities, a line each."""
    return source.lines or tuple(person_line(*each) for each in source.people)


def page_of_lines(source: Source, lines: Sequence[str], *, page: int, pages: int) -> Markup:
    """One page of what is no activity; `page` counts from 0."""
    head = Markup("<b>{}: {}</b>").format(source_name(source), source.count)
    shown = (Markup("• {}").format(shortened(line, limit=_LONGEST_LINE)) for line in lines)
    return join_lines(head + _which(page, pages), *shown)


def visit_line(visit: Visit) -> Markup:
    """ "• Số 12: Dự giờ tiết dạy, 5/11, TH Phú Hòa 1, Toán 4A"."""
    place = f", {visit.school}" if visit.school else ""
    about = " ".join(part for part in (visit.subject, visit.group) if part)
    return Markup("• Số {}: {}, {}/{}{}{}").format(
        visit.number, KIND_NAMES[visit.kind], visit.day.day, visit.day.month, place, f", {about}" if about else ""
    )


def whole(visit: Visit, names: Mapping[int, str]) -> Markup:
    """One activity as the team's officials see it; no people where `names` is empty."""
    people = ", ".join(names[each] for each in visit.members if each in names)
    notes = [(label, getattr(visit, name)) for name, label in NOTE_NAMES.items()]
    marks = [word for word, is_set in (("điển hình", visit.exemplary), ("cần hỗ trợ", visit.needs_support)) if is_set]
    return join_lines(
        Markup("<b>Số {}: {}</b>").format(visit.number, KIND_NAMES[visit.kind]),
        Markup("📅 {}{}").format(short_day(visit.day), " (ghi nhận muộn)" if visit.late else ""),
        Markup("🏫 {}").format(visit.school) if visit.school else None,
        Markup("👥 Lớp/khối: {}").format(visit.group) if visit.group else None,
        Markup("📘 Môn: {}").format(visit.subject) if visit.subject else None,
        Markup("📝 {}").format(visit.topic) if visit.topic else None,
        *(Markup("<b>{}:</b> {}").format(label, text) for label, text in notes if text),
        Markup("🏷 {}").format(", ".join(marks)) if marks else None,
        Markup("👤 {}").format(people) if people else None,
    )
