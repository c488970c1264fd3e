"""Who is meant: "Lan, Hùng", "tất cả trừ cô Mai", "tổ phó", "khu vực 2", "phụ trách trường", "2 người ít việc nhất"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.assignments import Engagement, clashes, least_loaded, may_be_given
from bot.domain.member_matching import MemberMatch, MemberName, match_member
from bot.domain.school_matching import SchoolName, match_school
from bot.domain.text import compose, fold, skeleton
from bot.domain.vocabulary import Role

_EVERYONE = re.compile(
    r"^(?:tat ca|ca to|toan to|toan the|moi nguoi|moi thanh vien)(?: (?:to|to vien|moi nguoi|mang luoi))*$"
)
_LEAST = re.compile(r"^(?:(?P<count>\d{1,2}) ?)?(?:nguoi |dong chi |thay co |to vien )?it viec nhat$")
ROLE_WORDS = {
    "to truong": Role.LEADER,
    "to pho": Role.DEPUTY,
    "cac to pho": Role.DEPUTY,
    "thu ky": Role.SECRETARY,
    "thu ki": Role.SECRETARY,
    "to vien": Role.MEMBER,
    "cac to vien": Role.MEMBER,
}
_AREA = re.compile(r"^(?:khu vuc|cum|dia ban|khu|vung) ")
_IN_CHARGE = re.compile(r"^(?:(?:nhung )?nguoi |thay co |cac thay co )?phu trach(?: truong)?(?: nay)?\s*")
_EXCEPT = re.compile(r"\s+(?:ngoai tru|tru)\s+")
_PARTS = re.compile(r"\s*(?:[,;&+\n]|(?<!\w)(?:và|va|cùng|cung|với|voi)(?!\w))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be given work or told something, and what speaks against it."""

    id: int
    name: str
    role: Role = Role.MEMBER
    area: str = ""
    in_charge: tuple[str, ...] = ()
    """Codes of the schools they are in charge of."""
    load: int = 0
    """Pieces of work given this school year."""
    joined: bool = True
    reachable: bool = True
    leaves: tuple[tuple[date, date], ...] = ()
    engagements: tuple[Engagement, ...] = ()

    @property
    def may_be_given_work(self) -> bool:
        """Officers give and read; they are given nothing."""
        return may_be_given(self.role)

    @property
    def is_nudged(self) -> bool:
        """Officers are never nudged."""
        return self.role is not Role.OFFICER

    def is_away(self, day: date) -> bool:
        """Whether granted leave covers the day."""
        return any(first <= day <= last for first, last in self.leaves)

    def clash(self, starts_at: datetime | None, *, all_day: bool) -> Engagement | None:
        """What they have to do at that time already."""
        found = (each for each in self.engagements if clashes(each, starts_at=starts_at, all_day=all_day))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was found, in the order they were named; names that fit several, and words that fit nobody."""

    ids: tuple[int, ...] = ()
    unclear: tuple[MemberMatch, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """The work that people are chosen for."""

    now: datetime
    starts_at: datetime | None = None
    all_day: bool = False
    school: str | None = None
    schools: tuple[SchoolName, ...] = field(default_factory=tuple[SchoolName, ...])
    giver: int | None = None
    """Whoever gives it out, who is not given it for having little to do."""

    @property
    def day(self) -> date:
        """The day on which people should be there."""
        return (self.starts_at or self.now).date()


def choose(text: str, candidates: Sequence[Candidate], occasion: Occasion) -> Chosen:
    """Whom the text means. Never raises; what is not understood comes back as unknown."""
    typed = compose(text).strip(" .;:")
    parted = _EXCEPT.search(skeleton(typed))
    if parted is not None:
        wanted = _all(typed[: parted.start()], candidates, occasion)
        without = _all(typed[parted.end() :], candidates, occasion)
        kept = tuple(each for each in wanted.ids if each not in without.ids)
        return Chosen(kept, wanted.unclear + without.unclear, wanted.unknown + without.unknown)
    return _all(typed, candidates, occasion)


def _all(text: str, candidates: Sequence[Candidate], occasion: Occasion) -> Chosen:
    ids: list[int] = []
    unclear: list[MemberMatch] = []
    unknown: list[str] = []
    for part in _PARTS.split(text):
        if not part.strip(" .;:-"):
            continue
        found = _group(part, candidates, occasion)
        if found is None:
            names = [MemberName(each.id, each.name) for each in candidates]
            match = match_member(part, names)
            if len(match.best) > 1:
                unclear.append(match)
                continue
            found = list(match.best)
        if not found:
            unknown.append(part.strip())
        ids += [each for each in found if each not in ids]
    return Chosen(tuple(ids), tuple(unclear), tuple(unknown))


def _group(part: str, candidates: Sequence[Candidate], occasion: Occasion) -> list[int] | None:
    """The members of a group that is named; None when it is no group."""
    words = fold(part)
    if _EVERYONE.match(words):
        return [each.id for each in candidates]
    if match := _LEAST.match(words):
        return _least(int(match["count"] or 1), candidates, occasion)
    if words in ROLE_WORDS:
        return [each.id for each in candidates if each.role is ROLE_WORDS[words]]
    if match := _IN_CHARGE.match(words):
        codes = (
            {occasion.school} if not words[match.end() :].strip() else set(match_school(words, occasion.schools).best)
        )
        return [each.id for each in candidates if codes & set(each.in_charge)]
    area = _AREA.sub("", words)
    inside = [each.id for each in candidates if each.area and fold(each.area) in {words, area}]
    return inside or ([] if _AREA.match(words) else None)


def by_load(candidates: Sequence[Candidate], occasion: Occasion) -> list[Candidate]:
    """Everybody but whoever gives it out, the least work first; who is not free or cannot be written to comes last."""
    others = {each.id: each for each in candidates if each.id != occasion.giver}
    busy = {
        each.id
        for each in others.values()
        if not each.joined
        or each.is_away(occasion.day)
        or each.clash(occasion.starts_at, all_day=occasion.all_day) is not None
    }
    loads = {each.id: each.load for each in others.values()}
    return [others[each] for each in least_loaded(loads, list(others), len(others), busy=busy)]


def _least(count: int, candidates: Sequence[Candidate], occasion: Occasion) -> list[int]:
    """Those with the least work; nobody who is away that day or cannot be written to while others are there."""
    here = [each for each in candidates if not each.is_away(occasion.day)]
    return [each.id for each in by_load(here, occasion)[:count]]


@dataclass(frozen=True, slots=True)
class Troubles:
    """What speaks against sending to those who were chosen; ids in the order they were chosen."""

    away: tuple[int, ...] = ()
    not_joined: tuple[int, ...] = ()
    unreachable: tuple[int, ...] = ()
    clashing: tuple[tuple[int, Engagement], ...] = ()


def troubles(ids: Sequence[int], candidates: Sequence[Candidate], occasion: Occasion) -> Troubles:
    """Who is on leave that day, has not joined, cannot be written to, or has something else at that time."""
    by_id = {each.id: each for each in candidates}
    chosen = [by_id[each] for each in ids if each in by_id]
    clashing = [(each.id, each.clash(occasion.starts_at, all_day=occasion.all_day)) for each in chosen]
    return Troubles(
        away=tuple(each.id for each in chosen if each.is_away(occasion.day)),
        not_joined=tuple(each.id for each in chosen if not each.joined),
        unreachable=tuple(each.id for each in chosen if each.joined and not each.reachable),
        clashing=tuple((member_id, found) for member_id, found in clashing if found is not None),
    )
