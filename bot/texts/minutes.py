"""Sentences about minutes and resolutions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines

ACTION = "minutes"
WHO_ACTION = "resolution"
PHOTO = "Ảnh"
"""The words of a photo that came without any."""


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)


def no_meeting() -> Markup:
    """Minutes belong to a meeting."""
    return Markup("Chưa có cuộc họp nào để ghi biên bản. Thầy/cô mời họp trước: /hop")


def which_meeting() -> Markup:
    """Several meetings have no minutes."""
    return Markup("Ghi biên bản cho cuộc họp nào?")


def opened(meeting: str, lines: Sequence[Markup]) -> Markup:
    """The secretary writes from now on."""
    return join_lines(
        Markup("📝 <b>Biên bản: {}</b>").format(meeting),
        Markup("Từ giờ mỗi dòng thầy/cô gõ ở đây em ghi vào biên bản (gửi ảnh cũng được)."),
        Markup("Quyết định ghi: <i>việc – người – hạn</i>, ví dụ <i>Soạn đề cương – cô Lan – 15/12</i>."),
        Markup("Chuyên đề ghi thêm: <i>Nhân rộng: …</i>, <i>Khắc phục: …</i>"),
        *lines,
    )


def writing_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """What may be done while writing."""
    return (
        (_choice("📨 Gửi chủ tọa duyệt", f"send:{minutes_id}"),),
        (_choice("👀 Xem biên bản", f"view:{minutes_id}"), _choice("⏸ Tạm dừng ghi", f"pause:{minutes_id}")),
    )


def noted(place: int, *, count: int = 1) -> Markup:
    """A line has been kept."""
    if count > 1:
        return Markup("✍️ Đã ghi {} dòng, tới dòng {}.").format(count, place)
    return Markup("✍️ Đã ghi dòng {}.").format(place)


def photo_noted(place: int) -> Markup:
    """A photo has been kept."""
    return Markup("📷 Đã giữ ảnh ở dòng {}.").format(place)


def line_choices(line_id: int, minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Under a noted line."""
    return (
        (_choice("✏️ Sửa dòng này", f"fix:{line_id}"), _choice("🗑 Bỏ dòng này", f"drop:{line_id}")),
        (_choice("📨 Gửi chủ tọa duyệt", f"send:{minutes_id}"),),
    )


def resolution_line(place: int, work: str, people: str, due: date | None) -> Markup:
    """What was recognised."""
    return join_lines(
        Markup("📌 Dòng {} là <b>nghị quyết</b>:").format(place),
        Markup("Việc: {}").format(work),
        Markup("Người: {}").format(people),
        Markup("Hạn: {}").format(f"{due.day}/{due.month}/{due.year}" if due else "không ghi"),
        Markup("Đúng chưa ạ?"),
    )


