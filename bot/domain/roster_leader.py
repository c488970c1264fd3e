"""Who leads after an import: a team has one leader (regulation II.1), and no file takes that office away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.roster_headings import Column
from bot.domain.roster_members import MemberDraft
from bot.domain.roster_model import KnownMember, Problem, ProblemCode, Severity
from bot.domain.vocabulary import Role


def settle_roles(
    drafts: Sequence[MemberDraft], matched: Mapping[int, KnownMember], existing: Sequence[KnownMember]
) -> tuple[tuple[Role, ...], tuple[Problem, ...]]:
    """Every draft's role in the end, and what stands against the one the file asks for."""
    leader = next((member for member in existing if member.role is Role.LEADER), None)
    leading = _find_leading(drafts, matched, leader)
    roles: list[Role] = []
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        present = matched[index].role if index in matched else Role.MEMBER
        wanted = draft.role or present
        if wanted is Role.LEADER and index != leading:
            other = leader.name if leader else drafts[leading or 0].name
            other_row = drafts[leading].row.number if leading is not None else 0
            facts = {"name": draft.name, "other_name": other, "other_row": other_row}
            problems.append(draft.row.problem(Severity.ERROR, ProblemCode.LEADER_SECOND, Column.ROLE, **facts))
        elif wanted is not Role.LEADER and present is Role.LEADER:
            facts = {"name": draft.name, "role": wanted.value}
            problems.append(draft.row.problem(Severity.WARNING, ProblemCode.LEADER_KEPT, Column.ROLE, **facts))
        roles.append(Role.LEADER if index == leading else present if wanted is Role.LEADER else wanted)
    return tuple(roles), tuple(problems)


def _find_leading(
    drafts: Sequence[MemberDraft], matched: Mapping[int, KnownMember], leader: KnownMember | None
) -> int | None:
    """The draft of the leader there is, wherever they stand; without one, the first that the file names."""
    if leader is not None:
        return next((index for index, known in matched.items() if known.id == leader.id), None)
    return next((index for index, draft in enumerate(drafts) if draft.role is Role.LEADER), None)
