"""Who of the team a row of the roster means, and who gets a number that several claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.domain.phones import normalise_phone
from bot.domain.roster_members import MemberDraft
from bot.domain.roster_model import KnownMember
from bot.domain.roster_words import is_same_spelling, may_be_same_person
from bot.domain.text import fold

_STILL_THEM = 65  # ratio from which a name that was mended is still that person's


def match_members(drafts: Sequence[MemberDraft], existing: Sequence[KnownMember]) -> dict[int, KnownMember]:
    """The member that each draft (by index) means, each member once, the surest likeness first."""
    matched: dict[int, KnownMember] = {}
    free = list(existing)
    for fits in (_has_code, _has_name_and_phone, _has_name_and_school, _has_name, _has_new_phone):
        for index, draft in enumerate(drafts):
            if index in matched:
                continue
            candidates = [member for member in free if fits(draft, member)]
            if candidates:
                matched[index] = min(candidates, key=lambda member: not is_same_spelling(draft.name, member.name))
                free.remove(matched[index])
    return matched


def _has_code(draft: MemberDraft, member: KnownMember) -> bool:
    """Marked as the member, and still like them: a newcomer typed over somebody's row is not that person."""
    if draft.code != member.id:
        return False
    is_same_phone = draft.phone is not None and draft.phone == current_phone(member)
    return is_same_phone or fuzz.ratio(fold(draft.name), fold(member.name)) >= _STILL_THEM


def _has_name_and_phone(draft: MemberDraft, member: KnownMember) -> bool:
    return draft.phone is not None and draft.phone == current_phone(member) and fold(draft.name) == fold(member.name)


def _has_name_and_school(draft: MemberDraft, member: KnownMember) -> bool:
    return _has_name(draft, member) and draft.school == member.school


def _has_name(draft: MemberDraft, member: KnownMember) -> bool:
    """The name, and no two numbers that differ (the leader from the installation has none)."""
    return may_be_same_person(draft.name, member.name) and not (draft.phone and member.phone)


def _has_new_phone(draft: MemberDraft, member: KnownMember) -> bool:
    """The name and the workplace, but another number: the same person with a new one."""
    is_same_place = draft.school is not None and draft.school == member.school
    return is_same_place and may_be_same_person(draft.name, member.name)


def current_phone(member: KnownMember) -> str | None:
    """The member's number in the form that the rules compare."""
    return normalise_phone(member.phone) or member.phone


@dataclass(frozen=True, slots=True)
class PhoneHolder:
    """Whose a number is in the end: a member's, by id, or a new person's, by the index of the draft."""

    member_id: int | None = None
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Phones:
    """Each draft's number as it will be, and for the drafts that asked in vain who holds it."""

    by_draft: Mapping[int, str | None]
    taken: Mapping[int, PhoneHolder]


def allot_phones(
    drafts: Sequence[MemberDraft], matched: Mapping[int, KnownMember], existing: Sequence[KnownMember]
) -> Phones:
    """Give every number to one person: whoever has it keeps it, else the upper row gets it.

    A number given up in the same file is free for others, so it goes round until nothing moves any more.
    """
    owners = {index: _owner(index, matched) for index in range(len(drafts))}
    present = {index: current_phone(matched[index]) if index in matched else None for index in owners}
    holders: dict[str, PhoneHolder] = {}
    for member in existing:
        phone = current_phone(member)
        if phone:
            holders.setdefault(phone, PhoneHolder(member_id=member.id))
    waiting = [index for index, draft in enumerate(drafts) if draft.phone and draft.phone != present[index]]
    while True:
        served = next((index for index in waiting if drafts[index].phone not in holders), None)
        if served is None:
            break
        waiting.remove(served)
        old, new = present[served], drafts[served].phone or ""
        if old and holders.get(old) == owners[served]:
            del holders[old]
        holders[new] = owners[served]
        present[served] = new
    return Phones(present, {index: holders[drafts[index].phone or ""] for index in waiting})


def _owner(index: int, matched: Mapping[int, KnownMember]) -> PhoneHolder:
    return PhoneHolder(member_id=matched[index].id) if index in matched else PhoneHolder(draft=index)
