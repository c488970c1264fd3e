"""Sentences about one's own month and one's own activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.duty import Standing
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus
from bot.texts.reporting import day_name, marks_line
from bot.texts.vocabulary import KIND_NAMES

_STANDINGS = {
    Standing.MET: "đã đủ định mức ✓",
    Standing.OWES: "còn thiếu",
    Standing.ON_LEAVE: "được miễn vì đang nghỉ",
    Standing.EXEMPT: "không tính định mức",
}
_ANSWERS = {
    ParticipantStatus.ASKED: " (chưa xác nhận)",
    ParticipantStatus.CONFIRMED: "",
    ParticipantStatus.DECLINED: " (không tham gia)",
}


def owed(month: Month, standing: Standing, done: int, required: int, *, team: str = "") -> Markup:
    """How my month stands, in which team where there are several."""
    where = Markup(" ({})").format(team) if team else Markup("")
    return Markup("<b>Tháng {}{}:</b> {}/{} hoạt động – {}.").format(
        month.month, where, done, required, _STANDINGS[standing]
    )


def unfinished(titles: Sequence[str]) -> Markup:
    """Drafts that wait."""
    return Markup("✏️ Đang làm dở: {} – gõ /tieptuc để làm tiếp.").format(", ".join(titles))


def nothing_else() -> Markup:
    """Nothing is owed."""
    return Markup("Thầy/cô không còn thiếu gì.")


def activity_line(number: int, kind: str, day: date, school: str | None) -> Markup:
    """One activity in a list."""
    place = f", {school}" if school else ""
    return Markup("• Số {}: {}, {}/{}{}").format(number, KIND_NAMES[ActivityKind(kind)], day.day, day.month, place)


def mine(lines: Sequence[Markup], *, first: date, last: date, count: int, page: int, pages: int) -> Markup:
    """One page of my activities; `page` counts from 0."""
    if not count:
        return Markup("Thầy/cô chưa có hoạt động nào được ghi trong <b>{}</b>.").format(_period(first, last))
    which = Markup(" – trang {}/{}").format(page + 1, pages) if pages > 1 else Markup("")
    heading = Markup("<b>Hoạt động của thầy/cô, {}</b>: {}{}").format(_period(first, last), count, which)
    return join_lines(heading, *lines)


def period_unknown() -> Markup:
    """A period that cannot be read."""
    return Markup("Em chưa rõ thời gian. Thầy/cô gõ ví dụ: <i>/hoatdong tháng 10</i> hoặc <i>/hoatdong năm học</i>.")


def details(
    *,
    number: int,
    kind: str,
    day: date,
    school: str | None,
    group: str | None,
    subject: str | None,
    topic: str | None,
    marks: tuple[bool, bool, bool],
    follow_up_on: date | None,
    notes: Sequence[tuple[str, str | None]],
    people: Sequence[tuple[str, ParticipantStatus]],
    late: bool,
    status: str,
    changes: Sequence[tuple[str, datetime]],
    files: int,
) -> Markup:
    """One activity with everything about it; `changes` say who changed it and when, in the team's time."""
    withdrawn = Markup("<i>Đã rút, không tính.</i>") if status == ActivityStatus.WITHDRAWN else None
    names = ", ".join(f"{name}{_ANSWERS[answer]}" for name, answer in people)
    return join_lines(
        Markup("<b>Số {}: {}</b>").format(number, KIND_NAMES[ActivityKind(kind)]),
        withdrawn,
        marks_line(*marks),
        Markup("📅 {}/{}/{}{}").format(day.day, day.month, day.year, " (ghi nhận muộn)" if late else ""),
        Markup("🏫 {}").format(school) if school else None,
        Markup("👥 Lớp/khối: {}").format(group) if group else None,
        Markup("📘 Môn: {}").format(subject) if subject else None,
        Markup("💬 Nội dung: {}").format(topic) if topic else None,
        *(Markup("<b>{}:</b> {}").format(label, text) for label, text in notes if text),
        Markup("🔔 Hẹn xem lại: {}").format(day_name(follow_up_on)) if follow_up_on else None,
        Markup("🤝 {}").format(names) if len(people) > 1 else None,
        Markup("📷 {} ảnh/tệp kèm theo").format(files) if files else None,
        *(
            Markup("<i>Lần sửa {}: {}, {} ngày {}/{}</i>").format(index, name, f"{at:%H:%M}", at.day, at.month)
            for index, (name, at) in enumerate(changes, start=1)
        ),
    )


def _period(first: date, last: date) -> str:
    """As people say it: "tháng 11/2026", "từ 1/9/2026 đến 31/5/2027"."""
    month = Month.of(first)
    if (first, last) == (month.first, month.last):
        return f"tháng {month.month}/{month.year}"
    return f"từ {first.day}/{first.month}/{first.year} đến {last.day}/{last.month}/{last.year}"
