"""Sentences about the letter that asks a school to make time for its teacher."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup

LETTER_ACTION = "school-letter"
CONFIDENTIAL_WORK = "Nhiệm vụ chuyên môn theo phân công của tổ"


def whose(number: int) -> Markup:
    """Several people have the work: whose school is to be written to."""
    return Markup("Thư gửi trường của ai, cho nhiệm vụ số {}?").format(number)


def which_work() -> Markup:
    """The command without a number."""
    return Markup("Thư cho nhiệm vụ số mấy? Thầy/cô gõ ví dụ: <i>/thugui 12</i>.")


def choices(assignment_id: int, people: Sequence[tuple[int, str]]) -> list[list[Choice]]:
    """One button a teacher."""
    return [
        [Choice(label=name, action=LETTER_ACTION, value=f"{assignment_id}|{member_id}")] for member_id, name in people
    ]


def written(number: int, teacher: str, school: str) -> Markup:
    """With the files."""
    return Markup(
        "✉️ Thư số {:02d} gửi <b>{}</b>, đề nghị tạo điều kiện cho {}. "
        "Bản Word để sửa, bản PDF để in; tên tổ, nơi gửi và người ký lấy theo cài đặt giấy tờ của tổ."
    ).format(number, school, teacher)


def no_school(names: Sequence[str]) -> Markup:
    """The roster does not say where they work."""
    return Markup("Danh sách tổ chưa ghi trường của {}. Thầy/cô bổ sung trường rồi chọn lại.").format(", ".join(names))


def nobody() -> Markup:
    """Nobody has the work any more."""
    return Markup("Nhiệm vụ này hiện không còn ai thực hiện, nên chưa cần thư.")
