"""Sentences about the roster: what an import will do, and what was wrong with a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.phones import mask_phone
from bot.domain.rich_text import Markup, join_lines
from bot.domain.roster import (
    FieldChange,
    FieldValue,
    MemberEntry,
    Problem,
    RosterPlan,
    Severity,
    UnreadableReason,
)
from bot.domain.vocabulary import Role
from bot.texts.roster_problems import describe_problem
from bot.texts.vocabulary import ROLE_NAMES

__all__ = [
    "ask_names",
    "describe_plan",
    "describe_problem",
    "file_not_wanted",
    "file_refused",
    "imported",
    "names_added",
    "names_missing",
    "names_preview",
    "nothing_to_import",
    "plan_offered",
    "roster",
    "unreadable",
]

_REASONS = {
    UnreadableReason.NOT_XLSX: "tệp không phải Excel (.xlsx)",
    UnreadableReason.OLD_XLS: "tệp là Excel cũ (.xls); xin lưu lại thành .xlsx",
    UnreadableReason.ENCRYPTED: "tệp có mật khẩu; xin bỏ mật khẩu rồi gửi lại",
    UnreadableReason.DAMAGED: "tệp bị hỏng",
    UnreadableReason.TOO_BIG: "tệp quá lớn",
    UnreadableReason.TOO_MANY_ROWS: "tệp có quá nhiều dòng",
    UnreadableReason.TOO_MANY_COLUMNS: "tệp có quá nhiều cột",
}
_FIELD_NAMES = {
    "name": "tên",
    "role": "vai trò",
    "phone": "điện thoại",
    "school": "đơn vị",
    "in_charge": "trường phụ trách",
    "aliases": "tên gọi khác",
    "area": "khu vực",
}
_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_SHOWN = 10
"""Lines of a kind in chat, where all of a team's names would bury the rest."""


def unreadable(reason: UnreadableReason) -> str:
    """Why a file is refused."""
    return f"Không đọc được: {_REASONS[reason]}."


def describe_plan(plan: RosterPlan, *, shown: int | None = None) -> str:
    """What importing will do and what to look at, in plain lines; at most `shown` names and lines of a kind."""
    blocks = (
        (
            f"Trường: thêm {len(plan.schools_to_add)}, sửa {len(plan.schools_to_change)}, "
            f"giữ nguyên {plan.schools_unchanged}.",
        ),
        _limit([f"+ {school.code}: {school.name}" for school in plan.schools_to_add], shown),
        _limit([f"~ {each.code}: {_describe_changes(each.changes)}" for each in plan.schools_to_change], shown),
        _limit([f"− {each.code}: {each.name} (không có trong tệp)" for each in plan.schools_absent], shown),
        (
            f"Thành viên: thêm {len(plan.members_to_add)}, sửa {len(plan.members_to_change)}, "
            f"giữ nguyên {plan.members_unchanged}. Người không có trong tệp vẫn như cũ.",
        ),
        _limit([f"+ {_describe_member(member)}" for member in plan.members_to_add], shown),
        _limit([f"~ {each.name}: {_describe_changes(each.changes)}" for each in plan.members_to_change], shown),
        _limit([f"− {each.name} (không có trong tệp)" for each in plan.members_absent], shown),
        _limit([describe_problem(problem) for problem in _by_gravity(plan.problems)], shown),
    )
    return "\n".join(line for block in blocks for line in block)


def _limit(lines: Sequence[str], shown: int | None) -> Sequence[str]:
    if shown is None or len(lines) <= shown:
        return lines
    return (*lines[:shown], f"… và {len(lines) - shown} dòng nữa.")


def _by_gravity(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: _GRAVEST_FIRST.index(problem.severity))


def _describe_member(member: MemberEntry) -> str:
    """Name and role, then school and number where they are known."""
    details = (ROLE_NAMES[member.role], member.school, mask_phone(member.phone) if member.phone else None)
    return f"{member.name} ({', '.join(detail for detail in details if detail)})"


def _describe_changes(changes: Iterable[FieldChange]) -> str:
    return "; ".join(
        f"{_FIELD_NAMES[change.field]} {_show(change, change.before)} → {_show(change, change.after)}"
        for change in changes
    )


