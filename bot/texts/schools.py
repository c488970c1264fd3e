"""Sentences about the schools of a team: the list, details, what is renamed or merged, and from which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.texts.periods import short_day

FIELDS = {"name": "tên", "aliases": "tên gọi khác", "area": "khu vực", "charge": "người phụ trách"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A change as it is told: a school's old name, and its new one or (`into`) the school it becomes part of."""

    on: date
    old: str
    new: str
    into: str | None = None


def school_list(
    *, start: int, shown: int, total: int, gaps: Sequence[str], turns: Sequence[Turn], hands_on_files: bool
) -> Markup:
    """Above one page of the schools, which are choices: what wants attention."""
    if not total:
        or_file = ", hoặc gửi tệp Excel danh sách tổ" if hands_on_files else ""
        return Markup("Tổ chưa có trường nào. Thầy/cô thêm ở đây{}.").format(or_file)
    part = f" (đang xem {start + 1}–{start + shown})" if shown < total else ""
    return join_lines(
        Markup("<b>Trường của tổ</b>: {} trường{}.").format(total, part),
        Markup("Chưa ai phụ trách: {}").format(", ".join(gaps)) if gaps else "Trường nào cũng có người phụ trách.",
        *(Markup("⏳ {}").format(coming(each)) for each in turns),
        "Xem trang của trường: gõ tên trường sau /truong.",
    )


def details(
    name: str, code: str, *, area: str, aliases: Sequence[str], in_charge: Sequence[str], turn: Turn | None
) -> Markup:
    """Everything that can be changed about a school."""
    return join_lines(
        Markup("🏫 <b>{}</b> (mã {})").format(name, code),
        Markup("Khu vực: {}").format(area or "chưa ghi"),
        Markup("Tên gọi khác: {}").format("; ".join(aliases) or "chưa có"),
        Markup("Phụ trách: {}").format(", ".join(in_charge) or "chưa ai"),
        Markup("⏳ {}").format(coming(turn)) if turn else None,
    )


def coming(turn: Turn) -> Markup:
    """A change to come, in one line."""
    if turn.into:
        return Markup("Từ {}: {} nhập vào {}.").format(short_day(turn.on), turn.old, turn.into)
    return Markup("Từ {}: {} đổi tên thành {}.").format(short_day(turn.on), turn.old, turn.new)


def past(turn: Turn) -> Markup:
    """A change that was carried out, on the school's page."""
    if turn.into:
        return Markup("{} nhập vào {} từ {}.").format(turn.old, turn.into, short_day(turn.on))
    return Markup("Trước {}: {}.").format(short_day(turn.on), turn.old)


def ask_names() -> Markup:
    """New schools."""
    return Markup("Thầy/cô gõ tên trường cần thêm, mỗi trường một dòng.")


def names_wrong(text: str) -> Markup:
    """No such name."""
    return Markup("“{}” chưa giống tên trường: cần có chữ, tối đa 150 ký tự.").format(text[:80])


def name_taken(name: str) -> Markup:
    """There is one of this name."""
    return Markup("Tổ đã có trường tên “{}”. Xin gõ tên khác.").format(name)


def ask_area() -> Markup:
    """Where they are."""
    return Markup("Khu vực (phường, xã hoặc cụm) của trường?")


def ask_aliases() -> Markup:
    """Other names."""
    return Markup("Tên gọi khác hoặc tên tắt, cách nhau bằng dấu chấm phẩy?")


def add_card(names: Sequence[str], area: str, aliases: Sequence[str]) -> Markup:
    """Before they are added."""
    return join_lines(
        Markup("<b>Thêm {} trường:</b>").format(len(names)),
        *(Markup("• {}").format(each) for each in names),
        Markup("Khu vực: {}").format(area) if area else None,
        Markup("Tên gọi khác: {}").format("; ".join(aliases)) if aliases else None,
    )


def added(schools: Sequence[tuple[str, str]]) -> Markup:
    """They are there: name and code."""
    return join_lines(
        Markup("✅ Đã thêm {} trường:").format(len(schools)),
        *(Markup("• {} (mã {})").format(name, code) for name, code in schools),
        "Phân công người phụ trách: /truong và tên trường.",
    )


def ask_field(field: str, name: str, before: str) -> Markup:
    """A new value; the name is only mended here, a school that is renamed keeps its old name for the days before."""
    hint = {
        "name": "Gõ tên đúng (chữa lỗi gõ, cả báo cáo cũ cũng hiện tên này). Trường đổi tên thật thì dùng “Đổi tên”.",
        "aliases": "Gõ các tên gọi khác, cách nhau bằng dấu chấm phẩy, hoặc “không” để bỏ hết.",
        "area": "Gõ khu vực, hoặc “không” để bỏ.",
        "charge": "Gõ tên những người phụ trách trường này, cách nhau bằng dấu phẩy, hoặc “không” để bỏ hết.",
    }[field]
    return Markup("{} – {} hiện là: {}.\n{}").format(name, FIELDS[field], before or "(trống)", hint)


