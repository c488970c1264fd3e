"""Sentences about minutes and resolutions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.attendance import entry as checklist_entry

ACTION = "minutes"
WHO_ACTION = "resolution"
PHOTO = "Ảnh"
"""The words of a photo that came without any."""
NOBODY = "tổ trưởng"
"""Who confirms when nobody chairs."""


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)


def no_meeting() -> Markup:
    """Minutes belong to a meeting."""
    return Markup("Chưa có cuộc họp nào để ghi biên bản. Thầy/cô mời họp trước: /hop")


def which_meeting(unwritten: str = "") -> Markup:
    """Several meetings have no minutes; a line that came with the command waits for the answer."""
    return join_lines(
        Markup("Ghi biên bản cho cuộc họp nào?"),
        Markup("Dòng “{}” em chưa ghi; chọn xong thầy/cô gõ lại giúp em.").format(unwritten) if unwritten else None,
    )


def open_choice(meeting_id: int, meeting: str = "") -> Choice:
    """To the minutes of a meeting: write them, or see that they wait for the chair."""
    return _choice(f"✍️ {meeting}" if meeting else "✍️ Xem bản đang viết", f"open:{meeting_id}")


def opened(meeting: str, lines: Sequence[Markup]) -> Markup:
    """The secretary writes from now on."""
    return join_lines(
        Markup("📝 <b>Biên bản: {}</b>").format(meeting),
        Markup("Từ giờ mỗi dòng thầy/cô gõ ở đây em ghi vào biên bản (gửi ảnh cũng được)."),
        Markup("Quyết định ghi: <i>việc – người – hạn</i>, ví dụ <i>Soạn đề cương – cô Lan – 15/12</i>."),
        Markup("Chuyên đề ghi thêm: <i>Nhân rộng: …</i>, <i>Khắc phục: …</i>"),
        *lines,
    )


def writing_choices(
    minutes_id: int, *, corrects: bool = False, is_empty: bool = False
) -> tuple[tuple[Choice, ...], ...]:
    """What may be done while writing, or while correcting what was confirmed; nothing is sent without a line."""
    others = _choice("📂 Biên bản khác", "others:0")
    return (
        () if is_empty else (_choice("📨 Gửi chủ tọa duyệt", f"send:{minutes_id}"),),
        (_choice("👀 Xem biên bản", f"view:{minutes_id}"), _choice("✏️ Sửa một dòng", f"which:{minutes_id}")),
        (_choice("⏸ Tạm dừng ghi", f"pause:{minutes_id}"),),
        (_choice("↩️ Thôi đính chính", f"undo:{minutes_id}"), others) if corrects else (others,),
    )


def ask_which_line() -> Markup:
    """By the number that the minutes show."""
    return Markup("Sửa dòng số mấy? Gõ số đứng trước dòng trong biên bản.")


def no_such_line(count: int) -> Markup:
    """The minutes have fewer."""
    return Markup("Biên bản đang ghi có {} dòng; thầy/cô gõ một số trong đó, ví dụ <i>sửa dòng 1</i>.").format(count)


def one_line(number: int, text: str) -> Markup:
    """An earlier line, with what can be done about it."""
    return Markup("({}) {}").format(number, text)


def waits_for_chair(meeting: str, chair: str) -> Markup:
    """They have been sent and not answered yet."""
    return Markup("📨 Biên bản <b>{}</b> đang chờ <b>{}</b> duyệt.").format(meeting, chair)


def waiting_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """For those who wrote them."""
    return (
        (_choice("👀 Xem biên bản", f"view:{minutes_id}"), _choice("✏️ Lấy lại để sửa", f"take:{minutes_id}")),
        (_choice("📂 Biên bản khác", "others:0"),),
    )


def taken_back(who: str, meeting: str) -> Markup:
    """To the chair."""
    return Markup("{} lấy lại biên bản <b>{}</b> để sửa thêm; em sẽ gửi lại thầy/cô sau.").format(who, meeting)


def taken_back_receipt() -> Markup:
    """To whoever writes."""
    return Markup("Đã lấy lại biên bản và báo chủ tọa. Sửa xong thầy/cô gửi lại.")


def noted(place: int, *, count: int = 1) -> Markup:
    """A line has been kept."""
    if count > 1:
        return Markup("✍️ Đã ghi {} dòng, tới dòng {}.").format(count, place)
    return Markup("✍️ Đã ghi dòng {}.").format(place)


def photo_noted(place: int) -> Markup:
    """A photo has been kept."""
    return Markup("📷 Đã giữ ảnh ở dòng {}. Xin không gửi ảnh thấy rõ mặt học sinh.").format(place)


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


def dropped_choices(line_id: int) -> tuple[tuple[Choice, ...], ...]:
    """A number typed by mistake must not cost a line."""
    return ((_choice("↩️ Lấy lại dòng", f"keep:{line_id}"),),)


def kept() -> Markup:
    """A line that was struck out stands again."""
    return Markup("↩️ Đã lấy lại dòng này.")


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


def look_at(resolutions: Sequence[tuple[str, str, date | None]]) -> Markup:
    """Decisions that were recognised and that nobody has looked at."""
    lines = [
        resolution_item(work, people, due, overdue=False, done=False, meeting="") for work, people, due in resolutions
    ]
    return join_lines(Markup("📌 Em nhận ra các <b>nghị quyết</b> này, thầy/cô xem đúng chưa ạ?"), *lines)


def look_at_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """All right, or back to the lines."""
    return (
        (_choice("✅ Đúng hết, gửi chủ tọa", f"send:{minutes_id}:checked"),),
        (_choice("✍️ Chưa, để sửa", f"write:{minutes_id}"),),
    )


def there(present: int, invited: int, *, taken: bool, end: datetime) -> Markup:
    """Who the minutes will say was there, and until when."""
    by = "" if taken else " Chưa điểm danh nên em tính theo trả lời giấy mời."
    return Markup("👥 Có mặt {}/{}.{}\n🕓 Kết thúc {} (ghi dòng <i>Kết thúc lúc …</i> nếu khác).").format(
        present, invited, by, f"{end:%H:%M}"
    )


def sent(chair: str, there: Markup, *, reachable: bool, leader: bool) -> Markup:
    """To the secretary; `leader`: the leader was asked in place of a chair who cannot be written to."""
    words = (
        "📨 Đã gửi <b>{}</b> duyệt biên bản."
        if reachable
        else "<b>{}</b> chưa nhận được tin qua bot, nên em gửi tổ trưởng duyệt."
        if leader
        else "<b>{}</b> chưa nhận được tin qua bot; thầy/cô nhắc giúp."
    )
    return join_lines(Markup(words).format(chair), there)


def sent_choices(meeting_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Attendance may be mended until the chair confirms."""
    return ((checklist_entry(meeting_id),),)


