"""Votes: the leader says until when, who and how many; each votes once; a secret vote leaves no trace of the choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from bot.domain.dates import named_moment
from bot.domain.errors import StaleChoice
from bot.domain.member_matching import MemberName, match_member
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.domain.votes import Ballot, majority
from bot.texts import proposals as texts
from handlers.conversation import Conversation
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.tables import Proposal, Vote

ACTION = "vote"
_WHO = {"all": "Tất cả thành viên tổ", "officials": "Tổ trưởng, tổ phó, thư ký"}
_OFFICIALS = (Role.LEADER, Role.DEPUTY, Role.SECRETARY)


class VoteDraft(BaseModel):
    """A vote before it opens."""

    proposal_id: int
    text: str
    secret: bool
    closes_at: datetime | None = None
    who: str | None = None
    named: tuple[int, ...] = ()
    """The voters, when they were named one by one."""
    quorum: int | None = None


@dataclass(frozen=True, slots=True)
class VoteContext:
    """The time it is for the team, and who is there."""

    now: datetime
    voters: dict[str, tuple[int, ...]]
    people: tuple[MemberName, ...]

    def of(self, draft: VoteDraft) -> tuple[int, ...]:
        """Who may vote."""
        if draft.who == "named":
            return tuple(each for each in draft.named if each in self.voters["all"])
        return self.voters[draft.who or "all"]


async def _load(talk: Talk) -> VoteContext:
    require(talk.role, Act.DECIDE_PROPOSALS)
    members = await talk.uow.members.current(talk.member().team_id)
    working = [each for each in members if each.role != Role.OFFICER]
    officials = tuple(each.id for each in working if each.role in _OFFICIALS)
    everybody = tuple(MemberName(each.id, each.name) for each in working)
    return VoteContext(talk.local_now, {"all": tuple(each.id for each in everybody), "officials": officials}, everybody)


def _read_deadline(text: str, draft: VoteDraft, context: VoteContext) -> VoteDraft | Refusal:
    found = named_moment(text, now=context.now)
    if found is None or found <= context.now:
        return Refusal(texts.deadline_wrong())
    return draft.model_copy(update={"closes_at": found})


def _read_who(text: str, draft: VoteDraft, context: VoteContext) -> VoteDraft | Refusal:
    if text in context.voters:
        return draft.model_copy(update={"who": text, "named": (), "quorum": None})
    found: list[int] = []
    for part in filter(None, (each.strip() for each in re.split(r"[,;\n]", text))):
        sure = match_member(part, context.people).sure
        if sure is None:
            return Refusal(texts.who_unknown(part))
        found.append(sure)
    if not found:
        return Refusal(texts.ask_who())
    return draft.model_copy(update={"who": "named", "named": tuple(dict.fromkeys(found)), "quorum": None})


def _read_quorum(text: str, draft: VoteDraft, context: VoteContext) -> VoteDraft | Refusal:
    voters = len(context.of(draft))
    number = re.fullmatch(r"(\d{1,4})(?: nguoi)?", fold(text))
    if number is None or not 1 <= int(number[1]) <= voters:
        return Refusal(texts.quorum_wrong(voters))
    return draft.model_copy(update={"quorum": int(number[1])})


def _ask_quorum(draft: VoteDraft, context: VoteContext) -> Question:
    voters = len(context.of(draft))
    half = majority(voters)
    thirds = -(-2 * voters // 3)
    options = (Option(f"Quá nửa ({half} người)", str(half)), Option(f"Hai phần ba ({thirds} người)", str(thirds)))
    return Question(texts.ask_quorum(voters, half), options)


def _ask_who(draft: VoteDraft, context: VoteContext) -> Question:
    del draft, context
    return Question(texts.ask_who(), tuple(Option(label, value) for value, label in _WHO.items()))


def _preview(draft: VoteDraft, context: VoteContext) -> Markup:
    return texts.vote_preview(
        draft.text,
        secret=draft.secret,
        closes_at=(draft.closes_at or context.now).astimezone(context.now.tzinfo),
        quorum=draft.quorum or 0,
        voters=len(context.of(draft)),
    )


class Voting:
    """Opening a vote, and voting."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self.form: Form[VoteDraft, VoteContext] = Form(
            name="vote",
            title="mở biểu quyết",
            draft_type=VoteDraft,
            version=1,
            fields=(
                Field(
                    "closes_at",
                    "Hạn",
                    lambda draft, context: Question(texts.ask_deadline()),
                    _read_deadline,
                    missing=lambda draft: draft.closes_at is None,
                    optional=False,
                ),
                Field("who", "Ai", _ask_who, _read_who, missing=lambda draft: draft.who is None, optional=False),
                Field(
                    "quorum",
                    "Số người tối thiểu",
                    _ask_quorum,
                    _read_quorum,
                    missing=lambda draft: draft.quorum is None,
                    optional=False,
                ),
            ),
            preview=_preview,
            load=_load,
            submit=_open,
            confirm_label="Mở biểu quyết",
        )
        forms.add(self.form)

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="voting", presses={ACTION: _cast})

    async def start(self, talk: Talk, proposal: Proposal, *, secret: bool) -> None:
        """Ask until when, who and how many."""
        draft = VoteDraft(proposal_id=proposal.id, text=proposal.text, secret=secret)
        await self._forms.start(talk, self.form, draft)


