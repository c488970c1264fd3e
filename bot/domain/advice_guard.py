"""Advice, not inspection files: scores, rankings and pupils' names do not belong into a report (PRODUCT rule 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.text import compose, skeleton

_RANKS = r"(?:xuat sac|gioi|tot|kha|trung binh|dat yeu cau|chua dat|tb|yeu|kem|[abc])"
_NUMBER = r"\d{1,2}(?:[.,]\d{1,2})?"
_SCORING = (
    re.compile(rf"\bxep\s+(?:loai|hang)(?:\s*[:\-–]?\s*{_RANKS})?\b"),
    re.compile(rf"\bloai\s*[:\-–]\s*{_RANKS}\b"),
    re.compile(rf"\b(?:dat|dang|danh gia|thuoc|tiet|gio)\s+loai\s+{_RANKS}\b"),
    re.compile(r"\bloai\s+(?:gioi|kha|xuat sac|trung binh|yeu|[abc])\b(?! hinh| bai| sach| cay| the)"),
    re.compile(rf"\b{_NUMBER}\s*/\s*(?:10|20|100)\b(?!\s*(?:hs|em|hoc sinh|gv|giao vien|tiet|bai|nhom|/))(?:\s*diem)?"),
    re.compile(rf"\b(?:cham|cho|duoc|dat|tong(?: so)?|tru|cong)\s+{_NUMBER}\s*(?:diem|d)\b(?! can\b| manh| yeu| luu)"),
    re.compile(
        rf"\b{_NUMBER}\s*diem\b(?!\s+(?:can|luu|manh|yeu|chua|tot|noi bat|truong|han che|dang|sau|nay|moi|chinh))"
    ),
    re.compile(r"\b\d{1,2}[.,]\d{1,2}\s*d\b"),
    re.compile(r"(?<!uu )(?<!nhuoc )(?<!khuyet )(?<!quan )(?<!trong )(?<!dia )(?<!thoi )\bdiem(?:\s+so)?\s*[:=]\s*\d"),
)
_DAY_BEFORE = re.compile(
    r"\b(?:ngay|hom|thu \w+|sang|chieu|toi|lop|khoi|mung|cuoi thang|truoc|qua|vao|den|luc|lai|hen)[ ,]*$"
)
_DAY_OF_OCTOBER = re.compile(r"\d{1,2}\s*/\s*10")
_PUPIL = re.compile(r"(?<!\w)(?:em|hs|học sinh|bé|cháu|trò)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_CLASS_WORDS = {"lớp", "khối", "trường", "tiểu", "tổ", "nhóm", "việt", "anh"}
_LONGEST_NAME = 5


def find_scoring(text: str) -> str | None:
    """The words that score or rank a lesson, as typed; None when there are none.

    "ưu điểm", "điểm trường", "3 điểm cần lưu ý", "4/10 em" and the tenth month of a date are no scores.
    """
    typed = compose(text)
    plain = skeleton(typed)
    for pattern in _SCORING:
        for match in pattern.finditer(plain):
            if not _is_a_day(plain, match):
                return typed[match.start() : match.end()].strip()
    return None


def _is_a_day(plain: str, match: re.Match[str]) -> bool:
    return (
        _DAY_OF_OCTOBER.fullmatch(match.group().strip()) is not None
        and _DAY_BEFORE.search(plain[: match.start()]) is not None
    )


def find_pupil_names(text: str) -> tuple[str, ...]:
    """What looks like pupils' full names: two to five capitalised words after "em", "học sinh", to warn gently."""
    typed = compose(text)
    names = (_capitals(typed, lead.end()) for lead in _PUPIL.finditer(typed))
    return tuple(dict.fromkeys(" ".join(words) for words in names if len(words) > 1))


def _capitals(text: str, start: int) -> list[str]:
    words = list(_run_of_capitals(text, start))
    return [] if words and words[0].lower() in _CLASS_WORDS else words


def _run_of_capitals(text: str, start: int) -> Iterator[str]:
    for _ in range(_LONGEST_NAME):
        word = _WORD.match(text, start)
        if word is None or not (word.group().istitle() or word.group().isupper()):
            return
        yield word.group()
        if not text.startswith(" ", word.end()):
            return
        start = word.end() + 1
