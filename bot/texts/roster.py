"""Sentences about the roster: what an import will do, and what was wrong with a file."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.rich_text import Markup, join_lines
from bot.domain.roster import Problem, ProblemCode, RosterPlan, Severity, UnreadableReason

_REASONS = {
    UnreadableReason.NOT_XLSX: "tệp không phải Excel (.xlsx)",
    UnreadableReason.OLD_XLS: "tệp là Excel cũ (.xls); xin lưu lại thành .xlsx",
    UnreadableReason.ENCRYPTED: "tệp có mật khẩu; xin bỏ mật khẩu rồi gửi lại",
    UnreadableReason.DAMAGED: "tệp bị hỏng",
    UnreadableReason.TOO_BIG: "tệp quá lớn",
    UnreadableReason.TOO_MANY_ROWS: "tệp có quá nhiều dòng",
    UnreadableReason.TOO_MANY_COLUMNS: "tệp có quá nhiều cột",
}
_WORDS = {
    ProblemCode.NO_TABLE: "không thấy bảng danh sách (cần cột “Họ và tên” hoặc “Tên trường”)",
    ProblemCode.SHEET_UNKNOWN: "trang tính không có bảng nào đọc được nên bỏ qua",
    ProblemCode.SHEET_HIDDEN: "trang tính bị ẩn nên bỏ qua",
    ProblemCode.COLUMN_UNUSED: "cột không dùng tới",
    ProblemCode.BLANK_ROWS: "dòng trống, bỏ qua",
    ProblemCode.TOTAL_ROW: "dòng tổng cộng, bỏ qua",
    ProblemCode.STRAY_ROW: "dòng lẻ ngoài bảng, bỏ qua",
    ProblemCode.NAME_MISSING: "thiếu họ tên",
    ProblemCode.NOTE_UNUSED: "ghi chú chưa được dùng; nếu là nghỉ dài ngày, xin nhập riêng",
    ProblemCode.ROLE_UNKNOWN: "không hiểu vai trò, tạm ghi là tổ viên",
    ProblemCode.ROLE_SEVERAL: "có nhiều vai trò trong một ô",
    ProblemCode.LEADER_SECOND: "có hai tổ trưởng",
    ProblemCode.LEADER_KEPT: "vai trò tổ trưởng được giữ nguyên",
    ProblemCode.PHONE_UNREADABLE: "số điện thoại không đúng, bỏ trống",
    ProblemCode.PHONE_SEVERAL: "nhiều số điện thoại, lấy số đầu",
    ProblemCode.PHONE_TAKEN: "số điện thoại trùng với người khác",
    ProblemCode.PHONE_CHANGED: "số điện thoại được đổi",
    ProblemCode.MEMBER_REPEATED: "trùng với một dòng khác, bỏ qua dòng này",
    ProblemCode.MEMBER_NAMESAKE: "trùng tên với người khác",
    ProblemCode.SCHOOL_UNKNOWN: "không có trường này trong danh sách trường",
    ProblemCode.SCHOOL_AMBIGUOUS: "tên trường ứng với nhiều trường",
    ProblemCode.SCHOOL_NAME_MISSING: "thiếu tên trường",
    ProblemCode.SCHOOL_REPEATED: "trường bị lặp, bỏ qua dòng này",
    ProblemCode.SCHOOL_NAMESAKE: "hai trường trùng tên",
    ProblemCode.SCHOOL_CODE_REPEATED: "mã trường bị lặp",
    ProblemCode.SCHOOL_CODE_RETIRED: "mã trường đã dùng cho trường cũ",
    ProblemCode.SCHOOL_CODE_KEPT: "mã trường được giữ nguyên",
    ProblemCode.SCHOOL_CONFLICT: "trường khớp với nhiều trường đã có",
}
_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "·"}
_SHOWN = 30


def unreadable(reason: UnreadableReason) -> str:
    """Why a file is refused."""
    return f"Không đọc được: {_REASONS[reason]}."


def describe_problem(problem: Problem) -> str:
    """One place in the file: sheet, row, column, what stands there, what is wrong."""
    place = f"{problem.sheet}" if problem.sheet else "tệp"
    if problem.row is not None:
        place += f", dòng {problem.row}"
    if problem.column:
        place += f", cột {problem.column}"
    value = f" “{problem.value}”" if problem.value else ""
    facts = ", ".join(str(fact) for fact in problem.facts.values())
    detail = f" ({facts})" if facts else ""
    return f"{_MARKS[problem.severity]} {place}:{value} {_WORDS[problem.code]}{detail}"


def describe_plan(plan: RosterPlan) -> str:
    """What importing will do, in lines."""
    lines = [
        f"Trường: thêm {len(plan.schools_to_add)}, sửa {len(plan.schools_to_change)}, giữ {plan.schools_unchanged}.",
        f"Thành viên: thêm {len(plan.members_to_add)}, sửa {len(plan.members_to_change)}, "
        f"giữ {plan.members_unchanged}.",
    ]
    lines += [describe_problem(problem) for problem in plan.problems[:_SHOWN]]
    if len(plan.problems) > _SHOWN:
        lines.append(f"… và {len(plan.problems) - _SHOWN} điểm khác.")
    return "\n".join(lines)


def plan_offered(plan: RosterPlan) -> Markup:
    """Before anything is imported."""
    last = "Có lỗi nên chưa nhập được; xin sửa tệp rồi gửi lại." if plan.has_errors else "Thầy/cô có nhập không?"
    return join_lines(Markup("<b>Danh sách trong tệp {}</b>").format(plan.file_name), describe_plan(plan), last)


def imported(added: int) -> Markup:
    """After an import."""
    return Markup("✅ Đã nhập xong, thêm {} thành viên. Gõ /thanhvien để lấy mã mời.").format(added)


def nothing_to_import() -> Markup:
    """Everything in the file is known."""
    return Markup("Mọi thứ trong tệp đã có trong danh sách; không có gì thay đổi.")


def file_not_wanted() -> Markup:
    """A file that nobody asked for."""
    return Markup("Em nhận ảnh kèm báo cáo, và tệp Excel (.xlsx) danh sách tổ từ tổ trưởng hoặc thư ký.")


def file_too_big() -> Markup:
    """Over 20 MB."""
    return Markup("Tệp lớn quá 20 MB nên không nhận được. Xin gửi tệp nhỏ hơn.")


def roster(team: str, rows: Iterable[tuple[str, str, bool]]) -> Markup:
    """All members with their roles and whether they have joined."""
    lines = [Markup("{} {} – {}").format("✅" if joined else "▫️", name, role) for name, role, joined in rows]
    return join_lines(Markup("<b>{}</b>: {} người (✅ đã tham gia)").format(team, len(lines)), *lines)


def ask_names() -> Markup:
    """Typing members."""
    return Markup("Thầy/cô gõ họ tên tổ viên mới, mỗi người một dòng.")


def names_preview(names: Iterable[str]) -> Markup:
    """Before they are added."""
    return join_lines(Markup("<b>Thêm tổ viên:</b>"), *(Markup("• {}").format(name) for name in names))


def names_missing() -> Markup:
    """No name was typed."""
    return Markup("Xin gõ ít nhất một họ tên, mỗi người một dòng.")


def names_added(count: int) -> Markup:
    """They are members now."""
    return Markup("✅ Đã thêm {} tổ viên. Gõ /thanhvien để lấy mã mời.").format(count)
