"""Questions and refusals while a meeting is being called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.meetings import MOST_SLOTS
from bot.domain.rich_text import Markup, join_lines
from bot.texts.fragments import weekday
from bot.texts.meetings import moment, short_moment


def ask_kind() -> Markup:
    """General or topical."""
    return Markup("Họp gì ạ?")


def kind_unknown() -> Markup:
    """Neither."""
    return Markup("Thầy/cô chọn <b>Họp chung</b> hoặc <b>Chuyên đề</b>.")


def ask_title() -> Markup:
    """What a topical meeting is about."""
    return Markup("Chuyên đề gì? Ví dụ: <i>Chuyên đề Toán lớp 4</i>")


def ask_school(count: int) -> Markup:
    """The school it is held with."""
    if count > 1:
        return Markup("Phối hợp với trường nào trong các trường này?")
    return Markup("Phối hợp với trường nào? Gõ tên, hoặc bỏ qua nếu chỉ có tổ.")


def ask_board() -> Markup:
    """Who takes part for the school."""
    return Markup("Phía trường có ai dự? Ví dụ: <i>Ban giám hiệu: cô Hạnh, thầy Tín</i>")


def ask_when(day: date | None) -> Markup:
    """The time, or several to vote on."""
    if day is not None:
        return Markup("Ngày {}/{} họp lúc mấy giờ?").format(day.day, day.month)
    return Markup(
        "Họp lúc nào? Ví dụ: <i>14h thứ sáu 27/11</i>.\nMuốn cả tổ chọn giờ thì ghi 2 đến {} giờ, cách nhau bằng dấu ;"
    ).format(MOST_SLOTS)


def when_unknown() -> Markup:
    """No time could be read."""
    return Markup("Em chưa rõ giờ họp. Thầy/cô ghi ví dụ: <i>14h thứ sáu 27/11</i>.")


def hour_missing(day: date) -> Markup:
    """A day without an hour, among several."""
    return Markup("Ngày {}/{} chưa có giờ. Thầy/cô ghi cả giờ, ví dụ: <i>14h ngày {}/{}</i>.").format(
        day.day, day.month, day.day, day.month
    )


def impossible_day(text: str) -> Markup:
    """A day that no calendar has."""
    return Markup("Không có ngày {} trong lịch. Thầy/cô ghi lại giúp, ví dụ: <i>14h ngày 27/11</i>.").format(text)


def in_the_past(at: datetime) -> Markup:
    """A meeting cannot be called for a moment that has passed."""
    return Markup("{} đã qua rồi. Thầy/cô ghi một giờ sắp tới giúp em.").format(moment(at))


def too_far(at: datetime) -> Markup:
    """More than a year ahead is a slip of the pen."""
    return Markup("{} còn hơn một năm nữa. Thầy/cô xem lại ngày giúp em.").format(moment(at))


def overlaps(at: datetime, other: str, other_at: datetime) -> Markup:
    """Another meeting of the team is at that time."""
    return Markup("{} trùng với <b>{}</b> ({}). Thầy/cô chọn giờ khác, hoặc đổi cuộc họp kia trước.").format(
        short_moment(at), other, short_moment(other_at)
    )


def too_many_slots() -> Markup:
    """More than can be voted on."""
    return Markup("Chọn giờ được tối đa {} phương án. Thầy/cô bớt giúp em.").format(MOST_SLOTS)


def one_time_only() -> Markup:
    """A meeting that is called already is moved, not voted on."""
    return Markup("Cuộc họp đã mời nên chỉ đổi sang một giờ. Thầy/cô ghi một giờ giúp em.")


def another_weekday(at: datetime) -> Markup:
    """The weekday that was written is not the one of the day that was written."""
    return Markup("Ngày {}/{} là <b>{}</b>, khác thứ thầy/cô ghi. Thầy/cô xem lại ngày giúp em.").format(
        at.day, at.month, weekday(at)
    )


def ask_holiday(at: datetime) -> Markup:
    """A public holiday is asked about."""
    return Markup("{} là <b>ngày nghỉ lễ</b>. Vẫn họp ngày này ạ?").format(short_moment(at))


def ask_place() -> Markup:
    """Where, or a link."""
    return Markup("Họp ở đâu? Gõ nơi họp hoặc dán đường dẫn họp trực tuyến.")


def place_too_long() -> Markup:
    """A place is one line."""
    return Markup("Nơi họp chỉ ghi một dòng ngắn (tối đa 200 ký tự). Nội dung họp em hỏi ở bước sau.")


def ask_agenda() -> Markup:
    """One point a line."""
    return Markup("Nội dung họp? Mỗi ý một dòng, hoặc cách nhau bằng dấu ;")


def vote_preview(title: str, slots: tuple[datetime, ...], place: str) -> Markup:
    """What will be voted on."""
    return join_lines(
        Markup("🗳 <b>Chọn giờ: {}</b>").format(title),
        *(Markup("• {}").format(moment(slot)) for slot in slots),
        Markup("📍 {}").format(place) if place else None,
        Markup("Gửi đi thì cả tổ chọn những giờ dự được; thầy/cô chốt sau."),
    )


def preview(title: str, at: datetime | None, *, place: str, host: str, agenda: Sequence[str]) -> Markup:
    """The invitation as it will be read."""
    return join_lines(
        Markup("📅 <b>{}</b>").format(title),
        Markup("🕑 {}").format(moment(at)) if at else None,
        Markup("📍 {}").format(place),
        Markup("🏫 Phối hợp: {}").format(host) if host else None,
        Markup("<b>Nội dung:</b>") if agenda else None,
        *(Markup("• {}").format(each) for each in agenda),
    )


def move_hint() -> Markup:
    """Above the card that is to be changed."""
    return Markup("Thầy/cô gõ giờ hoặc nơi mới (ví dụ: <i>8h thứ bảy 28/11</i>), hay chọn Sửa; xong chọn Gửi.")


def ask_cancel_reason() -> Markup:
    """Everybody will read it."""
    return Markup("Thầy/cô hủy họp vì lý do gì? Em sẽ báo lý do cho mọi người.")


CANCEL_REASONS = ("Trùng lịch của cơ quan", "Nhiều người vắng", "Không còn cần họp")


def cancel_preview(title: str, at: str, reason: str | None) -> Markup:
    """Before everybody is told."""
    return Markup("❌ Hủy <b>{}</b>, {}?\nLý do: {}").format(title, at, reason or "không ghi")