def resolution_choices(resolution_id: int, line_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Confirm or correct what was recognised."""
    return (
        (_choice("✅ Đúng", f"right:{resolution_id}"), _choice("✏️ Sửa dòng này", f"fix:{line_id}")),
        (_choice("👤 Người khác", f"who:{resolution_id}"), _choice("Chỉ là ghi chép", f"note:{resolution_id}")),
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
    people = tuple((_choice(name, f"person:{resolution_id}:{member_id}"),) for member_id, name in candidates)
    return (
        *people,
        (_choice("👥 Cả tổ", f"person:{resolution_id}:0"), _choice("👤 Gõ tên người", f"who:{resolution_id}")),
        (_choice("✏️ Sửa dòng này", f"fix:{line_id}"), _choice("Chỉ là ghi chép", f"note:{resolution_id}")),
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


def dropped() -> Markup:
    """A line was struck out."""
    return Markup("🗑 Đã bỏ dòng này khỏi biên bản.")


def ask_line(text: str) -> Markup:
    """The line as it is."""
    return Markup("Dòng đang ghi:\n<i>{}</i>\nThầy/cô gõ lại cả dòng.").format(text)


def line_too_long(limit: int) -> Markup:
    """More than is kept in one line."""
    return Markup("Một dòng tối đa {} chữ. Thầy/cô tách thành nhiều dòng giúp em.").format(limit)


def kept_both() -> Markup:
    """Somebody else had corrected the line meanwhile."""
    return Markup("Dòng này vừa có người khác sửa, nên em giữ cả hai bản, dòng của thầy/cô đứng ngay sau.")


def paused() -> Markup:
    """The secretary stops writing for now."""
    return Markup("⏸ Đã tạm dừng. Gõ /bienban để ghi tiếp.")


def empty() -> Markup:
    """Nothing has been written."""
    return Markup("Biên bản chưa có dòng nào nên chưa gửi được. Thầy/cô ghi vài dòng rồi gửi giúp em.")


def unsettled(works: Sequence[str]) -> Markup:
    """Resolutions whose people are unknown."""
    return Markup("Còn nghị quyết chưa rõ người làm: {}. Thầy/cô chọn người rồi gửi lại giúp em.").format(
        "; ".join(works)
    )


def sent(chair: str, *, reachable: bool) -> Markup:
    """To the secretary."""
    words = (
        "📨 Đã gửi <b>{}</b> duyệt biên bản."
        if reachable
        else "<b>{}</b> chưa nhận được tin qua bot; thầy/cô nhắc giúp."
    )
    return Markup(words).format(chair)


def for_chair(meeting: str, body: Sequence[Markup]) -> Markup:
    """The whole minutes, to be confirmed."""
    return join_lines(Markup("📝 <b>Biên bản {}</b> – mời thầy/cô duyệt:").format(meeting), *body)


def view(meeting: str, body: Sequence[Markup]) -> Markup:
    """The whole minutes as they stand."""
    return join_lines(Markup("📝 <b>Biên bản {}</b>").format(meeting), *(body or [Markup("Chưa có dòng nào.")]))


def body_line(number: int, text: str) -> Markup:
    """One line, with its number in brackets: bare numbers stand before choices on Zalo."""
    return Markup("({}) {}").format(number, text)


def chair_choices(minutes_id: int, rounds: int) -> tuple[tuple[Choice, ...], ...]:
    """The chair's answer to this round."""
    about = f"{minutes_id}:{rounds}"
    return ((_choice("✅ Xác nhận biên bản", f"confirm:{about}"), _choice("↩️ Trả lại", f"return:{about}")),)


def go_on_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Back to writing."""
    return ((_choice("✍️ Viết tiếp", f"write:{minutes_id}"), _choice("👀 Xem biên bản", f"view:{minutes_id}")),)


def ask_return() -> Markup:
    """What is to be mended."""
    return Markup("Thầy/cô muốn thư ký sửa gì?")


def returned(by: str, note: str) -> Markup:
    """To those who wrote."""
    return Markup("↩️ {} trả lại biên bản: {}\nThầy/cô ghi tiếp hoặc sửa dòng rồi gửi lại.").format(by, note)


def returned_receipt() -> Markup:
    """To the chair."""
    return Markup("Đã trả lại cho thư ký.")


def confirmed(number: int, code: str, meeting: str, *, version: int, resolutions: int) -> Markup:
    """To everybody, with the files."""
    again = f" (bản đính chính lần {version - 1})" if version > 1 else ""
    return join_lines(
        Markup("📄 <b>Biên bản số {:02d}/{}</b>{} – {}").format(number, code, again, meeting),
        Markup("Có {} nghị quyết; xem tại /nghiquyet.").format(resolutions) if resolutions else None,
    )


def taken(meeting: str, work: str, due: date | None) -> Markup:
    """To whoever is to do it."""
    until = f", hạn {due.day}/{due.month}/{due.year}" if due else ""
    return Markup("📌 Nghị quyết {} giao thầy/cô: <b>{}</b>{}.").format(meeting, work, until)


def done_choice(resolution_id: int) -> Choice:
    """By whoever is to do it, or who leads."""
    return Choice(label="✅ Đã xong", action=WHO_ACTION, value=f"done:{resolution_id}")


def list_item(number: int, meeting: str) -> str:
    """One of the confirmed minutes, as a button."""
    return f"📄 Biên bản {number:02d}: {meeting}"


def confirmed_ones(*, some: bool) -> Markup:
    """Before the list of confirmed minutes."""
    return Markup("<b>Biên bản của tổ</b>\n{}").format(
        "Chọn một biên bản để tải tệp." if some else "Chưa có biên bản nào được xác nhận."
    )


def correcting() -> Markup:
    """A confirmed version is being corrected."""
    return Markup("Bản đã xác nhận vẫn được giữ. Sau khi chủ tọa duyệt lại sẽ thành bản đính chính, cùng số.")


def resolutions_title(which: str, count: int, *, meeting: str = "") -> str:
    """What the list holds: "Nghị quyết – chưa xong: 2", or those of one meeting."""
    about = " – ".join(part for part in (meeting, which.lower()) if part)
    return f"Nghị quyết – {about}: {count}"


def which_resolutions() -> Markup:
    """Those of one meeting."""
    return Markup("Nghị quyết của cuộc họp nào?")


def resolutions(title: str, lines: Sequence[Markup]) -> Markup:
    """The list."""
    heading = Markup("<b>{}</b>").format(title) if title else None
    return join_lines(heading, *(lines or [Markup("Không có nghị quyết nào.")]))


def resolution_item(work: str, people: str, due: date | None, *, overdue: bool, done: bool, meeting: str) -> Markup:
    """One resolution in the list."""
    mark = "✅" if done else "⚠️ quá hạn" if overdue else "•"
    until = f", hạn {due.day}/{due.month}" if due else ""
    of = Markup(" <i>({})</i>").format(meeting) if meeting else ""
    return Markup("{} <b>{}</b> – {}{}{}").format(mark, work, people, until, of)


def marked_done(work: str) -> Markup:
    """After the press."""
    return Markup("✅ Đã ghi xong: {}.").format(work)


def done_told(who: str, work: str) -> Markup:
    """To the leader."""
    return Markup("✅ {} đã xong nghị quyết: {}.").format(who, work)
