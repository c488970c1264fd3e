"""Sentences about work that was given out, to those who have it to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import OTHER_WORK, AssigneeStatus, ReminderReason
from bot.domain.messages import Choice
from bot.domain.recurrence import Recurrence
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import ActivityKind
from bot.texts.fragments import weekday
from bot.texts.papers import PAPER_ACTION
from bot.texts.vocabulary import KIND_NAMES

TASK_ACTION = "task"
REPEATS = {
    Recurrence.ONCE: "một lần",
    Recurrence.WEEKLY: "hằng tuần",
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.MONTH_END: "ngày làm việc cuối mỗi tháng",
}
STATUS_WORDS = {
    AssigneeStatus.WAITING: "chờ gửi",
    AssigneeStatus.SENT: "chưa trả lời",
    AssigneeStatus.ACCEPTED: "đã nhận",
    AssigneeStatus.DECLINED: "đã báo bận",
    AssigneeStatus.DONE: "đã xong",
    AssigneeStatus.REMOVED: "không còn phân công",
}
CHANGES = {
    "time": "Thời gian",
    "due": "Hạn",
    "place": "Nơi",
    "title": "Việc",
    "people": "Người làm",
    "cancelled": "Hủy",
}


def kind_name(kind: str) -> str:
    """What the kind is called."""
    return "Việc khác" if kind == OTHER_WORK else KIND_NAMES[ActivityKind(kind)]


def moment(at: datetime | None, *, all_day: bool = False) -> str:
    """ "thứ Năm 26/11, 8:00"; "chưa định" where there is none."""
    if at is None:
        return "chưa định"
    day = f"{weekday(at)} {at.day}/{at.month}"
    return day if all_day else f"{day}, {at.hour}:{at.minute:02d}"


def name_of(view: AssignmentView) -> str:
    """The work in a line; what is confidential is only a number."""
    return f"nhiệm vụ mật số {view.number}" if view.confidential else f"số {view.number}: {view.title}"


def details(view: AssignmentView) -> list[Markup | None]:
    """What, where, when, until when."""
    place = ", ".join(each for each in (view.school, view.place) if each)
    return [
        Markup("<b>{}</b>").format(view.title),
        Markup("{}").format(kind_name(view.kind)) if view.kind != OTHER_WORK else None,
        Markup("🏫 {}").format(place) if place else None,
        Markup("📅 {}").format(moment(view.starts_at, all_day=view.all_day)) if view.starts_at else None,
        Markup("⏳ Hạn: {}").format(moment(view.due_at)) if view.due_at else None,
        Markup("🔁 {}").format(REPEATS[view.recurrence].capitalize()) if view.recurrence else None,
    ]


def order(view: AssignmentView, *, forgets: bool, about: Markup | None = None) -> Markup:
    """The work to its assignee; `about` says what is new about it.

    `forgets`: the bot can take its messages out of that chat again (Chat.forgets), else people are told to.
    """
    title = "🔒 Nhiệm vụ mật số {} – {} giao" if view.confidential else "📌 Phân công số {} – {} giao"
    return join_lines(
        about,
        Markup(title).format(view.number, view.giver),
        *details(view),
        Markup("<i>Chỉ thầy/cô và người giao biết nội dung này. {}</i>").format(_forgetting(forgets))
        if view.confidential
        else None,
    )


def _forgetting(forgets: bool) -> str:
    if forgets:
        return "Đọc xong, thầy/cô chọn Xóa khỏi chat."
    return "Zalo không cho bot xóa tin: đọc xong, thầy/cô giữ lâu tin này rồi chọn Xóa."


def order_choices(view: AssignmentView, status: AssigneeStatus, *, forgets: bool) -> list[list[Choice]]:
    """What the assignee can do about it."""

    def choice(label: str, verb: str) -> Choice:
        return Choice(label=label, action=TASK_ACTION, value=f"{verb}:{view.id}:{view.version}")

    forget = [choice("🗑 Xóa khỏi chat", "forget")] if view.confidential and forgets else []
    ask = choice("❓ Hỏi người giao", "ask")
    draft = [write_report_choice(view)] if view.report else []
    match status:
        case AssigneeStatus.SENT:
            return [[choice("✅ Nhận", "accept"), choice("🙋 Báo bận", "busy")], [*draft, ask], forget]
        case AssigneeStatus.ACCEPTED:
            done = draft or [choice("🏁 Đã xong", "done")]
            return [[*done, choice("🙋 Báo bận", "busy")], [ask], forget]
        case AssigneeStatus.DECLINED:
            return [[choice("✅ Nhận lại", "accept")], [ask], forget]
        case _:
            return [forget] if forget else []


def write_report_choice(view: AssignmentView) -> Choice:
    """The report that the work asks for; confirming it closes the work."""
    return Choice(label="📝 Lập báo cáo", action=PAPER_ACTION, value=f"draft|{view.report}")


def closed_by_report(view: AssignmentView) -> Markup:
    """Pressed "done" where a report is asked for."""
    return Markup("Việc {} tự đóng khi tổ trưởng duyệt báo cáo. Thầy/cô chọn Lập báo cáo.").format(name_of(view))


def accepted(view: AssignmentView, *, forgets: bool) -> Markup:
    """Under the order, once it was taken; where that is a message of its own, nothing confidential is said again."""
    again = order(view, forgets=forgets) if forgets or not view.confidential else _number(view)
    if view.report:
        return join_lines(again, "", Markup("✅ Thầy/cô đã nhận. Tổ trưởng duyệt báo cáo là xong việc."))
    return join_lines(again, "", Markup("✅ Thầy/cô đã nhận. Làm xong, thầy/cô chọn <b>Đã xong</b> hoặc vào /nhiemvu."))


def _number(view: AssignmentView) -> Markup:
    return Markup("🔒 Nhiệm vụ mật số {} – xem tại /nhiemvu").format(view.number)


def declined(view: AssignmentView, reason: str) -> Markup:
    """Receipt of saying no."""
    return Markup("Đã báo bận {}. Lý do: {}. Em đã chuyển người giao việc.").format(name_of(view), reason)


def ask_reason(view: AssignmentView) -> Markup:
    """Why they cannot."""
    return Markup("Thầy/cô bận việc gì ({})? Chọn hoặc gõ một dòng, em báo lại người giao ngay.").format(name_of(view))


REASONS = ("Trùng tiết dạy", "Trùng việc của trường", "Đang ốm", "Việc gia đình")


def ask_question(view: AssignmentView) -> Markup:
    """What they want to know."""
    return Markup("Thầy/cô muốn hỏi gì về {}? Gõ câu hỏi, em chuyển ngay.").format(name_of(view))


def question_sent() -> Markup:
    """Receipt of a question."""
    return Markup("Đã chuyển câu hỏi. Có trả lời em báo thầy/cô ngay.")


def question(view: AssignmentView, who: str, text: str) -> Markup:
    """To the giver."""
    return Markup("❓ <b>{}</b> hỏi về {}:\n{}").format(who, name_of(view), text)


def ask_answer(who: str) -> Markup:
    """The giver answers."""
    return Markup("Thầy/cô trả lời <b>{}</b> thế nào?").format(who)


def answer(view: AssignmentView, who: str, text: str) -> Markup:
    """To the assignee."""
    return Markup("💬 <b>{}</b> trả lời về {}:\n{}").format(who, name_of(view), text)


def answer_sent(who: str) -> Markup:
    """Receipt of an answer."""
    return Markup("Đã chuyển trả lời tới {}.").format(who)


def ask_result(view: AssignmentView) -> Markup:
    """What came of it."""
    return Markup("Kết quả {} thế nào? Thầy/cô gõ một hai dòng.").format(name_of(view))


RESULTS = ("Đã hoàn thành",)


def finished(view: AssignmentView) -> Markup:
    """Receipt of work done."""
    return Markup("🏁 Đã ghi nhận hoàn thành {}. Cảm ơn thầy/cô!").format(name_of(view))


def offer_report(view: AssignmentView) -> Choice:
    """Work of a kind that counts can become the month's activity."""
    return Choice(label="📝 Ghi vào hoạt động tháng", action=TASK_ACTION, value=f"report:{view.id}:{view.version}")


