"""Questions about what stands on official papers, and about reports that the leader asks for."""

from __future__ import annotations

from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.domain.team_settings import PaperSettings
from bot.texts.periods import short_day

NO_PARENT = "Không có"
WITH_SEAL = "Đóng dấu cơ quan chủ quản"
WITHOUT_SEAL = "Không đóng dấu"
LEADER_SIGNS = "Tổ trưởng ký"
FIELDS = {
    "parent": "cơ quan chủ quản",
    "place": "địa danh",
    "has_seal": "con dấu",
    "issuer": "tên tổ",
    "code": "chữ viết tắt",
    "to": "kính gửi",
    "copies": "nơi nhận",
    "signer_title": "chức danh người ký",
    "signer": "họ tên người ký",
}
"""What may be changed, as the log calls it."""


def opening() -> Markup:
    """Why it is asked, once."""
    return Markup("Lần đầu lập văn bản, em cần vài thông tin cho phần đầu (Nghị định 30/2020). Các lần sau em nhớ sẵn.")


def ask_parent() -> Markup:
    """The parent body."""
    return Markup("Cơ quan chủ quản ghi ở <b>góc trái, dòng trên</b>? Ví dụ: UBND phường Thủ Dầu Một.")


def ask_place() -> Markup:
    """The place."""
    return Markup("Địa danh ghi trước ngày tháng? Ví dụ: Thủ Dầu Một.")


def ask_seal() -> Markup:
    """The seal."""
    return Markup("Văn bản của tổ có <b>đóng dấu</b> của cơ quan chủ quản không? Có dấu thì ký “TM.”.")


def ask_issuer() -> Markup:
    """The issuing body."""
    return Markup("Tên tổ ghi trên văn bản?")


def ask_code() -> Markup:
    """The letters after the number."""
    return Markup("Chữ viết tắt của tổ trong số văn bản? Ví dụ TML cho “Số: 05/BC-TML”.")


def ask_to() -> Markup:
    """Whom reports are addressed to."""
    return Markup("Kính gửi ai? Nhiều nơi thì mỗi nơi một dòng.")


def ask_copies() -> Markup:
    """Recipients of copies."""
    return Markup("Nơi nhận? Mỗi nơi một dòng, bắt đầu bằng “Như trên”, kết thúc bằng “Lưu: …”.")


def ask_title() -> Markup:
    """The signer's title."""
    return Markup("Chức danh người ký? Ví dụ: Tổ trưởng. Ký thay thì ghi hai dòng: KT. Tổ trưởng / Tổ phó.")


def ask_signer() -> Markup:
    """The signer's name."""
    return Markup("Họ tên người ký?")


def ask_given() -> Markup:
    """Where the series of numbers goes on."""
    return Markup("Từ đầu năm tổ đã cấp số cho bao nhiêu báo cáo trên giấy? Ví dụ 12, thì báo cáo sau là số 13.")


def number_wanted(most: int) -> Markup:
    """Not a number."""
    return Markup("Em cần một số từ 0 đến {}.").format(most)


def series_goes_on(last: int) -> Markup:
    """Numbers have been given already."""
    return Markup("Số báo cáo năm nay đã cấp đến {:02d} nên em đếm tiếp từ đó, không đổi được nữa.").format(last)


def too_long(most: int) -> Markup:
    """An answer that does not fit."""
    return Markup("Thầy/cô ghi ngắn lại giúp em, từ 1 đến {} ký tự.").format(most)


def choose_seal() -> Markup:
    """Neither answer."""
    return Markup("Thầy/cô chọn giúp em: có đóng dấu hay không đóng dấu.")


def preview(paper: PaperSettings, *, team: str, office: str, given: int | None = None) -> Markup:
    """All of it before it is kept."""
    return join_lines(
        Markup("📄 <b>Thông tin trên văn bản</b>"),
        Markup("Cơ quan chủ quản: {}").format(paper.parent or "không ghi"),
        Markup("Tên tổ: {}").format(paper.issuer or team),
        Markup("Số: …/BC-{}").format(paper.code),
        Markup("Địa danh: {}").format(paper.place),
        Markup("Kính gửi: {}").format("; ".join(paper.to) or office),
        Markup("Nơi nhận: {}").format("; ".join(paper.copies)),
        Markup("Người ký: {} {}, {}").format(
            paper.signer_title.replace("\n", " / "),
            paper.signer or "(tổ trưởng)",
            "đóng dấu" if paper.has_seal else "không đóng dấu",
        ),
        Markup("Báo cáo tiếp theo: số {:02d}").format(given + 1) if given else None,
    )


def kept() -> Markup:
    """Settings are kept."""
    return Markup("Đã lưu thông tin văn bản ✓ Từ bây giờ văn bản mới ghi như vậy; văn bản đã ban hành giữ nguyên.")


def ask_due(period: str) -> Markup:
    """When the report that the leader asks for is due."""
    return Markup("Báo cáo <b>{}</b> cần xong ngày nào?").format(period)


def due_unknown() -> Markup:
    """No day, or one that is over."""
    return Markup("Em cần một ngày từ hôm nay trở đi, ví dụ: thứ sáu, 30/11.")


def ask_note() -> Markup:
    """What the secretary should know."""
    return Markup("Thầy/cô dặn thêm thư ký điều gì không?")


def request_preview(period: str, due_on: date | None, note: str) -> Markup:
    """Before it is sent."""
    return join_lines(
        Markup("📌 Báo cáo đột xuất <b>{}</b>").format(period),
        Markup("Hạn: {}").format(short_day(due_on)) if due_on else None,
        Markup("Dặn: {}").format(note) if note else None,
    )
