"""Sentences about who was at a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.meetings import Presence
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.lists import turns

ACTION = "attendance"
PRESENCE = {
    Presence.PRESENT: "có mặt",
    Presence.LATE: "đến muộn",
    Presence.EXCUSED: "vắng có phép",
    Presence.UNEXCUSED: "vắng không phép",
}
_MARKS = {Presence.PRESENT: "✅", Presence.LATE: "🕒", Presence.EXCUSED: "🟡", Presence.UNEXCUSED: "❌", None: "▫️"}


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)


def entry(meeting_id: int) -> Choice:
    """The way to the checklist."""
    return _choice("📋 Điểm danh", f"sheet:{meeting_id}:0")


def sheet(meeting: str, counts: Mapping[Presence | None, int]) -> Markup:
    """Above the checklist."""
    said = ", ".join(f"{counts.get(each, 0)} {words}" for each, words in PRESENCE.items())
    return join_lines(
        Markup("📋 <b>Điểm danh {}</b>").format(meeting),
        Markup("{}, {} chưa ghi.").format(said, counts.get(None, 0)),
        Markup("Chọn tên để đổi: ✅ có mặt → 🕒 muộn → 🟡 có phép → ❌ không phép."),
    )


def sheet_choices(
    meeting_id: int, people: Sequence[tuple[int, str, Presence | None]], *, page: int, pages: int
) -> list[list[Choice]]:
    """One line for each person of this page, and the ways around."""
    rows = [[_choice(f"{_MARKS[each]} {name}", f"mark:{meeting_id}:{member}:{page}")] for member, name, each in people]
    around = [_choice(label, f"sheet:{meeting_id}:{to}") for label, to in turns(page, pages)]
    rest = [_choice("Còn lại có mặt", f"all:{meeting_id}:{page}"), _choice("🔑 Từ điểm danh", f"word:{meeting_id}")]
    return [*rows, around, rest]


def present(name: str, *, is_late: bool) -> str:
    """Somebody who was there, in minutes."""
    return f"{name} (đến muộn)" if is_late else name


def absent(name: str, *, is_excused: bool, reason: str | None, taken: bool) -> str:
    """Somebody who was not there, in minutes; `taken`: attendance was."""
    if not is_excused:
        return f"{name} (không phép)" if taken else f"{name} (không rõ lý do)"
    return f"{name} (có phép: {reason})" if reason else f"{name} (có phép)"


def too_early(at: datetime) -> Markup:
    """Before the meeting."""
    return Markup("Chưa đến giờ điểm danh. Em nhận điểm danh từ {} ngày {}/{}.").format(f"{at:%H:%M}", at.day, at.month)


def nothing_now() -> Markup:
    """No meeting is going on."""
    return Markup("Hiện không có cuộc họp nào đang điểm danh.")


def too_late() -> Markup:
    """After the end."""
    return Markup("Đã hết giờ điểm danh. Thầy/cô nhờ thư ký ghi giúp.")


def word(meeting: str, text: str) -> Markup:
    """To the secretary, who says it or writes it on the board."""
    return Markup(
        "🔑 Từ điểm danh {}: <b>{}</b>\nThầy/cô đọc hoặc viết lên bảng; mọi người gửi từ này cho em trong giờ họp."
    ).format(meeting, text)


def how() -> Markup:
    """A member gave the command alone."""
    return Markup("Thầy/cô gõ từ điểm danh mà thư ký đọc trong buổi họp, ví dụ: <i>/diemdanh sen27</i>")


def wrong(left: int) -> Markup:
    """Not the word; guessing is limited."""
    if left <= 0:
        return Markup("Thầy/cô đã thử quá số lần cho phép. Thầy/cô nhờ thư ký điểm danh giúp.")
    return Markup("Từ điểm danh chưa đúng. Thầy/cô xem lại giúp em (còn {} lần).").format(left)


def checked_in(meeting: str, presence: Presence) -> Markup:
    """The receipt."""
    return Markup("✅ Đã điểm danh {}: {}.").format(meeting, PRESENCE[presence])


def offer(meeting: str, school: str, month: int) -> Markup:
    """After a topical meeting with a school."""
    return Markup("Thầy/cô đã dự <b>{}</b> với {}. Ghi là hoạt động tháng {} của thầy/cô?").format(
        meeting, school, month
    )


def offer_choices(meeting_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Nothing is filed unasked."""
    return ((_choice("✅ Ghi nhận hoạt động", f"count:{meeting_id}"), _choice("Không", f"skip:{meeting_id}")),)


def filed(number: int, month: int, count: int, required: int) -> Markup:
    """The receipt."""
    done = " ✓" if count >= required else ""
    return Markup("✅ Đã ghi hoạt động số {}. Tháng {}: <b>{}/{}</b>{}").format(number, month, count, required, done)


def not_filed() -> Markup:
    """The offer was declined."""
    return Markup("Vâng, em không ghi hoạt động này.")


def was_not_there() -> Markup:
    """Presence was taken back."""
    return Markup("Danh sách điểm danh không ghi thầy/cô có mặt nên em chưa ghi được. Thầy/cô báo thư ký giúp.")