def ask_whether_it_was() -> Markup:
    """After a report that may be of work one was given."""
    return Markup("Báo cáo này có phải của việc thầy/cô được giao không?")


def it_was(view: AssignmentView, activity_id: int) -> Choice:
    """The report is of this work, which is done by it."""
    return Choice(
        label=f"🏁 Đúng, xong {name_of(view)}"[:60], action=TASK_ACTION, value=f"matches:{view.id}:{activity_id}"
    )


def report_opening(view: AssignmentView) -> Markup:
    """Above the report that closes an observation."""
    if view.confidential:
        return Markup("Báo cáo này hiện trong tổng hợp: thầy/cô chỉ ghi loại việc và ngày, đừng ghi nội dung mật nhé.")
    return Markup("Em đã điền sẵn từ {}. Gửi báo cáo là xong việc này.").format(name_of(view))


def hidden(view: AssignmentView) -> Markup:
    """What is left of a confidential message that is too old to be deleted."""
    return Markup("🔒 Nhiệm vụ mật số {}: nội dung đã ẩn.").format(view.number)


def forgotten(view: AssignmentView, *, files_left: int) -> Markup:
    """Receipt of deleting what was said of confidential work."""
    return join_lines(
        Markup("🗑 Đã xóa nội dung nhiệm vụ mật số {} khỏi chat. Xem lại: /nhiemvu").format(view.number),
        Markup("Còn {} tệp gửi đã quá 48 giờ nên Telegram không cho em xóa: thầy/cô giữ lâu tệp rồi chọn Xóa.").format(
            files_left
        )
        if files_left
        else None,
    )


