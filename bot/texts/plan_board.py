"""Sentences about the members' plans before the leader, and about a plan as a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.plan_sheet import SheetProblem, SheetTrouble
from bot.domain.plans import LONGEST_LINE, MOST_LINES, PlanLine, PlanStatus
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.texts import plans as texts
from bot.texts.periods import month_name

_SHOWN = 12
_TROUBLES = {
    SheetTrouble.NO_MONTH: "chưa ghi tháng",
    SheetTrouble.MONTH_UNREADABLE: "“{value}” không phải tháng; ghi ví dụ 11 hoặc 11/2026",
    SheetTrouble.OTHER_YEAR: "“{value}” không thuộc năm học đang lập kế hoạch",
    SheetTrouble.NO_TEXT: "chưa ghi nội dung",
    SheetTrouble.TOO_LONG: f"nội dung dài quá {LONGEST_LINE} ký tự",
    SheetTrouble.SCHOOL_UNKNOWN: "không có trường “{value}” trong tổ",
    SheetTrouble.SCHOOL_UNCLEAR: "“{value}” có thể là nhiều trường; ghi đủ tên hoặc mã",
    SheetTrouble.KIND_UNKNOWN: "không có loại hoạt động “{value}”",
    SheetTrouble.TOO_MANY: f"tệp có quá {MOST_LINES} mục",
}


def board(month: Month, people: Sequence[tuple[str, PlanStatus | None, int]], *, away: int) -> Markup:
    """Who has handed in for a month; `people` are those of whom the month asks a plan: name, standing, lines."""
    by = {
        PlanStatus.SENT: "⏳ Chờ duyệt",
        PlanStatus.APPROVED: "✅ Đã duyệt",
        PlanStatus.RETURNED: "↩️ Đã trả lại",
        None: "▫️ Chưa nộp",
    }
    groups = {
        status: [name for name, stands, _ in people if (None if stands is PlanStatus.DRAFT else stands) is status]
        for status in by
    }
    handed = len(groups[PlanStatus.SENT]) + len(groups[PlanStatus.APPROVED])
    return join_lines(
        Markup("👥 <b>Kế hoạch cá nhân tháng {}</b>: {}/{} người đã nộp").format(
            month_name(month), handed, len(people)
        ),
        *(
            Markup("{} ({}): {}").format(label, len(groups[status]), ", ".join(groups[status]))
            for status, label in by.items()
            if groups[status]
        ),
        Markup("🌴 Không yêu cầu (nghỉ, mới vào): {} người").format(away) if away else None,
    )


def of_member(name: str, month: Month, lines: Sequence[PlanLine], status: PlanStatus | None) -> Markup:
    """One member's plan."""
    return join_lines(
        Markup("🗂 <b>{}</b> – kế hoạch tháng {}: {}").format(
            name, month_name(month), texts.status_of(status, len(lines))
        ),
        *(texts.line(number, each) for number, each in enumerate(lines, 1)),
    )


def approved(name: str, month: Month) -> Markup:
    """To the leader."""
    return Markup("✅ Đã duyệt kế hoạch tháng {} của {}.").format(month_name(month), name)


def approved_all(count: int, month: Month) -> Markup:
    """To the leader."""
    return Markup("✅ Đã duyệt {} kế hoạch tháng {}.").format(count, month_name(month))


def nothing_to_approve(month: Month) -> Markup:
    """Nobody waits."""
    return Markup("Không có kế hoạch tháng {} nào chờ duyệt.").format(month_name(month))


def changed_meanwhile(name: str) -> Markup:
    """It is not what the leader saw."""
    return Markup("{} vừa sửa kế hoạch này. Thầy/cô xem bản mới rồi duyệt.").format(name)


def ask_word(name: str) -> Markup:
    """Why it is returned."""
    return Markup("Thầy/cô muốn {} sửa gì? Em gửi lời này kèm kế hoạch trả lại.").format(name)


def returned(name: str) -> Markup:
    """To the leader."""
    return Markup("↩️ Đã trả lại kế hoạch cho {}.").format(name)


def told_approved(month: Month, by: str) -> Markup:
    """To the member."""
    return Markup("✅ {} đã duyệt kế hoạch tháng {} của thầy/cô.").format(by, month_name(month))


