"""Subjects and classes in what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.curriculum import SHORT_NAMES, SUBJECT_NAMES
from bot.domain.number_pairs import PairKind, read_pairs
from bot.domain.phrases import PhraseList, Source

_SUBJECTS = PhraseList(SUBJECT_NAMES)
_SHORT = PhraseList(short.lower() for short in SHORT_NAMES)
_BESIDE = re.compile(r"(?:gio|tiet|mon|day)\s*$")
_CLASS_FOLLOWS = re.compile(r"\s*(?:lop|khoi|k ?[1-5]\b|[1-5][a-h/.])")
_LED = re.compile(r"(?<!\w)(?:lop|khoi|k)\s*([1-5](?:\s?[a-h](?:[1-9])?)?(?:[/.]\d{1,2})?)(?![\w/])")
_BARE = re.compile(r"(?<![\w/.-])([1-5][a-h][1-9]?)(?!\w)")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands."""

    value: str
    start: int
    end: int


def find_subject(text: str) -> Found | None:
    """The first subject named, by its full name in the curriculum."""
    source = Source.of(text)
    if hit := _SUBJECTS.find_first(source):
        return Found(SUBJECT_NAMES[hit.form], hit.start, hit.end)
    for hit in _SHORT.find_all(source):
        beside = _BESIDE.search(source.plain[: hit.start]) or _CLASS_FOLLOWS.match(source.plain[hit.end :])
        if beside:
            return Found(SHORT_NAMES[hit.form.upper()], hit.start, hit.end)
    return None


def find_class(text: str) -> Found | None:
    """The first class ("4A", "2/3") or grade ("5")."""
    source = Source.of(text)
    if match := _LED.search(source.plain):
        return Found(match.group(1).replace(" ", "").upper(), match.start(), match.end())
    if match := _BARE.search(source.plain):
        return Found(match.group(1).upper(), match.start(), match.end())
    for pair in read_pairs(source):
        if pair.kind is PairKind.CLASS:
            return Found(source.plain[pair.start : pair.end], pair.start, pair.end)
    return None
