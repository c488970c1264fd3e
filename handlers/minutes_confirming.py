"""Minutes before the chair: sent, confirmed or returned; then numbered, drawn, and sent to everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from pydantic import BaseModel

from bot.documents.minutes_paper import MinutesPaper, code_of, minutes_document
from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Attachment
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import minutes as texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.meeting_news import facts_of, settle_chair, tell_groups, topic
from handlers.minutes_reading import Photos, body_of, content_of, label_of, paper_of, photos_of
from handlers.official_files import word_and_pdf
from handlers.talk import Talk
from storage.tables import Meeting, Minutes, Resolution

_LONGEST_NOTE = 1000

Taken = Callable[[Talk, Resolution, Sequence[int], str], Awaitable[bool]]
"""Told of a resolution that is in force now, who is to do it, and of which meeting; True when it told them itself."""


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

    def __init__(self, forms: Forms, *, taken: Sequence[Taken] = ()) -> None:
        """`taken` are asked in order to give resolutions out as work."""
        self._forms, self._taken = forms, tuple(taken)
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
        """Send, confirm, return or correct."""
        if verb in {"send", "correct"}:
            require(talk.role, Act.WRITE_MINUTES)
            await (self._send(talk, minutes) if verb == "send" else self._correct(talk, minutes))
            return
        meeting = await self._before_the_chair(talk, minutes, rest)
        if verb == "return":
            await self._forms.start(talk, self._return_form, ReturnDraft(minutes_id=minutes.id, rounds=minutes.rounds))
        else:
            await self._confirm(talk, minutes, meeting)

    async def _before_the_chair(self, talk: Talk, minutes: Minutes, rounds: str) -> Meeting:
        """The meeting, if these minutes wait for whoever is talking."""
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=talk.member().team_id)
        if minutes.status != "sent" or str(minutes.rounds) != rounds:
            raise StaleChoice(minutes=minutes.id)
        if talk.member().id != meeting.chair_id and talk.role is not Role.LEADER:
            raise NotPermitted(action="confirm_minutes")
        return meeting

    async def _send(self, talk: Talk, minutes: Minutes) -> None:
        if minutes.status != "writing":
            raise StaleChoice(minutes=minutes.id)
        if not await talk.uow.minutes.lines(minutes.id):
            talk.say(texts.empty())
            return
        resolutions = await talk.uow.resolutions.of_meeting(minutes.meeting_id)
        if unsettled := [each.work for each in resolutions if each.unknown]:
            talk.say(texts.unsettled(unsettled))
            return
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
        if meeting.chair_id is None:
            await settle_chair(talk, meeting)
        chair_id = meeting.chair_id or await _leader(talk)
        minutes.status, minutes.rounds = "sent", minutes.rounds + 1
        await talk.uow.minutes.stop_writing(minutes_id=minutes.id)
        await talk.uow.flush()
        body = await body_of(talk, minutes)
        words = texts.for_chair(label_of(await facts_of(talk, meeting)), body)
        rows = texts.chair_choices(minutes.id, minutes.rounds)
        if chair_id == talk.member().id:
            talk.say(words, rows)
            return
        unread = await talk.tell([chair_id], words, rows, key=f"minutes:{minutes.id}:round-{minutes.rounds}")
        name = (await talk.uow.members.names([chair_id]))[chair_id]
        talk.say(texts.sent(name, reachable=not unread))

    async def _returned(self, talk: Talk, draft: ReturnDraft, context: Talk, serial: str) -> None:
        del context, serial
        minutes = await talk.uow.minutes.get(draft.minutes_id, team_id=talk.member().team_id)
        await self._before_the_chair(talk, minutes, str(draft.rounds))
        minutes.status = "writing"
        await talk.uow.flush()
        writers = {line.author_id for line in await talk.uow.minutes.lines(minutes.id)} | {minutes.secretary_id}
        await talk.tell(
            sorted(writers),
            texts.returned(talk.member().name, draft.note or ""),
            texts.go_on_choices(minutes.id),
            key=f"minutes:{minutes.id}:returned-{minutes.rounds}",
        )
        talk.say(texts.returned_receipt())

    async def _correct(self, talk: Talk, minutes: Minutes) -> None:
        """A new version is written; what was confirmed stays as it is."""
        if minutes.status != "confirmed":
            raise StaleChoice(minutes=minutes.id)
        minutes.status, minutes.version = "writing", minutes.version + 1
        await talk.uow.flush()
        await self._note(talk, minutes, "correct_minutes")
        talk.say(texts.correcting(), texts.go_on_choices(minutes.id))

    async def _confirm(self, talk: Talk, minutes: Minutes, meeting: Meeting) -> None:
        if minutes.number is None:
            year = talk.today.year
            minutes.year, minutes.number = year, await talk.uow.minutes.next_number(minutes.team_id, year)
        minutes.status, minutes.closed_at = "confirmed", talk.now
        await talk.uow.flush()
        paper = await paper_of(talk, minutes, meeting)
        files = await self._draw(talk, paper, await photos_of(talk, minutes))
        ids = (files[0].stored_id, files[1].stored_id)
        await talk.uow.minutes.keep_version(minutes, content_of(paper), files=ids, by=talk.member().id)
        await self._note(talk, minutes, "confirm_minutes")
        await self._publish(talk, minutes, meeting, paper, files)
        await self._in_force(talk, meeting)

    async def _note(self, talk: Talk, minutes: Minutes, action: str) -> None:
        await talk.uow.audit.note(
            team_id=minutes.team_id,
            actor=talk.member().id,
            action=action,
            subject=f"minutes:{minutes.id}",
            now=talk.now,
            version=minutes.version,
        )

    async def _draw(self, talk: Talk, paper: MinutesPaper, photos: Photos) -> tuple[Attachment, Attachment]:
        document = await asyncio.to_thread(minutes_document, paper, talk.settings.paper, photos=photos)
        again = f"-dinh-chinh-{paper.version - 1}" if paper.version > 1 else ""
        return await word_and_pdf(talk, document, f"bien-ban-{paper.number or 0:02d}-{talk.today.year}{again}")

    async def _publish(
        self, talk: Talk, minutes: Minutes, meeting: Meeting, paper: MinutesPaper, files: tuple[Attachment, Attachment]
    ) -> None:
        """To the group, or to everybody where there is none; those who wrote and the chair get it themselves anyway."""
        text = texts.confirmed(
            paper.number or 0,
            code_of(talk.settings.paper),
            label_of(await facts_of(talk, meeting)),
            version=minutes.version,
            resolutions=len(paper.resolutions),
        )
        key = f"minutes:{minutes.id}:version-{minutes.version}"
        in_groups = await tell_groups(talk, meeting, text, key=key, attachments=files)
        invited = [each.member_id for each in await talk.uow.meetings.invitations(meeting.id)]
        close = {line.author_id for line in await talk.uow.minutes.lines(minutes.id)} | {minutes.secretary_id}
        whom = close if in_groups else close | set(invited)
        others = sorted(whom - {talk.member().id})
        await talk.tell(others, text, key=key, topic=topic(meeting), attachments=files)
        talk.say(text, attachments=files)

    async def _in_force(self, talk: Talk, meeting: Meeting) -> None:
        """Resolutions are open from now on, and those who are to do them know."""
        drafts = [each for each in await talk.uow.resolutions.of_meeting(meeting.id) if each.status == "draft"]
        people = await talk.uow.resolutions.people([each.id for each in drafts])
        label = label_of(await facts_of(talk, meeting))
        for resolution in drafts:
            resolution.status, resolution.is_checked = "open", True
            await talk.uow.flush()
            ids = people.get(resolution.id, [])
            if resolution.everyone:
                ids = [each.member_id for each in await talk.uow.meetings.invitations(meeting.id)]
            if any([await take(talk, resolution, ids, label) for take in self._taken]):
                continue
            text = texts.taken(label, resolution.work, resolution.due)
            rows = [[texts.done_choice(resolution.id)]]
            await talk.tell(ids, text, rows, key=f"resolution:{resolution.id}")


async def _leader(talk: Talk) -> int:
    leaders = await talk.uow.members.with_roles(talk.member().team_id, Role.LEADER)
    return leaders[0].id if leaders else talk.member().id
