"""Teachers' names in notes, so that they can be left out of what others read."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.domain.given_names import FOLDED_FOLLOWERS, FOLDED_NAMES, FOLLOWERS, NAMES, ONLY_NAMES
from bot.domain.text import compose

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lâm|Mai|Trịnh|Đào|Cao|"
    "Tạ|Châu|Tô|Hà|Lương|Lưu|Phùng|Tôn|Thái|Quách|Kiều|Chu|Đàm|Nông|Hứa|Tống|Triệu|Thạch|Tăng|Mạc|Nghiêm|Ninh|Vi|Lò|"
    "Doãn|Khổng|Bạch|Lục|Viên|Giang|Văn|Ksor|Siu|Rơ|Điểu"
)
_CALLED = r"[Cc]ô giáo|[Tt]hầy giáo|[Cc]ô|[Tt]hầy|[Gg][Vv]|[Gg]iáo viên|[Đđ]/c|[Đđ]ồng chí|[Bb]à|[Ôô]ng|[Cc]hị|[Aa]nh"
_CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD = rf"[{_CAPITAL}]\w*"
_AFTER_TITLE = re.compile(rf"(?<!\w)(?P<called>{_CALLED})[ :.]{{0,2}}\s*(?P<name>{_WORD}(?: {_WORD}){{0,3}})")
_FULL_NAME = re.compile(
    rf"(?P<place>(?:[Tt]rường|TH|THCS|[Tt]iểu học|[Hh]ọc|[Đđ]ường|[Pp]hường|[Ll]ớp)\s+)?(?<!\w)"
    rf"(?P<name>(?:{_SURNAMES})(?: {_WORD}){{1,3}})(?!\w)"
)
_SMALL = re.compile(rf"(?<!\w)(?:{_CALLED})(?!\w)")
_SMALL_BARE = re.compile(r"(?<!\w)(?:co giao|thay giao|co|thay|gv|giao vien|chi|anh)(?!\w)", re.IGNORECASE)
_FOLLOWING = re.compile(r"\w+")
_LONGEST_NAME = 3
_HIDDEN = "…"
_NO_NAMES = {"Toán", "Tiếng", "Mĩ", "Mỹ", "Âm", "Khoa", "Lịch", "Địa", "Đạo", "Tin", "Thể", "Tự", "HS", "TV", "GV"}


def hide_names(text: str) -> str:
    """The text with "…" for teachers' names: after cô, thầy, GV, with or without capitals and marks, and full names,
    but for those of schools."""

    def after_title(match: re.Match[str]) -> str:
        first = match["name"].split()[0]
        return match[0] if first in _NO_NAMES or len(first) == 1 else f"{match['called']} {_HIDDEN}"

    called = _AFTER_TITLE.sub(after_title, compose(text))
    full = _FULL_NAME.sub(lambda match: match[0] if match["place"] else _HIDDEN, called)
    return _hide_small(full, bare=full.isascii() or not any(char.isalpha() and char > "\x7f" for char in full))


def _hide_small(text: str, *, bare: bool) -> str:
    """Names without capitals; `bare`: the text has no marks, so that more is needed to know a name."""
    pattern, names, followers = (_SMALL_BARE, FOLDED_NAMES, FOLDED_FOLLOWERS) if bare else (_SMALL, NAMES, FOLLOWERS)
    shown, kept_from = "", 0
    for match in pattern.finditer(text):
        words = list(_FOLLOWING.finditer(text, match.end()))
        run = list(takewhile(lambda word: word[0].lower() in names, words))[:_LONGEST_NAME]
        if not run or run[0].start() - match.end() > 2:
            continue
        after = words[len(run)][0].lower() if len(words) > len(run) else ""
        ends = not after or text[run[-1].end() : run[-1].end() + 1] in set(".,;:!?)\n")
        if after in followers or (not bare and (ends or any(word[0].lower() in ONLY_NAMES for word in run))):
            shown += f"{text[kept_from : match.end()]} {_HIDDEN}"
            kept_from = run[-1].end()
    return shown + text[kept_from:]
