"""Minutes before the chair: sent, taken back, confirmed or returned; a correction begun and given up."""

from __future__ import annotations

from pydantic import BaseModel

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import minutes as texts
from bot.texts import resolutions as resolution_texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.meeting_news import facts_of, settle_chair
from handlers.minutes_publishing import note, publish
from handlers.minutes_reading import attendance_line, body_of, label_of, people_of, standing_resolutions
from handlers.minutes_resolutions import ResolutionLines
from handlers.paper_form import PaperHead
from handlers.talk import Talk
from storage.tables import Meeting, Minutes, Resolution

_LONGEST_NOTE = 1000
_WRITERS = {"send", "correct", "take", "undo"}


class ReturnDraft(BaseModel):
    """What is to be mended."""

    minutes_id: int
    rounds: int
    note: str | None = None


async def _load(talk: Talk) -> Talk:
    require(talk.role, Act.JOIN_MEETINGS)
    return talk


def _read(text: str, draft: ReturnDraft, talk: Talk) -> ReturnDraft | Refusal:
    del talk
    if len(text) > _LONGEST_NOTE:
        return Refusal(texts.line_too_long(_LONGEST_NOTE))
    return draft.model_copy(update={"note": text.strip()})


class Confirming:
    """What follows the writing of minutes."""

    def __init__(self, forms: Forms, resolutions: ResolutionLines, *, head: PaperHead) -> None:
        """Over the dialogues; `resolutions` asks about what is not settled, `head` stands on the paper."""
        self._forms, self._resolutions, self._head = forms, resolutions, head
        head.add("minutes", self._go_on)
        self._return_form: Form[ReturnDraft, Talk] = Form(
            name="return-minutes",
            title="trả lại biên bản",
            draft_type=ReturnDraft,
            version=1,
            fields=(
                Field(
                    "note",
                    "Cần sửa",
                    lambda draft, talk: Question(texts.ask_return()),
                    _read,
                    missing=lambda draft: draft.note is None,
                    optional=False,
                ),
            ),
            preview=lambda draft, talk: Markup("{}").format(draft.note or ""),
            load=_load,
            submit=self._returned,
            asks_to_confirm=False,
        )
        forms.add(self._return_form)

    async def pressed(self, talk: Talk, verb: str, minutes: Minutes, rest: str) -> None:
        """By those who write (send, take back, correct, give the correction up) or by the chair (confirm, return)."""
        if verb in _WRITERS:
            require(talk.role, Act.WRITE_MINUTES)
            await self._by_a_writer(talk, verb, minutes, rest)
            return
        meeting = await self._before_the_chair(talk, minutes, rest)
        if verb == "return":
            await self._forms.start(talk, self._return_form, ReturnDraft(minutes_id=minutes.id, rounds=minutes.rounds))
        elif not await self._head.asks_first(talk, "minutes", f"confirm:{minutes.id}:{rest}"):
            await publish(talk, minutes, meeting)

    async def _go_on(self, talk: Talk, about: str) -> None:
        """With what was pressed before the head was asked for."""
        verb, number, rest = about.split(":")
        await self.pressed(talk, verb, await talk.uow.minutes.get(int(number), team_id=talk.member().team_id), rest)

    async def _by_a_writer(self, talk: Talk, verb: str, minutes: Minutes, rest: str) -> None:
        match verb:
            case "send":
                await self._send(talk, minutes, checked=rest == "checked")
            case "take":
                await _take_back(talk, minutes)
            case "correct":
                await _correct(talk, minutes)
            case _:
                await _give_up_correcting(talk, minutes)

    async def _before_the_chair(self, talk: Talk, minutes: Minutes, rounds: str) -> Meeting:
        """The meeting, if these minutes wait for whoever is talking."""
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=talk.member().team_id)
        if minutes.status != "sent" or str(minutes.rounds) != rounds:
            raise StaleChoice(minutes=minutes.id)
        if talk.member().id != meeting.chair_id and talk.role is not Role.LEADER:
            raise NotPermitted(action="confirm_minutes")
        return meeting

    async def _send(self, talk: Talk, minutes: Minutes, *, checked: bool) -> None:
        """Not before everybody meant is known, and every decision that was recognised has been looked at."""
        if minutes.status != "writing":
            raise StaleChoice(minutes=minutes.id)
        if not await talk.uow.minutes.lines(minutes.id):
            talk.say(texts.empty())
            return
        drafts = [each for each in await standing_resolutions(talk, minutes.meeting_id) if each.status == "draft"]
        if unsettled := [each for each in drafts if each.unknown]:
            talk.say(resolution_texts.unsettled([each.work for each in unsettled]))
            await self._resolutions.ask_again(talk, unsettled[0])
            return
        unchecked = [each for each in drafts if not each.is_checked]
        if unchecked and not checked:
            await _ask_to_check(talk, minutes, unchecked)
            return
        for each in unchecked:
            each.is_checked = True
        if not await self._head.asks_first(talk, "minutes", f"send:{minutes.id}:checked"):
            await _put_before_chair(talk, minutes)

    async def _returned(self, talk: Talk, draft: ReturnDraft, context: Talk, serial: str) -> None:
        del context, serial
        minutes = await talk.uow.minutes.get(draft.minutes_id, team_id=talk.member().team_id)
        await self._before_the_chair(talk, minutes, str(draft.rounds))
        minutes.status = "writing"
        await talk.uow.flush()
        await note(talk, minutes, "return_minutes")
        writers = {line.author_id for line in await talk.uow.minutes.lines(minutes.id)} | {minutes.secretary_id}
        await talk.tell(
            sorted(writers),
            texts.returned(talk.member().name, draft.note or ""),
            texts.go_on_choices(minutes.id),
            key=f"minutes:{minutes.id}:returned-{minutes.rounds}",
        )
        talk.say(texts.returned_receipt())


