"""/bienban: the secretary's lines during the meeting, and what is recognised in them (regulation II.1)."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.meetings import MeetingStatus
from bot.domain.member_matching import MemberName
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, may, require
from bot.domain.resolution_line import LineKind, read_line
from bot.domain.rich_text import Markup
from bot.texts import minutes as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.meeting_news import facts_of
from handlers.minutes_confirming import Confirming
from handlers.minutes_reading import body_of, label_of
from handlers.minutes_resolutions import ResolutionLines, load_members, members_of
from handlers.talk import Talk
from storage.tables import Meeting, Minutes, MinutesLine

_LONGEST_LINE = 4000
_BEFORE, _AFTER = timedelta(minutes=30), timedelta(days=30)
_WRITES_ON = timedelta(hours=12)
_LISTED = 8


class LineDraft(BaseModel):
    """A line typed again."""

    line_id: int
    before: str = ""
    text: str | None = None


def _read_text(text: str, draft: LineDraft, members: list[MemberName]) -> LineDraft | Refusal:
    del members
    if len(text) > _LONGEST_LINE:
        return Refusal(texts.line_too_long(_LONGEST_LINE))
    return draft.model_copy(update={"text": text.strip()})


class MinutesTaking:
    """The command, the lines, the presses."""

    def __init__(self, forms: Forms, confirming: Confirming) -> None:
        """Over the dialogues; `confirming` is what follows the writing."""
        self._forms, self._confirming = forms, confirming
        self._resolutions = ResolutionLines(forms)
        self._line_form: Form[LineDraft, list[MemberName]] = Form(
            name="minutes-line",
            title="sửa dòng biên bản",
            draft_type=LineDraft,
            version=1,
            fields=(
                Field(
                    "text",
                    "Dòng",
                    lambda draft, members: Question(texts.ask_line(draft.before)),
                    _read_text,
                    missing=lambda draft: draft.text is None,
                    optional=False,
                ),
            ),
            preview=lambda draft, members: Markup("{}").format(draft.text or ""),
            load=load_members,
            submit=self._rewrite,
            asks_to_confirm=False,
        )
        forms.add(self._line_form)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec("bienban", "biên bản các cuộc họp", self.start, act=Act.JOIN_MEETINGS, aliases=("bb",))
        return Conversation(name="minutes", commands=(spec,), presses={texts.ACTION: self._pressed})

    async def start(self, talk: Talk, argument: str) -> None:
        """Go on with the minutes of the meeting at hand; others see the confirmed ones."""
        del argument
        team_id = talk.member().team_id
        latest = await talk.uow.minutes.of_team(team_id, limit=_LISTED)
        rows = [
            [Choice(label=await self._item(talk, minutes, meeting), action=texts.ACTION, value=f"files:{minutes.id}")]
            for minutes, meeting in latest
            if minutes.number is not None
        ]
        if not may(talk.role, Act.WRITE_MINUTES):
            talk.say(texts.confirmed_ones(some=bool(rows)), rows)
            return
        waiting = await self._waiting(talk)
        if not waiting:
            talk.say(texts.no_meeting(), rows)
        elif len(waiting) == 1:
            await self._open(talk, waiting[0])
        else:
            choices = [[await self._choice(talk, each)] for each in waiting]
            talk.say(texts.which_meeting(), [*choices, *rows])

    async def _item(self, talk: Talk, minutes: Minutes, meeting: Meeting) -> str:
        return texts.list_item(minutes.number or 0, label_of(await facts_of(talk, meeting)))

    async def _choice(self, talk: Talk, meeting: Meeting) -> Choice:
        return Choice(label=label_of(await facts_of(talk, meeting)), action=texts.ACTION, value=f"open:{meeting.id}")

    async def _waiting(self, talk: Talk) -> list[Meeting]:
        """Meetings that have begun or soon will, without confirmed minutes."""
        found = await talk.uow.meetings.called(talk.member().team_id, talk.now - _AFTER, talk.now + _BEFORE)
        waiting: list[Meeting] = []
        for each in found:
            minutes = await talk.uow.minutes.of_meeting(each.id)
            if minutes is None or minutes.status != "confirmed":
                waiting.append(each)
        return waiting

    async def _open(self, talk: Talk, meeting: Meeting) -> None:
        require(talk.role, Act.WRITE_MINUTES)
        if meeting.status != MeetingStatus.CALLED or meeting.starts_at > talk.now + _BEFORE:
            raise StaleChoice(meeting=meeting.id)
        minutes = await talk.uow.minutes.of_meeting(meeting.id)
        if minutes is None:
            minutes = await talk.uow.minutes.begin(meeting, secretary_id=talk.member().id, now=talk.now)
        if minutes.status == "sent":
            minutes.status = "writing"
        await self._write(talk, minutes)

    async def _write(self, talk: Talk, minutes: Minutes) -> None:
        if minutes.status != "writing":
            raise StaleChoice(minutes=minutes.id)
        await talk.uow.minutes.write_as(minutes.id, talk.member().id, now=talk.now)
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
        label = label_of(await facts_of(talk, meeting))
        talk.say(texts.opened(label, await body_of(talk, minutes)), texts.writing_choices(minutes.id))

    async def _mine(self, talk: Talk) -> Minutes | None:
        if not talk.chat.is_private or not may(talk.role, Act.WRITE_MINUTES):
            return None
        minutes = await talk.uow.minutes.written_by(talk.member().id, now=talk.now, within=_WRITES_ON)
        is_mine = minutes is not None and minutes.team_id == talk.member().team_id and minutes.status == "writing"
        return minutes if is_mine else None

    async def hear(self, talk: Talk, text: str) -> bool:
        """Every typed line goes into the minutes that are being written; False when none are."""
        minutes = await self._mine(talk)
        if minutes is None:
            return False
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if any(len(line) > _LONGEST_LINE for line in lines):
            talk.say(texts.line_too_long(_LONGEST_LINE))
            return True
        await talk.uow.minutes.write_as(minutes.id, talk.member().id, now=talk.now)
        for index, line in enumerate(lines):
            await self._take(talk, minutes, line, said=index == len(lines) - 1, count=len(lines))
        return True

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A photo goes into the minutes that are being written; False when none are."""
        minutes, file = await self._mine(talk), talk.incoming.files[0]
        if minutes is None or file.stored_id is None or not (file.kind == "photo" or file.mime.startswith("image/")):
            return False
        line = await talk.uow.minutes.add_line(
            minutes.id,
            kind=LineKind.PHOTO,
            text=text or texts.PHOTO,
            author_id=talk.member().id,
            now=talk.now,
            file_id=file.stored_id,
        )
        talk.say(texts.photo_noted(line.place), texts.line_choices(line.id, minutes.id))
        return True

    async def _take(
        self, talk: Talk, minutes: Minutes, text: str, *, said: bool = True, count: int = 1, place: int | None = None
    ) -> None:
        read = read_line(text, now=talk.local_now, members=await members_of(talk))
        line = await talk.uow.minutes.add_line(
            minutes.id, kind=read.kind, text=read.text, author_id=talk.member().id, now=talk.now, place=place
        )
        if read.resolution is not None:
            await self._resolutions.recognised(talk, minutes, line, read.resolution)
        elif said:
            talk.say(texts.noted(line.place, count=count), texts.line_choices(line.id, minutes.id))

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, argument = value.partition(":")
        number, _, rest = argument.partition(":")
        match verb:
            case "files":
                require(talk.role, Act.JOIN_MEETINGS)
                await self._give_files(talk, await self._minutes(talk, number))
            case "confirm" | "return" | "send" | "correct":
                await self._confirming.pressed(talk, verb, await self._minutes(talk, number), rest)
            case _:
                require(talk.role, Act.WRITE_MINUTES)
                await self._pressed_writing(talk, verb, number, rest)

    async def _minutes(self, talk: Talk, number: str) -> Minutes:
        return await talk.uow.minutes.get(int(number), team_id=talk.member().team_id)

    async def _pressed_writing(self, talk: Talk, verb: str, number: str, rest: str) -> None:
        team_id = talk.member().team_id
        match verb:
            case "open":
                await self._open(talk, await talk.uow.meetings.get(int(number), team_id=team_id))
            case "write":
                await self._write(talk, await self._minutes(talk, number))
            case "view":
                minutes = await self._minutes(talk, number)
                meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=team_id)
                label = label_of(await facts_of(talk, meeting))
                talk.say(texts.view(label, await body_of(talk, minutes)), texts.writing_choices(minutes.id))
            case "pause":
                await talk.uow.minutes.stop_writing(member_id=talk.member().id)
                talk.say(texts.paused())
            case "fix" | "drop":
                await self._change_line(talk, verb, await talk.uow.minutes.line(int(number), team_id=team_id))
            case "right" | "who" | "note" | "person":
                resolution = await talk.uow.resolutions.get(int(number), team_id=team_id)
                await self._resolutions.settle(talk, verb, resolution, rest)
            case _:
                raise StaleChoice(value=verb)

    async def _change_line(self, talk: Talk, verb: str, line: MinutesLine) -> None:
        minutes = await talk.uow.minutes.get(line.minutes_id, team_id=talk.member().team_id)
        if minutes.status != "writing":
            raise StaleChoice(line=line.id)
        if verb == "fix":
            await self._forms.start(talk, self._line_form, LineDraft(line_id=line.id, before=line.text))
            return
        if line.gone_at is None:
            await self._strike(talk, line)
        talk.say(texts.dropped(), in_place=True)

    async def _strike(self, talk: Talk, line: MinutesLine) -> None:
        line.gone_at = talk.now
        resolution = await talk.uow.resolutions.of_line(line.id)
        if resolution is not None and resolution.status != "done":
            resolution.status = "dropped"
        await talk.uow.flush()

    async def _rewrite(self, talk: Talk, draft: LineDraft, members: list[MemberName], serial: str) -> None:
        """The new line takes the old one's place; where somebody was faster, both stay."""
        del members, serial
        line = await talk.uow.minutes.line(draft.line_id, team_id=talk.member().team_id)
        minutes = await talk.uow.minutes.get(line.minutes_id, team_id=talk.member().team_id)
        if minutes.status != "writing":
            raise StaleChoice(line=line.id)
        if line.gone_at is None:
            await self._strike(talk, line)
        else:
            talk.say(texts.kept_both())
        await self._take(talk, minutes, draft.text or "", place=line.place)

    async def _give_files(self, talk: Talk, minutes: Minutes) -> None:
        versions = await talk.uow.minutes.versions(minutes.id)
        if not versions:
            raise StaleChoice(minutes=minutes.id)
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
        label = label_of(await facts_of(talk, meeting))
        files: list[Attachment] = []
        for file_id in (versions[-1].word_id, versions[-1].pdf_id):
            kept = await talk.uow.files.load(file_id)
            files.append(Attachment(stored_id=kept.id, name=kept.name, mime=kept.mime))
        rows = [[Choice(label="✏️ Đính chính", action=texts.ACTION, value=f"correct:{minutes.id}")]]
        offered = rows if may(talk.role, Act.WRITE_MINUTES) else []
        talk.say(Markup("📄 {}").format(texts.list_item(minutes.number or 0, label)), offered, attachments=files)
