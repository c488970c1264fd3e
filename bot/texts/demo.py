"""Sentences of the demo page that come from the bot's side: who people are, what just happened, what to try."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.vocabulary import Role
from bot.texts.fragments import weekday
from bot.texts.vocabulary import ROLE_NAMES

STRANGER = "Người lạ"
NOT_JOINED = "Chưa tham gia"

HINT_REPORT = "Báo cáo trong một tin"
HINT_OWN = "Trên Zalo: tháng này còn thiếu gì?"
HINT_SUMMARY = "Thư ký xem tổng hợp tháng"
HINT_MEETING = "Tổ trưởng mời họp"
SAMPLE_MEETING = "/hop họp chung 14h thứ sáu tại TH Phú Hòa 1, nội dung: sơ kết tháng; phân công kiểm tra"
HINT_JOIN = "Người mới tham gia bằng mã"
HINT_NUDGE = "Cho đồng hồ tới lần nhắc kế tiếp"
SAMPLE_REPORT = (
    "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi, nhóm đôi nền nếp. Hạn chế: luyện tập hơi gấp. "
    "Tư vấn: tăng thời gian nhóm đôi. Thúc đẩy: tháng sau dự lại."
)

_JOBS = {
    "monthly-nudges": "Nhắc định mức tháng",
    "month-closing": "Chốt tháng",
    "message-budget": "Theo dõi hạn mức tin Zalo",
    "housekeeping": "Dọn dữ liệu tạm",
    "meeting-reminders": "Nhắc họp",
    "assignment-reminders": "Nhắc phân công",
    "periodic-summaries": "Gửi tổng hợp định kì",
    "follow-ups": "Nhắc việc hẹn lại",
    "broadcast-cards": "Cập nhật thẻ thông báo",
    "plan-nudges": "Nhắc lập kế hoạch",
    "vote-closing": "Đóng biểu quyết",
    "operator-alerts": "Báo người vận hành",
}
_COUNTS = {
    "sent": "viết {} tin",
    "reminded": "viết {} tin nhắc",
    "told": "viết {} tin báo",
    "lists": "gửi {} danh sách cho tổ trưởng, thư ký",
    "drafts": "gửi {} dự thảo",
    "offered": "hỏi {} người có ghi nhận hoạt động vừa dự không",
    "repeated": "lặp lại {} việc định kì",
    "closed": "đóng {} cuộc biểu quyết",
    "boards": "sửa {} bảng theo dõi",
    "cards": "sửa {} thẻ thông báo",
    "warned": "cảnh báo {} người",
    "unreachable": "{} người chưa nối bot nên chưa nhắc được",
    "owing": "{} người còn thiếu",
    "due": "{} việc tới hẹn",
    "meetings": "{} cuộc họp",
    "announcements": "{} thông báo đang được đọc",
    "wrong": "{} sự cố",
    "already": "{} người đã được nhắc ở đợt này rồi",
}
_CLEANING = "housekeeping"


def role(value: Role) -> str:
    """As the page shows it beside a name."""
    return ROLE_NAMES[value].capitalize()


def moment(at: datetime) -> str:
    """A local moment: "18:30 thứ Tư 25/11"."""
    return f"{at:%H:%M} {weekday(at)} {at.day}/{at.month}"


def said(name: str, text: str) -> str:
    """Somebody wrote."""
    shown = text if len(text) <= 90 else f"{text[:89]}…"
    return f"{name} nhắn: “{shown}”"


def pressed(name: str, label: str) -> str:
    """Somebody pressed a button."""
    return f"{name} bấm nút “{label}”" if label else f"{name} bấm một nút"


def sent_file(name: str) -> str:
    """Somebody sent a file."""
    return f"{name} gửi một tệp"


def happened(name: str) -> str:
    """The bot was added, blocked…"""
    return f"{name} thêm, bỏ hoặc chặn bot trong một cuộc trò chuyện"


def stored() -> str:
    """What intake did."""
    return "Tin được ghi vào hộp đến trước khi báo “đã nhận”: mất điện lúc này cũng không mất tin."


def handled(answers: int, toast: str) -> str:
    """What the handler did; `toast` is the small notice on the pressed button."""
    if not answers and toast:
        return f"Tin được đọc, xử lý và trả lời ngay trên nút: “{toast}”"
    if not answers:
        return "Tin được đọc và xử lý; không cần trả lời."
    return f"Tin được đọc và trả lời bằng {answers} tin; bản ghi và tin trả lời nằm trong cùng một lần lưu."


def delivered(*, ok: int, refused: Mapping[int, int]) -> str:
    """What delivery did; `refused` counts answers by HTTP status (0: the connection broke)."""
    parts = [f"{ok} lượt gửi thành công"] if ok else []
    words = {0: "đứt kết nối", 403: "người nhận đã chặn bot", 429: "phải chờ (429)"}
    parts += [f"{count} lượt {words.get(status, f'lỗi {status}')}" for status, count in sorted(refused.items())]
    again = " Tin chưa gửi được nằm lại trong hộp đi và được gửi lại." if any(s != 403 for s in refused) else ""
    return f"Hộp đi: {', '.join(parts)}.{again}"


def job_ran(name: str, at: datetime) -> str:
    """A job did something at its tick."""
    return f"Đồng hồ điểm {moment(at)}: {_JOBS.get(name, name)}"


def job_counts(name: str, counts: Mapping[str, int]) -> str:
    """What a job counted; of what was cleaned up, the sum."""
    if name == _CLEANING:
        said = [f"dọn {sum(counts.values())} mục tạm"]
    else:
        said = [words.format(counts[what]) for what, words in _COUNTS.items() if counts.get(what)]
    return ("; ".join(said) or "không có gì phải làm").capitalize() + "."


def clock_moved(at: datetime) -> str:
    """The clock has arrived."""
    return f"Đồng hồ đã tới {moment(at)}"


def clock_explained() -> str:
    """What moving the clock means."""
    return "Các việc định kì đã chạy lần lượt ở từng nhịp đã qua, như khi chờ thật."
