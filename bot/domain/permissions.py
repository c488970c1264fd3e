"""Who may do what (regulation II.1, II.2): one table, asked again whenever a command or a press arrives."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.errors import NotPermitted
from bot.domain.vocabulary import Role


class Act(StrEnum):
    """Things that somebody may or may not do in their team."""

    REPORT = "report"
    SEE_OWN = "see_own"
    ASK_LEAVE = "ask_leave"
    SEE_SUMMARY = "see_summary"
    SEE_NAMES = "see_names"
    MANAGE_ROSTER = "manage_roster"
    DECIDE_LEAVE = "decide_leave"
    BIND_GROUP = "bind_group"
    FORWARD_URGENT = "forward_urgent"


_EVERYBODY = {Act.SEE_OWN}
_WORKING = _EVERYBODY | {Act.REPORT, Act.ASK_LEAVE}
_ALLOWED: dict[Role, set[Act]] = {
    Role.LEADER: set(Act),
    Role.DEPUTY: _WORKING | {Act.SEE_SUMMARY, Act.SEE_NAMES},
    Role.SECRETARY: _WORKING | {Act.SEE_SUMMARY, Act.SEE_NAMES, Act.MANAGE_ROSTER, Act.DECIDE_LEAVE},
    Role.MEMBER: _WORKING,
    Role.OFFICER: _EVERYBODY | {Act.SEE_SUMMARY},
}


def may(role: Role | None, act: Act) -> bool:
    """Whether somebody of this role may do it; strangers (None) may do nothing."""
    return role is not None and act in _ALLOWED[role]


def require(role: Role | None, act: Act) -> None:
    """NotPermitted unless they may."""
    if not may(role, act):
        raise NotPermitted(action=str(act))
