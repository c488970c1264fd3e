"""Sentences about taking part in a colleague's activity."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines

ACTION = "took-part"


def choices(activity_id: int, member_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Yes or no; they name the member, who may be in several teams."""
    about = f"{activity_id}:{member_id}"
    return (
        (
            Choice(label="Đã tham gia", action=ACTION, value=f"yes:{about}"),
            Choice(label="Không tham gia", action=ACTION, value=f"no:{about}"),
        ),
    )


def asked(reporter: str, what: Markup) -> Markup:
    """To a co-participant."""
    return Markup(
        "🤝 <b>{}</b> ghi thầy/cô cùng tham gia:\n{}.\nĐúng không ạ? Xác nhận thì hoạt động này tính cho thầy/cô."
    ).format(reporter, what)


def confirmed(number: int, what: Markup, month: Markup) -> Markup:
    """To whoever confirms, or joins what a colleague reported."""
    return join_lines(Markup("✅ Đã ghi thầy/cô cùng tham gia hoạt động số <b>{}</b>: {}.").format(number, what), month)


def contributed() -> Markup:
    """Notes and photos of whoever joins go to the common report."""
    return Markup("<i>Ý kiến và ảnh của thầy/cô được ghi thêm vào báo cáo chung.</i>")


def declined(number: int) -> Markup:
    """To whoever says no."""
    return Markup(
        "Vâng, em không ghi thầy/cô vào hoạt động số {}. Nếu nhầm, thầy/cô vẫn chọn “Đã tham gia” được."
    ).format(number)


def withdrawn_meanwhile() -> Markup:
    """The reporter took it back."""
    return Markup("Báo cáo này đã được rút nên không cần xác nhận nữa.")


def reporter_told(name: str, number: int, *, took_part: bool, contributed: bool = False) -> Markup:
    """To the reporter."""
    if not took_part:
        return Markup("🤝 <b>{}</b> trả lời là không tham gia hoạt động số {}.").format(name, number)
    more = " và ghi thêm ý kiến" if contributed else ""
    return Markup("🤝 <b>{}</b> đã xác nhận cùng tham gia hoạt động số {}{}.").format(name, number, more)


def changed(reporter: str, number: int, what: Markup) -> Markup:
    """To co-participants when the report was corrected."""
    return Markup("✏️ <b>{}</b> đã sửa báo cáo số {}. Nay là: {}.").format(reporter, number, what)


def gone(reporter: str, number: int, what: Markup) -> Markup:
    """To co-participants when the report was withdrawn."""
    return Markup("↩️ <b>{}</b> đã rút báo cáo số {}: {}. Hoạt động này không còn được tính.").format(
        reporter, number, what
    )


def still_counted(names: Sequence[str]) -> Markup:
    """To a reporter who left out somebody who had confirmed."""
    return Markup("🤝 {} đã tự xác nhận nên vẫn được ghi.").format(", ".join(names))
