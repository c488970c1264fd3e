"""Sentences of reporting an activity."""

from __future__ import annotations

from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import ActivityKind
from bot.texts.vocabulary import KIND_NAMES

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_name(day: date) -> str:
    """ "thứ Hai 23/11/2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}"


def ask_kind() -> Markup:
    """The first question, with the short way beside it."""
    return Markup(
        "📝 Thầy/cô báo cáo hoạt động gì?\n<i>Mẹo: có thể viết luôn một tin, ví dụ: "
        "Dự giờ Toán 4A TH Phú Hòa 1 hôm qua. Ưu điểm: … Tư vấn: …</i>"
    )


def ask_date() -> Markup:
    """When."""
    return Markup("Hoạt động diễn ra ngày nào? (ví dụ: hôm nay, thứ ba, 20/11)")


def ask_school(candidates: int, typed: str) -> Markup:
    """Where; with candidates when several schools fit."""
    if candidates and typed:
        return Markup("“{}” có thể là mấy trường sau. Thầy/cô chọn trường nào?").format(typed)
    return Markup("Ở trường nào? Thầy/cô gõ tên hoặc tên viết tắt của trường.")


def ask_class() -> Markup:
    """Which class."""
    return Markup("Lớp nào? (ví dụ: 4A, 2/3, hoặc khối 5)")


def ask_subject() -> Markup:
    """Which subject."""
    return Markup("Môn gì?")


def ask_note(label: str) -> Markup:
    """One of the four notes."""
    return Markup("<b>{}</b>? Thầy/cô gõ vài dòng.").format(label)


def kind_unknown() -> Markup:
    """A kind that is none of the ten."""
    return Markup("Xin chọn một trong các loại hoạt động dưới đây.")


def date_unknown() -> Markup:
    """A text without a day in it."""
    return Markup("Em chưa đọc được ngày. Thầy/cô gõ như: hôm qua, thứ ba tuần trước, hoặc 20/11.")


def date_impossible(typed: str) -> Markup:
    """31/11 and the like."""
    return Markup("Ngày “{}” không có trong lịch. Thầy/cô gõ lại ngày giúp em.").format(typed)


def date_in_future(day: date) -> Markup:
    """Activities are reported after they took place."""
    return Markup("Ngày {} chưa tới. Chỉ báo cáo hoạt động đã diễn ra; thầy/cô gõ lại ngày.").format(day_name(day))


def date_too_old(day: date) -> Markup:
    """Before the present school year."""
    return Markup("Ngày {} thuộc năm học trước nên không ghi thêm được. Thầy/cô kiểm tra lại ngày.").format(
        day_name(day)
    )


def school_unknown(typed: str) -> Markup:
    """No school of the team fits."""
    return Markup("Không thấy trường “{}” trong danh sách của tổ. Thầy/cô gõ lại tên hoặc tên viết tắt.").format(typed)


def text_too_long(limit: int) -> Markup:
    """A note beyond what is kept."""
    return Markup("Nội dung dài quá {} chữ. Thầy/cô rút gọn giúp em.").format(limit)


def no_scoring(words: str) -> Markup:
    """Rule 1: advice, not inspection files."""
    return Markup(
        "Tổ mạng lưới làm công tác tư vấn, không chấm điểm hay xếp loại tiết dạy (“{}”). "
        "Thầy/cô ghi giúp phần tư vấn, thúc đẩy thay cho điểm nhé."
    ).format(words)


def card(
    *,
    kind: ActivityKind | None,
    day: date | None,
    school: str | None,
    group: str | None,
    subject: str | None,
    notes: list[tuple[str, str]],
    pupils: tuple[str, ...],
) -> Markup:
    """The draft as it will be filed."""
    lines = [
        Markup("<b>{}</b>").format(KIND_NAMES[kind] if kind else "Hoạt động"),
        Markup("📅 {}").format(day_name(day)) if day else None,
        Markup("🏫 {}").format(school) if school else None,
        Markup("👥 Lớp/khối: {}").format(group) if group else None,
        Markup("📘 Môn: {}").format(subject) if subject else None,
        *(Markup("<b>{}:</b> {}").format(label, text) for label, text in notes),
        Markup("⚠️ <i>Có vẻ có tên học sinh ({}). Thầy/cô nên bỏ tên riêng của học sinh.</i>").format(", ".join(pupils))
        if pupils
        else None,
    ]
    return join_lines(*lines)


def receipt(*, number: int, kind: ActivityKind, day: date, month: int, count: int, required: int, late: bool) -> Markup:
    """What was filed, under which number, and how the month stands."""
    met = " ✓" if count >= required else ""
    return join_lines(
        Markup("✅ Đã nhận báo cáo số <b>{}</b>: {}, {}.").format(number, KIND_NAMES[kind], day_name(day)),
        Markup("<i>Ghi nhận muộn cho tháng {}.</i>").format(month) if late else None,
        Markup("Tháng {}: <b>{}/{}{}</b>").format(month, count, required, met),
    )
