"""Sentences about giving out work in the leader's place, and about what the office asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.assignments import WORK_KINDS
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.assignments import kind_name

DELEGATION_ACTION = "delegate"
REQUEST_ACTION = "request"


def kinds_words(kinds: Sequence[str]) -> str:
    """ "mọi loại việc", or the kinds by name."""
    if set(kinds) >= set(WORK_KINDS):
        return "mọi loại việc"
    return ", ".join(kind_name(kind).lower() for kind in kinds)


def day(until: date) -> str:
    """ "31/12/2026"."""
    return f"{until.day}/{until.month}/{until.year}"


def listed(rows: Sequence[tuple[str, Sequence[str], date]]) -> Markup:
    """What is delegated now."""
    if not rows:
        return Markup("Hiện chưa ủy quyền cho ai giao việc.")
    lines = [
        Markup("• <b>{}</b>: {}, đến hết {}").format(name, kinds_words(kinds), day(until))
        for name, kinds, until in rows
    ]
    return join_lines(Markup("<b>Đang ủy quyền giao việc:</b>"), *lines)


def ask_who() -> Markup:
    """Which deputy."""
    return Markup("Ủy quyền giao việc cho tổ phó nào?")


def no_deputy() -> Markup:
    """Nobody it could be delegated to."""
    return Markup("Tổ chưa có tổ phó. Thầy/cô đặt vai trò tổ phó trong /thanhvien rồi ủy quyền.")


def ask_kinds() -> Markup:
    """Which kinds of work."""
    return Markup("Được giao những loại việc nào? Chọn hoặc gõ, cách nhau bằng dấu phẩy, ví dụ: dự giờ, chấm thi.")


def kinds_unknown(words: str) -> Markup:
    """A kind that is none of the list."""
    return Markup("Em chưa rõ loại việc “{}”. Thầy/cô gõ ví dụ: dự giờ, chấm thi, tập huấn; hoặc tất cả.").format(words)


def ask_until() -> Markup:
    """Until when."""
    return Markup("Đến hết ngày nào? (ví dụ: 31/12, cuối tháng)")


def until_unknown() -> Markup:
    """No day that lies ahead."""
    return Markup("Thầy/cô gõ một ngày từ hôm nay trở đi, ví dụ: 31/12.")


def card(name: str, kinds: Sequence[str], until: date | None) -> Markup:
    """The delegation as it will be."""
    return Markup("<b>Ủy quyền giao việc</b>\n👤 {}\n📌 {}\n📅 đến hết {}").format(
        name, kinds_words(kinds), day(until) if until else "…"
    )


def granted(name: str, kinds: Sequence[str], until: date) -> Markup:
    """Receipt."""
    return Markup("✅ Từ bây giờ {} được giao {} đến hết {}.").format(name, kinds_words(kinds), day(until))


def granted_notice(by: str, kinds: Sequence[str], until: date) -> Markup:
    """To the deputy."""
    return Markup("📌 {} ủy quyền cho thầy/cô giao {} đến hết {}. Giao việc: /giaoviec").format(
        by, kinds_words(kinds), day(until)
    )


def revoke(name: str, member_id: int) -> Choice:
    """Takes a delegation back."""
    return Choice(label=f"↩️ Thu lại của {name}", action=DELEGATION_ACTION, value=f"revoke:{member_id}")


def revoked(name: str) -> Markup:
    """Receipt."""
    return Markup("↩️ Đã thu lại ủy quyền của {}, từ bây giờ.").format(name)


def revoked_notice(by: str) -> Markup:
    """To the deputy."""
    return Markup("{} đã thu lại ủy quyền giao việc. Việc thầy/cô đã giao vẫn do thầy/cô theo dõi.").format(by)


def ask_request() -> Markup:
    """What the office needs."""
    return Markup(
        "Thầy/cô đề nghị tổ làm việc gì? Viết trong một tin, ví dụ: <i>chấm thi học sinh giỏi TH Phú Hòa 1 thứ năm 8h, "
        "4 người; hạn báo cáo 30/11</i>"
    )


def request_sent(*, unread: bool) -> Markup:
    """Receipt."""
    if unread:
        return Markup("📨 Đã ghi đề nghị. Tổ trưởng chưa nhận được tin qua bot, thầy/cô báo giúp một tiếng.")
    return Markup("📨 Đã chuyển đề nghị điều động tới tổ trưởng. Có trả lời em báo ngay.")


def request_notice(who: str, text: str) -> Markup:
    """To the leader."""
    return Markup("🏛 <b>{}</b> đề nghị điều động:\n{}").format(who, text)


def request_choices(request_id: int) -> list[list[Choice]]:
    """What the leader can do about it."""
    return [
        [Choice(label="📌 Nhận, giao việc", action=REQUEST_ACTION, value=f"accept:{request_id}")],
        [Choice(label="💬 Trả lời", action=REQUEST_ACTION, value=f"answer:{request_id}")],
    ]


def ask_answer(who: str) -> Markup:
    """What to answer an officer."""
    return Markup("Thầy/cô trả lời <b>{}</b> thế nào?").format(who)


def request_answered(by: str, text: str, words: str) -> Markup:
    """To the officer."""
    return Markup("💬 <b>{}</b> trả lời đề nghị “{}”:\n{}").format(by, text[:80], words)


def answer_sent(who: str) -> Markup:
    """Receipt."""
    return Markup("Đã chuyển trả lời tới {}.").format(who)


def request_settled() -> Markup:
    """A press on a request that was answered already."""
    return Markup("Đề nghị này đã được trả lời rồi.")
