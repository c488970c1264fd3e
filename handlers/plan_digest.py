"""What a plan on paper says, in a few letters: the same plan keeps its number, a changed one gets another."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from bot.domain.plans import PlanLine
from bot.domain.school_year import SchoolYear
from handlers.talk import Talk


def digest(lines: Sequence[PlanLine]) -> str:
    """Eight letters for the lines as they stand, whether done or not."""
    said = "\n".join(f"{each.month}|{each.text}|{each.kind or ''}|{each.school or ''}" for each in lines)
    return sha256(said.encode()).hexdigest()[:8]


def about_year(year: SchoolYear) -> str:
    """The beginning of what a year plan's papers are named by."""
    return f"team_plan:{year.name}/"


async def issued_number(talk: Talk, year: SchoolYear, lines: Sequence[PlanLine]) -> int | None:
    """The number under which just this plan was issued."""
    papers = await talk.uow.plans.papers(talk.member().team_id, about_year(year))
    return papers.get(f"{about_year(year)}{digest(lines)}")
