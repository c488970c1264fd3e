"""Sentences of /caidat: how the team is set, what a change does and from when."""

from __future__ import annotations

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.setting_reading import EARLIEST_STAGE, SettingName, SettingTrouble, SettingTroubleKind
from bot.domain.team_settings import TeamSettings
from bot.texts.periods import month_name
from bot.texts.setting_values import clock, value

SETTING_ACTION = "setting"

LABELS = {
    SettingName.DUTY: "Định mức tháng",
    SettingName.MONTHS: "Tháng tính định mức",
    SettingName.KINDS: "Loại được tính",
    SettingName.STAGES: "Lịch nhắc định mức",
    SettingName.MEETINGS_A_YEAR: "Số lần họp chung",
    SettingName.MEETING_STAGES: "Lịch nhắc họp",
    SettingName.QUIET: "Giờ yên tĩnh",
    SettingName.OFFICE: "Cơ quan chủ quản",
}
SWITCHES = {
    "group_posts": "Nhắn vào nhóm chat",
    "group_sees_counts": "Báo số liệu định mức vào nhóm",
    "plan_nudges": "Nhắc lập kế hoạch tháng",
    "report_names_members": "Nêu tên người thiếu trong báo cáo",
    "office_sees_members": "Chuyên viên xem tên người thiếu",
    "office_sees_observed": "Để tên giáo viên khi gửi ra ngoài",
}
SPOKEN = {
    SettingName.DUTY: ("định mức tháng", "định mức", "hoạt động"),
    SettingName.MONTHS: ("tháng tính định mức", "tháng tính", "tháng học"),
    SettingName.KINDS: ("loại được tính", "loại hoạt động", "loại"),
    SettingName.STAGES: ("lịch nhắc định mức", "nhắc định mức", "lịch nhắc"),
    SettingName.MEETINGS_A_YEAR: ("số lần họp chung", "họp chung"),
    SettingName.MEETING_STAGES: ("lịch nhắc họp", "nhắc họp"),
    SettingName.QUIET: ("giờ yên tĩnh", "yên tĩnh"),
    SettingName.OFFICE: ("cơ quan chủ quản", "cơ quan"),
}
"""How they are named in a command."""
PAPER_LABEL = "Đầu văn bản"
DELEGATION_LABEL = "Ủy quyền giao việc"
NOW = "Từ bây giờ"

_SWITCHED: dict[str, tuple[str, str]] = {
    "group_posts": (
        "em nhắn vào nhóm: thư mời họp, thông báo, biên bản, số liệu chung.",
        "em không tự nhắn vào nhóm nữa; thư mời và lời nhắc họp gửi riêng từng người. Tin đã hẹn trước vẫn gửi.",
    ),
    "group_sees_counts": (
        "trước ngày cuối tháng và khi chốt tháng, nhóm thấy số người đã đủ, không nêu tên.",
        "nhóm không thấy số liệu định mức; tổ trưởng và thư ký vẫn nhận riêng.",
    ),
    "plan_nudges": (
        "ai chưa có kế hoạch tháng tới được nhắc một lần, 5 ngày trước khi hết tháng.",
        "em không nhắc lập kế hoạch tháng nữa.",
    ),
    "report_names_members": (
        "báo cáo chính thức nêu tên người chưa có hoạt động kèm lý do. Báo cáo đã chốt giữ nguyên.",
        "báo cáo chính thức chỉ ghi số lượng. Báo cáo đã chốt giữ nguyên.",
    ),
    "office_sees_members": (
        "chuyên viên xem tổng hợp có tên người còn thiếu.",
        "chuyên viên chỉ thấy số lượng trong tổng hợp.",
    ),
    "office_sees_observed": (
        "tên giáo viên trong nhận xét được giữ nguyên trong văn bản gửi ra ngoài.",
        "tên giáo viên trong nhận xét được thay bằng dấu “…” trong văn bản gửi ra ngoài.",
    ),
}


def overview(settings: TeamSettings, this: Month) -> Markup:
    """Everything, and what is to change with a month to come."""
    running = settings.in_month(this)
    lines: list[Markup | str] = []
    for name in SettingName:
        coming = "".join(
            f" (từ tháng {month_name(month)}: {value(name, settings.in_month(month))})"
            for month in _borders(settings, after=this)
            if value(name, settings.in_month(month)) != value(name, settings.in_month(month.previous))
        )
        lines.append(Markup("• {}: <b>{}</b>{}").format(LABELS[name], value(name, running), coming))
    lines += [
        Markup("• {}: {}").format(label, _on(bool(getattr(settings, field)))) for field, label in SWITCHES.items()
    ]
    return join_lines(Markup("⚙️ <b>Cài đặt của tổ</b>"), *lines, "", "Chọn mục muốn đổi, hoặc gõ: /caidat định mức 2")


