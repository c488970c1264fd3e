"""Finding a school in what people type: names, stored aliases, acronyms, missing marks, a slip of a letter.

Where several fit equally well, all are returned, so that somebody can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.domain.text import fold, fold_with_offsets

_INTRODUCING = {"truong", "th", "tieu", "hoc", "tai", "o", "don", "vi"}
_SCHOOL_WORDS = ("truong ", "tieu hoc ", "th ")
_NEARLY = 86  # ratio from which a slip of a letter is taken for the name
_REMOTELY = 55  # ratio from which a school is worth offering
_OFFERED = 6
_TIE = 4
_SPEAKABLE = re.compile(r"[aeiouy][a-z]*$")  # letters that could be a word: "lhp" and "ph1" can only be acronyms


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school as it may be written."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolMatch:
    """Codes of the schools that fit (one: sure; several: ask; none: unknown), and where in the text."""

    best: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Key:
    words: tuple[str, ...]
    code: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    typed: str
    start: int
    end: int


def core_name(name: str) -> str:
    """A school's name folded, without "trường" and "tiểu học"."""
    core = fold(name)
    changed = True
    while changed:
        changed = False
        for word in _SCHOOL_WORDS:
            if core.startswith(word) and len(core) > len(word):
                core, changed = core.removeprefix(word), True
    return core


def find_school(text: str, schools: Sequence[SchoolName]) -> SchoolMatch:
    """The school named somewhere in a sentence."""
    words = _words(text)
    return _by_name(words, schools) or _by_acronym(words, schools) or _by_likeness(words, schools) or SchoolMatch()


def match_school(text: str, schools: Sequence[SchoolName]) -> SchoolMatch:
    """The school meant by an answer that is nothing but its name or code; near ones are offered when unsure."""
    asked = fold(text)
    for school in schools:
        if asked and asked in {fold(school.code), *(fold(alias) for alias in school.aliases)}:
            return SchoolMatch((school.code,), 0, len(text))
    found = find_school(text, schools)
    if found.best:
        return found
    core = core_name(text)
    scored = sorted(((fuzz.token_set_ratio(core, core_name(each.name)), each.code) for each in schools), reverse=True)
    return SchoolMatch(tuple(code for score, code in scored if score >= _REMOTELY)[:_OFFERED], 0, len(text))


def _words(text: str) -> list[_Word]:
    folded, offsets = fold_with_offsets(text)
    words: list[_Word] = []
    for match in re.finditer(r"\S+", folded):
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        words.append(_Word(match.group(), text[start:end], start, end))
    return words


def _keys(schools: Sequence[SchoolName]) -> Iterator[_Key]:
    for school in schools:
        names = {core_name(school.name), *(core_name(alias) for alias in school.aliases if " " in alias.strip())}
        for name in names:
            words = tuple(name.split())
            yield _Key(words, school.code, is_whole=True)
            if len(words) > 1 and words[-1].isdecimal():
                yield _Key(words[:-1], school.code, is_whole=False)


def _by_name(words: list[_Word], schools: Sequence[SchoolName]) -> SchoolMatch | None:
    texts = [word.text for word in words]
    hits: dict[tuple[int, int], dict[str, bool]] = {}
    for key in _keys(schools):
        length = len(key.words)
        for start in range(len(texts) - length + 1):
            if tuple(texts[start : start + length]) == key.words and (length > 1 or _introduced(texts, start)):
                found = hits.setdefault((start, length), {})
                found[key.code] = found.get(key.code, False) or key.is_whole
    if not hits:
        return None
    start, length = max(hits, key=lambda hit: (hit[1], _introduced(texts, hit[0]), -hit[0]))
    codes = hits[start, length]
    whole = tuple(code for code, is_whole in codes.items() if is_whole)
    return _match(whole or tuple(codes), words[start], words[start + length - 1])


def _by_acronym(words: list[_Word], schools: Sequence[SchoolName]) -> SchoolMatch | None:
    texts = [word.text for word in words]
    acronyms: dict[str, list[str]] = {}
    as_stored = {alias for school in schools for alias in (school.code, *school.aliases)}
    for school in schools:
        short = {school.code, *(alias for alias in school.aliases if " " not in alias.strip())}
        for acronym in {fold(each) for each in short}:
            acronyms.setdefault(acronym, []).append(school.code)
    for index, word in enumerate(words):
        if word.text not in acronyms:
            continue
        # two capitals mean too many things (TA, TP, HT, CN) unless something says that a school follows
        stands_alone = len(word.text) > 2 and (
            word.typed.isupper()
            or (word.typed in as_stored and not word.typed.islower())
            or not _SPEAKABLE.search(word.text)
        )
        if stands_alone or _introduced(texts, index):
            return _match(tuple(acronyms[word.text]), word, word)
    return None


def _by_likeness(words: list[_Word], schools: Sequence[SchoolName]) -> SchoolMatch | None:
    best: list[tuple[float, str, _Word, _Word]] = []
    for school in schools:
        core = core_name(school.name)
        length = len(core.split())
        for start in range(len(words) - length + 1):
            window = words[start : start + length]
            score = fuzz.ratio(" ".join(word.text for word in window), core)
            if score >= _NEARLY and (length > 1 or len(core) > 4):
                best.append((score, school.code, window[0], window[-1]))
    if not best:
        return None
    top = max(best, key=lambda each: each[0])
    codes = tuple(dict.fromkeys(code for score, code, *_ in best if score > top[0] - _TIE))
    return _match(codes, top[2], top[3])


def _introduced(texts: list[str], index: int) -> bool:
    return index > 0 and texts[index - 1] in _INTRODUCING


def _match(codes: tuple[str, ...], first: _Word, last: _Word) -> SchoolMatch:
    return SchoolMatch(codes, first.start, last.end)
