"""Teachers' names in notes, so that they can be left out of what others read."""

from __future__ import annotations

import re

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lâm|Mai|Trịnh|Đào|Cao|"
    "Tạ|Châu|Tô|Hà"
)
_CALLED = r"[Cc]ô giáo|[Tt]hầy giáo|[Cc]ô|[Tt]hầy|[Gg][Vv]|[Gg]iáo viên|[Đđ]/c|[Đđ]ồng chí|[Bb]à|[Ôô]ng|[Cc]hị|[Aa]nh"
_CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD = rf"[{_CAPITAL}]\w*"
_AFTER_TITLE = re.compile(rf"(?<!\w)(?P<called>{_CALLED})[ :.]{{0,2}}\s*(?P<name>{_WORD}(?: {_WORD}){{0,3}})")
_FULL_NAME = re.compile(
    rf"(?P<place>(?:[Tt]rường|TH|THCS|[Tt]iểu học|[Hh]ọc|[Đđ]ường|[Pp]hường|[Ll]ớp)\s+)?(?<!\w)"
    rf"(?P<name>(?:{_SURNAMES})(?: {_WORD}){{1,3}})(?!\w)"
)
_HIDDEN = "…"
_NO_NAMES = {"Toán", "Tiếng", "Mĩ", "Mỹ", "Âm", "Khoa", "Lịch", "Địa", "Đạo", "Tin", "Thể", "Tự", "HS", "TV", "GV"}


def hide_names(text: str) -> str:
    """The text with "…" for teachers' names: after cô, thầy, GV, and full names, but for those of schools."""

    def after_title(match: re.Match[str]) -> str:
        first = match["name"].split()[0]
        return match[0] if first in _NO_NAMES or len(first) == 1 else f"{match['called']} {_HIDDEN}"

    called = _AFTER_TITLE.sub(after_title, text)
    return _FULL_NAME.sub(lambda match: match[0] if match["place"] else _HIDDEN, called)
