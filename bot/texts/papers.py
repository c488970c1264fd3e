"""Sentences about official papers: files, drafts, confirmation, sending."""

from __future__ import annotations

from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.texts.periods import short_day

SUMMARY_FILE = "tổng hợp"
"""What the log calls a file of a summary."""
PAPER_ACTION = "paper"
"""What presses about papers are called; jobs offer them too."""


def being_drawn() -> str:
    """On a pressed button, and where there are none: the file comes by itself."""
    return "Em đang lập tệp, thầy/cô chờ vài giây nhé."


def not_drawn() -> Markup:
    """It failed three times."""
    return Markup("Em chưa lập được tệp. Thầy/cô thử lại sau; nếu vẫn lỗi, nhờ báo người cài đặt giúp em.")


def file_ready(name: str, *, is_draft: bool) -> Markup:
    """With a file of a summary."""
    draft = " (dự thảo, chưa có số)" if is_draft else ""
    return Markup("📎 Tổng hợp {}{}").format(name, draft)


def periodic_draft(team: str, name: str) -> Markup:
    """To the secretary on the 1st: the draft comes as a file of its own, before or after this."""
    return Markup("🗓 <b>{}</b>: dự thảo báo cáo {} em gửi trong tin riêng. Xem xong, thầy/cô chọn Lập báo cáo.").format(
        team, name
    )


def school_page_ready(school: str) -> Markup:
    """With the page for a school's board."""
    return Markup("📎 Trang về {} gửi Ban giám hiệu").format(school)


def draft_ready(name: str, *, office: str, is_leader: bool, supplement: bool) -> Markup:
    """A draft may be looked at and confirmed."""
    kind = "Báo cáo bổ sung" if supplement else "Báo cáo"
    step = (
        "Thầy/cô xem tệp rồi chọn <b>Duyệt</b>: báo cáo được cấp số, giữ nguyên từ đó và gửi cho chuyên viên."
        if is_leader
        else "Thầy/cô xem tệp rồi chọn <b>Trình tổ trưởng</b>."
    )
    return join_lines(Markup("📝 <b>{} {}</b> gửi {}: dự thảo.").format(kind, name, office), Markup(step))


def submitted() -> Markup:
    """To the secretary."""
    return Markup("Đã trình tổ trưởng ✓ Em báo lại khi được duyệt.")


def nobody_to_confirm() -> Markup:
    """The leader has not joined the bot."""
    return Markup("Tổ trưởng chưa nối với em nên chưa trình được. Thầy/cô gửi mã mời ở /thanhvien giúp em nhé.")


def for_confirmation(name: str, by: str) -> Markup:
    """To the leader."""
    return Markup("📝 {} trình <b>báo cáo {}</b>. Thầy/cô xem và duyệt giúp em.").format(by, name)


def returned(name: str, by: str) -> Markup:
    """To the secretary: the leader wants changes."""
    return Markup(
        "↩️ {} trả lại <b>báo cáo {}</b> để chỉnh. Sửa xong số liệu, thầy/cô chọn Trình tổ trưởng lần nữa."
    ).format(by, name)


def returned_receipt() -> Markup:
    """To the leader."""
    return Markup("Đã trả lại cho thư ký.")


def confirmed(number: str, name: str) -> Markup:
    """To the leader at once; the files follow."""
    return Markup("✅ Đã duyệt <b>báo cáo {}</b>, số <b>{}</b>. Em đang lập tệp và gửi chuyên viên.").format(
        name, number
    )


def confirmed_already(number: str, name: str) -> Markup:
    """Somebody confirmed it before."""
    return Markup(
        "Báo cáo {} đã được duyệt, số <b>{}</b>, không đổi được nữa. Cần thêm thì lập báo cáo bổ sung."
    ).format(name, number)


def for_office(number: str, name: str, team: str) -> Markup:
    """To the officers, with the files."""
    return Markup("📨 <b>{}</b> gửi báo cáo {}, số {}.").format(team, name, number)


def sent(number: str, name: str, *, officers: int, unread: int) -> Markup:
    """To leader and secretary, with the files."""
    reached = officers - unread
    if not officers:
        who = "Tổ chưa có chuyên viên trong danh sách, thầy/cô gửi tệp giúp em."
    elif not reached:
        who = "Chưa chuyên viên nào nối với em, thầy/cô gửi tệp giúp em."
    else:
        who = f"Đã gửi {reached}/{officers} chuyên viên."
    return Markup("📨 Báo cáo {}, số <b>{}</b>. {}").format(name, number, who)


def requested(name: str, note: str) -> str:
    """The work that the secretary is given: an ad hoc report."""
    return f"Lập báo cáo đột xuất {name}" + (f" ({note})" if note else "")


def request_sent(name: str, due_on: date, number: int, *, waiting: int) -> Markup:
    """To the leader."""
    return join_lines(
        Markup("📌 Đã giao thư ký lập báo cáo {}, hạn {} (việc số {}).").format(name, short_day(due_on), number),
        Markup("Thư ký chưa nối với em; em gửi ngay khi nối.") if waiting else None,
    )


def no_secretary() -> Markup:
    """There is nobody to ask."""
    return Markup("Tổ chưa có thư ký trong danh sách. Thầy/cô có thể lập báo cáo ngay tại đây.")


def request_result(number: str) -> str:
    """What came of the work."""
    return f"báo cáo số {number}"


def request_closed(title: str, number: str) -> Markup:
    """To whom asked for it, when somebody else has confirmed it."""
    return Markup("☑️ {}: đã xong, báo cáo số {}.").format(title, number)
