"""/dieudong: an officer asks for work (regulation II.2), the leader accepts, changes or answers."""

from __future__ import annotations

from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.vocabulary import Role
from bot.texts import delegation as texts
from handlers.assigning import Assigning
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form


class WorkRequests:
    """The officer's command, and what the leader does about it."""

    def __init__(self, forms: Forms, assigning: Assigning) -> None:
        """An accepted request opens the card of giving out work."""
        self._forms = forms
        self._assigning = assigning
        self._request_form = words_form("work-request", "đề nghị điều động", _ask)
        self._answer_form = words_form("work-request-answer", "trả lời đề nghị", _answer)
        forms.add(self._request_form)
        forms.add(self._answer_form)

    def conversation(self) -> Conversation:
        """The command and the leader's presses."""
        command = CommandSpec(
            "dieudong",
            "đề nghị tổ điều động",
            self.start,
            act=Act.REQUEST_WORK,
            example="/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h, 4 người",
            label="🏛 Đề nghị điều động",
        )
        return Conversation(name="work_requests", commands=(command,), presses={texts.REQUEST_ACTION: self._pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """With a text it is sent at once; without one it is asked for."""
        draft = WordsDraft(about=0, prompt=str(texts.ask_request()))
        if text:
            await _ask(talk, draft, text)
        else:
            await self._forms.start(talk, self._request_form, draft)

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, request_id = value.partition(":")
        if not request_id.isdecimal():
            raise StaleChoice(value=value)
        await talk.act_in(await talk.uow.work_requests.team_of(int(request_id)))
        require(talk.role, Act.ANSWER_REQUESTS)
        request = await talk.uow.work_requests.get(int(request_id), team_id=talk.member().team_id)
        if request.status != "asked":
            talk.say(texts.request_settled())
            return
        match verb:
            case "accept":
                await self._assigning.start_for_request(talk, request)
            case "answer":
                names = await talk.uow.members.names([request.officer_id])
                prompt = str(texts.ask_answer(names[request.officer_id]))
                await self._forms.start(talk, self._answer_form, WordsDraft(about=request.id, prompt=prompt))
            case _:
                raise StaleChoice(value=value)


async def _ask(talk: Talk, draft: WordsDraft, words: str) -> None:
    del draft
    require(talk.role, Act.REQUEST_WORK)
    member = talk.member()
    source = f"request:{talk.chat.key}:{talk.incoming.external_id}"
    request, is_new = await talk.uow.work_requests.ask(
        team_id=member.team_id, officer_id=member.id, text=words, source=source, now=talk.now
    )
    if not is_new:
        return
    await talk.note("request_work", f"request:{request.id}")
    leaders = [each.id for each in await talk.uow.members.with_roles(member.team_id, Role.LEADER)]
    unread = await talk.tell(
        leaders,
        texts.request_notice(member.name, words),
        texts.request_choices(request.id),
        key=f"request:{request.id}",
    )
    talk.say(texts.request_sent(unread=len(unread) == len(leaders)))


async def _answer(talk: Talk, draft: WordsDraft, words: str) -> None:
    require(talk.role, Act.ANSWER_REQUESTS)
    member = talk.member()
    request = await talk.uow.work_requests.get(draft.about, team_id=member.team_id)
    if request.status != "asked":
        talk.say(texts.request_settled())
        return
    await talk.uow.work_requests.answer(request, status="refused", answer=words, by=member.id, now=talk.now)
    await talk.note("answer_request", f"request:{request.id}")
    notice = texts.request_answered(member.name, request.text, words)
    await talk.tell([request.officer_id], notice, key=f"request:{request.id}:answer")
    names = await talk.uow.members.names([request.officer_id])
    talk.say(texts.answer_sent(names[request.officer_id]))
