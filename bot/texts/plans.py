"""Sentences about plans: the team's year, one's own month, writing and changing lines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Choice
from bot.domain.plan_parser import PlanTrouble, PlanTroubleKind
from bot.domain.plans import LONGEST_LINE, MOST_LINES, PlanEntry, PlanLine, PlanStatus
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month, SchoolYear
from bot.texts.fragments import shortened
from bot.texts.periods import month_name
from bot.texts.vocabulary import KIND_NAMES

PLAN_ACTION = "plan"
TEAM_ACTION = "teamplan"
LINE_ACTION = "planline"
BOARD_ACTION = "planboard"
STATUSES = {
    PlanStatus.DRAFT: "nháp, chưa nộp",
    PlanStatus.SENT: "đã nộp, chờ duyệt",
    PlanStatus.APPROVED: "đã duyệt",
    PlanStatus.RETURNED: "được trả lại",
}
_SHORT_LABEL = 40


def status_of(status: PlanStatus | None, lines: int) -> str:
    """How a plan stands."""
    if status is None or (status is PlanStatus.DRAFT and not lines):
        return "chưa có"
    return STATUSES[status]


def own_home(rows: Sequence[tuple[Month, PlanStatus | None, int, int]]) -> Markup:
    """One's own plans: month, standing, lines, done."""
    return join_lines(
        Markup("🗂 <b>Kế hoạch cá nhân của thầy/cô</b>"),
        *(Markup("• {}").format(_standing(*row)) for row in rows),
    )


def _standing(month: Month, status: PlanStatus | None, lines: int, done: int) -> str:
    figures = f"xong {done}/{lines} mục – " if lines else ""
    return f"Tháng {month_name(month)}: {figures}{status_of(status, lines)}"


def line(number: int, line: PlanLine) -> Markup:
    """One line of a plan."""
    mark = "✅" if line.is_done else "▫️"
    school = f" – {line.school}" if line.school and line.school not in line.text else ""
    by = f" (báo cáo số {line.report})" if line.report else ""
    return Markup("{} Mục {}: {}{}{}").format(mark, number, line.text, school, by)


def own_month(month: Month, lines: Sequence[PlanLine], status: PlanStatus | None, *, word: str | None) -> Markup:
    """One's own plan of a month."""
    returned = Markup("💬 Tổ trưởng ghi: {}").format(word) if word and status is not PlanStatus.APPROVED else None
    return join_lines(
        Markup("🗂 <b>Kế hoạch tháng {} của thầy/cô</b> – {}").format(month_name(month), status_of(status, len(lines))),
        *(line(number, each) for number, each in enumerate(lines, 1)),
        returned,
        Markup("Chưa có mục nào. Chọn cách lập bên dưới, hoặc gõ: <i>/kehoach tháng {}: dự giờ TH …</i>").format(
            month.month
        )
        if not lines
        else None,
    )


def month_over(month: Month) -> Markup:
    """What is over is not planned."""
    return Markup("Tháng {} không lập hay sửa kế hoạch cá nhân được: chỉ từ tháng này đến một năm tới.").format(
        month_name(month)
    )


def team_year(
    year: SchoolYear,
    rows: Sequence[tuple[Month, int, int]],
    *,
    number: int | None,
    may_plan: bool,
    hands_on_files: bool,
) -> Markup:
    """The team's year by month: lines and how many are done; `number` of the paper that says just this."""
    issued = Markup("📑 Đã ban hành, số {} (KH).").format(f"{number:02d}") if number else None
    if not rows:
        or_file = ", hoặc gửi tệp Excel theo mẫu" if hands_on_files else ""
        how = (
            f"Gõ hoặc dán: <i>/kehoach tổ Tháng 11: dự giờ TH …; chuyên đề …</i>{or_file}."
            if may_plan
            else "Tổ trưởng chưa ghi mục nào."
        )
        return join_lines(Markup("📋 <b>Kế hoạch tổ năm học {}</b>: chưa có.").format(year.name), Markup(how))
    return join_lines(
        Markup("📋 <b>Kế hoạch tổ năm học {}</b>").format(year.name),
        *(Markup("• Tháng {}: xong {}/{} mục").format(month_name(month), done, lines) for month, lines, done in rows),
        issued,
    )


def team_month(month: Month, lines: Sequence[PlanLine]) -> Markup:
    """The team's lines of a month."""
    return join_lines(
        Markup("📋 <b>Kế hoạch tổ tháng {}</b>{}").format(month_name(month), "" if lines else ": chưa có mục nào."),
        *(line(number, each) for number, each in enumerate(lines, 1)),
    )


