"""Sentences about the whole team's month: names for leader and secretary, counts for the group."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.duty_board import DutyBoard, Excused, Owing
from bot.domain.rich_text import Markup, join_lines


def owing_list(board: DutyBoard, *, now: datetime, zone: ZoneInfo) -> Markup:
    """On the day before the last, to leader and secretary: who owes, and how they can be reached."""
    today = now.astimezone(zone).date()
    return join_lines(
        Markup("📋 <b>Tháng {}</b>: {}/{} tổ viên đã đủ hoạt động, còn {} người.").format(
            board.month.month, board.met, board.bound, board.open
        ),
        *(_owing(each, board.required, today, zone) for each in board.owing),
        *_excused("Đang chờ duyệt nghỉ:", board.waiting),
        *_excused("Đang nghỉ:", board.on_leave),
        "Em vẫn nhắc riêng từng người; thầy/cô chỉ cần gọi những người chưa nhận được tin." if board.owing else None,
    )


def open_count(board: DutyBoard) -> Markup:
    """On the day before the last, to the group: no names."""
    return Markup("📋 Tháng {}: {}/{} tổ viên đã đủ hoạt động. Còn {} người, em nhắc riêng nhé.").format(
        board.month.month, board.met, board.bound, board.open
    )


def closing_list(board: DutyBoard) -> Markup:
    """After the month, to leader and secretary: the count, who did not meet it and why."""
    missed = [Markup("• {} ({}/{})").format(each.name, each.done, board.required) for each in board.owing]
    return join_lines(
        Markup("🗓 <b>Khép tháng {}/{}</b>: {}/{} tổ viên đủ hoạt động.").format(
            board.month.month, board.month.year, board.met, board.bound
        ),
        "Chưa đủ:" if missed else None,
        *missed,
        *_excused("Xin nghỉ chưa được duyệt:", board.waiting),
        *_excused("Được nghỉ:", board.on_leave),
        "Báo cáo muộn vẫn được ghi nhận. Gõ /tonghop tháng trước để xem chi tiết.",
    )


def closing_count(board: DutyBoard) -> Markup:
    """After the month, to the group: no names."""
    leave = f", {len(board.on_leave)} người được nghỉ" if board.on_leave else ""
    return Markup("🗓 Khép tháng {}: {}/{} tổ viên đủ hoạt động{}. Cảm ơn thầy/cô!").format(
        board.month.month, board.met, board.bound, leave
    )


def _owing(each: Owing, required: int, today: date, zone: ZoneInfo) -> Markup:
    return Markup("• {} ({}/{}) – {}").format(each.name, each.done, required, _reach(each, today, zone))


def _reach(each: Owing, today: date, zone: ZoneInfo) -> str:
    if each.reach is None:
        return "chưa tham gia bot"
    if not each.reach.reachable:
        return "đã chặn bot, cần gọi điện"
    days = (today - each.reach.last_used_at.astimezone(zone).date()).days
    return "dùng bot hôm nay" if days <= 0 else f"dùng bot {days} ngày trước"


def _excused(heading: str, people: tuple[Excused, ...]) -> tuple[Markup, ...]:
    if not people:
        return ()
    return (
        Markup(heading),
        *(Markup("• {}: {}").format(each.name, each.reason or "không ghi lý do") for each in people),
    )