def told_returned(month: Month, by: str, word: str) -> Markup:
    """To the member."""
    return Markup("↩️ {} trả lại kế hoạch tháng {}: {}\nThầy/cô sửa rồi nộp lại.").format(by, month_name(month), word)


def told_again(name: str, month: Month) -> Markup:
    """To the leader: a returned plan came back."""
    return Markup("🗂 {} đã sửa và nộp lại kế hoạch tháng {}.").format(name, month_name(month))


def told_complete(month: Month, count: int) -> Markup:
    """To the leader: the last one has come."""
    return Markup("🗂 Cả tổ đã nộp kế hoạch tháng {} ({} người).").format(month_name(month), count)


def told_reminded(month: Month, *, handed: int, people: int, reminded: int) -> Markup:
    """To the leader, on the day of the reminder."""
    return Markup("🗂 Kế hoạch cá nhân tháng {}: {}/{} người đã nộp. Em đã nhắc {} người.").format(
        month_name(month), handed, people, reminded
    )


def asked(count: int, unread: int) -> Markup:
    """To the leader."""
    missing = f" {unread} người chưa nhận được tin qua bot." if unread else ""
    return Markup("📣 Đã mời {} người lập kế hoạch.{}").format(count, missing)


def nobody_to_ask() -> Markup:
    """Everybody has one."""
    return Markup("Không còn ai cần mời: mọi người đã nộp hoặc đang nghỉ.")


def template() -> Markup:
    """The blank sheet, filled with what is there."""
    return Markup(
        "📄 Tệp mẫu kế hoạch năm. Thầy/cô điền mỗi việc một dòng (tháng, nội dung) rồi gửi lại tệp cho em. "
        "Những mục đã có sẽ được giữ nguyên."
    )


def sheet_refused(problems: Sequence[SheetProblem]) -> Markup:
    """All or nothing: every error by its row."""
    more = len(problems) - _SHOWN
    return join_lines(
        Markup("Tệp kế hoạch có {} chỗ cần sửa, em chưa ghi gì:").format(len(problems)),
        *(Markup("• {}").format(_problem(each)) for each in problems[:_SHOWN]),
        Markup("… và {} chỗ nữa").format(more) if more > 0 else None,
    )


def _problem(problem: SheetProblem) -> str:
    what = _TROUBLES[problem.trouble].format(value=problem.value)
    if not problem.row:
        return f"{what}."
    column = f", cột {problem.column}" if problem.column else ""
    return f"Trang “{problem.sheet}”, dòng {problem.row}{column}: {what}."


def sheet_no_plan() -> Markup:
    """Some other spreadsheet."""
    return Markup("Tệp này không có hai cột Tháng và Nội dung. Thầy/cô dùng tệp mẫu: /kehoach tổ, chọn Tệp mẫu Excel.")


def sheet_empty() -> Markup:
    """Headings without rows."""
    return Markup("Tệp chưa có mục nào dưới hàng tiêu đề. Thầy/cô điền rồi gửi lại.")


def sheet_offered(new: int, known: int, months: Sequence[tuple[Month, int]]) -> Markup:
    """What importing will do."""
    by_month = "; ".join(f"tháng {month_name(month)}: {count}" for month, count in months)
    there = f" {known} mục đã có, giữ nguyên." if known else ""
    if not new:
        return Markup("Tệp không có mục mới.{}").format(there)
    return Markup("📋 Tệp có {} mục mới ({}).{}").format(new, by_month, there)


def issued(number: int, code: str, year: str, *, is_adjusted: bool) -> Markup:
    """The year plan has its number."""
    which = " (điều chỉnh)" if is_adjusted else ""
    return Markup("📑 Kế hoạch năm học {}{}, số {}/{}. Tệp Word và PDF kèm theo.").format(
        year, which, f"{number:02d}", code
    )


def paper(what: str, *, is_draft: bool) -> Markup:
    """A file of a plan."""
    return Markup("📑 {}{}. Tệp Word và PDF kèm theo.").format(what, " (dự thảo)" if is_draft else "")


def nothing_to_issue() -> Markup:
    """A plan without lines."""
    return Markup("Kế hoạch chưa có mục nào nên chưa lập văn bản được.")