async def _ask_to_check(talk: Talk, minutes: Minutes, unchecked: list[Resolution]) -> None:
    people = await people_of(talk, unchecked)
    items = [(each.work, people[each.id], each.due) for each in unchecked]
    talk.say(resolution_texts.look_at(items), resolution_texts.look_at_choices(minutes.id))


async def _put_before_chair(talk: Talk, minutes: Minutes) -> None:
    meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
    if minutes.number is None or meeting.chair_id is None:
        await settle_chair(talk, meeting)
    chair_id = meeting.chair_id or await _leader(talk)
    minutes.status, minutes.rounds = "sent", minutes.rounds + 1
    await talk.uow.minutes.stop_writing(minutes_id=minutes.id)
    await talk.uow.flush()
    await note(talk, minutes, "send_minutes")
    there = await attendance_line(talk, minutes, meeting)
    words = texts.for_chair(label_of(await facts_of(talk, meeting)), there, await body_of(talk, minutes))
    rows = texts.chair_choices(minutes.id, minutes.rounds)
    if chair_id == talk.member().id:
        talk.say(words, rows)
        return
    key = f"minutes:{minutes.id}:round-{minutes.rounds}"
    unread = await talk.tell([chair_id], words, rows, key=key)
    name = (await talk.uow.members.names([chair_id]))[chair_id]
    leader = await _leader(talk)
    if unread and leader == talk.member().id:
        talk.say(words, rows)
        return
    by_leader = bool(unread) and leader != chair_id and not await talk.tell([leader], words, rows, key=key)
    said = texts.sent(name, there, reachable=not unread, leader=by_leader)
    talk.say(said, texts.sent_choices(meeting.id))


async def _take_back(talk: Talk, minutes: Minutes) -> None:
    """Back to writing before the chair has answered; the chair knows why the buttons no longer work."""
    if minutes.status != "sent":
        raise StaleChoice(minutes=minutes.id)
    minutes.status = "writing"
    await talk.uow.flush()
    meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
    chair_id = meeting.chair_id or await _leader(talk)
    if chair_id != talk.member().id:
        text = texts.taken_back(talk.member().name, label_of(await facts_of(talk, meeting)))
        await talk.tell([chair_id], text, key=f"minutes:{minutes.id}:taken-back-{minutes.rounds}")
    talk.say(texts.taken_back_receipt(), texts.go_on_choices(minutes.id), in_place=True)


async def _correct(talk: Talk, minutes: Minutes) -> None:
    """A new version is written; what was confirmed stays as it is."""
    if minutes.status != "confirmed":
        raise StaleChoice(minutes=minutes.id)
    minutes.status, minutes.version = "writing", minutes.version + 1
    await talk.uow.flush()
    await note(talk, minutes, "correct_minutes")
    talk.say(texts.correcting(), texts.correcting_choices(minutes.id))


async def _give_up_correcting(talk: Talk, minutes: Minutes) -> None:
    """The minutes are again as they were confirmed; what was typed since is struck out."""
    versions = await talk.uow.minutes.versions(minutes.id)
    if minutes.status != "writing" or not versions or "line_ids" not in versions[-1].content:
        raise StaleChoice(minutes=minutes.id)
    for line_id in await talk.uow.minutes.restore(minutes.id, versions[-1].content["line_ids"], now=talk.now):
        resolution = await talk.uow.resolutions.of_line(line_id)
        if resolution is not None and resolution.status == "draft":
            resolution.status = "dropped"
    minutes.status, minutes.version = "confirmed", versions[-1].version
    await talk.uow.minutes.stop_writing(minutes_id=minutes.id)
    await talk.uow.flush()
    await note(talk, minutes, "give_up_correcting_minutes")
    talk.say(texts.correction_given_up(), in_place=True)


async def _leader(talk: Talk) -> int:
    leaders = await talk.uow.members.with_roles(talk.member().team_id, Role.LEADER)
    return leaders[0].id if leaders else talk.member().id
