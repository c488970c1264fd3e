"""Sentences about members: their page, roles, leadership handed over, the end of a membership, several teams."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.phones import mask_phone
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import Role
from bot.texts.vocabulary import ROLE_NAMES

FIELDS = {"name": "họ tên", "phone": "điện thoại", "school": "đơn vị công tác", "charge": "trường phụ trách"}


def page(
    name: str, role: Role, *, phone: str | None, school: str, charge: Sequence[str], joined: bool, order: int = 0
) -> Markup:
    """One member."""
    return join_lines(
        Markup("<b>{}</b> – {}{}").format(name, ROLE_NAMES[role], f" thứ {order}" if order else ""),
        Markup("Điện thoại: {}").format(mask_phone(phone) if phone else "chưa có"),
        Markup("Đơn vị: {}").format(school or "chưa có"),
        Markup("Phụ trách: {}").format(", ".join(charge) or "chưa phân công"),
        "Đã tham gia bot." if joined else "Chưa tham gia bot.",
    )


def which(typed: str) -> Markup:
    """Several fit a name."""
    return Markup("Có nhiều người tên “{}”. Thầy/cô chọn:").format(typed)


def nobody(typed: str) -> Markup:
    """No one fits."""
    return Markup("Trong tổ không có ai tên “{}”. Gõ /thanhvien để xem danh sách.").format(typed)


def ask_field(field: str, name: str, before: str) -> Markup:
    """A new value."""
    hint = {
        "name": "Gõ họ tên mới.",
        "phone": "Gõ số điện thoại mới, hoặc “không” để bỏ số.",
        "school": "Gõ tên hoặc mã trường.",
        "charge": "Gõ tên hoặc mã các trường, cách nhau bằng dấu chấm phẩy, hoặc “không” để bỏ hết.",
    }[field]
    return Markup("{} – {} hiện là: {}.\n{}").format(name, FIELDS[field], before or "(trống)", hint)


def field_wrong(field: str, typed: str) -> Markup:
    """A value that cannot be taken; nothing changed."""
    hint = {
        "name": "Họ tên cần có chữ, tối đa 100 ký tự.",
        "phone": "Đây không phải một số điện thoại Việt Nam, ví dụ 0912 345 678.",
        "school": "Trong tổ không có trường này, hoặc có nhiều trường giống thế; xin gõ mã trường.",
        "charge": "Có trường không tìm thấy hoặc chưa rõ; xin gõ mã, cách nhau bằng dấu chấm phẩy.",
    }[field]
    return Markup("“{}”: {} Chưa có gì thay đổi.").format(typed[:80], hint)


def changed(field: str, name: str, after: str) -> Markup:
    """Done."""
    return Markup("✅ {} của {}: {}.").format(FIELDS[field].capitalize(), name, after or "đã bỏ")


def ask_role(name: str) -> Markup:
    """A new role."""
    return Markup("{} sẽ giữ vai trò nào?").format(name)


def role_changed(name: str, role: Role) -> Markup:
    """To the leader."""
    return Markup("✅ {} nay là {}.").format(name, ROLE_NAMES[role])


def your_role(role: Role, by: str) -> Markup:
    """To whom it concerns."""
    return Markup("Từ nay thầy/cô là <b>{}</b> của tổ ({} phân công). Gõ /help để xem việc có thể làm.").format(
        ROLE_NAMES[role], by
    )


def leader_is_handed_over() -> Markup:
    """The leader's own role changes by handing over only."""
    return Markup("Vai trò tổ trưởng chỉ đổi khi bàn giao: mở trang của người nhận rồi chọn “Bàn giao tổ trưởng”.")


def handover_sent(name: str) -> Markup:
    """The offer waits."""
    return Markup("Đã hỏi {0}. Khi {0} nhận, thầy/cô thành tổ viên; trước đó vẫn là tổ trưởng.").format(name)


def not_joined(name: str) -> Markup:
    """They cannot answer."""
    return Markup("{} chưa tham gia bot hoặc không nhận được tin, nên chưa nhận bàn giao được.").format(name)


