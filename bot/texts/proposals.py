"""Sentences about proposals and votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.domain.messages import Choice
from bot.domain.report_model import Tally
from bot.domain.rich_text import Markup, join_lines
from bot.domain.votes import Ballot, Outcome
from bot.texts.fragments import shortened

BALLOTS = {Ballot.YES: "Tán thành", Ballot.NO: "Không tán thành", Ballot.ABSTAIN: "Không ý kiến"}
STATUSES = {
    "open": "chờ trả lời",
    "answered": "đã trả lời",
    "assigned": "đã giao việc",
    "voting": "đang biểu quyết",
    "decided": "đã biểu quyết",
    "withdrawn": "đã rút",
}
_OUTCOMES = {
    Outcome.PASSED: "được thông qua",
    Outcome.FAILED: "không được thông qua",
    Outcome.TIED: "hai bên bằng nhau, tổ trưởng quyết định",
    Outcome.NO_QUORUM: "không đủ số người biểu quyết",
}

PROPOSAL_ACTION = "proposal"
SUMMARY_COLUMNS = ("Số", "Ngày", "Đề xuất, kiến nghị", "Kết quả")
SUMMARY_WIDTHS = (1, 3, 8, 4)


def ask(*, hands_on_files: bool) -> Markup:
    """A new proposal; some platforms hand on photos only."""
    what = "tệp" if hands_on_files else "ảnh"
    return Markup("Thầy/cô đề xuất điều gì cho tổ? Muốn kèm {0}: gửi {0} với lời ghi “/dexuat nội dung”.").format(what)


def too_long(limit: int) -> Markup:
    """Refused."""
    return Markup("Đề xuất dài quá {} ký tự; xin viết ngắn lại hoặc gửi kèm tệp.").format(limit)


def sent(number: int) -> Markup:
    """Receipt."""
    return Markup("✅ Đã gửi đề xuất số {} đến tổ trưởng.").format(number)


def card(number: int, name: str, text: str, status: str, *, answer: str | None = None, files: int = 0) -> Markup:
    """One proposal."""
    return join_lines(
        Markup("💡 <b>Đề xuất số {}</b> của {} – {}").format(number, name, STATUSES.get(status, status)),
        Markup("{}").format(text),
        Markup("📎 {} tệp").format(files) if files else None,
        Markup("Trả lời: {}").format(answer) if answer else None,
    )


def listed(lines: Sequence[tuple[int, str, str, str]]) -> Markup:
    """(number, name, status, text) of the newest."""
    if not lines:
        return Markup("Chưa có đề xuất nào. Viết: /dexuat nội dung")
    return join_lines(
        Markup("💡 <b>Các đề xuất gần đây</b>"),
        *(
            Markup("• Số {} của {} – {}: {}").format(number, name, STATUSES[status], shortened(text, limit=60))
            for number, name, status, text in lines
        ),
    )


def ask_answer(number: int) -> Markup:
    """The leader's words."""
    return Markup("Thầy/cô trả lời đề xuất số {} thế nào?").format(number)


def answered(number: int) -> Markup:
    """To the leader."""
    return Markup("✅ Đã trả lời đề xuất số {}.").format(number)


def answer(number: int, by: str, words: str) -> Markup:
    """To whoever proposed."""
    return Markup("{} trả lời đề xuất số {}: {}").format(by, number, words)


def choice(label: str, verb: str, proposal_id: int) -> Choice:
    """Something to do about a proposal."""
    return Choice(label=label, action=PROPOSAL_ACTION, value=f"{verb}:{proposal_id}")


def after_vote(proposal_id: int) -> list[list[Choice]]:
    """What the leader does about it in the end, with or without a vote."""
    return [[choice("💬 Trả lời", "answer", proposal_id), choice("📌 Giao thành việc", "assign", proposal_id)]]


def assigned(number: int, work: int | None) -> Markup:
    """To whoever proposed: it has become work."""
    what = f"phân công số {work}" if work is not None else "một việc của tổ"
    return Markup("📌 Đề xuất số {} của thầy/cô đã được giao thành {}.").format(number, what)


def withdrawn(number: int) -> Markup:
    """To whoever proposed."""
    return Markup("Đã rút đề xuất số {}.").format(number)


def withdrawn_told(number: int) -> Markup:
    """To the leader."""
    return Markup("Đề xuất số {} đã được người gửi rút lại.").format(number)


def ask_deadline() -> Markup:
    """Until when."""
    return Markup("Biểu quyết đến lúc nào? Ví dụ: “17h thứ sáu”, “20h 27/11”.")