async def _open(talk: Talk, draft: VoteDraft, context: VoteContext, serial: str) -> None:
    del serial
    require(talk.role, Act.DECIDE_PROPOSALS)
    mine = talk.member()
    proposal = await talk.uow.proposals.get(draft.proposal_id, team_id=mine.team_id)
    closes_at = draft.closes_at or context.now
    if await talk.uow.proposals.vote_of(proposal.id) is not None or closes_at <= talk.now:
        raise StaleChoice(proposal=proposal.id)
    voters = context.of(draft)
    if not voters:
        raise StaleChoice(proposal=proposal.id)
    vote = await talk.uow.proposals.open_vote(
        proposal,
        secret=draft.secret,
        quorum=draft.quorum or majority(len(voters)),
        voters=voters,
        by=mine.id,
        closes_at=closes_at,
        now=talk.now,
    )
    await talk.note("open_vote", f"proposal:{proposal.number}")
    rows = [[Choice(label=words, action=ACTION, value=f"{vote.id}:{each}")] for each, words in texts.BALLOTS.items()]
    asked = texts.vote(
        proposal.number, proposal.text, secret=vote.secret, closes_at=closes_at.astimezone(talk.settings.zone)
    )
    unread = await talk.tell(voters, asked, rows, key=f"vote:{vote.id}", topic=f"vote:{vote.id}")
    talk.say(texts.opened(len(voters), len(unread)))


async def _cast(talk: Talk, value: str) -> None:
    number, _, name = value.partition(":")
    vote = await _vote_for(talk, int(number))
    if name not in set(Ballot):
        raise StaleChoice(value=value)
    if vote.secret:  # what was pressed or typed must not lie in the inbox either
        await talk.uow.inbox.blank(talk.chat.channel, talk.incoming.external_id)
    if vote.closed_at is not None or vote.closes_at <= talk.now:
        talk.say(texts.vote_over(), in_place=True)
        return
    counted = await talk.uow.proposals.cast(vote, member_id=talk.member().id, ballot=Ballot(name))
    talk.say(texts.voted() if counted else texts.voted_already(), in_place=True)


async def _vote_for(talk: Talk, vote_id: int) -> Vote:
    """The vote, acting for the team it is of; only who may vote in it finds it."""
    for each in talk.known.members if talk.known else ():
        voters = await talk.uow.proposals.voters(vote_id)
        if any(voter.member_id == each.id for voter in voters):
            await talk.act_as(each.id)
            return await talk.uow.proposals.vote(vote_id, team_id=each.team_id)
    talk.member()
    raise StaleChoice(vote=vote_id)
