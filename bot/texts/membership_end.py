"""Sentences about the end of a membership: what is still in hand, who takes it over, what stays without anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.rich_text import Markup, join_lines

_LISTED = 15


@dataclass(frozen=True, slots=True)
class Work:
    """Something in hand; without a title where whoever reads may not know it."""

    number: int
    title: str | None


def work_line(work: Work) -> Markup:
    """ "Phân công số 3: Dự giờ Toán 4A"."""
    if work.title is None:
        return Markup("Phân công số {}: việc mật, tổ trưởng giao lại").format(work.number)
    return Markup("Phân công số {}: {}").format(work.number, work.title)


def ask(name: str, works: Sequence[Work], schools: Sequence[str]) -> Markup:
    """Before a membership ends."""
    open_things = [*map(work_line, works), *(Markup("Phụ trách {}").format(each) for each in schools)]
    more = len(open_things) - _LISTED
    return join_lines(
        Markup("Kết thúc tư cách thành viên của <b>{}</b>?").format(name),
        "Thầy/cô ấy mất quyền vào bot ngay; hồ sơ công việc ở lại.",
        Markup("<b>Còn trong tay ({})</b>, nên giao lại trước:").format(len(open_things))
        if open_things
        else "Không còn việc nào đang mở.",
        *(Markup("• {}").format(each) for each in open_things[:_LISTED]),
        Markup("• … và {} mục nữa.").format(more) if more > 0 else None,
    )


def ask_heir(name: str, what: str, options: int) -> Markup:
    """Who takes it over."""
    if options:
        return Markup("Có nhiều người tên như vậy. Ai nhận {} của {}?").format(what, name)
    return Markup("Ai nhận {} của {}? Thầy/cô gõ tên một tổ viên.").format(what, name)


def everything() -> str:
    """All that is in hand."""
    return "mọi việc và trường phụ trách"


def schools_in_charge() -> str:
    """The schools alone."""
    return "trường phụ trách"


def one_work(number: int) -> str:
    """One piece of work."""
    return f"phân công số {number}"


def nobody(typed: str) -> Markup:
    """No such member."""
    return Markup("Trong tổ không có ai tên “{}” để nhận việc. Xin gõ tên khác.").format(typed[:60])


def handed_over(name: str, works: int, schools: int) -> Markup:
    """Done."""
    parts = [f"{works} việc" if works else "", f"{schools} trường phụ trách" if schools else ""]
    return Markup("✅ Đã giao cho {}: {}.").format(name, ", ".join(each for each in parts if each) or "không có gì mới")


def schools_given(names: Sequence[str], by: str) -> Markup:
    """To whoever takes over the schools."""
    return Markup("{} giao thầy/cô phụ trách thêm: {}.").format(by, ", ".join(names))


def left_behind(name: str, works: Sequence[Work], schools: Sequence[str]) -> Markup:
    """To the leader: nobody does it now."""
    return join_lines(
        Markup("{} không còn trong tổ. Chưa có người nhận:").format(name),
        *(Markup("• {}").format(work_line(each)) for each in works),
        *(Markup("• Phụ trách {}").format(each) for each in schools),
        "Giao lại: /bangviec và số của phân công; trường thì /thanhvien và tên người nhận.",
    )
