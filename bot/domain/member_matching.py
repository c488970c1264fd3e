"""Finding members by the names people call them: "cô Lan", "thầy Hùng", "Nguyễn Lan", "ng t lan", without marks, with
a slip of a letter. Where several fit equally well, all are returned, so that somebody can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.domain.text import agrees, compose, fold

_HONORIFIC = re.compile(
    r"^(?:(?:đồng chí|dong chi|đ/c|đc|d/c|dc|cô giáo|co giao|thầy giáo|thay giao|cô|co|thầy|thay|chị|chi|anh|em|bạn|ban"
    r"|bác|bac|chú|chu|c\.|t\.|gv)[ \t]+)+",
    re.IGNORECASE,
)
_NEARLY = 86  # token_set_ratio from which a slip of a letter is taken for the name
_SHORTEST_SLIP = 4  # letters: in shorter names one letter makes another name ("Lan", "Lam")
_BETWEEN = re.compile(r"\s*(?:[,;&+\n]|\bvà\b|\bva\b|\bcùng\b|\bcung\b|\bvới\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member as they may be called."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class MemberMatch:
    """Members that a typed name fits: one is sure, several must be asked about, none is unknown."""

    typed: str
    best: tuple[int, ...] = ()

    @property
    def sure(self) -> int | None:
        """The only one it can be."""
        return self.best[0] if len(self.best) == 1 else None


def without_honorific(typed: str) -> str:
    """The name without "cô", "thầy", "đ/c"; unchanged when it is nothing else."""
    text = " ".join(compose(typed).split()).strip(" .,;:-")
    bare = _HONORIFIC.sub("", text)
    return bare or text


def match_member(typed: str, members: Sequence[MemberName], *, slips: bool = True) -> MemberMatch:
    """Who is meant by a name: the whole name before the given name, that before parts of the name, that before a slip.

    `slips` False: only names spelled as they are (marks may be missing, wrong ones not).
    """
    name = without_honorific(typed)
    words = fold(name).split()
    if not words:
        return MemberMatch(typed)
    tests: list[Callable[[list[str]], bool]] = [
        lambda other: other == words,
        lambda other: other[-len(words) :] == words,
        lambda other: _is_abbreviated(words, other),
        lambda other: len(words) > 1 and _within(words, other),
    ]
    for fits in tests:
        found = [each for each in members if fits(fold(each.name).split())]
        if found and (spelled := _with_the_same_marks(name, found)):
            return MemberMatch(typed, tuple(each.id for each in spelled))
    return MemberMatch(typed, _nearly(words, members) if slips else ())


def match_members(text: str, members: Sequence[MemberName]) -> tuple[MemberMatch, ...]:
    """Each name of a list: "cô Lan, thầy Hùng và Mai"."""
    parts = [part for part in _BETWEEN.split(compose(text)) if part and part.strip(" .,;:-")]
    return tuple(match_member(part, members) for part in parts)


def _is_abbreviated(words: list[str], other: list[str]) -> bool:
    """ "ng t lan", "n t lan": the given name whole, what stands before it by first letters."""
    if len(words) < 2 or len(words) > len(other) or words[-1] != other[-1]:
        return False
    before = other[-len(words) : -1] if len(words) < len(other) else other[:-1]
    candidates = [before, other[: len(words) - 1]]
    return any(
        all(full.startswith(short) for short, full in zip(words[:-1], each, strict=False)) for each in candidates
    )


def _within(words: list[str], other: list[str]) -> bool:
    """All typed words in the name, in their order: "Nguyễn Lan" of "Nguyễn Thị Lan"."""
    rest = iter(other)
    return all(word in rest for word in words)


def _with_the_same_marks(typed: str, found: Sequence[MemberName]) -> list[MemberName]:
    """Those whose marks the typed name does not contradict; the exactly equal ones alone, if there are any."""
    words = re.findall(r"\w+", typed.lower())

    def aligned(name: str) -> bool:
        rest = compose(name).lower().split()
        return all(any(agrees(word, other) for other in rest) or len(fold(word)) <= 2 for word in words)

    def equal(name: str) -> bool:
        rest = compose(name).lower().split()
        return all(word in rest for word in words)

    exact = [each for each in found if equal(each.name)]
    return exact or [each for each in found if aligned(each.name)]


def _nearly(words: list[str], members: Sequence[MemberName]) -> tuple[int, ...]:
    """A slip of a letter, compared over as many words from the end of the name as were typed."""
    typed = " ".join(words)
    if len(typed.replace(" ", "")) < _SHORTEST_SLIP:
        return ()
    scores: dict[int, float] = {}
    for each in members:
        other = fold(each.name).split()
        tail = " ".join(other[-len(words) :])
        score = fuzz.ratio(typed, tail)
        if len(words) > 1:
            score = max(score, fuzz.token_set_ratio(typed, " ".join(other)))
        if score >= _NEARLY or (len(words) == 1 and len(typed) >= _SHORTEST_SLIP and score >= 75):
            scores[each.id] = score
    best = max(scores.values(), default=0)
    return tuple(member_id for member_id, score in scores.items() if score >= best - 2)