def handover_asked(leader: str, team: str) -> Markup:
    """To the one who is to lead."""
    return Markup("{} muốn bàn giao vai trò <b>tổ trưởng</b> của {} cho thầy/cô. Thầy/cô có nhận không?").format(
        leader, team
    )


def handover_done(old: str, new: str) -> Markup:
    """To both."""
    return Markup("✅ Đã bàn giao: {} là tổ trưởng, {} là tổ viên.").format(new, old)


def handover_refused(name: str) -> Markup:
    """To the leader."""
    return Markup("{} chưa nhận bàn giao. Thầy/cô vẫn là tổ trưởng.").format(name)


def handover_withdrawn() -> Markup:
    """Taken back."""
    return Markup("Đã rút lời bàn giao.")


def ended(name: str) -> Markup:
    """It ended."""
    return Markup("Đã kết thúc tư cách thành viên của {}.").format(name)


def ended_notice(team: str) -> Markup:
    """To the person, the last message."""
    return Markup("Tư cách thành viên của thầy/cô trong {} đã kết thúc. Cảm ơn thầy/cô đã cùng làm việc.").format(team)


def leader_cannot_end() -> Markup:
    """A team needs its leader."""
    return Markup("Tổ trưởng cần bàn giao vai trò trước khi kết thúc.")


def charge_board(rows: Sequence[tuple[str, Sequence[str]]], gaps: Sequence[str], shared: Sequence[str]) -> Markup:
    """Who is in charge of how many schools, and which have nobody."""
    lines = [Markup("{} trường – {}{}").format(len(s), n, f": {', '.join(s)}" if s else "") for n, s in rows]
    counts = [len(schools) for _, schools in rows] or [0]
    mean = f"{sum(counts) / len(counts):.1f}".replace(".", ",")
    return join_lines(
        Markup("<b>Trường phụ trách</b>: người ít nhất {}, nhiều nhất {}, trung bình {} trường.").format(
            min(counts), max(counts), mean
        ),
        *lines,
        Markup("Chưa ai phụ trách ({}): {}").format(len(gaps), ", ".join(gaps))
        if gaps
        else "Trường nào cũng có người phụ trách.",
        Markup("Nhiều người cùng phụ trách: {}").format(", ".join(shared)) if shared else None,
    )


def leave_ask(name: str) -> Markup:
    """Long leave, entered by leader or secretary."""
    return Markup("{} nghỉ từ ngày nào đến ngày nào, vì sao? Ví dụ: “từ 1/12 đến 31/5 thai sản”.").format(name)


def leave_set(name: str, days: str) -> Markup:
    """Recorded."""
    return Markup("✅ Đã ghi {} nghỉ {}.").format(name, days)


def leave_told(days: str, by: str) -> Markup:
    """To the member."""
    return Markup("{} đã ghi thầy/cô nghỉ {}; những ngày ấy không tính định mức.").format(by, days)


def roster_file() -> Markup:
    """The roster as a file."""
    return Markup("Danh sách tổ. Thầy/cô sửa trong tệp rồi gửi lại đây; em sẽ cho xem khác biệt trước khi nhập.")


def ask_team(teams: Sequence[str], *, unclear: bool) -> Markup:
    """Somebody in several teams."""
    first = "Thầy/cô muốn làm cho tổ nào?"
    if unclear:
        first = "Thầy/cô ở nhiều tổ. Đang làm cho tổ nào? Chọn xong xin gõ lại."
    return join_lines(Markup(first), *(Markup("• {}").format(each) for each in teams))


def one_team(team: str) -> Markup:
    """Nothing to choose."""
    return Markup("Thầy/cô chỉ ở một tổ: {}.").format(team)


def team_chosen(team: str) -> Markup:
    """Chosen."""
    return Markup("✅ Từ giờ thầy/cô làm cho <b>{}</b>. Đổi tổ: /doito").format(team)
