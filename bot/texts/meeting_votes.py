"""Sentences about choosing a meeting's time, and about what is proposed for its agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.meeting_facts import MeetingFacts
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.meetings import ACTION, name, short_moment, within


def ask(facts: MeetingFacts) -> Markup:
    """To everybody."""
    return join_lines(
        Markup("🗳 <b>Chọn giờ: {}</b>").format(name(facts.kind, facts.title)),
        Markup("📍 {}").format(facts.place) if facts.place else None,
        Markup("Thầy/cô chọn mọi giờ mình dự được; chọn lại để bỏ."),
    )


def slot_choices(slots: Sequence[tuple[int, datetime]], *, chosen: set[int]) -> tuple[tuple[Choice, ...], ...]:
    """One line for each time; mine are marked."""

    def label(slot_id: int, at: datetime) -> str:
        return f"{'✓ ' if slot_id in chosen else ''}{short_moment(at)}"

    return tuple((Choice(label=label(slot_id, at), action=ACTION, value=f"slot:{slot_id}"),) for slot_id, at in slots)


def managing_row(meeting_id: int) -> tuple[Choice, ...]:
    """For whoever may call meetings."""
    return (
        Choice(label="📌 Chốt giờ", action=ACTION, value=f"fixing:{meeting_id}"),
        Choice(label="❌ Hủy họp", action=ACTION, value=f"cancel:{meeting_id}"),
    )


def fix_choices(slots: Sequence[tuple[int, datetime]], counts: Mapping[int, int]) -> tuple[tuple[Choice, ...], ...]:
    """Each time with how many could come."""
    return tuple(
        (Choice(label=f"Chốt {short_moment(at)} ({counts.get(slot_id, 0)})", action=ACTION, value=f"fix:{slot_id}"),)
        for slot_id, at in slots
    )


def asked(sent: int) -> Markup:
    """The receipt."""
    return Markup("📨 Đã gửi {} người để chọn giờ. Khi đủ ý kiến, thầy/cô chọn Chốt giờ.").format(sent)


def voted(facts: MeetingFacts, count: int) -> Markup:
    """After each press."""
    return join_lines(ask(facts), Markup("➡️ Thầy/cô đã chọn <b>{}</b> giờ.").format(count))


def voted_notice(count: int) -> str:
    """On the pressed button."""
    return f"Thầy/cô đã chọn {count} giờ."


def voted_in_group(person: str, slots: Sequence[datetime]) -> Markup:
    """Where there are no notices on buttons."""
    chosen = ", ".join(short_moment(at) for at in slots) or "chưa chọn giờ nào"
    return Markup("{}: {}.").format(person, chosen)


def slot_taken(at: datetime, other: str) -> Markup:
    """Another meeting of the team was called for that time while people voted."""
    return Markup("{} trùng với <b>{}</b> mới mời. Thầy/cô chốt giờ khác, hoặc đổi cuộc họp kia trước.").format(
        short_moment(at), other
    )


def which_slot(facts: MeetingFacts) -> Markup:
    """Before the time is fixed."""
    return Markup("Chốt giờ nào cho <b>{}</b>? Trong ngoặc là số người dự được.").format(name(facts.kind, facts.title))


def vote_over() -> Markup:
    """A vote after the time was fixed."""
    return Markup("Giờ họp đã chốt nên em không ghi thêm lựa chọn.")


def slot_over(at: datetime) -> Markup:
    """A time that has passed meanwhile."""
    return Markup("{} đã qua rồi. Thầy/cô chọn giờ khác.").format(short_moment(at))


def propose_choice(meeting_id: int) -> Choice:
    """For members, before the meeting."""
    return Choice(label="💡 Đề xuất nội dung", action=ACTION, value=f"propose:{meeting_id}")


def ask_proposal() -> Markup:
    """One point."""
    return Markup("Thầy/cô muốn đưa nội dung gì vào cuộc họp? Ghi một dòng.")


def proposal_too_long(limit: int) -> Markup:
    """A point is one line."""
    return Markup("Thầy/cô ghi gọn trong {} ký tự giúp em.").format(limit)


def proposed(text: str) -> Markup:
    """To whoever proposed."""
    return Markup("📨 Đã gửi đề xuất: {}. Tổ trưởng xem xong em báo lại.").format(text)


def proposal(facts: MeetingFacts, who: str, text: str) -> Markup:
    """To the leader."""
    return Markup("💡 <b>{}</b> đề xuất nội dung cho {} {}:\n{}").format(
        who, within(facts), short_moment(facts.starts_at), text
    )


def proposal_choices(item_id: int) -> tuple[tuple[Choice, ...], ...]:
    """The leader's answer."""
    return (
        (
            Choice(label="Đưa vào chương trình", action=ACTION, value=f"accept:{item_id}"),
            Choice(label="Để dịp khác", action=ACTION, value=f"decline:{item_id}"),
        ),
    )


def proposal_answered(text: str, *, accepted: bool) -> Markup:
    """To whoever proposed, and to the leader."""
    words = "✅ Đã đưa vào chương trình họp: {}" if accepted else "Nội dung để dịp khác: {}"
    return Markup(words).format(text)


def added_at_once(text: str) -> Markup:
    """Who may call meetings needs no answer."""
    return Markup("✅ Đã đưa vào chương trình họp: {}").format(text)


def proposal_too_late() -> Markup:
    """The meeting has begun."""
    return Markup("Cuộc họp đã bắt đầu, thầy/cô nêu trực tiếp trong buổi họp nhé.")
