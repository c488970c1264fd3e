"""Votes on proposals: the answers, and what came of it (regulation III.1: tập trung dân chủ)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Ballot(StrEnum):
    """What one may choose."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What came of a vote."""

    PASSED = "passed"
    FAILED = "failed"
    TIED = "tied"
    NO_QUORUM = "no_quorum"


def outcome(counts: Mapping[Ballot, int], *, quorum: int) -> Outcome:
    """More for than against, when enough took part; who abstains takes part."""
    if sum(counts.values()) < quorum:
        return Outcome.NO_QUORUM
    ayes, noes = counts.get(Ballot.YES, 0), counts.get(Ballot.NO, 0)
    if ayes == noes:
        return Outcome.TIED
    return Outcome.PASSED if ayes > noes else Outcome.FAILED


def majority(voters: int) -> int:
    """More than half of those who may vote."""
    return voters // 2 + 1
