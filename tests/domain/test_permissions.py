"""Who may do what, cell by cell."""

from __future__ import annotations

import pytest

from bot.domain.errors import NotPermitted
from bot.domain.permissions import Act, may, require
from bot.domain.vocabulary import Role

_ORDER = (Role.LEADER, Role.DEPUTY, Role.SECRETARY, Role.MEMBER, Role.OFFICER)
TABLE = {
    Act.REPORT: "xxxx.",
    Act.SEE_OWN: "xxxxx",
    Act.ASK_LEAVE: "xxxx.",
    Act.SEE_SUMMARY: "xxx.x",
    Act.SEE_NAMES: "xxx..",
    Act.DRAFT_REPORT: "x.x..",
    Act.CONFIRM_REPORT: "x....",
    Act.MANAGE_ROSTER: "x.x..",
    Act.DECIDE_LEAVE: "x.x..",
    Act.BIND_GROUP: "x....",
    Act.FORWARD_URGENT: "x....",
    Act.ASSIGN: "xx...",
    Act.SEE_BOARD: "xxx..",
    Act.DELEGATE: "x....",
    Act.DO_WORK: "xxxx.",
    Act.ANNOUNCE: "xxx..",
    Act.READ_ANNOUNCEMENTS: "xxxxx",
    Act.REQUEST_WORK: "....x",
    Act.ANSWER_REQUESTS: "x....",
    Act.CALL_MEETING: "xxx..",
    Act.WRITE_MINUTES: "xxx..",
    Act.JOIN_MEETINGS: "xxxx.",
    Act.CHANGE_ROLES: "x....",
    Act.SEE_AUDIT: "x....",
    Act.CHANGE_SETTINGS: "x....",
    Act.ANSWER_PRIVACY: "x....",
    Act.PLAN_TEAM: "x....",
    Act.PLAN_OWN: "xxxx.",
    Act.SEE_PLANS: "xxx..",
    Act.PROPOSE: "xxxx.",
    Act.DECIDE_PROPOSALS: "x....",
    Act.SEE_PROPOSALS: "xxx..",
}
CELLS = [(act, role, cell == "x") for act, row in TABLE.items() for role, cell in zip(_ORDER, row, strict=True)]


@pytest.mark.parametrize(("act", "role", "allowed"), CELLS, ids=[f"{act}-{role}" for act, role, _ in CELLS])
def test_each_role_may_do_just_this(act: Act, role: Role, allowed: bool) -> None:
    assert may(role, act) is allowed
    if allowed:
        require(role, act)
    else:
        with pytest.raises(NotPermitted):
            require(role, act)


def test_every_act_stands_in_the_table() -> None:
    assert set(TABLE) == set(Act)


@pytest.mark.parametrize("act", list(Act))
def test_strangers_may_do_nothing(act: Act) -> None:
    assert not may(None, act)