def choices(team_id: int) -> list[list[Choice]]:
    """What may be changed, in this team and no other of whoever is in several."""
    named = [_choice(f"✏️ {label}", team_id, f"ask:{name}") for name, label in LABELS.items()]
    switches = [_choice(f"🔁 {label}", team_id, f"turn:{field}") for field, label in SWITCHES.items()]
    others = [
        _choice(f"📄 {PAPER_LABEL}", team_id, "paper:"),
        _choice(f"🤝 {DELEGATION_LABEL}", team_id, "delegation:"),
    ]
    return [[each] for each in (*named, *others, *switches)]


def _choice(label: str, team_id: int, value: str) -> Choice:
    return Choice(label=label, action=SETTING_ACTION, value=f"{value}:{team_id}")


def ask(name: SettingName, settings: TeamSettings) -> Markup:
    """The question for a value, with what stands now."""
    return join_lines(Markup("<b>{}</b> – hiện nay: {}").format(LABELS[name], value(name, settings)), _expected(name))


def suggestions(name: SettingName) -> tuple[str, ...]:
    """Answers that are offered."""
    return _SUGGESTIONS.get(name, ())


def ask_since(name: SettingName) -> Markup:
    """From which month."""
    return Markup("<b>{}</b>: áp dụng từ tháng nào? Các tháng đã qua luôn giữ nguyên.").format(LABELS[name])


def since_label(month: Month, this: Month) -> str:
    """ "Từ tháng 12/2026"."""
    return f"Ngay tháng này ({month_name(month)})" if month == this else f"Từ tháng {month_name(month)}"


def preview(
    name: SettingName, before: TeamSettings, after: TeamSettings, *, since: Month | None, this: Month
) -> Markup:
    """What will be, from when, and what stays."""
    return join_lines(
        Markup("⚙️ <b>{}</b>: {} → <b>{}</b>").format(LABELS[name], value(name, before), value(name, after)),
        Markup("{}: {}").format(begins(name, since, this), _does(name, after)),
        _stays(name, since, this),
    )


def begins(name: SettingName, since: Month | None, this: Month) -> str:
    """From when."""
    if name is SettingName.MEETINGS_A_YEAR:
        return "Cho cả năm học này"
    if since is None:
        return NOW
    return since_label(since, this)


def _does(name: SettingName, after: TeamSettings) -> Markup:
    said = value(name, after)
    match name:
        case SettingName.DUTY:
            return Markup("mỗi thầy/cô cần ít nhất {} trong tháng.").format(said.removesuffix("/tháng"))
        case SettingName.MONTHS:
            return Markup("định mức, nhắc và chốt tháng chỉ có trong {}.").format(said)
        case SettingName.KINDS:
            return Markup("chỉ các loại này được tính vào định mức; loại khác vẫn báo cáo và tổng hợp được.")
        case SettingName.STAGES:
            return Markup("ai còn thiếu được nhắc: {}.").format(said)
        case SettingName.MEETINGS_A_YEAR:
            return Markup("em đếm họp chung và báo trước khi tổ chậm.")
        case SettingName.MEETING_STAGES:
            return Markup("mọi cuộc họp sắp tới được nhắc {}.").format(said)
        case SettingName.QUIET:
            return Markup("tin nhắc trong giờ này đợi đến {}.").format(clock(after.quiet_until))
        case SettingName.OFFICE:
            return Markup("văn bản mới ghi tên này. Văn bản đã ban hành giữ nguyên.")


def _stays(name: SettingName, since: Month | None, this: Month) -> Markup | None:
    if name is SettingName.MEETINGS_A_YEAR:
        return Markup("Các năm học trước giữ nguyên.")
    if since is None:
        return None
    stays = Markup("Tháng {} và các tháng trước giữ nguyên.").format(month_name(since.previous))
    met = "Ai đã đủ tháng này mà nay còn thiếu sẽ được nhắc như mọi người."
    changes_standing = since == this and name in {SettingName.DUTY, SettingName.KINDS}
    return join_lines(stays, met if changes_standing else None)


def kept(name: SettingName, after: TeamSettings, *, since: Month | None, this: Month) -> Markup:
    """Receipt."""
    begin = begins(name, since, this)
    return Markup("✅ {}: <b>{}</b>, {}.").format(LABELS[name], value(name, after), f"{begin[0].lower()}{begin[1:]}")


def told_group(name: SettingName, after: TeamSettings, *, since: Month) -> Markup:
    """To the group: what everybody has to know."""
    return Markup("⚙️ Từ tháng {} – {}: <b>{}</b>. {}").format(
        month_name(since), LABELS[name].lower(), value(name, after), _does(name, after)
    )


