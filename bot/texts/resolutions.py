"""Sentences about resolutions: recognised in a line of minutes, settled, listed, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.minutes import choice

ACTION = "resolution"


def recognised(place: int, work: str, people: str, due: date | None) -> Markup:
    """What was recognised."""
    return join_lines(
        Markup("📌 Dòng {} là <b>nghị quyết</b>:").format(place),
        Markup("Việc: {}").format(work),
        Markup("Người: {}").format(people),
        Markup("Hạn: {}").format(f"{due.day}/{due.month}/{due.year}" if due else "không ghi"),
        Markup("Đúng chưa ạ?"),
    )


def recognised_choices(resolution_id: int, line_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Confirm or correct what was recognised."""
    return (
        (choice("✅ Đúng", f"right:{resolution_id}"), choice("✏️ Sửa dòng này", f"fix:{line_id}")),
        (choice("👤 Người khác", f"who:{resolution_id}"), choice("Chỉ là ghi chép", f"note:{resolution_id}")),
    )


def person_unknown(work: str, typed: str, *, several: bool) -> Markup:
    """A name that fits nobody, or several."""
    if typed == "?":
        return Markup("📌 Nghị quyết: <b>{}</b>. Ai làm ạ? Gõ tên, hoặc chọn Cả tổ.").format(work)
    if several:
        return Markup("📌 Nghị quyết: <b>{}</b>. Trong tổ có nhiều người tên “{}”, là ai ạ?").format(work, typed)
    return Markup("📌 Nghị quyết: <b>{}</b>. Em không tìm thấy “{}” trong tổ. Giao cho ai ạ?").format(work, typed)


def person_choices(
    resolution_id: int, line_id: int, candidates: Sequence[tuple[int, str]]
) -> tuple[tuple[Choice, ...], ...]:
    """Who may be meant."""
    people = tuple((choice(name, f"person:{resolution_id}:{member_id}"),) for member_id, name in candidates)
    return (
        *people,
        (choice("👥 Cả tổ", f"person:{resolution_id}:0"), choice("👤 Gõ tên người", f"who:{resolution_id}")),
        (choice("✏️ Sửa dòng này", f"fix:{line_id}"), choice("Chỉ là ghi chép", f"note:{resolution_id}")),
    )


def ask_person() -> Markup:
    """Typed by name."""
    return Markup("Ai thực hiện? Gõ tên (nhiều người cách nhau bằng dấu phẩy) hoặc <i>cả tổ</i>.")


def still_unknown(typed: str) -> Markup:
    """The typed name fits nobody, or several."""
    return Markup("Em chưa xác định được “{}”. Thầy/cô gõ đủ họ tên giúp em.").format(typed)


def day_trouble(text: str) -> Markup:
    """A due day that has passed or does not exist."""
    return Markup("⚠️ Hạn “{}” không dùng được (đã qua hoặc không có trong lịch). Thầy/cô sửa dòng này giúp em.").format(
        text
    )


def settled() -> Markup:
    """A resolution was confirmed by the secretary."""
    return Markup("✅ Đã ghi nghị quyết. Khi chủ tọa duyệt biên bản, em giao việc và nhắc hạn.")


def now_a_note() -> Markup:
    """It was no resolution after all."""
    return Markup("Vâng, dòng này chỉ là ghi chép.")


def unsettled(works: Sequence[str]) -> Markup:
    """Resolutions whose people are unknown."""
    return Markup("Còn nghị quyết chưa rõ người làm: {}. Thầy/cô chọn người rồi gửi lại giúp em.").format(
        "; ".join(works)
    )


def look_at(resolutions: Sequence[tuple[str, str, date | None]]) -> Markup:
    """Decisions that were recognised and that nobody has looked at."""
    lines = [item(work, people, due, overdue=False, done=False, meeting="") for work, people, due in resolutions]
    return join_lines(Markup("📌 Em nhận ra các <b>nghị quyết</b> này, thầy/cô xem đúng chưa ạ?"), *lines)


def look_at_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """All right, or back to the lines."""
    return (
        (choice("✅ Đúng hết, gửi chủ tọa", f"send:{minutes_id}:checked"),),
        (choice("✍️ Chưa, để sửa", f"write:{minutes_id}"),),
    )


def title(which: str, count: int, *, meeting: str = "") -> str:
    """What the list holds: "Nghị quyết – chưa xong: 2", or those of one meeting."""
    about = " – ".join(part for part in (meeting, which.lower()) if part)
    return f"Nghị quyết – {about}: {count}"


def which_meeting() -> Markup:
    """Those of one meeting."""
    return Markup("Nghị quyết của cuộc họp nào?")


def in_minutes(work: str, people: str, due: date | None) -> str:
    """As a line of minutes."""
    return f"📌 {work} – {people}" + (f" – hạn {due:%d/%m}" if due else "")


def doers(names: Sequence[str], *, everyone: bool) -> str:
    """Who is to do it."""
    return "cả tổ" if everyone else ", ".join(names) or "chưa rõ"


def listed(title: str, lines: Sequence[Markup]) -> Markup:
    """The list."""
    heading = Markup("<b>{}</b>").format(title) if title else None
    return join_lines(heading, *(lines or [Markup("Không có nghị quyết nào.")]))


def item(work: str, people: str, due: date | None, *, overdue: bool, done: bool, meeting: str) -> Markup:
    """One resolution in the list."""
    mark = "✅" if done else "⚠️ quá hạn" if overdue else "•"
    until = f", hạn {due.day}/{due.month}" if due else ""
    of = Markup(" <i>({})</i>").format(meeting) if meeting else ""
    return Markup("{} <b>{}</b> – {}{}{}").format(mark, work, people, until, of)


def marked_done(work: str) -> Markup:
    """After the press."""
    return Markup("✅ Đã ghi xong: {}.").format(work)


def open_again(work: str) -> Markup:
    """It was marked by mistake."""
    return Markup("↩️ Đã mở lại: {}.").format(work)


def my_part_done(work: str) -> Markup:
    """After the press of one of several."""
    return Markup("✅ Đã ghi phần của thầy/cô: {}. Khi mọi người cùng xong, nghị quyết sẽ đóng.").format(work)


def done_told(who: str, work: str) -> Markup:
    """To the leader."""
    return Markup("✅ {} đã xong nghị quyết: {}.").format(who, work)