def for_chair(meeting: str, there: Markup, body: Sequence[Markup]) -> Markup:
    """The whole minutes, to be confirmed."""
    return join_lines(Markup("📝 <b>Biên bản {}</b> – mời thầy/cô duyệt:").format(meeting), there, *body)


def view(meeting: str, there: Markup, body: Sequence[Markup]) -> Markup:
    """The whole minutes as they stand."""
    return join_lines(Markup("📝 <b>Biên bản {}</b>").format(meeting), there, *(body or [Markup("Chưa có dòng nào.")]))


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


def being_drawn(number: int, code: str, meeting: str, *, version: int) -> Markup:
    """To whoever confirmed; the files follow."""
    again = f" ({_which(version)})" if version > 1 else ""
    return Markup("✅ Đã xác nhận <b>biên bản số {:02d}/{}</b>{} – {}. Em đang lập tệp và gửi mọi người.").format(
        number, code, again, meeting
    )


def confirmed(number: int, code: str, meeting: str, *, version: int, resolutions: int) -> Markup:
    """To everybody, with the files."""
    again = f" (bản đính chính lần {version - 1})" if version > 1 else ""
    return join_lines(
        Markup("📄 <b>Biên bản số {:02d}/{}</b>{} – {}").format(number, code, again, meeting),
        Markup("Có {} nghị quyết; xem tại /nghiquyet.").format(resolutions) if resolutions else None,
    )


def list_item(number: int, meeting: str) -> str:
    """One of the confirmed minutes, as a button."""
    return f"📄 Biên bản {number:02d}: {meeting}"


def files_choice(minutes_id: int, number: int, meeting: str) -> Choice:
    """To their files."""
    return _choice(list_item(number, meeting), f"files:{minutes_id}")


def turns(page: int, *, more: bool) -> list[Choice]:
    """To later and earlier minutes."""
    around = [("‹ Mới hơn", page - 1)] if page else []
    return [_choice(label, f"list:{to}") for label, to in (*around, *([("Cũ hơn ›", page + 1)] if more else []))]


def _which(version: int) -> str:
    return f"bản đính chính lần {version - 1}" if version > 1 else "bản đầu"


def given(number: int, meeting: str, *, version: int) -> Markup:
    """With the files of this version."""
    again = f" ({_which(version)})" if version > 1 else ""
    return Markup("📄 Biên bản {:02d}: {}{}").format(number, meeting, again)


def version_choice(minutes_id: int, version: int) -> Choice:
    """To the files of another version."""
    return _choice(f"🗂 {_which(version).capitalize()}", f"files:{minutes_id}:{version}")


def correct_choice(minutes_id: int) -> Choice:
    """For those who write."""
    return _choice("✏️ Đính chính", f"correct:{minutes_id}")


def confirmed_ones(*, some: bool) -> Markup:
    """Before the list of confirmed minutes."""
    return Markup("<b>Biên bản của tổ</b>\n{}").format(
        "Chọn một biên bản để tải tệp." if some else "Chưa có biên bản nào được xác nhận."
    )


def correcting() -> Markup:
    """A confirmed version is being corrected."""
    return Markup("Bản đã xác nhận vẫn được giữ. Sau khi chủ tọa duyệt lại sẽ thành bản đính chính, cùng số.")


def correcting_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Into the lines, or back to what was confirmed."""
    return (*go_on_choices(minutes_id), (_choice("↩️ Thôi đính chính", f"undo:{minutes_id}"),))


def correction_given_up() -> Markup:
    """Nothing was changed after all."""
    return Markup("Đã thôi đính chính. Biên bản giữ nguyên bản đã xác nhận.")


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


def open_again(work: str) -> Markup:
    """It was marked by mistake."""
    return Markup("↩️ Đã mở lại: {}.").format(work)


def my_part_done(work: str) -> Markup:
    """After the press of one of several."""
    return Markup("✅ Đã ghi phần của thầy/cô: {}. Khi mọi người cùng xong, nghị quyết sẽ đóng.").format(work)


def done_told(who: str, work: str) -> Markup:
    """To the leader."""
    return Markup("✅ {} đã xong nghị quyết: {}.").format(who, work)