def _show(change: FieldChange, value: FieldValue) -> str:
    if not value:
        return "(trống)"
    if isinstance(value, tuple):
        return ", ".join(value)
    if change.field == "role":
        return ROLE_NAMES[Role(value)]
    return mask_phone(value) if change.field == "phone" else value


def plan_offered(plan: RosterPlan, *, roles_not_yours: bool = False) -> Markup:
    """Before anything is imported."""
    last = "Thầy/cô có nhập không?"
    if plan.has_errors:
        last = "Có lỗi nên chưa nhập được; xin sửa tệp rồi gửi lại."
    elif roles_not_yours:
        last = "Tệp đổi vai trò của người đã có; việc ấy của tổ trưởng. Xin bỏ các dòng đó, hoặc nhờ tổ trưởng nhập."
    elif plan.is_empty:
        last = "Ngoài ra không có gì khác."
    return join_lines(
        Markup("<b>Danh sách trong tệp {}</b>").format(plan.file_name),
        describe_plan(plan, shown=_SHOWN),
        "Người không có trong tệp không bị xóa; ai thôi tham gia thì chọn tên ở dưới." if plan.members_absent else None,
        "Trường không có trong tệp vẫn còn; sáp nhập: /truong." if plan.schools_absent else None,
        last,
    )


def end_label(name: str) -> str:
    """The way to the end of somebody's membership."""
    return f"Kết thúc: {name}"


def imported(added: int) -> Markup:
    """After an import."""
    return Markup("✅ Đã nhập xong, thêm {} thành viên. Gõ /thanhvien để lấy mã mời.").format(added)


def nothing_to_import() -> Markup:
    """Everything in the file is known."""
    return Markup("Mọi thứ trong tệp đã có trong danh sách; không có gì thay đổi.")


def file_not_wanted() -> Markup:
    """A file that nobody asked for."""
    return Markup("Em nhận ảnh kèm báo cáo, và tệp Excel (.xlsx) danh sách tổ từ tổ trưởng hoặc thư ký.")


_REFUSALS = {
    "too_big": "Tệp lớn quá 20 MB nên không nhận được. Xin gửi tệp nhỏ hơn.",
    "wrong_type": "Tệp không đúng loại như tên của nó, hoặc đã hỏng, nên em không nhận. Xin gửi lại tệp gốc.",
    "too_many_pixels": "Ảnh có kích thước quá lớn (trên 60 triệu điểm ảnh) nên em không nhận. Xin gửi ảnh chụp thường.",
    "unavailable": "Em không tải được tệp này. Xin gửi lại giúp em.",
}


def file_refused(reason: str) -> Markup:
    """A file that is not kept, and why (the refusal of an IncomingFile)."""
    return Markup(_REFUSALS.get(reason, _REFUSALS["unavailable"]))


def roster(team: str, rows: Iterable[tuple[str, str, bool]]) -> Markup:
    """All members with their roles and whether they have joined."""
    lines = [Markup("{} {} – {}").format("✅" if joined else "▫️", name, role) for name, role, joined in rows]
    return join_lines(
        Markup("<b>{}</b>: {} người (✅ đã tham gia)").format(team, len(lines)),
        *lines,
        "Xem, sửa, đổi vai trò một người: gõ tên người ấy sau /thanhvien.",
    )


def ask_names() -> Markup:
    """Typing members."""
    return Markup("Thầy/cô gõ họ tên tổ viên mới, mỗi người một dòng.")


def names_preview(names: Iterable[str], *, there: Sequence[str]) -> Markup:
    """Before they are added; `there` are those whose name somebody in the team bears already."""
    return join_lines(
        Markup("<b>Thêm tổ viên:</b>"),
        *(Markup("• {}").format(name) for name in names),
        Markup("⚠️ Tổ đã có người tên: {}. Chỉ thêm nếu là người khác.").format(", ".join(there)) if there else None,
    )


def name_wrong(text: str) -> Markup:
    """No such name."""
    return Markup("“{}” chưa giống họ tên: cần có chữ, tối đa 100 ký tự. Mỗi người một dòng.").format(text[:80])


def names_missing() -> Markup:
    """No name was typed."""
    return Markup("Xin gõ ít nhất một họ tên, mỗi người một dòng.")


def names_added(count: int) -> Markup:
    """They are members now."""
    return Markup("✅ Đã thêm {} tổ viên. Gõ /thanhvien để lấy mã mời.").format(count)