def switched(field: str, *, on: bool) -> Markup:
    """Receipt of a switch: what it does and from when."""
    return Markup("✅ {}: <b>{}</b>. {}: {}").format(SWITCHES[field], _on(on), NOW, _SWITCHED[field][0 if on else 1])


def turn_again(field: str, team_id: int, *, on: bool) -> list[list[Choice]]:
    """Takes it back."""
    label = f"↩️ {'Tắt' if on else 'Bật'} lại: {SWITCHES[field].lower()}"
    return [[_choice(label, team_id, f"turn:{field}")]]


def unchanged(name: SettingName) -> Markup:
    """It is so already."""
    return Markup("{} đang đúng như vậy rồi. Thầy/cô nhập giá trị khác, hoặc gõ /huy.").format(LABELS[name])


def too_late() -> Markup:
    """The moment has passed between question and answer."""
    return Markup("Thời điểm đã chọn vừa trôi qua. Mời thầy/cô chọn lại tháng bắt đầu.")


def unknown(words: str) -> Markup:
    """No such setting."""
    return Markup("Em không có mục cài đặt “{}”. Thầy/cô chọn một mục dưới đây.").format(words)


def trouble(name: SettingName, found: SettingTrouble) -> Markup:
    """One sentence on what was expected."""
    match found.kind:
        case SettingTroubleKind.NUMBER:
            return Markup("Em cần một số từ {} đến {}.").format(found.least, found.most)
        case SettingTroubleKind.KINDS if found.words:
            return Markup("Em chưa rõ loại “{}”. {}").format(found.words, _expected(name))
        case SettingTroubleKind.LATE_STAGES:
            return Markup(
                "Nhiều nhất hai lần nhắc sớm, và ít nhất một lần nhắc trước “1 ngày” hoặc vào “ngày cuối” tháng."
            )
        case SettingTroubleKind.IN_QUIET_HOURS:
            return Markup("{} nằm trong giờ yên tĩnh, tin không gửi được. Thầy/cô chọn giờ khác.").format(found.words)
        case SettingTroubleKind.SWALLOWS_STAGES:
            return Markup("Giờ yên tĩnh không được trùm lên giờ nhắc định mức {}.").format(found.words)
        case SettingTroubleKind.NAME:
            return Markup("Tên cần từ {} đến {} ký tự.").format(found.least, found.most)
        case _:
            return Markup("Em chưa đọc được. {}").format(_expected(name))


def _expected(name: SettingName) -> Markup:
    return Markup(_EXPECTED[name])


def _on(on: bool) -> str:
    return "bật" if on else "tắt"


def _borders(settings: TeamSettings, *, after: Month) -> list[Month]:
    return [Month.parse(each.before) for each in settings.earlier if each.before > str(after)]


_EXPECTED = {
    SettingName.DUTY: "Mỗi thầy/cô cần mấy hoạt động một tháng? Quy chế: ít nhất 1.",
    SettingName.MONTHS: "Gõ các tháng, ví dụ: <i>9-5</i>, hoặc <i>8, 9, 10-5</i>.",
    SettingName.KINDS: (
        "Gõ <i>tất cả</i>, <i>trừ ra đề, chấm thi</i>, hoặc các loại được tính: <i>dự giờ, chuyên đề</i>."
    ),
    SettingName.STAGES: (
        "Gõ ngày và giờ, ví dụ: <i>7 ngày 18:30, 3 ngày 18:30, 1 ngày 18:30, ngày cuối 17:00</i> "
        f"(sớm nhất {EARLIEST_STAGE} ngày trước ngày cuối tháng)."
    ),
    SettingName.MEETINGS_A_YEAR: "Mỗi năm học họp chung ít nhất mấy lần? Quy chế: ít nhất 3.",
    SettingName.MEETING_STAGES: "Nhắc trước giờ họp bao lâu? Nhiều nhất 4 lần, ví dụ: <i>3 ngày, 1 ngày, 2 giờ</i>.",
    SettingName.QUIET: "Không gửi tin nhắc từ mấy giờ đến mấy giờ? Ví dụ: <i>21:00 đến 6:30</i>.",
    SettingName.OFFICE: "Tổ báo cáo cho cơ quan nào? Ví dụ: <i>Phòng Văn hóa – Xã hội phường Thủ Dầu Một</i>.",
}
_SUGGESTIONS: dict[SettingName, tuple[str, ...]] = {
    SettingName.MONTHS: ("Tháng 9 đến tháng 5",),
    SettingName.KINDS: ("Tất cả",),
    SettingName.STAGES: ("7 ngày 18:30, 3 ngày 18:30, 1 ngày 18:30, ngày cuối 17:00",),
    SettingName.MEETING_STAGES: ("3 ngày, 1 ngày, 2 giờ",),
    SettingName.QUIET: ("21:00 đến 6:30",),
}
