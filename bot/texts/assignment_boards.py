"""Sentences about work to those who give it out: the card, the board, what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import shorten

from bot.domain.assignment_view import AssignmentView, BoardLine
from bot.domain.assignments import AssigneeStatus, AssignmentStatus, may_manage, may_see_board
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import Role
from bot.texts.assignments import details, kind_name, moment, name_of
from bot.texts.fragments import people

BOARD_ACTION = "work"
_LONGEST_LIST = 40  # people from which the board lists only those who need attention
_NAMED = 12
_LONGEST_WORDS = 60
_COUNTS = (
    (AssigneeStatus.SENT, "chưa trả lời"),
    (AssigneeStatus.ACCEPTED, "đã nhận"),
    (AssigneeStatus.DECLINED, "báo bận"),
    (AssigneeStatus.DONE, "xong"),
    (AssigneeStatus.WAITING, "chờ gửi"),
)


def names_line(names: Sequence[str]) -> str:
    """Up to a dozen names, and how many more."""
    return people(names, most=_NAMED)


def sending(count: int, *, away: int, not_joined: int, unreachable: int, clashing: int) -> str:
    """ "gửi 31 người; 2 đang nghỉ; 1 chưa nối bot; 1 trùng lịch"."""
    parts = [
        f"gửi {count} người",
        f"{away} đang nghỉ" if away else "",
        f"{not_joined} chưa nối bot" if not_joined else "",
        f"{unreachable} không nhắn được" if unreachable else "",
        f"{clashing} trùng lịch" if clashing else "",
    ]
    return "; ".join(part for part in parts if part)


def board(view: AssignmentView, lines: Sequence[BoardLine]) -> Markup:
    """How everybody stands; what is confidential without its name and theirs."""
    shown = [line for line in lines if line.status is not AssigneeStatus.REMOVED]
    counts = Counter(line.status for line in shown)
    overdue = sum(line.overdue for line in shown)
    summary = " · ".join(f"{words} {counts[status]}" for status, words in _COUNTS if counts[status])
    unreachable = sum(_cannot_be_told(line) for line in shown)
    head = join_lines(
        Markup("📊 <b>Phân công {}</b>").format(name_of(view)),
        _state(view),
        None if view.confidential else _when(view),
        Markup("<b>{} người</b>: {}").format(len(shown), summary) if shown else Markup("Chưa có người làm."),
        Markup("⏰ Quá hạn: {}").format(overdue) if overdue else None,
    )
    if view.confidential:
        return join_lines(head, Markup("⛔ Chưa nhận được tin: {}").format(unreachable) if unreachable else None)
    listed = shown if len(shown) <= _LONGEST_LIST else [line for line in shown if _needs_attention(line)]
    return join_lines(head, "", *(_line(line) for line in listed[:_LONGEST_LIST]))


def _state(view: AssignmentView) -> Markup | None:
    if view.status is AssignmentStatus.CANCELLED:
        return Markup("✖️ <b>Đã hủy</b>")
    if view.status is AssignmentStatus.SCHEDULED:
        return Markup("🕒 Sẽ gửi lúc {}").format(moment(view.send_at))
    return None


def _when(view: AssignmentView) -> Markup:
    return join_lines(*[line for line in details(view)[1:] if line is not None])


def _cannot_be_told(line: BoardLine) -> bool:
    return line.status.is_active and not line.seen and (not line.joined or not line.reachable)


def _needs_attention(line: BoardLine) -> bool:
    return line.overdue or line.status is AssigneeStatus.DECLINED or _cannot_be_told(line) or line.has_left


def _brief(words: str | None) -> str:
    """Words on a board, which must stay one message to be edited; whole they were told when they were said."""
    return shorten(words or "", _LONGEST_WORDS, placeholder="…")


def _line(line: BoardLine) -> Markup:
    match line.status:
        case AssigneeStatus.DONE:
            said = Markup("🏁 {} – xong{}").format(line.name, f": {_brief(line.result)}" if line.result else "")
        case AssigneeStatus.ACCEPTED:
            said = Markup("✅ {} – đã nhận").format(line.name)
        case AssigneeStatus.DECLINED:
            said = Markup("🙋 {} – báo bận: {}").format(line.name, _brief(line.reason) or "không nêu lý do")
        case AssigneeStatus.WAITING if not line.joined:
            said = Markup("⛔ {} – chưa nối bot, chưa gửi được").format(line.name)
        case AssigneeStatus.WAITING:
            said = Markup("🕒 {} – chờ gửi").format(line.name)
        case _ if not line.reachable:
            said = Markup("⛔ {} – không nhắn được").format(line.name)
        case _ if line.seen:
            said = Markup("👀 {} – đã xem, chưa trả lời").format(line.name)
        case _ if line.received:
            said = Markup("📨 {} – đã nhận tin, chưa trả lời").format(line.name)
        case _:
            said = Markup("📤 {} – đang gửi").format(line.name)
    said += Markup(" ⏰ <b>quá hạn</b>") if line.overdue else Markup("")
    return said + (Markup(" (đã rời tổ)") if line.has_left else Markup(""))


def board_choices(
    view: AssignmentView, lines: Sequence[BoardLine], *, manages: bool, nudges: bool = True
) -> list[list[Choice]]:
    """What can be done about it by somebody who manages it, or merely conveys (`nudges`)."""

    def choice(label: str, verb: str) -> Choice:
        return Choice(label=label, action=BOARD_ACTION, value=f"{verb}:{view.id}:{view.version}")

    if view.status is AssignmentStatus.CANCELLED:
        return []
    unanswered = any(line.status is AssigneeStatus.SENT for line in lines)
    nudge = [choice("🔔 Nhắc người chưa trả lời", "nudge")] if unanswered else []
    if not manages:
        return [nudge] if nudge and nudges else []
    return [
        nudge,
        [choice("🔁 Thay người", "replace"), choice("➕ Thêm người", "add")],
        [choice("🕘 Đổi giờ", "time"), choice("⏳ Đổi hạn", "due"), choice("🏫 Đổi nơi", "place")],
        [choice("✉️ Thư gửi trường", "letter")] if lines and not view.confidential else [],
        [choice("🔒 Xem nội dung", "reveal")] if view.confidential else [],
        [choice("⏹ Dừng lặp lại", "stop")] if view.recurrence else [],
        [choice("✖️ Hủy phân công", "cancel")],
    ]


def rows_by_reader(
    view: AssignmentView, lines: Sequence[BoardLine], roles: Mapping[int, Role]
) -> dict[int, list[list[Choice]]]:
    """What each of those who may see the board can do about it; nobody else is shown how it goes on."""
    found: dict[int, list[list[Choice]]] = {}
    for member_id, role in roles.items():
        manages = may_manage(role, is_giver=member_id == view.giver_id)
        if manages or (may_see_board(role) and not view.confidential):
            found[member_id] = board_choices(view, lines, manages=manages, nudges=role is not Role.DEPUTY)
    return found


def revealed_choices(view: AssignmentView, *, forgets: bool) -> list[list[Choice]]:
    """What is confidential need not stay in the chat."""
    forget = Choice(label="🗑 Xóa khỏi chat", action=BOARD_ACTION, value=f"forget:{view.id}:{view.version}")
    return [[forget]] if forgets else []


def revealed(view: AssignmentView, lines: Sequence[BoardLine], *, forgets: bool) -> Markup:
    """What is confidential, to those who may see it."""
    return join_lines(
        Markup("🔒 Nhiệm vụ mật số {}").format(view.number),
        *details(view),
        "",
        *(_line(line) for line in lines if line.status is not AssigneeStatus.REMOVED),
        None if forgets else Markup("<i>Đọc xong, thầy/cô giữ lâu tin này rồi chọn Xóa.</i>"),
    )


def board_list(rows: Sequence[tuple[AssignmentView, Mapping[AssigneeStatus, int]]], *, total: int) -> Markup:
    """A page of the open work, in lines."""
    if not rows:
        return Markup("Hiện không có phân công nào đang làm. Giao việc: /giaoviec")
    lines = [
        Markup("• {}{} – {}").format(
            name_of(view),
            f" ({moment(view.starts_at or view.due_at, all_day=view.all_day)})" if not view.confidential else "",
            ", ".join(f"{words} {counts[status]}" for status, words in _COUNTS if counts.get(status)),
        )
        for view, counts in rows
    ]
    return join_lines(Markup("<b>Phân công đang làm: {}</b>").format(total), *lines)


def only_number(view: AssignmentView) -> Markup:
    """Confidential work of somebody else."""
    return Markup("🔒 Nhiệm vụ mật số {}: chỉ tổ trưởng và người nhận xem được.").format(view.number)


def nudged(count: int, *, later: datetime | None) -> Markup:
    """Receipt of a press for answers; `later`: in quiet hours it waits until then."""
    if not count:
        return nobody_to_nudge()
    if later is not None:
        return Markup("🔔 Em sẽ nhắc {} người chưa trả lời lúc {}, khi hết giờ nghỉ.").format(count, moment(later))
    return Markup("🔔 Đã nhắc {} người chưa trả lời.").format(count)


def nobody_to_nudge() -> Markup:
    """All have answered, are away, or were nudged today."""
    return Markup("Không còn ai để nhắc: mọi người đã trả lời, đang nghỉ, hoặc hôm nay đã được nhắc rồi.")


def second(by: str, changes: Markup) -> Markup:
    """Somebody else was first; nothing was changed."""
    return join_lines(
        Markup("⚠️ Chưa đổi gì: <b>{}</b> vừa thay đổi phân công này trước.").format(by),
        changes,
        Markup("Thầy/cô xem bảng mới bên dưới rồi chọn lại nếu vẫn cần."),
    )


def ask_whom_to_replace() -> Markup:
    """The first question of replacing."""
    return Markup("Thầy/cô thay ai trong phân công này?")


def ask_replacement(name: str, loads: Sequence[str]) -> Markup:
    """The second question, with whom that would burden least."""
    hint = Markup("\n<i>Ít việc nhất: {}</i>").format("; ".join(loads)) if loads else Markup("")
    return Markup("Ai làm thay <b>{}</b>?{}").format(name, hint)


def ask_additional(loads: Sequence[str]) -> Markup:
    """Who else."""
    hint = Markup("\n<i>Ít việc nhất: {}</i>").format("; ".join(loads)) if loads else Markup("")
    return Markup("Thầy/cô thêm ai?{}").format(hint)


def ask_new(what: str, now: str) -> Markup:
    """A new time, due time or place."""
    questions = {
        "time": "Đổi sang lúc nào? (đang là {})",
        "due": "Hạn mới đến khi nào? (đang là {})",
        "place": "Đổi sang trường hay nơi nào? (đang là {})",
    }
    return Markup(questions[what]).format(now)


def changed(count: int) -> Markup:
    """Receipt of a change."""
    return Markup("✏️ Đã đổi và báo cho {} người liên quan.").format(count)


def ask_cancel(view: AssignmentView, count: int) -> Markup:
    """Taking back is asked twice."""
    return Markup("Hủy phân công {} và báo cho {} người?").format(name_of(view), count)


def cancelled(view: AssignmentView, count: int) -> Markup:
    """Receipt."""
    return Markup("✖️ Đã hủy phân công {}, đã báo {} người.").format(name_of(view), count)


def stopped(view: AssignmentView) -> Markup:
    """It does not come again."""
    return Markup("⏹ Phân công {} không lặp lại nữa.").format(name_of(view))


def declined(view: AssignmentView, who: str, reason: str) -> Markup:
    """To the giver: somebody declined, which should not wait for a look at the board."""
    return Markup("🙋 <b>{}</b> báo bận {}. Lý do: {}").format(who, name_of(view), reason)


def no_longer_delegated(view: AssignmentView) -> Markup:
    """A deputy's repetition has come to the end of the delegation."""
    return Markup("⏹ Phân công {} không lặp lại nữa: {} không còn được ủy quyền giao loại việc này.").format(
        name_of(view), view.giver
    )


