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
    "set_charge": "phân công trường phụ trách cho",
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
    "announcement_edit": "sửa thông báo",
    "announcement_pause": "tạm dừng gửi thông báo",
    "announcement_resume": "gửi tiếp thông báo",
    "announcement_stop": "dừng gửi thông báo",
    "answer_assignment": "trả lời phân công",
    "assign_more": "giao thêm việc cho",
    "unassign": "rút việc của",
    "change_assignment": "đổi phân công",
    "stop_assignment": "dừng việc định kì",
    "cancel_assignment": "hủy phân công",
    "delegate": "ủy quyền giao việc cho",
    "revoke_delegation": "thu lại ủy quyền của",
    "request_work": "đề nghị điều động",
    "answer_request": "trả lời đề nghị điều động",
    "unbind_group": "gỡ nhóm chat",
    "group_lost": "không còn trong nhóm chat",
    "withdraw_leadership": "rút đề nghị bàn giao cho",
    "ask_leave": "xin nghỉ",
    "withdraw_leave": "rút đơn nghỉ",
    "call_meeting": "mời họp",
    "move_meeting": "đổi cuộc họp",
    "cancel_meeting": "hủy cuộc họp",
    "send_minutes": "trình biên bản",
    "return_minutes": "trả lại biên bản",
    "confirm_minutes": "xác nhận biên bản",
    "correct_minutes": "đính chính biên bản",
    "give_up_correcting_minutes": "thôi đính chính biên bản",
    "change_paper_settings": "đổi thông tin đầu văn bản",
    "submit_report": "trình báo cáo",
    "return_report": "trả lại báo cáo",
    "pass_on_urgent": "chuyển báo gấp tới cơ quan chủ quản",
    "found_team": "lập tổ",
}
_DETAILS = {
    "field": "mục",
    "role": "vai trò",
    "before": "từ",
    "after": "thành",
    "since": "áp dụng từ tháng",
    "on": "từ ngày",
    "months": "thời gian",
    "format": "dạng",
    "number": "số",
    "until": "đến hết",
    "version": "bản",
    "starts_at": "lúc",
    "place": "nơi",
    "title": "nhóm",
    "channel": "kênh",
    "kind": "loại",
    "members": "tổ viên",
    "schools": "trường",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is read; whom or what it is about, empty when that is whoever did it."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, object]


def deed(entry: Entry) -> str:
    """What was done."""
    return DEEDS.get(entry.action, entry.action.replace("_", " "))


def facts(entry: Entry) -> str:
    """ "mục Giờ yên tĩnh, từ 21:00–06:30, thành 20:00–07:00"."""
    order = [*(key for key in _DETAILS if key in entry.detail), *(key for key in entry.detail if key not in _DETAILS)]
    return ", ".join(f"{_DETAILS.get(key, key)} {entry.detail[key]}" for key in order if entry.detail[key])


def sentence(entry: Entry) -> str:
    """ "23/11 10:05 – Bùi Quốc Hiếu đổi vai trò của Lan (từ tổ viên thành tổ phó)"."""
    subject = f" {entry.subject}" if entry.subject else ""
    more = f" ({facts(entry)})" if facts(entry) else ""
    return f"{entry.at:%d/%m/%Y %H:%M} – {entry.actor} {deed(entry)}{subject}{more}"


COLUMNS = ("thời gian", "ai", "việc", "với ai, với gì", "chi tiết")


def row(entry: Entry) -> dict[str, object]:
    """One line of the file."""
    values = (f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.actor, deed(entry), entry.subject, facts(entry))
    return dict(zip(COLUMNS, values, strict=True))


def log(entries: Iterable[Entry], *, start: int, about: str = "") -> Markup:
    """One page of it; `about`: only what one person did, and what was done to them."""
    title = Markup("<b>Nhật ký về {}</b>").format(about) if about else Markup("<b>Nhật ký của tổ</b>")
    lines = [Markup("• {}").format(sentence(each)) for each in entries]
    if not lines:
        return title + Markup(" chưa có gì.") if start == 0 else Markup("Hết nhật ký.")
    return join_lines(title + Markup(" (từ mục {})").format(start + 1), *lines)


def nobody(words: str) -> Markup:
    """No such person in the team."""
    return Markup("Em không rõ “{}” là ai trong tổ. Gõ /nhatky để xem tất cả, hoặc /nhatky HỌ TÊN.").format(words)


def as_file() -> Markup:
    """The whole log."""
    return Markup("Toàn bộ nhật ký của tổ.")
