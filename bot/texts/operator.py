"""Sentences to whoever runs the bot."""

from __future__ import annotations

from bot.domain.rich_text import Markup
from bot.domain.vitals import AlertKind, QueueFigures, Vitals


def alert(kind: AlertKind, vitals: Vitals, queues: QueueFigures) -> Markup:
    """What is wrong and the first thing to do."""
    match kind:
        case AlertKind.CHANNEL_DOWN:
            down = ", ".join(name for name, is_up in vitals.channels.items() if not is_up)
            words = Markup("Mất kết nối với <b>{}</b>. Kiểm tra mạng và token: <code>mangluoi doctor</code>").format(
                down
            )
        case AlertKind.DISK:
            free = (vitals.disk_free or 0) // 1024**2
            words = Markup("Ổ đĩa sắp đầy: còn <b>{} MB</b>. Xóa bớt tệp, hoặc chuyển DATA_DIR.").format(free)
        case AlertKind.LAG:
            words = Markup("Tin đến phải chờ <b>{} giây</b>. Xem nhật ký của bot và cơ sở dữ liệu.").format(
                round(queues.lag)
            )
        case AlertKind.DEAD_LETTERS:
            words = Markup(
                "<b>{} tin</b> không xử lý được đang để riêng: <code>mangluoi dead-letters list</code>"
            ).format(queues.dead_letters)
        case AlertKind.NOT_DELIVERED:
            words = Markup("Trong 24 giờ qua: <b>{} tin</b> không gửi được, <b>{} tin</b> chưa chắc đã tới.").format(
                queues.failed, queues.uncertain
            )
        case AlertKind.GUESSING:
            words = Markup("Có người dò mã tham gia: <b>{} lần sai</b> trong một giờ. Bot đã tạm chặn.").format(
                queues.guesses
            )
        case AlertKind.BACKUP:
            words = Markup("Hơn 7 ngày chưa sao lưu: <code>mangluoi backup TỆP</code>")
    return Markup("⚠️ {}").format(words)


def all_clear() -> Markup:
    """Nothing is wrong any more."""
    return Markup("✅ Mọi thứ đã bình thường trở lại.")
