"""Sentences about having one's membership on two chat platforms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import ChannelName

ACTION = "link"
PLATFORMS = {ChannelName.TELEGRAM: "Telegram", ChannelName.ZALO: "Zalo"}


def linked(accounts: Sequence[tuple[ChannelName, str, bool]]) -> Markup:
    """Where this person can be found: platform, the name there, whether messages arrive."""
    rows = [
        Markup("• {}: {}{}").format(
            PLATFORMS[channel], name or "(không tên)", "" if reachable else " – đang mất liên lạc"
        )
        for channel, name, reachable in accounts
    ]
    return join_lines(Markup("<b>Tài khoản của thầy/cô</b>"), *rows)


def code(code: str, *, other: ChannelName, valid_for: timedelta) -> Markup:
    """The code that links the other platform, typed by whoever is the same person."""
    return join_lines(
        Markup("Để dùng cả {}: mở chat với bot của tổ trên {} và nhắn mã").format(PLATFORMS[other], PLATFORMS[other]),
        Markup("<code>{}</code>").format(code),
        Markup("Mã dùng một lần, trong {} phút. Xin đừng chuyển mã này cho ai.").format(
            int(valid_for.total_seconds() // 60)
        ),
    )


def offer(channel: ChannelName, name: str, account_id: int) -> Choice:
    """The button that takes an account away."""
    return Choice(label=f"Gỡ {PLATFORMS[channel]} {name}".strip(), action=ACTION, value=f"unlink:{account_id}")


def confirm(channel: ChannelName, name: str) -> Markup:
    """Asked before an account is taken away."""
    return Markup("Gỡ <b>{} {}</b>? Tài khoản đó sẽ không còn nhận và xem được gì của tổ.").format(
        PLATFORMS[channel], name
    )


def confirmation(account_id: int) -> list[list[Choice]]:
    """Yes or no."""
    return [
        [Choice(label="Gỡ tài khoản", action=ACTION, value=f"confirm:{account_id}")],
        [Choice(label="Giữ lại", action=ACTION, value="keep")],
    ]


def kept() -> Markup:
    """Nothing was taken away."""
    return Markup("Vâng, em giữ nguyên các tài khoản của thầy/cô.")


def unlinked(channel: ChannelName, name: str) -> Markup:
    """The account is gone."""
    return Markup("Đã gỡ {} {}. Em chỉ còn nhắn cho thầy/cô ở tài khoản còn lại.").format(PLATFORMS[channel], name)


def only_one() -> Markup:
    """The last account cannot be taken away."""
    return Markup("Đây là tài khoản duy nhất của thầy/cô nên em chưa gỡ được. Muốn rời tổ, xin nhắn tổ trưởng.")


def newly_linked(channel: ChannelName, name: str) -> Markup:
    """To the accounts that were there before: somebody with a code joined as the same person."""
    return Markup(
        "🔗 Tài khoản <b>{} {}</b> vừa được nối với thầy/cô. Nếu không phải thầy/cô, gõ /lienket rồi chọn Gỡ ngay."
    ).format(PLATFORMS[channel], name)