def ask_lines(*, for_team: bool, month: Month | None) -> Markup:
    """What is to be planned."""
    where = f" tháng {month_name(month)}" if month else ""
    whose = "Kế hoạch tổ" if for_team else "Kế hoạch của thầy/cô"
    several = " Dán cả năm cũng được: “Tháng 11: …” rồi các dòng của tháng đó." if for_team else ""
    return Markup("{}{} gồm những việc gì? Mỗi việc một dòng.{}").format(whose, where, several)


def ask_month() -> Markup:
    """Lines without a month."""
    return Markup("Những việc này của tháng nào?")


def month_unknown() -> Markup:
    """No month was named."""
    return Markup("Xin chọn một tháng, hoặc gõ ví dụ: <i>tháng 12</i>.")


def preview(entries: Sequence[tuple[PlanEntry, str | None, bool]], *, for_team: bool) -> Markup:
    """Before it is written: each line with the school's name, and whether it is there already."""
    lines: list[Markup] = []
    month: Month | None = None
    for entry, school, is_there in entries:
        if entry.month != month and entry.month is not None:
            month = entry.month
            lines.append(Markup("<b>Tháng {}</b>").format(month_name(month)))
        seen = [KIND_NAMES[entry.kind] if entry.kind else "", school or ""]
        tags = ", ".join(each for each in seen if each)
        there = " (đã có, bỏ qua)" if is_there else ""
        lines.append(Markup("• {}{}{}").format(entry.text, f" 🏷 {tags}" if tags else "", there))
    whose = "Kế hoạch tổ" if for_team else "Kế hoạch của thầy/cô"
    return join_lines(
        Markup("🗂 <b>{}</b>: {} mục").format(whose, len(entries)),
        *lines,
        Markup("<i>Gõ thêm dòng để thêm việc.</i>"),
    )


def written(count: int, *, for_team: bool) -> Markup:
    """Receipt."""
    if not count:
        return Markup("Không có mục mới: những dòng này đã có trong kế hoạch.")
    return Markup("✅ Đã ghi {} mục vào kế hoạch {}.").format(count, "tổ" if for_team else "của thầy/cô")


def trouble(found: PlanTrouble) -> Markup:
    """Why a text was not taken, and what was expected."""
    match found.kind:
        case PlanTroubleKind.NO_SUCH_MONTH:
            return Markup("Không có “{}”. Tháng ghi từ 1 đến 12, ví dụ: <i>Tháng 11: …</i>").format(found.text)
        case PlanTroubleKind.OTHER_YEAR:
            return Markup("“{}” không thuộc năm học đang lập kế hoạch. Thầy/cô xem lại năm.").format(found.text)
        case PlanTroubleKind.TOO_LONG:
            return Markup("Dòng “{}…” dài quá {} ký tự. Thầy/cô viết ngắn lại hoặc tách dòng.").format(
                found.text, LONGEST_LINE
            )
        case PlanTroubleKind.TOO_MANY:
            return Markup("Mỗi lần ghi tối đa {} mục. Thầy/cô gửi làm nhiều lần giúp em.").format(MOST_LINES)
        case PlanTroubleKind.NOTHING:
            return Markup("Em chưa thấy việc nào. Thầy/cô gõ mỗi việc một dòng, ví dụ: <i>Dự giờ TH Phú Hòa 1</i>.")


def one_line(shown: PlanLine) -> Markup:
    """A line with what can be done about it."""
    whose = "Kế hoạch tổ" if shown.member_id is None else "Kế hoạch của thầy/cô"
    return join_lines(Markup("<b>{}, tháng {}</b>").format(whose, month_name(shown.month)), line(1, shown))


def ask_line(before: str) -> Markup:
    """The line again."""
    return Markup("Thầy/cô ghi lại dòng này: “{}”").format(before)


def closed_by_report(number: int) -> Markup:
    """What a report has closed stands."""
    return Markup("Mục này đã xong bằng báo cáo số {}. Muốn đổi, thầy/cô rút hoặc sửa báo cáo đó.").format(number)


def from_work() -> Markup:
    """A line that is somebody else's words."""
    return Markup("Mục này lấy từ việc được giao nên không sửa lời; thầy/cô có thể xóa nó.")


def dropped() -> Markup:
    """The line is gone."""
    return Markup("🗑 Đã xóa mục này khỏi kế hoạch.")


