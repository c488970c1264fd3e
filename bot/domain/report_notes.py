"""The four advisory notes of a report, found by the words that lead them in (regulation III.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.phrases import PhraseList, Source

COMPANIONS = "companions"
"""What follows "Cùng dự:", which is a list of names and no note."""
_LEADS = {
    "strengths": ("ưu điểm", "điểm mạnh", "mặt mạnh", "mặt tốt", "điểm tốt", "ưu", "ưđ", "tốt", "mạnh"),
    "difficulties": (
        "hạn chế",
        "tồn tại",
        "khó khăn",
        "nhược điểm",
        "khuyết điểm",
        "điểm yếu",
        "mặt yếu",
        "cần cải thiện",
        "cần khắc phục",
        "chưa tốt",
        "vướng mắc",
        "hc",
        "nhược",
    ),
    "advice": ("tư vấn", "góp ý", "đề nghị", "lời khuyên", "khuyên", "nên", "tv"),
    "encouragement": ("thúc đẩy", "hướng tới", "tiếp theo", "động viên", "bước tiếp theo", "hẹn", "td", "tđ"),
    COMPANIONS: ("cùng dự", "cùng tham gia", "người cùng dự", "người cùng tham gia", "thành phần"),
}
_FIELD = {form: field for field, forms in _LEADS.items() for form in forms}
_PHRASES = PhraseList(_FIELD)
_NEEDS_COLON = {
    "ưu",
    "tốt",
    "mạnh",
    "chưa tốt",
    "hc",
    "nhược",
    "nên",
    "khuyên",
    "tiếp theo",
    "hẹn",
    "td",
    "động viên",
    *_LEADS[COMPANIONS],
}
_SHORT = {"hc", "td", "tđ", "tv", "ưđ"}  # subjects as well (TV, TD): only where they open a clause
_COLON = re.compile(r"\s*(?::|[-–—]\s|\.\s*:)")
_CLAUSE_START = re.compile(r"(?:^|[.;,!?\n:)•*+-])\s*$")
_BOUND_TO = re.compile(
    r"\b(?:nen|can|se|phai|duoc|de|va|co|da|hay|viec|cac|nhung|mot so|it|nhieu|con|theo|su|cho"
    r"|khong|chua|gap|vuot|huy|phuc|chi ra|neu|giup|nham|tiep thu|nhan|mang tinh|moi|tung|bot|giam|cung)\s+$"
)


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """The notes by field, as typed, and where the first of them begins."""

    notes: dict[str, str]
    start: int


def find_notes(text: str) -> FoundNotes:
    """Cut a report's notes out of NFC text; a lead word without a colon counts only where it opens a clause, or
    stands bound to nothing in a text typed without any punctuation."""
    source = Source.of(text)
    leads: list[tuple[int, int, str]] = []
    opened: set[str] = set()
    for hit in _PHRASES.find_all(source):
        field = _FIELD[hit.form]
        colon = _COLON.match(source.plain, hit.end)
        before = source.plain[: hit.start]
        opens = _CLAUSE_START.search(before) is not None
        bare = hit.form not in _NEEDS_COLON and field not in opened and not _BOUND_TO.search(before)
        loose = bare and (opens or " " in hit.form)
        if hit.form in _SHORT and not opens:
            continue
        if colon or loose:
            leads.append((hit.start, colon.end() if colon else hit.end, field))
            opened.add(field)
    notes: dict[str, str] = {}
    for index, (_, begins, field) in enumerate(leads):
        ends = leads[index + 1][0] if index + 1 < len(leads) else len(source.text)
        note = source.text[begins:ends].strip(" \t\n,;:–-") if ends > begins else ""
        if note:
            notes[field] = f"{notes[field]}\n{note}" if field in notes else note
    return FoundNotes(notes, leads[0][0] if leads else len(source.text))
