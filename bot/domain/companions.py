"""Who took part as well, in the words of a report: "cùng cô Lan và thầy Hùng", "đi cùng Lan, Hùng"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.member_matching import MemberMatch, MemberName, match_member
from bot.domain.phrases import Source
from bot.domain.text import skeleton

_LEAD = re.compile(
    r"\b(?:cung (?:du|di|tham gia|tham du) voi|(?:phoi hop |di |du |tham gia |tham du )?"
    r"(?:cung voi|chung voi|cung|voi))\b ?:? ?"
)
_HONORIFIC = re.compile(r"(?:(?:dong chi|d/c|dc|co giao|thay giao|co|thay|chi|anh|em|ban|bac|chu) )+")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" ?(?:,|;|&|\+|\bva\b|\bcung\b|\bvoi\b) ?(?:voi )?")
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Companions:
    """Names that were read: those that fit members, those that fit nobody, and the stretches they stood in."""

    found: tuple[MemberMatch, ...] = ()
    unknown: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def find_companions(text: str, members: Sequence[MemberName]) -> Companions:
    """The companions that an NFC text names after "cùng" or "với"; the pupils of "cùng học sinh" are none."""
    source = Source.of(text)
    found: list[MemberMatch] = []
    unknown: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    while lead := _LEAD.search(source.plain, position):
        position = end = lead.end()
        while name := _name_at(source, end, members):
            match, stop = name
            (found if match.best else unknown).append(match if match.best else match.typed)  # pyright: ignore[reportArgumentType]
            position = stop
            following = _NEXT.match(source.plain, stop)
            end = following.end() if following else len(source.plain)
        if position > lead.end():
            spans.append((lead.start(), position))
    return Companions(_each_once(found), tuple(dict.fromkeys(unknown)), tuple(spans))


def without_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these stretches replaced by a mark that joins no words."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " · " + text[end:]
    return text


def _name_at(source: Source, start: int, members: Sequence[MemberName]) -> tuple[MemberMatch, int] | None:
    """The longest name that begins here, and where it ends."""
    honorific = _HONORIFIC.match(source.plain, start)
    begins = honorific.end() if honorific else start
    ends = _word_ends(source.plain, begins)
    for slips in (False, True):
        for end in reversed(ends):
            if slips and honorific is None:
                continue
            match = match_member(source.text[begins:end], members, slips=slips)
            if match.best and _may_be_a_name(source, begins, end, led=honorific is not None):
                return MemberMatch(source.text[start:end], match.best), end
    capitals = _capitals(source.text, begins, ends)
    if honorific and capitals:
        return MemberMatch(source.text[start:capitals]), capitals
    return None


def _word_ends(plain: str, start: int) -> list[int]:
    """Where the first, second, … word after `start` ends, as long as nothing but one space parts them."""
    ends: list[int] = []
    position = start
    while len(ends) < _LONGEST_NAME and (word := _WORD.match(plain, position)):
        ends.append(word.end())
        if not plain.startswith(" ", word.end()):
            break
        position = word.end() + 1
    return ends


def _may_be_a_name(source: Source, start: int, end: int, *, led: bool) -> bool:
    """Names have capitals, unless the whole text does without marks, or "cô", "thầy" leads them in."""
    typed = source.text[start:end]
    return led or typed[:1].isupper() or source.text.lower() == source.plain


def _capitals(text: str, start: int, ends: Sequence[int]) -> int:
    """Where the words with capitals end; 0 when the first has none."""
    found, begins = 0, start
    for end in ends:
        if not text[begins:end].strip()[:1].isupper():
            break
        found, begins = end, end
    return found


def _each_once(found: Sequence[MemberMatch]) -> tuple[MemberMatch, ...]:
    seen: dict[tuple[int, ...], MemberMatch] = {}
    for each in found:
        seen.setdefault(each.best, each)
    return tuple(seen.values())


def read_companions(text: str, members: Sequence[MemberName]) -> Companions:
    """The names of an answer that is nothing but names."""
    parts = [part.strip(" .:-") for part in re.split(r"[,;&+\n]|\b(?:và|va|cùng|cung|với|voi)\b", text)]
    matches = [match_member(part, members) for part in parts if skeleton(part).strip()]
    unknown = tuple(each.typed for each in matches if not each.best)
    return Companions(_each_once([each for each in matches if each.best]), unknown)
