"""The summary as chat text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.duty import Standing
from bot.domain.report_model import Figure, MemberMonth, Person, Quote, ReportModel, Section, SectionKind
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import ActivityKind
from bot.texts.fragments import shortened
from bot.texts.periods import period_name
from bot.texts.vocabulary import KIND_NAMES

_SCHOOLS = 12
_QUOTES = 3
_THEMES = 4
_PHRASES = 5
_LONGEST_QUOTE = 140

SECTION_NAMES = {
    SectionKind.ASSIGNMENTS: "Phân công, điều động",
    SectionKind.MEETINGS: "Họp, nghị quyết",
    SectionKind.PROPOSALS: "Đề xuất, kiến nghị",
    SectionKind.PLAN: "Kế hoạch",
}


def period_unknown() -> Markup:
    """Words that name no period."""
    return Markup("Em chưa hiểu khoảng thời gian. Ví dụ: tháng này, tháng 10, HK1, năm học, từ 1/9 đến 20/11.")


def ask_period() -> Markup:
    """Any stretch of days, in words."""
    return Markup("Thầy/cô cần tổng hợp khoảng nào? Ví dụ: tháng 10, HK1, từ 1/9 đến 20/11, 30 ngày qua.")


def digest(model: ReportModel, *, names: bool) -> Markup:
    """All of it; `names` only for those who may see who owes."""
    return join_lines(
        Markup("📊 <b>Tổng hợp {}</b>, {}").format(period_name(model.period, model.first, model.last), model.team),
        *_duty(model, names=names),
        Markup("<b>Hoạt động: {}</b>").format(len(model.visits)) if model.visits else "Chưa có hoạt động nào.",
        *(Markup("• {}: {}").format(KIND_NAMES[ActivityKind(each.key)], each.count) for each in model.by_kind),
        _counted("Theo trường", model.by_school),
        _counted("Theo môn", model.by_subject),
        _not_visited(model),
        *_quoted("🌟 Điển hình", model.exemplary),
        *_quoted("🆘 Cần hỗ trợ", model.needs),
        *_advice(model),
        *(line for section in model.sections for line in _section(section)),
    )


def counts(model: ReportModel) -> Markup:
    """To a group: the same numbers without a name."""
    return join_lines(
        Markup("📊 <b>{}</b>").format(period_name(model.period, model.first, model.last).capitalize()),
        *_duty(model, names=False),
        Markup("Hoạt động: {}").format(len(model.visits)),
        ask_privately(),
    )


def ask_privately() -> Markup:
    """To a group: where the rest is told."""
    return Markup("Chi tiết, thầy/cô nhắn riêng cho em “tổng hợp”.")


def _duty(model: ReportModel, *, names: bool) -> list[Markup]:
    lines: list[Markup] = []
    for index, month in enumerate(model.duty.months):
        away = model.duty.count(index, Standing.ON_LEAVE)
        head = Markup("<b>Định mức tháng {}:</b> {}/{} người đạt").format(
            month.month, model.duty.count(index, Standing.MET), model.duty.bound(index)
        )
        lines.append(head + Markup(", {} người nghỉ").format(away) if away else head)
        if names:
            owing = [person_line(*each) for each in model.duty.those(index, Standing.OWES)]
            leave = [person_line(*each) for each in model.duty.those(index, Standing.ON_LEAVE)]
            lines += [Markup("• Chưa đạt: {}").format(", ".join(owing))] if owing else []
            lines += [Markup("• Nghỉ: {}").format(", ".join(leave))] if leave else []
    return lines


def person_line(person: Person, month: MemberMonth) -> str:
    """Who, and why not where somebody said."""
    if month.waits:
        return f"{person.name} (xin nghỉ, chưa duyệt: {month.reason})"
    return f"{person.name} ({month.reason})" if month.reason else person.name


def _counted(title: str, figures: Sequence[Figure]) -> Markup | None:
    if not figures:
        return None
    shown = ", ".join(f"{each.label} ({each.count})" for each in figures[:_SCHOOLS])
    more = f" … và {len(figures) - _SCHOOLS} mục khác" if len(figures) > _SCHOOLS else ""
    return Markup("<b>{}:</b> {}{}").format(title, shown, more)


def _not_visited(model: ReportModel) -> Markup | None:
    names = model.not_visited
    if not names:
        return Markup("Đã tới đủ {}/{} trường.").format(model.schools, model.schools) if model.schools else None
    more = f" … và {len(names) - _SCHOOLS} trường khác" if len(names) > _SCHOOLS else ""
    return Markup("<b>Trường chưa tới ({}/{}):</b> {}{}").format(
        len(names), model.schools, ", ".join(names[:_SCHOOLS]), more
    )


def _quoted(title: str, quotes: Sequence[Quote]) -> list[Markup]:
    if not quotes:
        return []
    more = [Markup("• … và {} nội dung khác").format(len(quotes) - _QUOTES)] if len(quotes) > _QUOTES else []
    return [Markup("<b>{}: {}</b>").format(title, len(quotes)), *(_quote(each) for each in quotes[:_QUOTES]), *more]


def _quote(quote: Quote) -> Markup:
    text = Markup(": “{}”").format(shortened(quote.text, limit=_LONGEST_QUOTE)) if quote.text else Markup("")
    return Markup("• {}, {}/{}").format(quote.school or "Không ghi trường", quote.day.day, quote.day.month) + text


def _advice(model: ReportModel) -> list[Markup]:
    if not model.themes:
        return []
    shown = "; ".join(f"{theme_name(each.subject, each.grade)} ({len(each.quotes)})" for each in model.themes[:_THEMES])
    more = f"; và {len(model.themes) - _THEMES} chủ đề khác" if len(model.themes) > _THEMES else ""
    lines = [Markup("<b>💡 Tư vấn:</b> {}{}").format(shown, more)]
    if model.phrases:
        phrases = ", ".join(f"“{each.words}” ({len(each.visits)})" for each in model.phrases[:_PHRASES])
        lines.append(Markup("• Hay nhắc tới: {}").format(phrases))
    return lines


def theme_name(subject: str | None, grade: str | None) -> str:
    """ "Toán khối 4", "Toán", "khối 4", "nội dung chung"."""
    words = [subject or "", f"khối {grade}" if grade else ""]
    return " ".join(word for word in words if word) or "nội dung chung"


def _section(section: Section) -> list[Markup]:
    if section.is_empty:
        return []
    return [
        Markup("<b>{}</b>").format(SECTION_NAMES[section.kind]),
        *(Markup("• {}").format(line) for line in section.lines),
    ]
