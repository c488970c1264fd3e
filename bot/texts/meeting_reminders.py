"""Reminders of meetings, and the warning that the year's general meetings run behind."""

from __future__ import annotations

from bot.domain.meeting_facts import MeetingFacts
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.meetings import ACTION, card, name, short_moment

_HOUR, _DAY = 60, 24 * 60


def ahead(minutes: int) -> str:
    """How far away it is, in words: "3 ngày", "2 giờ"."""
    if minutes % _DAY == 0:
        return f"{minutes // _DAY} ngày"
    return f"{minutes // _HOUR} giờ" if minutes % _HOUR == 0 else f"{minutes} phút"


def to_group(facts: MeetingFacts, minutes: int) -> Markup:
    """Everything once more."""
    return join_lines(Markup("⏰ <b>Nhắc họp</b> (trước {})").format(ahead(minutes)), card(facts))


def to_silent(facts: MeetingFacts, minutes: int) -> Markup:
    """To somebody who has not answered."""
    last = minutes < _DAY
    ask = (
        "Thầy/cô chưa trả lời giấy mời. Có dự được không ạ?" if last else "Thầy/cô trả lời giúp em có dự được không ạ?"
    )
    return join_lines(
        Markup("⏰ <b>{}</b>: {}.").format(name(facts.kind, facts.title), short_moment(facts.starts_at)),
        Markup("📍 {}").format(facts.place) if facts.place else None,
        ask,
    )


def behind(year: str, *, held: int, required: int) -> Markup:
    """To the leader (regulation III.2: họp chung ít nhất 03 lần)."""
    return Markup(
        "🗓 Năm học {} mới họp chung <b>{}/{}</b> lần và chưa có lịch họp tiếp. Quy chế (mục III.2) cần ít nhất {} lần; "
        "thầy/cô xếp một buổi họp chung giúp em."
    ).format(year, held, required, required)


def behind_choices() -> tuple[tuple[Choice, ...], ...]:
    """The fix."""
    return ((Choice(label="➕ Mời họp", action=ACTION, value="new:0"),),)
