"""Facts to build reports from in tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.duty import Absence
from bot.domain.periods import Period
from bot.domain.report_building import MemberFacts, ReportFacts, build_report
from bot.domain.report_model import Person, ReportModel, Section, Visit
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, Role

NOVEMBER = Period.between(date(2026, 11, 1), date(2026, 11, 30))
SCHOOLS = {"PH1": "TH Phú Hòa 1", "LHP": "TH Lê Hồng Phong", "ND": "TH Nguyễn Du"}
TODAY = date(2026, 12, 1)

__all__ = ["NOVEMBER", "SCHOOLS", "TODAY", "member", "report", "visit"]


def visit(number: int = 1, **changes: Any) -> Visit:
    """An observation at Phú Hòa 1 on 5 November by member 1."""
    given: dict[str, Any] = {
        "id": number,
        "number": number,
        "kind": ActivityKind.LESSON_OBSERVATION,
        "day": date(2026, 11, 5),
        "school_code": "PH1",
        "school": SCHOOLS["PH1"],
        "members": (1,),
    }
    return Visit(**(given | changes))


def member(number: int, name: str = "", *, role: Role = Role.MEMBER, absences: Sequence[Absence] = ()) -> MemberFacts:
    """A member who was there from the start."""
    return MemberFacts(Person(number, name or f"Nguyễn Thị Hoa {number}", role), tuple(absences))


def report(
    *visits: Visit,
    members: Sequence[MemberFacts] = (),
    period: Period = NOVEMBER,
    settings: TeamSettings | None = None,
    today: date = TODAY,
    sections: Sequence[Section] = (),
    team: str = "Tổ mạng lưới cụm 1",
    founded: date | None = None,
) -> ReportModel:
    """The report of these visits; every kind counts."""
    counted = Counter((person, Month.of(each.day)) for each in visits for person in each.members)
    facts = ReportFacts(team, tuple(members) or (member(1), member(2)), visits, SCHOOLS, counted, founded)
    return build_report(facts, period, settings or TeamSettings(), today=today, sections=sections)