def nothing_to_pick(month: Month, *, from_team: bool) -> Markup:
    """There is nothing to take over."""
    none = "Kế hoạch tổ tháng {} chưa có mục nào." if from_team else "Tháng {} thầy/cô chưa được giao việc nào."
    return Markup(none).format(month_name(month))


def ask_pick(month: Month, *, from_team: bool, long: Sequence[str]) -> Markup:
    """Which to take over, those taken ticked; `long` are the lines that do not fit on a button."""
    source = "kế hoạch tổ" if from_team else "việc được giao"
    return join_lines(
        Markup("Chọn để lấy vào kế hoạch tháng {} (từ {}), chọn lần nữa để bỏ:").format(month_name(month), source),
        *(Markup("• {}").format(each) for each in long),
    )


def copied(count: int, month: Month) -> Markup:
    """From an earlier month."""
    return Markup("📄 Đã chép {} mục từ tháng {}.").format(count, month_name(month))


def nothing_to_copy() -> Markup:
    """There is no earlier plan."""
    return Markup("Chưa có kế hoạch tháng nào trước đó để chép.")


def empty() -> Markup:
    """Handed in without lines."""
    return Markup("Kế hoạch chưa có mục nào. Thầy/cô ghi ít nhất một việc rồi nộp giúp em.")


def handed_in(month: Month) -> Markup:
    """Receipt."""
    return Markup("📤 Đã nộp kế hoạch tháng {} cho tổ trưởng. Sửa lúc nào cũng được; sửa xong thì nộp lại.").format(
        month_name(month)
    )


def own_approved(month: Month) -> Markup:
    """The leader's own: nobody else approves it."""
    return Markup("✅ Kế hoạch tháng {} của thầy/cô đã được ghi nhận.").format(month_name(month))


def handed_in_already(month: Month) -> Markup:
    """Twice."""
    return Markup("Kế hoạch tháng {} đã nộp rồi.").format(month_name(month))


def line_choice(number: int, item_id: int) -> Choice:
    """Opens one line."""
    return Choice(label=f"Mục {number}", action=LINE_ACTION, value=f"show:{item_id}")


def on_button(text: str) -> str:
    """As much of a line as a button shows."""
    return shortened(text, limit=_SHORT_LABEL)


def asked(month: Month, team_lines: Sequence[PlanLine]) -> Markup:
    """A member is asked for a plan (by the leader, or as the one reminder)."""
    return join_lines(
        Markup("🗂 Thầy/cô lập giúp <b>kế hoạch cá nhân tháng {}</b>.").format(month_name(month)),
        Markup("Kế hoạch tổ tháng này:") if team_lines else None,
        *(Markup("• {}").format(each.text) for each in team_lines[:8]),
        Markup("… và {} mục nữa").format(len(team_lines) - 8) if len(team_lines) > 8 else None,
        Markup("Có thể lấy từ kế hoạch tổ, từ việc được giao, chép tháng trước, hoặc tự viết."),
    )


def reminded(month: Month, *, has_draft: bool) -> Markup:
    """The one reminder."""
    if has_draft:
        return Markup("🗂 Kế hoạch tháng {} của thầy/cô còn là nháp. Xem lại rồi nộp giúp em.").format(month_name(month))
    return Markup(
        "🗂 Thầy/cô chưa có kế hoạch cá nhân tháng {}. Lập trong một phút: lấy từ kế hoạch tổ hoặc gõ."
    ).format(month_name(month))


def asked_choices(month: Month, member_id: int) -> tuple[tuple[Choice, ...], ...]:
    """The way in; it names the member, who may be in several teams."""
    return ((Choice(label="🗂 Lập kế hoạch", action=PLAN_ACTION, value=f"own:{month}:{member_id}"),),)


def own_section(rows: Sequence[tuple[Month, PlanStatus | None, int, int]], *, team: tuple[int, int]) -> Markup:
    """What /toi says: one's own plans, and the team's of this month (lines, done)."""
    lines, done = team
    return join_lines(
        *(Markup("🗂 Kế hoạch {}").format(_standing(*row).replace("Tháng", "tháng", 1)) for row in rows),
        Markup("📋 Kế hoạch tổ tháng này: xong {}/{} mục").format(done, lines) if lines else None,
    )


def line_closed(shown: PlanLine) -> Markup:
    """After a report."""
    return Markup("🗂 Xong một mục kế hoạch tháng {}: “{}”.").format(shown.month.month, shown.text)
