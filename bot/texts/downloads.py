"""The download page for files that a chat cannot carry, and taking addresses back."""

from __future__ import annotations

from bot.domain.rich_text import Markup

_FRAME = Markup(
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
    "<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#1c2733}}"
    "a{{display:inline-block;padding:.8rem 1.6rem;border-radius:.5rem;background:#0b63ce;color:#fff;"
    "text-decoration:none}}h1{{font-size:1.25rem;overflow-wrap:anywhere}}</style></head><body>{body}</body></html>"
)


def page(name: str, size: int, address: str) -> Markup:
    """The page of one file; `size` in bytes."""
    body = Markup('<h1>📎 {}</h1><p>{}</p><p><a href="{}" download>Tải về máy</a></p>').format(
        name, _size(size), address
    )
    return _FRAME.format(title=name, body=body)


def gone() -> Markup:
    """The address is no longer good, or never was."""
    body = Markup(
        "<h1>Liên kết không còn dùng được</h1>"
        "<p>Liên kết đã hết hạn hoặc đã được thu hồi. Thầy/cô nhắn lại cho trợ lý của tổ để nhận liên kết mới.</p>"
    )
    return _FRAME.format(title="Liên kết không còn dùng được", body=body)


def taken_back(count: int) -> Markup:
    """In chat: the addresses sent so far are void."""
    return Markup("🔒 Đã thu hồi liên kết của {} tệp. Cần lại tệp nào, thầy/cô nhắn em gửi liên kết mới.").format(count)


def nothing_to_take_back() -> Markup:
    """In chat: no file was sent."""
    return Markup("Em chưa gửi liên kết tải tệp nào cho thầy/cô.")


def _size(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
