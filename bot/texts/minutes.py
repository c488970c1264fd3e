"""Sentences about minutes: written, put before the chair, confirmed, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Choice
from bot.domain.resolution_line import LineKind
from bot.domain.rich_text import Markup, join_lines
from bot.texts.attendance import entry as checklist_entry
from bot.texts.lists import NEWEST_FIRST, turns

ACTION = "minutes"
PHOTO = "Ảnh"
"""The words of a photo that came without any."""
NOBODY = "tổ trưởng"
"""Who confirms when nobody chairs."""
_KINDS = {LineKind.SPREAD: "Nhân rộng: ", LineKind.MEND: "Khắc phục: ", LineKind.PHOTO: "📷 "}


def choice(label: str, value: str) -> Choice:
    """Something to do about minutes or one of their lines."""
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
    return choice(f"✍️ {meeting}" if meeting else "✍️ Xem bản đang viết", f"open:{meeting_id}")


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
    others = choice("📂 Biên bản khác", "others:0")
    return (
        () if is_empty else (choice("📨 Gửi chủ tọa duyệt", f"send:{minutes_id}"),),
        (choice("👀 Xem biên bản", f"view:{minutes_id}"), choice("✏️ Sửa một dòng", f"which:{minutes_id}")),
        (choice("⏸ Tạm dừng ghi", f"pause:{minutes_id}"),),
        (choice("↩️ Thôi đính chính", f"undo:{minutes_id}"), others) if corrects else (others,),
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
        (choice("👀 Xem biên bản", f"view:{minutes_id}"), choice("✏️ Lấy lại để sửa", f"take:{minutes_id}")),
        (choice("📂 Biên bản khác", "others:0"),),
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
        (choice("✏️ Sửa dòng này", f"fix:{line_id}"), choice("🗑 Bỏ dòng này", f"drop:{line_id}")),
        (choice("📨 Gửi chủ tọa duyệt", f"send:{minutes_id}"),),
    )


def dropped() -> Markup:
    """A line was struck out."""
    return Markup("🗑 Đã bỏ dòng này khỏi biên bản.")


def dropped_choices(line_id: int) -> tuple[tuple[Choice, ...], ...]:
    """A number typed by mistake must not cost a line."""
    return ((choice("↩️ Lấy lại dòng", f"keep:{line_id}"),),)


def kept() -> Markup:
    """A line that was struck out stands again."""
    return Markup("↩️ Đã lấy lại dòng này.")


def ask_line(text: str) -> Markup:
    """The line as it is."""
    return Markup("Dòng đang ghi:\n<i>{}</i>\nThầy/cô gõ lại cả dòng.").format(text)


def line_too_long(limit: int) -> Markup:
    """More than is kept in one line."""
    return Markup("Một dòng tối đa {} ký tự. Thầy/cô tách thành nhiều dòng giúp em.").format(limit)


def kept_both() -> Markup:
    """Somebody else had corrected the line meanwhile."""
    return Markup("Dòng này vừa có người khác sửa, nên em giữ cả hai bản, dòng của thầy/cô đứng ngay sau.")


def paused() -> Markup:
    """The secretary stops writing for now."""
    return Markup("⏸ Đã tạm dừng. Gõ /bienban để ghi tiếp.")


def empty() -> Markup:
    """Nothing has been written."""
    return Markup("Biên bản chưa có dòng nào nên chưa gửi được. Thầy/cô ghi vài dòng rồi gửi giúp em.")


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


def worded(kind: LineKind, text: str) -> str:
    """A line with what it is, where it is more than a note."""
    return f"{_KINDS.get(kind, '')}{text}"


def body_line(number: int, text: str) -> Markup:
    """One line, with its number in brackets: bare numbers stand before choices on Zalo."""
    return Markup("({}) {}").format(number, text)


def chair_choices(minutes_id: int, rounds: int) -> tuple[tuple[Choice, ...], ...]:
    """The chair's answer to this round."""
    about = f"{minutes_id}:{rounds}"
    return ((choice("✅ Xác nhận biên bản", f"confirm:{about}"), choice("↩️ Trả lại", f"return:{about}")),)


def go_on_choices(minutes_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Back to writing."""
    return ((choice("✍️ Viết tiếp", f"write:{minutes_id}"), choice("👀 Xem biên bản", f"view:{minutes_id}")),)


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
    return choice(list_item(number, meeting), f"files:{minutes_id}")


def turn_choices(page: int, *, more: bool) -> list[Choice]:
    """To later and earlier minutes."""
    return [choice(label, f"list:{to}") for label, to in turns(page, page + 1 + more, words=NEWEST_FIRST)]


def _which(version: int) -> str:
    return f"bản đính chính lần {version - 1}" if version > 1 else "bản đầu"


def given(number: int, meeting: str, *, version: int) -> Markup:
    """With the files of this version."""
    again = f" ({_which(version)})" if version > 1 else ""
    return Markup("📄 Biên bản {:02d}: {}{}").format(number, meeting, again)


def version_choice(minutes_id: int, version: int) -> Choice:
    """To the files of another version."""
    return choice(f"🗂 {_which(version).capitalize()}", f"files:{minutes_id}:{version}")


def correct_choice(minutes_id: int) -> Choice:
    """For those who write."""
    return choice("✏️ Đính chính", f"correct:{minutes_id}")


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
    return (*go_on_choices(minutes_id), (choice("↩️ Thôi đính chính", f"undo:{minutes_id}"),))


def correction_given_up() -> Markup:
    """Nothing was changed after all."""
    return Markup("Đã thôi đính chính. Biên bản giữ nguyên bản đã xác nhận.")
