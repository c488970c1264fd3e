"""Advice, not inspection files: scores, rankings and pupils' names do not belong into a report (PRODUCT rule 1)."""

from __future__ import annotations

import re

from bot.domain.text import compose, skeleton

_SCORING = (
    re.compile(r"\bxep\s+(?:loai|hang)\b(?:\s*[:\-]?\s*(?:gio[i]|kha|tot|trung binh|tb|yeu|xuat sac|dat|[abc])\b)?"),
    re.compile(r"\b(?:dat|loai)\s+loai\s*[:\-]?\s*(?:gioi|kha|tot|trung binh|tb|yeu|xuat sac|[abc])\b"),
    re.compile(r"\bloai\s*[:\-]?\s*(?:gioi|kha|trung binh|xuat sac)\b"),
    re.compile(r"\b\d{1,2}(?:[.,]\d{1,2})?\s*/\s*(?:10|20|100)\b(?:\s*diem)?"),
    re.compile(r"\b(?:cham|cho|duoc|dat|tong)\s+\d{1,2}(?:[.,]\d{1,2})?\s*(?:diem|d)\b"),
    re.compile(r"\b\d{1,2}[.,]\d{1,2}\s*(?:diem|d)\b"),
    re.compile(r"(?<!uu )(?<!quan )(?<!trong )\bdiem(?:\s+so)?\s*[:=]\s*\d"),
    re.compile(r"\b(?:tiet|gio|bai)(?:\s+day)?\s+(?:dat\s+)?\d{1,2}(?:[.,]\d+)?\s*diem\b"),
)
_PUPIL = re.compile(r"\b(?:em|hs|học sinh|bé|cháu)\s+((?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\s?){2,5})", re.UNICODE)
_CLASS_WORDS = {"lớp", "khối", "trường"}


def find_scoring(text: str) -> str | None:
    """The words that score or rank a lesson, as typed; None when there are none."""
    typed = compose(text)
    plain = skeleton(typed)
    for pattern in _SCORING:
        if match := pattern.search(plain):
            return typed[match.start() : match.end()].strip()
    return None


def find_pupil_names(text: str) -> tuple[str, ...]:
    """What looks like pupils' full names; conservative, for a gentle warning."""
    return tuple(match.group(1).strip() for match in _PUPIL.finditer(compose(text)))
