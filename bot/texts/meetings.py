"""Sentences about meetings: the card, the invitation, answers, moving and cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.meeting_facts import Chair, MeetingFacts
from bot.domain.meetings import Answer, MeetingKind, MeetingStatus
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import Role
from bot.texts.fragments import people, weekday
from bot.texts.vocabulary import ROLE_NAMES

ACTION = "meeting"
ANSWERS = {Answer.ATTENDING: "Tham dự", Answer.ABSENT: "Vắng", Answer.UNSURE: "Chưa chắc"}
REASONS = ("Trùng giờ dạy", "Ốm", "Việc gia đình", "Đi công tác")
_NAMED = 10


def name(kind: MeetingKind, title: str) -> str:
    """What people call the meeting."""
    return title or ("Họp chung" if kind is MeetingKind.GENERAL else "Họp chuyên đề")


def within(facts: MeetingFacts) -> str:
    """Its name inside a sentence: "họp chung", "chuyên đề Toán lớp 4"."""
    called = name(facts.kind, facts.title)
    return called[:1].lower() + called[1:]


def label(facts: MeetingFacts) -> str:
    """Its name with its day: "Họp chung 27/11", "Chuyên đề Toán lớp 4 (27/11)"."""
    day = f"{facts.starts_at.day}/{facts.starts_at.month}"
    return f"{name(facts.kind, facts.title)} {f'({day})' if facts.title else day}"


def moment(at: datetime) -> str:
    """As people say it: "14:00 thứ Sáu, 27/11/2026"."""
    return f"{at:%H:%M} {weekday(at)}, {at.day}/{at.month}/{at.year}"


def short_moment(at: datetime) -> str:
    """Where space is short: "14:00 thứ Sáu 27/11"."""
    return f"{at:%H:%M} {weekday(at)} {at.day}/{at.month}"


def card(facts: MeetingFacts) -> Markup:
    """The meeting with everything that is known of it."""
    host = ", ".join(part for part in (facts.school, facts.board) if part)
    return join_lines(
        Markup("📅 <b>{}</b>").format(name(facts.kind, facts.title)),
        Markup("🕑 {}").format(moment(facts.starts_at)),
        Markup("📍 {}").format(facts.place) if facts.place else None,
        Markup("🏫 Phối hợp: {}").format(host) if host else None,
        Markup("👤 Chủ tọa: {} ({})").format(facts.chair.name, ROLE_NAMES[facts.chair.role]) if facts.chair else None,
        *agenda(facts),
    )


def agenda(facts: MeetingFacts) -> list[Markup]:
    """The points; unfinished resolutions open it. Not numbered: numbers stand before choices on Zalo."""
    points: list[Markup] = []
    if facts.unfinished:
        points.append(Markup("{}").format(unfinished(facts.unfinished)))
    points += [Markup("{}").format(each) for each in facts.agenda]
    if not points:
        return []
    return [Markup("<b>Nội dung:</b>"), *(Markup("• {}").format(each) for each in points)]


def unfinished(resolutions: Sequence[str]) -> str:
    """The point that opens the agenda: what earlier meetings decided and is not done."""
    return f"Rà soát nghị quyết chưa xong: {'; '.join(resolutions)}"


def invitation(facts: MeetingFacts) -> Markup:
    """To everybody."""
    return join_lines(Markup("✉️ <b>Mời họp</b>"), card(facts))


def moved(facts: MeetingFacts, before: datetime, *, asks_again: bool) -> Markup:
    """To everybody who was invited."""
    return join_lines(
        Markup("🔁 <b>Cuộc họp {} có thay đổi</b>").format(short_moment(before)),
        card(facts),
        Markup("Giờ họp đã đổi, thầy/cô trả lời lại giúp em.") if asks_again else None,
    )


def cancelled(facts: MeetingFacts, reason: str, *, was_called: bool) -> Markup:
    """To everybody who was invited, or asked which time would suit."""
    which = moment(facts.starts_at) if was_called else "đang chọn giờ"
    return join_lines(
        Markup("❌ <b>Hủy họp:</b> {}, {}.").format(name(facts.kind, facts.title), which),
        Markup("Lý do: {}").format(reason) if reason else None,
        Markup("Tệp lịch kèm theo sẽ xóa cuộc họp khỏi lịch điện thoại.") if was_called else None,
    )


def no_meeting_soon() -> Markup:
    """In the group, which asked for the next meeting."""
    return Markup("Hiện chưa có lịch họp nào sắp tới.")


def answer_choices(meeting_id: int, chosen: Answer | None = None) -> tuple[tuple[Choice, ...], ...]:
    """Tham dự / Vắng / Chưa chắc; the one given already is marked."""

    def choice(answer: Answer) -> Choice:
        mark = "✓ " if answer is chosen else ""
        return Choice(label=f"{mark}{ANSWERS[answer]}", action=ACTION, value=f"rsvp:{meeting_id}:{answer}")

    return ((choice(Answer.ATTENDING), choice(Answer.ABSENT)), (choice(Answer.UNSURE),))


def called(sent: int, unreachable: Sequence[str], *, groups: int) -> Markup:
    """The receipt of whoever called it."""
    return join_lines(
        Markup("📨 Đã gửi giấy mời cho {} người{}.").format(sent, " và nhóm chat" if groups else ""),
        not_reached(unreachable),
    )


def not_reached(names: Sequence[str]) -> Markup | None:
    """Who cannot be written to."""
    if not names:
        return None
    return Markup("Chưa nhận được tin qua bot: {}. Thầy/cô báo giúp.").format(people(names, most=_NAMED))


def changed(sent: int) -> Markup:
    """The receipt of whoever moved it."""
    return Markup("📨 Đã báo thay đổi cho {} người. Các lời nhắc cũ đã bỏ.").format(sent)


def cancelled_receipt(sent: int) -> Markup:
    """The receipt of whoever cancelled it."""
    return Markup("📨 Đã báo hủy họp cho {} người. Các lời nhắc đã bỏ.").format(sent)


def nothing_changed() -> Markup:
    """The draft is what was there."""
    return Markup("Cuộc họp vẫn như cũ, em không gửi gì.")


def answered(facts: MeetingFacts, answer: Answer, reason: str | None) -> Markup:
    """The invitation with what was answered."""
    why = f" – {reason}" if reason else ""
    return join_lines(card(facts), Markup("\n➡️ Thầy/cô: <b>{}</b>{}").format(ANSWERS[answer], why))


def answer_notice(answer: Answer) -> str:
    """On the pressed button."""
    return f"Đã ghi: {ANSWERS[answer]}."


def answer_in_group(person: str, answer: Answer) -> Markup:
    """Where there are no notices on buttons."""
    return Markup("{}: đã ghi {}.").format(person, ANSWERS[answer].lower())


def ask_reason(facts: MeetingFacts) -> Markup:
    """After "Vắng", which is recorded already."""
    return Markup("Em đã ghi thầy/cô <b>vắng</b> {} {}. Vì lý do gì? Chọn, gõ một dòng, hoặc bỏ qua.").format(
        within(facts), short_moment(facts.starts_at)
    )


def ask_reason_here() -> Markup:
    """Under the invitation that was just answered."""
    return Markup("Thầy/cô vắng vì lý do gì? Chọn, gõ một dòng, hoặc bỏ qua.")


def reason_noted(reason: str) -> Markup:
    """With the way back."""
    if not reason:
        return Markup("Vâng. Thầy/cô đổi ý thì chọn lại giúp em.")
    return Markup("Đã ghi lý do: {}. Thầy/cô đổi ý thì chọn lại giúp em.").format(reason)


def no_longer_away(facts: MeetingFacts) -> Markup:
    """A reason for an answer that stands no longer: the meeting was moved, or the answer changed."""
    return join_lines(card(facts), Markup("Em chưa ghi lý do vì thầy/cô không còn báo vắng buổi này."))


def over() -> Markup:
    """An answer after the end."""
    return Markup("Cuộc họp này đã kết thúc nên em không ghi trả lời nữa.")


def is_cancelled() -> Markup:
    """An answer to a meeting that will not be."""
    return Markup("Cuộc họp này đã hủy.")


def not_called_yet() -> Markup:
    """An answer while the time is voted on."""
    return Markup("Cuộc họp này đang chọn giờ, chưa có giấy mời.")


def chair_notice(facts: MeetingFacts, chair: Chair) -> Markup:
    """To whoever is to chair now (regulation II.1)."""
    why = "" if chair.role is Role.LEADER else " thay người điều hành trước"
    return Markup("👤 Thầy/cô sẽ <b>điều hành</b> {} lúc {}{} (Quy chế, mục II.1).").format(
        within(facts), moment(facts.starts_at), why
    )


def chair_told(facts: MeetingFacts, chair: Chair) -> Markup:
    """To the group and the leader."""
    return Markup("👤 {} {}: <b>{}</b> ({}) điều hành.").format(
        name(facts.kind, facts.title), short_moment(facts.starts_at), chair.name, ROLE_NAMES[chair.role]
    )


def nobody_chairs(facts: MeetingFacts) -> Markup:
    """To the leader."""
    return Markup("⚠️ {} {}: tổ trưởng, tổ phó và thư ký đều báo vắng. Thầy/cô dời cuộc họp giúp ạ.").format(
        name(facts.kind, facts.title), short_moment(facts.starts_at)
    )


def move_choices(meeting_id: int) -> tuple[tuple[Choice, ...], ...]:
    """What a leader may do about a meeting."""
    return (
        (
            Choice(label="🔁 Đổi giờ, nơi", action=ACTION, value=f"move:{meeting_id}"),
            Choice(label="❌ Hủy họp", action=ACTION, value=f"cancel:{meeting_id}"),
        ),
    )


def line(facts: MeetingFacts, answer: Answer | None) -> Markup:
    """One meeting in a list."""
    if facts.status is MeetingStatus.VOTING:
        return Markup("🗳 {}: đang chọn giờ").format(name(facts.kind, facts.title))
    said = ANSWERS[answer].lower() if answer else "chưa trả lời"
    return Markup("📅 {}: {}{} – {}").format(
        name(facts.kind, facts.title), short_moment(facts.starts_at), f", {facts.place}" if facts.place else "", said
    )


def tally(counts: dict[Answer | None, int], absent: Sequence[tuple[str, str]], silent: Sequence[str]) -> Markup:
    """For leader, deputies and secretary: counts, who is away and why, who has said nothing."""
    return join_lines(
        Markup("\n<b>Trả lời:</b> {} tham dự, {} vắng, {} chưa chắc, {} chưa trả lời.").format(
            *(counts.get(each, 0) for each in (Answer.ATTENDING, Answer.ABSENT, Answer.UNSURE, None))
        ),
        *(Markup("• Vắng: {}{}").format(who, f" – {why}" if why else "") for who, why in absent),
        Markup("• Chưa trả lời: {}").format(", ".join(silent)) if silent else None,
    )


def upcoming(year: str, held: int, required: int, lines: Sequence[Markup]) -> Markup:
    """The list, and how the year stands."""
    return join_lines(
        Markup("<b>Họp chung {}/{}</b> (năm học {})").format(held, required, year),
        *(lines or [Markup("Hiện chưa có cuộc họp nào sắp tới.")]),
    )
