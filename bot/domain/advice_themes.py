"""What advice is about: grouped by subject and grade, and by phrases that recur. No outside service is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.domain.hidden_names import hide_names
from bot.domain.report_model import Quote, RecurringPhrase, Theme, Visit
from bot.domain.text import compose, fold

_SHOWN = 8
_COMPARED = 400  # phrases are compared in pairs
_LONGEST = 14
_SHORTEST = 2
_AT_LEAST = 2
_WHOLE_FROM = 5  # words: a sentence so long that recurs is told as it stands
_SENTENCE = re.compile(r"[.,;:!?\n\r()“”\"–…/]+")
_WORD = re.compile(r"\w+")
_EMPTY_WORDS = (
    "và của cho các những là ở trong khi với để cần nên có không được thì đã còn hơn rất em một hai ba nhiều ít so về "
    "từ đến theo qua ra vào lên lại này đó chưa hay hoặc mà tại bị phải sẽ đang mới dạy tiết lớp gv hs cô thầy"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that no telling part of a sentence begins or ends with; as they are spelt, because "do" is also "đồ"."""
_SAYS_NOTHING = frozenset(
    {
        *("hoc sinh", "giao vien", "hoat dong", "tiet hoc", "tiet day", "bai hoc", "bai day", "lop hoc", "noi dung"),
        *("nha truong", "phan cuoi", "dau tiet", "cuoi tiet", "hoc sinh hoat dong", "giao vien hoc sinh"),
    }
)
"""What every note speaks of."""

Words = tuple[str, ...]
"""Folded words."""


def themes_of(visits: Iterable[Visit]) -> tuple[Theme, ...]:
    """Advice by subject and grade, the most frequent first."""
    grouped: dict[tuple[str | None, str | None], list[Quote]] = defaultdict(list)
    for visit in visits:
        text = visit.advice or visit.encouragement
        if text:
            grouped[visit.subject, visit.grade].append(Quote(visit.id, visit.school, visit.day, text))
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0][0] or "~", item[0][1] or "~"))
    return tuple(Theme(subject, grade, tuple(quotes)) for (subject, grade), quotes in ordered)


def recurring_phrases(visits: Iterable[Visit]) -> tuple[RecurringPhrase, ...]:
    """Phrases of two words and more in the difficulties and advice of at least two activities, longer ones first.

    Teachers' names are no part of one. A phrase within a longer one of the same activities is not named twice.
    """
    notes = [
        (visit.id, text) for visit in visits for text in (visit.difficulties, visit.advice, visit.encouragement) if text
    ]
    sentences, spelling = _read(notes)
    whole = {words for _, words in sentences if len(words) >= _WHOLE_FROM}
    found = _frequent(sentences)
    told = {
        words: visits
        for words, visits in found.items()
        if len(words) >= _SHORTEST
        and " ".join(words) not in _SAYS_NOTHING
        and (words in whole or _is_telling(spelling[words].split()))
    }
    leading = sorted(told, key=lambda words: (-len(told[words]), -len(words), words))[:_COMPARED]
    some = {words: told[words] for words in leading}
    kept = [(words, visits) for words, visits in some.items() if not _is_part(words, some)]
    return tuple(RecurringPhrase(spelling[words], tuple(sorted(visits))) for words, visits in _distinct(kept)[:_SHOWN])


def _is_telling(typed: Sequence[str]) -> bool:
    return typed[0] not in _EMPTY and typed[-1] not in _EMPTY


def _read(notes: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, Words]], _Spelling]:
    sentences: list[tuple[int, Words]] = []
    spelling = _Spelling()
    for visit, text in notes:
        for sentence in _SENTENCE.split(hide_names(compose(text))):
            typed = _WORD.findall(sentence)
            folded = tuple(fold(word) or word for word in typed)
            sentences.append((visit, folded))
            spelling.remember(folded, typed)
    return sentences, spelling


class _Spelling:
    """How folded words were typed: with marks wherever anybody put them."""

    def __init__(self) -> None:
        self._typed: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], tuple[str, str]] = {}

    def remember(self, folded: Words, typed: Sequence[str]) -> None:
        """The first spelling that differs from the bare letters wins, in the company of its neighbour."""
        for bare, word in zip(folded, typed, strict=True):
            if bare not in self._typed or self._typed[bare].lower() == bare:
                self._typed[bare] = word.lower()
        for index in range(len(folded) - 1):
            pair = (folded[index], folded[index + 1])
            words = (typed[index].lower(), typed[index + 1].lower())
            if pair not in self._pairs or self._pairs[pair] == pair:
                self._pairs[pair] = words

    def __getitem__(self, words: Words) -> str:
        typed = [self._typed[word] for word in words]
        for index in range(len(words) - 1):
            first, second = self._pairs[words[index], words[index + 1]]
            if index == 0:
                typed[0] = first
            typed[index + 1] = second
        return " ".join(typed)


def _frequent(sentences: Sequence[tuple[int, Words]]) -> dict[Words, frozenset[int]]:
    """Phrases by the activities they occur in; longer ones are looked for only where shorter ones recur."""
    found: dict[Words, frozenset[int]] = {}
    before: dict[Words, frozenset[int]] | None = None
    for length in range(1, _LONGEST + 1):
        places: dict[Words, set[int]] = defaultdict(set)
        for visit, words in sentences:
            for start in range(len(words) - length + 1):
                phrase = words[start : start + length]
                if before is None or (phrase[:-1] in before and phrase[1:] in before):
                    places[phrase].add(visit)
        before = {phrase: frozenset(visits) for phrase, visits in places.items() if len(visits) >= _AT_LEAST}
        found.update(before)
        if not before:
            break
    return found


def _is_part(words: Words, all_phrases: dict[Words, frozenset[int]]) -> bool:
    return any(
        len(other) > len(words) and visits >= all_phrases[words] and _contains(other, words)
        for other, visits in all_phrases.items()
    )


def _distinct(kept: Sequence[tuple[Words, frozenset[int]]]) -> list[tuple[Words, frozenset[int]]]:
    """Without phrases that merely shift or shorten one that is named already."""
    chosen: list[tuple[Words, frozenset[int]]] = []
    for words, visits in kept:
        if not any(_overlap(words, other) for other, _ in chosen):
            chosen.append((words, visits))
    return chosen


def _overlap(a: Words, b: Words) -> bool:
    if _contains(a, b) or _contains(b, a):
        return True
    return any(a[-size:] == b[:size] or b[-size:] == a[:size] for size in range(2, min(len(a), len(b))))


def _contains(longer: Words, shorter: Words) -> bool:
    return any(longer[start : start + len(shorter)] == shorter for start in range(len(longer) - len(shorter) + 1))
