"""What is wrong, unclear or passed over at one place of a roster file, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.phones import mask_phone
from bot.domain.roster import Problem, ProblemCode, Severity
from bot.domain.vocabulary import Role
from bot.texts.vocabulary import ROLE_NAMES

_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "·"}

# {value} is what stands in the cell, {other} the place or the name of who or what it collides with.
_SENTENCES: Mapping[ProblemCode, str] = {
    ProblemCode.NO_TABLE: "không thấy bảng nào đọc được; cần một hàng tiêu đề có cột “Họ và tên” hoặc “Tên trường”.",
    ProblemCode.SHEET_UNKNOWN: "không có bảng thành viên hay bảng trường nên được bỏ qua.",
    ProblemCode.SHEET_HIDDEN: "trang đang bị ẩn nên không được đọc; muốn nhập thì bỏ ẩn rồi gửi lại.",
    ProblemCode.COLUMN_UNUSED: "cột “{value}” không được dùng tới.",
    ProblemCode.TOTAL_ROW: "“{value}” là dòng tổng cộng nên được bỏ qua.",
    ProblemCode.STRAY_ROW: "“{value}” không phải một người hay một trường nên được bỏ qua.",
    ProblemCode.NAME_MISSING: "thiếu họ và tên.",
    ProblemCode.NOTE_UNUSED: (
        "ghi chú “{value}” của {name} chưa được dùng; nếu là nghỉ dài ngày, thư ký nhập ngày nghỉ sau."
    ),
    ProblemCode.ROLE_UNKNOWN: "chưa hiểu vai trò “{value}”; người mới là tổ viên, người cũ giữ vai trò đang có.",
    ProblemCode.ROLE_SEVERAL: "“{value}” là nhiều vai trò; mỗi người giữ một, nên ghi là {role}.",
    ProblemCode.LEADER_SECOND: "{name} được ghi là tổ trưởng, nhưng tổ trưởng đã là {other}; mỗi tổ chỉ có một.",
    ProblemCode.LEADER_KEPT: (
        "{name} đang là tổ trưởng nên không đổi thành {role}; muốn đổi tổ trưởng, xin dùng việc bàn giao trong bot."
    ),
    ProblemCode.PHONE_UNREADABLE: "“{value}” không phải số điện thoại Việt Nam nên không được dùng.",
    ProblemCode.PHONE_SEVERAL: "“{value}” có nhiều số điện thoại; lấy số đầu ({phone}).",
    ProblemCode.PHONE_TAKEN: "số điện thoại ghi cho {name} là của {other}; số của {name} không được nhập.",
    ProblemCode.PHONE_CHANGED: "số điện thoại của {name} sẽ đổi, số cũ là {before}.",
    ProblemCode.MEMBER_REPEATED: "{name} trùng với {other} nên dòng này được bỏ qua.",
    ProblemCode.MEMBER_NAMESAKE: "{name} cùng tên với {other} nhưng khác số hoặc khác đơn vị nên là hai người.",
    ProblemCode.SCHOOL_UNKNOWN: "không có trường “{school}” trong danh sách trường; chỗ này không được dùng.",
    ProblemCode.SCHOOL_AMBIGUOUS: "“{school}” ứng với nhiều trường; chỗ này không được dùng, xin ghi mã trường.",
    ProblemCode.SCHOOL_NAME_MISSING: "thiếu tên trường.",
    ProblemCode.SCHOOL_REPEATED: "trường {name} trùng với {other} nên dòng này được bỏ qua.",
    ProblemCode.SCHOOL_NAMESAKE: "trường {name} cùng tên với {other} nhưng khác mã hoặc khu vực nên là hai trường.",
    ProblemCode.SCHOOL_CODE_REPEATED: "mã “{value}” đã dùng cho trường {other_name} ở {other}; mỗi trường một mã.",
    ProblemCode.SCHOOL_CODE_RETIRED: "mã “{value}” là của một trường không còn dùng; xin chọn mã khác.",
    ProblemCode.SCHOOL_CODE_KEPT: "trường {name} đã có mã {code} nên mã “{value}” không được dùng.",
    ProblemCode.SCHOOL_CONFLICT: "mã “{value}” là của trường {other_name}, còn tên {name} là của trường có mã {code}.",
}


def describe_problem(problem: Problem) -> str:
    """One line: how grave, where (sheet, row, column), and what it is."""
    return f"{_MARKS[problem.severity]} {_name_place(problem)}: {_describe(problem)}"


def _name_place(problem: Problem) -> str:
    parts = [f"Trang “{problem.sheet}”" if problem.sheet else "Tệp"]
    if problem.code is not ProblemCode.BLANK_ROWS and problem.row is not None:
        parts.append(f"dòng {problem.row}")
    if problem.column:
        parts.append(f"cột {problem.column}")
    return ", ".join(parts)


def _describe(problem: Problem) -> str:
    facts = problem.facts
    if problem.code is ProblemCode.BLANK_ROWS:
        first, last = facts["first"], facts["last"]
        return f"dòng {first} trống, được bỏ qua." if first == last else f"dòng {first}–{last} trống, được bỏ qua."
    words = {name: str(value) for name, value in facts.items()}
    words |= {name: mask_phone(words[name]) for name in ("phone", "before") if name in words}
    if "role" in words:
        words["role"] = ROLE_NAMES[Role(words["role"])]
    words |= {"value": problem.value, "other": _name_other(problem)}
    return _SENTENCES[problem.code].format(**words)


def _name_other(problem: Problem) -> str:
    """Who or what it collides with: the name, the row, and the sheet where it is another one."""
    facts = problem.facts
    row, sheet = facts.get("other_row", 0), facts.get("other_sheet", "")
    name = "" if problem.code in _NAMED_APART else str(facts.get("other_name", ""))
    place = (
        f"dòng {row}" + (f" trang “{sheet}”" if sheet and sheet != problem.sheet else "") if row else "đã có trong tổ"
    )
    return f"{name} ({place})" if name else place


_NAMED_APART = {
    ProblemCode.SCHOOL_CODE_REPEATED,
    ProblemCode.SCHOOL_REPEATED,
    ProblemCode.SCHOOL_NAMESAKE,
    ProblemCode.SCHOOL_CONFLICT,
}
"""Where the sentence says the other name itself, or it is the same name."""
