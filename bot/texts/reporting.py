"""Sentences of reporting an activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind
from bot.texts.fragments import weekday
from bot.texts.vocabulary import KIND_NAMES

URGENT_OPENING = "Báo gấp:"
"""What makes a report urgent when it stands at its beginning."""


def day_name(day: date) -> str:
    """ "thứ Hai 23/11/2026"."""
    return f"{weekday(day)} {day.day}/{day.month}/{day.year}"


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


def no_scoring(words: str) -> Markup:
    """Rule 1: advice, not inspection files."""
    return Markup(
        "Tổ mạng lưới làm công tác tư vấn, không chấm điểm hay xếp loại tiết dạy (“{}”). "
        "Thầy/cô ghi giúp phần tư vấn, thúc đẩy thay cho điểm nhé."
    ).format(words)


def ask_topic(kind: ActivityKind | None) -> Markup:
    """What a chuyên đề, a paper, a panel was about."""
    name = KIND_NAMES[kind].lower() if kind else "hoạt động"
    return Markup("Nội dung hoặc tên của {} là gì?").format(name)


def ask_companions(names: Sequence[str]) -> Markup:
    """Who took part as well."""
    return join_lines(
        Markup("Đang ghi cùng tham gia: {}.").format(", ".join(names)) if names else None,
        "Ai trong tổ cùng tham gia? Thầy/cô gõ tên, ví dụ: cô Lan, thầy Hùng. Em sẽ hỏi riêng từng người.",
    )


def ask_which_companion(typed: str) -> Markup:
    """A name that fits several members."""
    return Markup("“{}” là thầy/cô nào?").format(typed)


def companion_unknown(names: Sequence[str]) -> Markup:
    """Names that fit nobody."""
    return Markup("Trong tổ không có ai tên “{}” nên em chưa ghi. Thầy/cô gõ lại họ tên giúp em.").format(
        "”, “".join(names)
    )


def ask_follow_up() -> Markup:
    """When to look again."""
    return Markup("Ngày nào em nhắc thầy/cô xem lại? (ví dụ: 15/12, thứ ba tuần sau; gõ “không” để bỏ)")


def follow_up_unknown() -> Markup:
    """No day, or none that is still to come."""
    return Markup("Xin gõ một ngày chưa tới, ví dụ: 15/12 hoặc thứ ba tuần sau; gõ “không” để bỏ hẹn.")


def ask_twin(reporter: str, number: int) -> Markup:
    """A colleague has reported what looks the same."""
    return Markup("<b>{}</b> đã báo hoạt động này (số {}). Thầy/cô cùng tham gia?").format(reporter, number)


def card(
    *,
    kind: ActivityKind | None,
    day: date | None,
    school: str | None,
    group: str | None,
    subject: str | None,
    topic: str | None,
    notes: Sequence[tuple[str, str]],
    marks: tuple[bool, bool, bool],
    follow_up_on: date | None,
    companions: Sequence[str],
    files: int,
    pupils: tuple[str, ...],
    own_twin: int | None = None,
    is_correction: bool = False,
) -> Markup:
    """The draft as it will be filed; `marks` are exemplary, needs support, urgent."""
    to_be_asked = "" if is_correction else " (sẽ được hỏi riêng)"
    lines = [
        Markup("<b>{}</b>").format(KIND_NAMES[kind] if kind else "Hoạt động"),
        marks_line(*marks),
        Markup("📅 {}").format(day_name(day)) if day else None,
        Markup("🏫 {}").format(school) if school else None,
        Markup("👥 Lớp/khối: {}").format(group) if group else None,
        Markup("📘 Môn: {}").format(subject) if subject else None,
        Markup("💬 Nội dung: {}").format(topic) if topic else None,
        *(Markup("<b>{}:</b> {}").format(label, text) for label, text in notes),
        Markup("🤝 Cùng tham gia: {}{}").format(", ".join(companions), to_be_asked) if companions else None,
        Markup("🔔 Hẹn xem lại: {}").format(day_name(follow_up_on)) if follow_up_on else None,
        Markup("📷 {} ảnh. <i>Xin không gửi ảnh thấy rõ mặt học sinh.</i>").format(files) if files else None,
        Markup("⚠️ <i>Có vẻ có tên học sinh ({}). Thầy/cô nên bỏ tên riêng của học sinh.</i>").format(", ".join(pupils))
        if pupils
        else None,
        Markup("⚠️ <i>Thầy/cô đã có báo cáo số {} giống như vậy.</i>").format(own_twin) if own_twin else None,
    ]
    return join_lines(*lines)


def marks_line(exemplary: bool, needs_support: bool, urgent: bool) -> Markup | None:
    """The marks that are set, in one line."""
    marks = [(urgent, "❗ Báo gấp"), (exemplary, "⭐ Điển hình"), (needs_support, "🆘 Cần hỗ trợ")]
    said = [label for is_set, label in marks if is_set]
    return Markup(" · ".join(said)) if said else None


def receipt(*, number: int, kind: ActivityKind, day: date, late: bool, lines: Sequence[Markup | None]) -> Markup:
    """What was filed, under which number; `lines` say how the month stands and what else followed."""
    return join_lines(
        Markup("✅ Đã nhận báo cáo số <b>{}</b>: {}, {}.").format(number, KIND_NAMES[kind], day_name(day)),
        Markup("<i>Ghi nhận muộn cho tháng {}.</i>").format(day.month) if late else None,
        *lines,
    )


def month_count(month: Month, count: int, required: int) -> Markup:
    """ "Tháng 11: 1/1 ✓"."""
    return Markup("Tháng {}: <b>{}/{}{}</b>").format(month.month, count, required, " ✓" if count >= required else "")


def companions_asked(names: Sequence[str], unreachable: Sequence[str]) -> Markup | None:
    """On the receipt: who is being asked, and who cannot be."""
    asked = [name for name in names if name not in unreachable]
    return (
        join_lines(
            Markup("🤝 Em đang hỏi riêng {}.").format(", ".join(asked)) if asked else None,
            Markup("🤝 {} chưa nối với bot nên em chưa hỏi được.").format(", ".join(unreachable))
            if unreachable
            else None,
        )
        if names
        else None
    )


def reminder_set(day: date) -> Markup:
    """On the receipt: when to look again."""
    return Markup("🔔 Em sẽ nhắc thầy/cô sáng {}.").format(day_name(day))


def outline(*, kind: str, day: date, school: str | None, group: str | None, subject: str | None) -> Markup:
    """An activity in one line: "Dự giờ tiết dạy Toán 4A, Trường Tiểu học Kim Đồng, thứ Hai 23/11/2026"."""
    what = " ".join(part for part in (KIND_NAMES[ActivityKind(kind)], subject, group) if part)
    return Markup("<b>{}</b>").format(", ".join(part for part in (what, school, day_name(day)) if part))
