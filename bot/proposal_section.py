"""The summary's part on proposals: what was proposed and what came of it; nobody's name, of votes only counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.domain.periods import Period
from bot.domain.report_model import Section, SectionKind
from bot.domain.votes import Ballot, Outcome
from bot.texts import proposals as texts
from storage.tables import Proposal, Team, Vote
from storage.unit_of_work import UnitOfWork

_SETTLED = ("answered", "assigned", "decided")


async def proposal_section(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> Section:
    """Proposals that were made, answered or voted on in the period, in the order of their numbers."""
    del now
    zone = uow.teams.settings(team).zone
    first = datetime.combine(period.first, time(), zone)
    end = datetime.combine(period.last + timedelta(days=1), time(), zone)
    found = await uow.proposals.between(team.id, first, end)
    if not found:
        return Section(SectionKind.PROPOSALS)
    counts = await uow.proposals.counts_of([vote.id for _, vote in found if vote is not None])
    rows = [
        (
            str(proposal.number),
            f"{proposal.made_at.astimezone(zone):%d/%m/%Y}",
            proposal.text,
            _result(proposal, vote, counts),
        )
        for proposal, vote in found
    ]
    settled = [row for row, (each, _) in zip(rows, found, strict=True) if each.status in _SETTLED]
    return Section(
        SectionKind.PROPOSALS,
        lines=(texts.in_summary(len(found), settled=len(settled)),),
        columns=texts.SUMMARY_COLUMNS,
        rows=tuple(rows),
        tallies=texts.summary_tallies(rows, settled),
        widths=texts.SUMMARY_WIDTHS,
        numbers=(0,),
        dates=(1,),
    )


def _result(proposal: Proposal, vote: Vote | None, counts: Mapping[int, dict[Ballot, int]]) -> str:
    if vote is not None and vote.outcome is not None:
        voted = texts.vote_result(Outcome(vote.outcome), counts.get(vote.id, {}))
        went_on = proposal.status in ("answered", "assigned")  # the leader's word came after the vote
        return f"{voted}; {texts.answer_result(proposal.status, proposal.answer)}" if went_on else voted
    return texts.answer_result(proposal.status, proposal.answer)
