"""Finding the school that a cell of the roster means; only what surely is one counts, nothing is guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.roster_model import SchoolEntry
from bot.domain.roster_words import school_key
from bot.domain.text import fold


@dataclass(frozen=True, slots=True)
class SchoolsNamed:
    """The codes a cell names, in its order, and the words that name none or fit several."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class SchoolFinder:
    """Looks schools up by code, then full name, then name without its lead words, then alias."""

    def __init__(self, schools: Iterable[SchoolEntry]) -> None:
        """Index the schools once."""
        self._tiers = tuple(defaultdict[str, dict[str, None]](dict) for _ in range(4))
        by_code, by_name, by_key, by_alias = self._tiers
        for school in schools:
            by_code[fold(school.code)][school.code] = None
            by_name[fold(school.name)][school.code] = None
            by_key[school_key(school.name)][school.code] = None
            for alias in school.aliases:
                by_alias[fold(alias)][school.code] = None
                by_alias[school_key(alias)][school.code] = None

    def find(self, text: str) -> tuple[str, ...]:
        """The codes that the words fit: one is sure, several are for a person to settle, none is unknown."""
        folded, key = fold(text), school_key(text)
        for tier, wanted in zip(self._tiers, (folded, folded, key, folded), strict=True):
            if tier.get(wanted):
                return tuple(tier[wanted])
        return tuple(self._tiers[3].get(key, ()))

    def read(self, text: str) -> SchoolsNamed:
        """All schools named in a cell, separated by ";", "," or " / " unless the whole names one."""
        if not fold(text):
            return SchoolsNamed()
        parts = [text] if self.find(text) else [part.strip() for part in re.split(r"[;,]|\s/\s", text)]
        found = [(part, self.find(part)) for part in parts if fold(part)]
        return SchoolsNamed(
            codes=tuple(dict.fromkeys(codes[0] for _, codes in found if len(codes) == 1)),
            unknown=tuple(part for part, codes in found if not codes),
            ambiguous=tuple(part for part, codes in found if len(codes) > 1),
        )