def cannot_forget() -> Markup:
    """Where only people can delete."""
    return Markup("Zalo không cho em xóa tin. Thầy/cô giữ lâu tin đó rồi chọn Xóa.")


def cancelled_notice(view: AssignmentView, by: str) -> Markup:
    """To those who had it."""
    return Markup("✖️ {} đã hủy phân công {}. Thầy/cô không cần làm nữa.").format(by, name_of(view))


def no_longer(view: AssignmentView) -> Markup:
    """A press on work that was cancelled."""
    return Markup("✖️ Phân công {} đã hủy, thầy/cô không cần làm nữa.").format(name_of(view))


def not_yours(view: AssignmentView) -> Markup:
    """A press on work that went to somebody else."""
    return Markup("Phân công {} không còn thuộc phần thầy/cô.").format(name_of(view))


def removed_notice(view: AssignmentView, by: str) -> Markup:
    """To somebody who was replaced."""
    return Markup("{} đã chuyển phân công {} cho người khác. Thầy/cô không cần làm nữa.").format(by, name_of(view))


def already(view: AssignmentView, status: AssigneeStatus) -> Markup:
    """A press that changes nothing any more."""
    return Markup("Phân công {}: {}.").format(name_of(view), STATUS_WORDS[status])


def changed_meanwhile(view: AssignmentView) -> Markup:
    """The press was on an older state of the work."""
    return Markup("⚠️ Phân công {} vừa thay đổi. Thầy/cô xem lại rồi chọn giúp:").format(name_of(view))


def changes(content: Mapping[str, Sequence[str]]) -> Markup:
    """What was changed: "Thời gian: thứ Năm 26/11, 8:00 → thứ Sáu 27/11, 9:00"."""
    lines = [
        Markup("{}: <s>{}</s> → <b>{}</b>").format(CHANGES[name], old or "chưa định", new)
        if name != "cancelled"
        else Markup("đã hủy")
        for name, (old, new) in content.items()
        if name in CHANGES
    ]
    return join_lines(*lines)


def changed_notice(
    view: AssignmentView, by: str, content: Mapping[str, Sequence[str]], *, brief: bool = False
) -> Markup:
    """Above the order, to everybody concerned; `brief`: by itself, to whoever asked for the work."""
    heading = Markup("✏️ <b>{} thay đổi phân công số {}</b>").format(by, view.number)
    if brief:
        name = Markup("{} (theo đề nghị của thầy/cô)").format(name_of(view))
        return join_lines(heading, name, None if view.confidential else changes(content))
    return join_lines(heading, changes(content), "")


def cancelled_request(view: AssignmentView, by: str) -> Markup:
    """To the officer who had asked for it."""
    return Markup("✖️ {} đã hủy phân công {} (theo đề nghị của thầy/cô).").format(by, name_of(view))


def reminder(view: AssignmentView, reason: ReminderReason) -> Markup:
    """One reminder."""
    match reason:
        case ReminderReason.UNANSWERED:
            lead = Markup("🔔 Thầy/cô chưa trả lời phân công này:")
        case ReminderReason.BEFORE:
            lead = Markup("🔔 Sắp đến lịch được phân công:")
        case ReminderReason.OVERDUE:
            lead = Markup("⏰ Việc này đã quá hạn. Thầy/cô đã làm chưa?")
    return recalled(view, lead)


def recalled(view: AssignmentView, lead: Markup) -> Markup:
    """Work that somebody knows of already; what is confidential is not said again."""
    return join_lines(lead, _number(view)) if view.confidential else order(view, forgets=True, about=lead)


def nudged_by(who: str) -> Markup:
    """Above the order, when somebody presses for an answer."""
    return Markup("🔔 <b>{}</b> mong thầy/cô trả lời phân công này:").format(who)
