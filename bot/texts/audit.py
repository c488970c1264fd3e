"""The audit log in words: who did what to whom and when. Names are looked up when read, so that erasing erases them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.rich_text import Markup, join_lines

DEEDS = {
    "join": "tham gia tổ",
    "import_roster": "nhập danh sách tổ từ Excel",
    "add_members": "thêm tổ viên",
    "edit_member": "sửa thông tin của",
    "change_role": "đổi vai trò của",
    "order_deputies": "đổi thứ tự tổ phó:",
    "set_charge": "phân trường phụ trách cho",
    "set_leave": "ghi ngày nghỉ cho",
    "decide_leave": "quyết định đơn nghỉ",
    "hand_over": "giao lại việc của",
    "end_membership": "kết thúc tư cách thành viên của",
    "offer_leadership": "đề nghị bàn giao tổ trưởng cho",
    "take_leadership": "nhận vai trò tổ trưởng từ",
    "refuse_leadership": "không nhận vai trò tổ trưởng từ",
    "invite": "cấp mã mời cho",
    "bind_group": "nối nhóm chat",
    "unlink_account": "gỡ một tài khoản chat của",
    "assign": "giao việc",
    "add_school": "thêm trường",
    "edit_school": "sửa trường",
    "rename_school": "đổi tên trường",
    "merge_school": "sáp nhập trường",
    "drop_school_change": "bỏ thay đổi sắp tới của trường",
    "change_settings": "đổi cài đặt",
    "export": "xuất dữ liệu",
    "export_own": "tải dữ liệu về mình:",
    "ask_privacy": "gửi yêu cầu về dữ liệu cá nhân",
    "answer_privacy": "trả lời yêu cầu về dữ liệu cá nhân của",
    "withdraw_consent": "rút lại đồng ý:",
    "erase": "xóa dữ liệu cá nhân của",
    "set_team_plan": "lập kế hoạch tổ",
    "decide_plan": "duyệt kế hoạch cá nhân của",
    "plan_paper": "ban hành kế hoạch",
    "school_letter": "viết thư gửi trường",
    "propose": "gửi đề xuất",
    "answer_proposal": "trả lời đề xuất",
    "withdraw_proposal": "rút đề xuất",
    "open_vote": "mở biểu quyết",
    "close_vote": "chốt biểu quyết",
    "confirm_report": "chốt báo cáo",
    "announce": "gửi thông báo",
}
_DETAILS = {
    "field": "mục",
    "role": "vai trò",
    "before": "từ",
    "after": "thành",
    "since": "áp dụng từ tháng",
    "on": "từ ngày",
    "months": "tháng",
    "format": "dạng",
    "number": "số",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is read."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def sentence(entry: Entry) -> str:
    """ "23/11 10:05 – Bùi Quốc Hiếu đổi vai trò của Lan (từ member thành deputy)"."""
    deed = DEEDS.get(entry.action, entry.action.replace("_", " "))
    order = [*(key for key in _DETAILS if key in entry.detail), *(key for key in entry.detail if key not in _DETAILS)]
    facts = ", ".join(f"{_DETAILS.get(key, key)} {entry.detail[key]}" for key in order if entry.detail[key])
    subject = f" {entry.subject}" if entry.subject else ""
    return f"{entry.at:%d/%m/%Y %H:%M} – {entry.actor} {deed}{subject}{f' ({facts})' if facts else ''}"


def log(entries: Iterable[Entry], *, start: int) -> Markup:
    """One page of it."""
    lines = [Markup("• {}").format(sentence(each)) for each in entries]
    if not lines:
        return Markup("Nhật ký chưa có gì.") if start == 0 else Markup("Hết nhật ký.")
    return join_lines(Markup("<b>Nhật ký của tổ</b> (từ mục {})").format(start + 1), *lines)


def as_file() -> Markup:
    """The whole log."""
    return Markup("Toàn bộ nhật ký của tổ.")
