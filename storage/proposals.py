"""Proposals and their votes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.votes import Ballot, Outcome, outcome
from storage.number_series import next_in_team
from storage.tables import Proposal, ProposalFile, Vote, VoteOption, VoteVoter


class Proposals:
    """Queries over proposals; every one names the team."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def add(
        self, *, team_id: int, member_id: int, text: str, source: str, files: Iterable[int], now: datetime
    ) -> Proposal:
        """A new one, numbered within the team; the same source gives the one there is."""
        known = await self._session.scalar(select(Proposal).where(Proposal.source == source))
        if known is not None:
            return known
        proposal = Proposal(
            team_id=team_id,
            number=await next_in_team(self._session, Proposal, team_id),
            source=source,
            member_id=member_id,
            text=text,
            status="open",
            made_at=now,
            answer=None,
            answered_by=None,
            answered_at=None,
        )
        self._session.add(proposal)
        await self._session.flush()
        for file_id in dict.fromkeys(files):
            self._session.add(ProposalFile(proposal_id=proposal.id, file_id=file_id))
        await self._session.flush()
        return proposal

    async def get(self, proposal_id: int, *, team_id: int) -> Proposal:
        """The proposal if it is this team's; NotFound otherwise."""
        proposal = await self._session.get(Proposal, proposal_id)
        if proposal is None or proposal.team_id != team_id:
            raise NotFound(what="proposal", id=proposal_id)
        return proposal

    async def latest(self, team_id: int, *, member_id: int | None, limit: int) -> list[Proposal]:
        """The newest of a team, or of one member."""
        found = select(Proposal).where(Proposal.team_id == team_id).order_by(Proposal.id.desc()).limit(limit)
        return list(
            await self._session.scalars(found if member_id is None else found.where(Proposal.member_id == member_id))
        )

    async def between(self, team_id: int, first: datetime, end: datetime) -> list[tuple[Proposal, Vote | None]]:
        """Made, answered or voted on from a moment on and before another, with their votes; withdrawn ones left out."""
        moments = (Proposal.made_at, Proposal.answered_at, Vote.closed_at)
        rows = await self._session.execute(
            select(Proposal, Vote)
            .outerjoin(Vote, Vote.proposal_id == Proposal.id)
            .where(
                Proposal.team_id == team_id,
                Proposal.status != "withdrawn",
                or_(*(and_(each >= first, each < end) for each in moments)),
            )
            .order_by(Proposal.number)
        )
        return [(row[0], row[1]) for row in rows]

    async def files(self, proposal_id: int) -> list[int]:
        """What came with it."""
        found = select(ProposalFile.file_id).where(ProposalFile.proposal_id == proposal_id)
        return list(await self._session.scalars(found))

    async def open_vote(
        self,
        proposal: Proposal,
        *,
        secret: bool,
        quorum: int,
        voters: Sequence[int],
        by: int,
        closes_at: datetime,
        now: datetime,
    ) -> Vote:
        """A vote with the people who may take part; written now, so that their order tells nothing."""
        vote = Vote(
            team_id=proposal.team_id,
            proposal_id=proposal.id,
            secret=secret,
            quorum=quorum,
            opened_by=by,
            opened_at=now,
            closes_at=closes_at,
            closed_at=None,
            outcome=None,
        )
        self._session.add(vote)
        proposal.status = "voting"
        await self._session.flush()
        self._session.add_all([VoteOption(vote_id=vote.id, name=ballot, count=0) for ballot in Ballot])
        self._session.add_all([VoteVoter(vote_id=vote.id, member_id=each, voted=False, option=None) for each in voters])
        await self._session.flush()
        return vote

    async def vote_of(self, proposal_id: int) -> Vote | None:
        """The vote on a proposal."""
        return await self._session.scalar(select(Vote).where(Vote.proposal_id == proposal_id))

    async def vote(self, vote_id: int, *, team_id: int) -> Vote:
        """The vote if it is this team's; NotFound otherwise."""
        vote = await self._session.get(Vote, vote_id)
        if vote is None or vote.team_id != team_id:
            raise NotFound(what="vote", id=vote_id)
        return vote

    async def cast(self, vote: Vote, *, member_id: int, ballot: Ballot) -> bool:
        """Count a choice once; False when the member has voted or may not. A secret vote keeps no link."""
        mine = (VoteVoter.vote_id == vote.id) & (VoteVoter.member_id == member_id)
        kept = None if vote.secret else ballot
        turned = await self._session.execute(
            update(VoteVoter)
            .where(mine, VoteVoter.voted.is_(False))
            .values(voted=True, option=kept)
            .returning(VoteVoter.vote_id)
        )
        if not turned.all():
            return False
        option = (VoteOption.vote_id == vote.id) & (VoteOption.name == ballot)
        await self._session.execute(update(VoteOption).where(option).values(count=VoteOption.count + 1))
        return True

    async def voters(self, vote_id: int) -> list[VoteVoter]:
        """Who may vote, and whether they have."""
        found = select(VoteVoter).where(VoteVoter.vote_id == vote_id).order_by(VoteVoter.member_id)
        return list(await self._session.scalars(found.execution_options(populate_existing=True)))

    async def counts(self, vote_id: int) -> dict[Ballot, int]:
        """How often each answer was chosen."""
        return (await self.counts_of([vote_id])).get(vote_id, {})

    async def counts_of(self, vote_ids: Sequence[int]) -> dict[int, dict[Ballot, int]]:
        """The same of several votes, in one query."""
        rows = await self._session.execute(
            select(VoteOption.vote_id, VoteOption.name, VoteOption.count).where(VoteOption.vote_id.in_(vote_ids))
        )
        found: dict[int, dict[Ballot, int]] = {}
        for vote_id, name, count in rows:
            found.setdefault(vote_id, {})[Ballot(name)] = count
        return found

    async def due(self, *, now: datetime) -> list[Vote]:
        """Votes whose time is over, or in which nobody is left to vote."""
        left = exists().where(VoteVoter.vote_id == Vote.id, VoteVoter.voted.is_(False))
        over = (Vote.closes_at <= now) | ~left
        found = select(Vote).where(Vote.closed_at.is_(None), over).order_by(Vote.id)
        return list(await self._session.scalars(found))

    async def close(self, vote: Vote, *, now: datetime) -> Outcome:
        """Count it once and for all."""
        vote.closed_at = now
        result = outcome(await self.counts(vote.id), quorum=vote.quorum)
        vote.outcome = result
        proposal = await self._session.get_one(Proposal, vote.proposal_id)
        proposal.status = "decided"
        await self._session.flush()
        return result
