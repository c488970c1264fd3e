"""/dexuat: anybody of the team proposes, with files; the leader answers, gives it out as work, or has the team vote."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import proposals as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.talk import Talk
from handlers.voting import Voting
from handlers.words import WordsDraft, words_form
from storage.tables import Assignment, Proposal

_OPEN = ("open", "answered")
_AFTER_A_VOTE = (*_OPEN, "decided")
"""A vote that has ended binds nobody's hands: the leader says or does what comes of it."""
_LONGEST = 3000
_SHOWN = 10
Assign = Callable[[Talk, int, str, Sequence[int]], Awaitable[None]]
"""Begins giving out work from a proposal: its id, its text and its files."""


class Proposing:
    """The command, the leader's answers, and what follows."""

    def __init__(self, forms: Forms, *, voting: Voting, assign: Assign) -> None:
        """`assign` is another capability's."""
        self._forms = forms
        self._voting = voting
        self._assign = assign
        self._ask = words_form("proposal", "đề xuất", self._said)
        self._answer = words_form("proposal-answer", "trả lời đề xuất", self._answered)
        forms.add(self._ask)
        forms.add(self._answer)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec(
            "dexuat",
            "đề xuất, sáng kiến, kiến nghị",
            self.start,
            act=Act.PROPOSE,
            opens=True,
            example="/dexuat mỗi tháng có một chuyên đề chung về Toán 4",
        )
        return Conversation(name="proposals", commands=(spec,), presses={texts.PROPOSAL_ACTION: self.pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """With a text it is sent at once; without, the last ones are shown and a new one is asked for."""
        if text.strip():
            await propose(talk, text.strip())
            return
        mine = talk.member()
        everybody = may(talk.role, Act.SEE_PROPOSALS)
        latest = await talk.uow.proposals.latest(mine.team_id, member_id=None if everybody else mine.id, limit=_SHOWN)
        if len(latest) == 1:
            await _show(talk, latest[0])
        else:
            await _list(talk, latest)
        prompt = texts.ask(hands_on_files=talk.chat.hands_on_files)
        await self._forms.start(talk, self._ask, WordsDraft(about=mine.id, prompt=str(prompt)))

    async def pressed(self, talk: Talk, value: str) -> None:
        """The leader answers, assigns or opens a vote; whoever proposed looks at it and takes it back."""
        verb, _, number = value.partition(":")
        proposal = await talk.uow.proposals.get(int(number), team_id=talk.member().team_id)
        if verb == "show":
            await _show(talk, proposal)
            return
        if verb != "withdraw":
            require(talk.role, Act.DECIDE_PROPOSALS)
        if proposal.status not in (_AFTER_A_VOTE if verb in ("answer", "assign") else _OPEN):
            raise StaleChoice(proposal=proposal.id)
        match verb:
            case "withdraw":
                await self._withdraw(talk, proposal)
            case "answer":
                prompt = str(texts.ask_answer(proposal.number))
                await self._forms.start(talk, self._answer, WordsDraft(about=proposal.id, prompt=prompt))
            case "assign":
                files = await talk.uow.proposals.files(proposal.id)
                await self._assign(talk, proposal.id, proposal.text, files)
            case "open" | "secret" if await talk.uow.proposals.vote_of(proposal.id) is None:
                await self._voting.start(talk, proposal, secret=verb == "secret")
            case _:
                raise StaleChoice(value=value)

    async def _said(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        del draft
        await propose(talk, words)

    async def _answered(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        require(talk.role, Act.DECIDE_PROPOSALS)
        mine = talk.member()
        proposal = await talk.uow.proposals.get(draft.about, team_id=mine.team_id)
        if proposal.status not in _AFTER_A_VOTE:
            raise StaleChoice(proposal=proposal.id)
        proposal.status, proposal.answer = "answered", words
        proposal.answered_by, proposal.answered_at = mine.id, talk.now
        await note(talk, "answer_proposal", proposal)
        said = texts.answer(proposal.number, mine.name, words)
        await talk.tell([proposal.member_id], said, key=f"proposal:{proposal.id}:answer:{int(talk.now.timestamp())}")
        talk.say(texts.answered(proposal.number))

    async def _withdraw(self, talk: Talk, proposal: Proposal) -> None:
        if proposal.member_id != talk.member().id:
            raise StaleChoice(proposal=proposal.id)
        proposal.status = "withdrawn"
        await note(talk, "withdraw_proposal", proposal)
        leaders = await talk.uow.members.with_roles(proposal.team_id, Role.LEADER)
        told = [each.id for each in leaders if each.id != proposal.member_id]
        await talk.tell(told, texts.withdrawn_told(proposal.number), key=f"proposal:{proposal.id}:withdrawn")
        talk.say(texts.withdrawn(proposal.number), in_place=True)


async def given_out(talk: Talk, proposal_id: int, work: Assignment) -> None:
    """A proposal has become work; whoever proposed it is told, without the name of what is confidential."""
    mine = talk.member()
    proposal = await talk.uow.proposals.get(proposal_id, team_id=mine.team_id)
    if proposal.status not in _AFTER_A_VOTE:
        return
    proposal.status, proposal.answered_by, proposal.answered_at = "assigned", mine.id, talk.now
    await note(talk, "answer_proposal", proposal)
    number = None if work.confidential else work.number
    if proposal.member_id != mine.id:
        await talk.tell(
            [proposal.member_id], texts.assigned(proposal.number, number), key=f"proposal:{proposal.id}:assigned"
        )


async def propose(talk: Talk, text: str) -> None:
    """Record it and put it before the leader."""
    require(talk.role, Act.PROPOSE)
    if len(text) > _LONGEST:
        talk.say(texts.too_long(_LONGEST))
        return
    mine = talk.member()
    files = talk.incoming.stored_ids
    proposal = await talk.uow.proposals.add(
        team_id=mine.team_id, member_id=mine.id, text=text, source=secrets.token_hex(8), files=files, now=talk.now
    )
    await note(talk, "propose", proposal)
    talk.say(texts.sent(proposal.number))
    leaders = [each.id for each in await talk.uow.members.with_roles(mine.team_id, Role.LEADER)]
    card, attachments = await _card(talk, proposal)
    await talk.tell(leaders, card, _answers(proposal), key=f"proposal:{proposal.id}", attachments=attachments)


async def note(talk: Talk, action: str, proposal: Proposal) -> None:
    """On the record; what was proposed stays out of it."""
    await talk.note(action, f"proposal:{proposal.number}")


async def _list(talk: Talk, latest: Sequence[Proposal]) -> None:
    """Several in one message, each a press away: a chat on Zalo answers only to the list said last."""
    names = await talk.uow.members.names([each.member_id for each in latest])
    lines = [(each.number, names[each.member_id], each.status, each.text) for each in latest]
    choices = [texts.choice(f"Số {each.number}", "show", each.id) for each in latest]
    talk.say(texts.listed(lines), [choices[:5], choices[5:]])


async def _show(talk: Talk, proposal: Proposal) -> None:
    """Its card, to whoever proposed it and to those who see all of them."""
    if proposal.member_id != talk.member().id:
        require(talk.role, Act.SEE_PROPOSALS)
    card, attachments = await _card(talk, proposal)
    rows: list[list[Choice]] = []
    decides = may(talk.role, Act.DECIDE_PROPOSALS)
    if decides and proposal.status in _AFTER_A_VOTE:
        has_voted = await talk.uow.proposals.vote_of(proposal.id) is not None
        rows = texts.after_vote(proposal.id) if has_voted else _answers(proposal)
    elif proposal.status == "open" and proposal.member_id == talk.member().id:
        rows = [[texts.choice("↩️ Rút đề xuất", "withdraw", proposal.id)]]
    talk.say(card, rows, attachments=attachments)


async def _card(talk: Talk, proposal: Proposal) -> tuple[Markup, list[Attachment]]:
    names = await talk.uow.members.names([proposal.member_id])
    attachments: list[Attachment] = []
    for file_id in await talk.uow.proposals.files(proposal.id):
        file = await talk.uow.files.load(file_id)
        attachments.append(
            Attachment(stored_id=file.id, name=file.name, mime=file.mime, as_photo=file.mime.startswith("image/"))
        )
    name = names[proposal.member_id]
    card = texts.card(
        proposal.number, name, proposal.text, proposal.status, answer=proposal.answer, files=len(attachments)
    )
    return card, attachments


def _answers(proposal: Proposal) -> list[list[Choice]]:
    return [
        *texts.after_vote(proposal.id),
        [
            texts.choice("🗳 Biểu quyết công khai", "open", proposal.id),
            texts.choice("🗳 Biểu quyết kín", "secret", proposal.id),
        ],
    ]