def deadline_wrong() -> Markup:
    """Not a time to come."""
    return Markup("Xin gõ một thời điểm sau bây giờ, ví dụ “17h thứ sáu”.")


def ask_quorum(voters: int, half: int) -> Markup:
    """How many must take part."""
    return Markup("Cần ít nhất bao nhiêu người biểu quyết? Có quyền: {} người. Số khác: gõ “{} người”.").format(
        voters, min(voters, half + 1)
    )


def quorum_wrong(voters: int) -> Markup:
    """Not such a number."""
    return Markup("Xin gõ như “5 người”, từ 1 đến {} người.").format(voters)


def ask_who() -> Markup:
    """Who may vote."""
    return Markup("Ai được biểu quyết? Thầy/cô chọn, hoặc gõ tên từng người, cách nhau bằng dấu phẩy.")


def who_unknown(typed: str) -> Markup:
    """A name that fits nobody, or several."""
    return Markup("“{}” chưa rõ là ai trong tổ. Xin gõ họ tên đầy đủ, cách nhau bằng dấu phẩy.").format(typed[:60])


def vote_preview(text: str, *, secret: bool, closes_at: datetime, quorum: int, voters: int) -> Markup:
    """Before it opens."""
    return join_lines(
        Markup("<b>Biểu quyết {}</b>").format("kín" if secret else "công khai"),
        Markup("{}").format(text),
        Markup("{} người có quyền, cần ít nhất {}; đến {}.").format(voters, quorum, f"{closes_at:%H:%M %d/%m/%Y}"),
    )


def vote(number: int, text: str, *, secret: bool, closes_at: datetime) -> Markup:
    """To each voter."""
    how = "kín: không ai, kể cả hệ thống, biết thầy/cô chọn gì" if secret else "công khai: ghi tên người chọn"
    return join_lines(
        Markup("🗳 <b>Biểu quyết đề xuất số {}</b> ({})").format(number, how),
        Markup("{}").format(text),
        Markup("Đến {}. Mỗi người chọn một lần.").format(f"{closes_at:%H:%M %d/%m/%Y}"),
    )


def opened(voters: int, unread: int) -> Markup:
    """To the leader."""
    missing = Markup(" {} người chưa nhận được tin.").format(unread) if unread else Markup("")
    return Markup("✅ Đã mở biểu quyết cho {} người.{}").format(voters, missing)


def voted() -> Markup:
    """Counted; says nothing of the choice."""
    return Markup("✅ Đã ghi nhận thầy/cô đã biểu quyết. Kết quả sẽ báo khi hết hạn.")


def voted_already() -> Markup:
    """Once only."""
    return Markup("Thầy/cô đã biểu quyết rồi; mỗi người chọn một lần.")


def vote_over() -> Markup:
    """Too late."""
    return Markup("Biểu quyết này đã kết thúc.")


def result(
    number: int,
    result: Outcome,
    counts: Mapping[Ballot, int],
    *,
    voters: int,
    named: Mapping[Ballot, Sequence[str]] = MappingProxyType({}),
) -> Markup:
    """What came of it; without names for the group chat."""
    cast = sum(counts.values())
    return join_lines(
        Markup("🗳 <b>Đề xuất số {}: {}</b> ({}/{} người biểu quyết)").format(number, _OUTCOMES[result], cast, voters),
        *(
            Markup("{}: {}{}").format(
                BALLOTS[each], counts.get(each, 0), f" ({', '.join(named[each])})" if named.get(each) else ""
            )
            for each in Ballot
        ),
    )


def in_summary(count: int, *, settled: int) -> str:
    """All of a period in a sentence."""
    return f"Có {count} đề xuất, kiến nghị; đã giải quyết {settled}."


def summary_tallies(rows: Sequence[tuple[str, ...]], settled: Sequence[tuple[str, ...]]) -> tuple[Tally, ...]:
    """Both numbers of the sentence."""
    found = (("all", "Đề xuất, kiến nghị", rows), ("settled", "Đã giải quyết", settled))
    return tuple(
        Tally(key, label, tuple(f"Số {number} ({day}): {text} – {result}" for number, day, text, result in those))
        for key, label, those in found
    )


def vote_result(result: Outcome, counts: Mapping[Ballot, int]) -> str:
    """What a vote has decided, in counts."""
    given = ", ".join(f"{counts.get(each, 0)} {BALLOTS[each].lower()}" for each in Ballot)
    return f"biểu quyết {_OUTCOMES[result]} ({given})"


def answer_result(status: str, answer: str | None) -> str:
    """What the leader said or did about it."""
    return f"trả lời: {answer}" if status == "answered" and answer else STATUSES.get(status, status)
