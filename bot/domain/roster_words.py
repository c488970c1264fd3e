"""How names of people and schools are written, compared and shortened in a roster."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container

from bot.domain.text import fold

_WORD_PART = re.compile(r"[^\s\-'’.&]+")
_KEPT_CAPITALS = {"TH", "THCS", "THPT", "PTDTBT", "PTDTNT", "DTBT", "DTNT", "TT", "TP", "TX"}
_ROMAN = re.compile(r"[IVX]{1,4}")
_SCHOOL_LEAD = re.compile(r"^(?:truong )?(?:pt ?dtbt )?(?:tieu hoc|th) |^truong ")
_TIEU_HOC = re.compile(r"\bTiểu Học\b")


def write_person(text: str) -> str:
    """A person's name as it is kept: numbering dropped, capital initials where it was typed in one case."""
    name = re.sub(r"^\s*\d+\s*[.)\-]\s*", "", text).strip(" .,;:-")
    return _capitalise(name) if _is_one_case(name) else name


def write_school(text: str) -> str:
    """A school's or a place's name as it is kept: "TIỂU HỌC PHÚ HÒA II" becomes "Tiểu học Phú Hòa II"."""
    name = text.strip(" .,;:-")
    words = name.split()
    if not _is_one_case(name) or (len(words) == 1 and name.isascii()):
        return name  # written with care, or an acronym
    kept_numeral = len(words) - 1 if name.isupper() and _ROMAN.fullmatch(words[-1]) else None
    written = (
        word.upper() if index == kept_numeral or _is_acronym(word) else _capitalise(word)
        for index, word in enumerate(words)
    )
    return _TIEU_HOC.sub("Tiểu học", " ".join(written))


def _is_one_case(text: str) -> bool:
    return text.isupper() or text.islower()


def _capitalise(text: str) -> str:
    return _WORD_PART.sub(lambda part: part.group()[:1].upper() + part.group()[1:].lower(), text)


def _is_acronym(word: str) -> bool:
    return word.upper() in _KEPT_CAPITALS or any(char.isdigit() for char in word)


def school_key(name: str) -> str:
    """What two ways of naming a school have in common: folded, without "Trường", "Tiểu học" or "TH" before it."""
    folded = fold(name)
    return _SCHOOL_LEAD.sub("", folded) or folded


def derive_code(name: str, taken: Container[str]) -> str:
    """A code of initials and figures ("Phú Hòa 1" gives PH1) that is not taken; letters are added until it is not."""
    words = school_key(name).replace("/", " ").split() or ["x"]
    initials = [word if word.isdecimal() else word[0] for word in words]
    last_word = max(range(len(words)), key=lambda index: (not words[index].isdecimal(), index))
    for length in range(1, len(words[last_word]) + 1):
        letters = [*initials[:last_word], words[last_word][:length], *initials[last_word + 1 :]]
        code = "".join(letters).upper()
        if code not in taken:
            return code
    stem = "".join(initials).upper()
    return next(f"{stem}-{number}" for number in range(2, 10_000) if f"{stem}-{number}" not in taken)


def is_better_spelling(new: str, old: str) -> bool:
    """Whether a name that folds the same is written with marks the old one lacks or has otherwise.

    Where the tone stands (Hòa, Hoà) and which letters are capitals makes no difference, and marks are never lost.
    """
    return not is_same_spelling(new, old) and _count_marks(new) >= _count_marks(old)


def _spelling(name: str) -> list[Counter[str]]:
    return [Counter(unicodedata.normalize("NFD", word)) for word in name.lower().split()]


def _count_marks(name: str) -> int:
    decomposed = unicodedata.normalize("NFD", name.lower())
    return sum(unicodedata.category(char) == "Mn" or char == "đ" for char in decomposed)


def may_be_same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: alike in every mark, or one typed without any.

    Hùng and Hưng, Lan and Lân are different people, though they fold the same.
    """
    return fold(a) == fold(b) and (is_same_spelling(a, b) or not (_count_marks(a) and _count_marks(b)))


def is_same_spelling(a: str, b: str) -> bool:
    """Whether names have the same letters and marks, wherever the tone stands and whatever is capital."""
    return _spelling(a) == _spelling(b)
