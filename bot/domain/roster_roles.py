"""Roles as rosters word them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.text import fold
from bot.domain.vocabulary import Role

# Folded. Only whole wordings count: a "tổ trưởng chuyên môn" leads a section of a school, not the network.
_WORDINGS: Mapping[Role, tuple[str, ...]] = {
    Role.LEADER: ("to truong", "to truong to mang luoi", "to truong mang luoi", "leader"),
    Role.DEPUTY: ("to pho", "pho to truong", "to pho thuong truc", "to pho to mang luoi", "deputy"),
    Role.SECRETARY: ("thu ky", "thu ki", "thu ky to", "thu ki to", "thu ky to mang luoi", "secretary"),
    Role.MEMBER: ("to vien", "thanh vien", "thanh vien to", "uy vien", "to vien to mang luoi", "tv", "member"),
    Role.OFFICER: (
        "chuyen vien", "chuyen vien phu trach", "can bo phu trach", "can bo", "chuyen vien phong", "chuyen vien so",
        "chuyen vien phong gddt", "chuyen vien so gddt", "officer",
    ),
}  # fmt: skip
_BY_WORDING = {wording: role for role, wordings in _WORDINGS.items() for wording in wordings}


def find_roles(text: str) -> tuple[Role, ...]:
    """The roles named, in the order written; brackets and a number behind ("Tổ phó 1") say nothing of the role."""
    bare = re.sub(r"\(.*?\)", " ", text)
    whole = _find(bare)
    parts = [] if whole else re.split(r"[,;/+&]|\s-\s|\bkiêm\b|\bkiem\b|\bvà\b", bare, flags=re.IGNORECASE)
    found = [whole] if whole else [_find(part) for part in parts]
    return tuple(dict.fromkeys(role for role in found if role))


def _find(text: str) -> Role | None:
    return _BY_WORDING.get(re.sub(r" \d+$", "", fold(text)))