def alias_taken(alias: str, school: str) -> Markup:
    """Another school is called so."""
    return Markup("“{}” đang chỉ {}. Chưa có gì thay đổi.").format(alias, school)


def charge_unknown(typed: str) -> Markup:
    """A name that fits nobody, or several; nothing changed."""
    return Markup("“{}” chưa rõ là ai trong tổ; xin gõ họ tên đầy đủ. Chưa có gì thay đổi.").format(typed[:60])


def charge_told(school: str, by: str, *, given: bool) -> Markup:
    """To whoever is in charge now, or no longer."""
    if given:
        return Markup("{} phân công thầy/cô phụ trách {}.").format(by, school)
    return Markup("Thầy/cô không còn phụ trách {} ({} phân công lại).").format(school, by)


def too_long(limit: int) -> Markup:
    """Nothing changed."""
    return Markup("Nội dung dài quá {} ký tự. Chưa có gì thay đổi.").format(limit)


def changed(field: str, name: str, after: str) -> Markup:
    """Done."""
    return Markup("✅ {} của {}: {}.").format(FIELDS[field].capitalize(), name, after or "đã bỏ")


def ask_new_name(name: str) -> Markup:
    """Renaming."""
    return Markup("{} đổi tên thành gì?").format(name)


def same_name(name: str) -> Markup:
    """Nothing new."""
    return Markup("Tên ấy giống tên hiện nay ({}). Xin gõ tên mới.").format(name)


def ask_into(name: str, options: int) -> Markup:
    """Merging."""
    first = "Thầy/cô chọn trường nào?" if options else "Xin gõ tên hoặc mã."
    return Markup("{} nhập vào trường nào của tổ? {}").format(name, first)


def into_unknown(text: str) -> Markup:
    """No such school."""
    return Markup("Tổ chưa có trường “{}”. Trường mới thì thêm trước (/truong, “Thêm trường”) rồi sáp nhập.").format(
        text[:80]
    )


def into_itself() -> Markup:
    """A school cannot be part of itself."""
    return Markup("Đây chính là trường đang sáp nhập. Xin gõ trường khác.")


def into_leaving(name: str, on: date) -> Markup:
    """The other one is about to be merged itself."""
    return Markup("{} cũng sắp nhập vào trường khác (từ {}). Xin chọn trường sẽ còn lại.").format(name, short_day(on))


def ask_on() -> Markup:
    """From which day."""
    return Markup("Từ ngày nào? Ví dụ: 1/1/2027.")


def on_wrong(first: date) -> Markup:
    """A day that cannot be taken."""
    return Markup("Xin gõ một ngày từ {} trở đi, trong vòng hai năm tới, ví dụ: 1/1/2027.").format(short_day(first))


def turn_card(turn: Turn, *, is_today: bool, in_charge: Sequence[str], at_work: int, work: int, reports: int) -> Markup:
    """What will be, and what stays."""
    if turn.into is None:
        return join_lines(
            Markup("<b>{}</b>").format(coming(turn)),
            Markup("Hoạt động trước ngày ấy vẫn ghi {}; gõ tên cũ vẫn tìm thấy trường.").format(turn.old),
        )
    moved = [
        f"{len(in_charge)} người phụ trách ({', '.join(in_charge)})" if in_charge else "",
        f"{at_work} tổ viên công tác tại trường" if at_work else "",
        f"{work} việc và cuộc họp từ ngày ấy" if work else "",
        f"{reports} báo cáo từ ngày ấy" if reports else "",
    ]
    told = "; ".join(each for each in moved if each)
    return join_lines(
        Markup("<b>{}</b>").format(coming(turn)),
        Markup("Chuyển theo: {}.").format(told) if told else None,
        Markup("Hoạt động trước ngày ấy vẫn thuộc {}; gõ tên cũ vẫn tìm thấy.").format(turn.old),
        "Thực hiện ngay và không hoàn lại được." if is_today else "Trước ngày ấy thầy/cô còn bỏ được.",
    )


def turn_done(turn: Turn) -> Markup:
    """It is so now."""
    return Markup("✅ {}").format(coming(turn))


def turn_waits(turn: Turn) -> Markup:
    """It will be."""
    return Markup("✅ Đã ghi. {} Đến ngày ấy em tự chuyển.").format(coming(turn))


def turn_dropped(turn: Turn) -> Markup:
    """It will not be."""
    return Markup("Đã bỏ thay đổi: {}").format(coming(turn))


def turn_told(turn: Turn, by: str) -> Markup:
    """To those in charge."""
    return Markup("{} (theo {} ghi). Việc phụ trách của thầy/cô đi theo trường.").format(coming(turn), by)


def turn_dropped_told(turn: Turn, by: str) -> Markup:
    """To those in charge: it will not be."""
    return Markup("{} đã bỏ thay đổi: {}").format(by, coming(turn))
