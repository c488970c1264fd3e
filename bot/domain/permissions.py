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
    DRAFT_REPORT = "draft_report"
    CONFIRM_REPORT = "confirm_report"
    MANAGE_ROSTER = "manage_roster"
    DECIDE_LEAVE = "decide_leave"
    BIND_GROUP = "bind_group"
    FORWARD_URGENT = "forward_urgent"
    ASSIGN = "assign"
    """Give out work: a deputy only what was delegated (bot.domain.assignments)."""
    SEE_BOARD = "see_board"
    DELEGATE = "delegate"
    DO_WORK = "do_work"
    ANNOUNCE = "announce"
    READ_ANNOUNCEMENTS = "read_announcements"
    REQUEST_WORK = "request_work"
    ANSWER_REQUESTS = "answer_requests"
    CALL_MEETING = "call_meeting"
    WRITE_MINUTES = "write_minutes"
    JOIN_MEETINGS = "join_meetings"
    CHANGE_ROLES = "change_roles"
    SEE_AUDIT = "see_audit"
    CHANGE_SETTINGS = "change_settings"
    ANSWER_PRIVACY = "answer_privacy"
    PLAN_TEAM = "plan_team"
    PLAN_OWN = "plan_own"
    SEE_PLANS = "see_plans"
    PROPOSE = "propose"
    DECIDE_PROPOSALS = "decide_proposals"
    SEE_PROPOSALS = "see_proposals"


_EVERYBODY = {Act.SEE_OWN, Act.READ_ANNOUNCEMENTS}
_WORKING = _EVERYBODY | {Act.REPORT, Act.ASK_LEAVE, Act.DO_WORK, Act.JOIN_MEETINGS, Act.PLAN_OWN, Act.PROPOSE}
_LEADING = {
    Act.SEE_SUMMARY,
    Act.SEE_NAMES,
    Act.SEE_BOARD,
    Act.ANNOUNCE,
    Act.CALL_MEETING,
    Act.WRITE_MINUTES,
    Act.SEE_PLANS,
    Act.SEE_PROPOSALS,
}
_ALLOWED: dict[Role, set[Act]] = {
    Role.LEADER: set(Act) - {Act.REQUEST_WORK},
    Role.DEPUTY: _WORKING | _LEADING | {Act.ASSIGN},
    Role.SECRETARY: _WORKING | _LEADING | {Act.MANAGE_ROSTER, Act.DECIDE_LEAVE, Act.DRAFT_REPORT},
    Role.MEMBER: _WORKING,
    Role.OFFICER: _EVERYBODY | {Act.SEE_SUMMARY, Act.REQUEST_WORK},
}


def may(role: Role | None, act: Act) -> bool:
    """Whether somebody of this role may do it; strangers (None) may do nothing."""
    return role is not None and act in _ALLOWED[role]


def require(role: Role | None, act: Act) -> None:
    """NotPermitted unless they may."""
    if not may(role, act):
        raise NotPermitted(action=str(act))