def not_delegated_then(until: str) -> Markup:
    """Work for later, after the delegation ends."""
    return Markup("Lúc {} thầy/cô không còn được ủy quyền giao việc này. Chọn lúc gửi sớm hơn giúp em.").format(until)


def kind_not_delegated(kind: str) -> Markup:
    """A deputy goes beyond what was delegated."""
    return Markup("Tổ trưởng chưa ủy quyền thầy/cô giao việc loại “{}”. Xin tổ trưởng gõ /uyquyen.").format(
        kind_name(kind)
    )


def nothing_delegated() -> Markup:
    """A deputy without any delegation."""
    return Markup("Tổ trưởng chưa ủy quyền thầy/cô giao việc. Xin tổ trưởng gõ /uyquyen.")


def request_accepted(view: AssignmentView, by: str, *, people: int) -> Markup:
    """To the officer who asked: what it has become, which the leader may have changed."""
    return join_lines(
        Markup("✅ {} đã nhận đề nghị điều động của thầy/cô và giao cho {} người thành phân công {}.").format(
            by, people, name_of(view)
        ),
        None if view.confidential else _when(view),
    )


def people_changed(names: Sequence[str]) -> Markup:
    """Receipt of other people."""
    if not names:
        return Markup("Đã cập nhật người nhận.")
    return Markup("✏️ Đã giao cho {} và báo những người liên quan.").format(names_line(names))


def say_whole_name(typed: str, names: Sequence[str]) -> Markup:
    """A name that fits several, where a whole name is easily typed."""
    return Markup("“{}” có thể là {}. Thầy/cô gõ đủ họ tên giúp em.").format(typed, " hoặc ".join(names))


def whom_to_replace(view: AssignmentView, lines: Sequence[BoardLine]) -> list[list[Choice]]:
    """Those who may be taken off the work."""
    return [
        [Choice(label=line.name, action=BOARD_ACTION, value=f"replace-{line.member_id}:{view.id}:{view.version}")]
        for line in lines
        if line.status.is_active or line.status is AssigneeStatus.DECLINED
    ][:_LONGEST_LIST]
