"""/bienban: which meeting's minutes are written, and where each press goes (regulation II.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.errors import StaleChoice
from bot.domain.meetings import MeetingStatus
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.text import fold
from bot.texts import minutes as texts
from handlers import minutes_files
from handlers.conversation import CommandSpec, Conversation
from handlers.meeting_news import facts_of
from handlers.minutes_confirming import Confirming
from handlers.minutes_lines import MinutesLines, being_written
from handlers.minutes_reading import attendance_line, body_of, label_of
from handlers.talk import Rows, Talk
from storage.tables import Meeting, Minutes

_BEFORE, _AFTER = timedelta(minutes=30), timedelta(days=30)
_STILL_ON = timedelta(hours=2)  # meetings run over
_SHOWN_AT = {"xong", "xong roi", "het", "het roi", "xem bien ban"}
_SENT_AT = {"gui chu toa", "gui chu toa duyet", "gui duyet"}
_BY_THE_CHAIR_OR_SENT = {"confirm", "return", "send", "take", "correct", "undo"}


class MinutesTaking:
    """The command and the presses."""

    def __init__(self, lines: MinutesLines, confirming: Confirming) -> None:
        """`lines` is the writing, `confirming` what follows it."""
        self._lines, self._confirming = lines, confirming

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec(
            "bienban",
            "biên bản các cuộc họp",
            self.start,
            act=Act.JOIN_MEETINGS,
            aliases=("bb",),
            example="/bienban Tổ trưởng khai mạc lúc 14 giờ",
            example_act=Act.WRITE_MINUTES,
        )
        return Conversation(name="minutes", commands=(spec,), presses={texts.ACTION: self._pressed})

    async def start(self, talk: Talk, argument: str) -> None:
        """Go on with the minutes of the meeting at hand, with a line already if one is given; others read."""
        if not may(talk.role, Act.WRITE_MINUTES):
            rows = await minutes_files.rows_of(talk)
            talk.say(texts.confirmed_ones(some=any(rows)), rows)
            return
        waiting = await self._waiting(talk)
        at_hand = waiting if len(waiting) == 1 else [each for each in waiting if _is_on(talk, each)]
        if len(at_hand) != 1:
            await self._offer(talk, waiting, unwritten=argument)
            return
        await self._open(talk, at_hand[0], goes_on=bool(argument))
        if argument:
            await self._lines.hear(talk, argument)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A line for the minutes that are being written, or a word that they are done; False when none are."""
        words = fold(text)
        minutes = await being_written(talk) if words in _SHOWN_AT | _SENT_AT else None
        if minutes is None:
            return await self._lines.hear(talk, text)
        if words in _SENT_AT:
            await self._confirming.pressed(talk, "send", minutes, "")
        else:
            await self._view(talk, minutes)
        return True

    async def _waiting(self, talk: Talk) -> list[Meeting]:
        """Meetings that have begun or soon will, without confirmed minutes; and whatever is being corrected."""
        return await talk.uow.minutes.missing(talk.member().team_id, talk.now - _AFTER, talk.now + _BEFORE)

    async def _offer(self, talk: Talk, waiting: list[Meeting], *, unwritten: str = "") -> None:
        """Meetings whose minutes can be written, then the confirmed ones."""
        choices = [[texts.open_choice(each.id, label_of(await facts_of(talk, each)))] for each in waiting]
        text = texts.which_meeting(unwritten) if waiting else texts.no_meeting()
        talk.say(text, [*choices, *await minutes_files.rows_of(talk)])

    async def _open(self, talk: Talk, meeting: Meeting, *, goes_on: bool = False) -> None:
        """Write on; what waits for the chair is shown, and taken back only when that is asked for.

        `goes_on`: a line follows at once, with what can be done.
        """
        require(talk.role, Act.WRITE_MINUTES)
        if meeting.status != MeetingStatus.CALLED or meeting.starts_at > talk.now + _BEFORE:
            raise StaleChoice(meeting=meeting.id)
        minutes = await talk.uow.minutes.of_meeting(meeting.id)
        if minutes is None:
            minutes = await talk.uow.minutes.begin(meeting, secretary_id=talk.member().id, now=talk.now)
        if minutes.status == "sent":
            facts = await facts_of(talk, meeting)
            chair = facts.chair.name if facts.chair else texts.NOBODY
            talk.say(texts.waits_for_chair(label_of(facts), chair), texts.waiting_choices(minutes.id))
        else:
            await self._write(talk, minutes, goes_on=goes_on)

    async def _write(self, talk: Talk, minutes: Minutes, *, goes_on: bool = False) -> None:
        if minutes.status != "writing":
            raise StaleChoice(minutes=minutes.id)
        await talk.uow.minutes.write_as(minutes.id, talk.member().id, now=talk.now)
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
        label = label_of(await facts_of(talk, meeting))
        body = await body_of(talk, minutes)
        talk.say(texts.opened(label, body), () if goes_on else _choices(minutes, body))

    async def _view(self, talk: Talk, minutes: Minutes) -> None:
        meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
        there = await attendance_line(talk, minutes, meeting)
        body = await body_of(talk, minutes)
        text = texts.view(label_of(await facts_of(talk, meeting)), there, body)
        talk.say(text, _choices(minutes, body) if minutes.status == "writing" else ())

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, argument = value.partition(":")
        number, _, rest = argument.partition(":")
        if verb == "files":
            await minutes_files.give(talk, await self._minutes(talk, number), rest)
        elif verb == "list":
            await minutes_files.show_list(talk, int(number))
        elif verb in _BY_THE_CHAIR_OR_SENT:
            await self._confirming.pressed(talk, verb, await self._minutes(talk, number), rest)
        else:
            require(talk.role, Act.WRITE_MINUTES)
            await self._pressed_writing(talk, verb, number, rest)

    async def _minutes(self, talk: Talk, number: str) -> Minutes:
        return await talk.uow.minutes.get(int(number), team_id=talk.member().team_id)

    async def _pressed_writing(self, talk: Talk, verb: str, number: str, rest: str) -> None:
        team_id = talk.member().team_id
        match verb:
            case "open":
                await self._open(talk, await talk.uow.meetings.get(int(number), team_id=team_id))
            case "others":
                await self._offer(talk, await self._waiting(talk))
            case "write":
                await self._write(talk, await self._minutes(talk, number))
            case "view":
                await self._view(talk, await self._minutes(talk, number))
            case "which":
                await self._lines.ask_which(talk, await self._minutes(talk, number))
            case "pause":
                await talk.uow.minutes.stop_writing(member_id=talk.member().id)
                talk.say(texts.paused())
            case "fix" | "drop" | "keep":
                await self._lines.change(talk, verb, await talk.uow.minutes.line(int(number), team_id=team_id))
            case "right" | "who" | "note" | "person":
                resolution = await talk.uow.resolutions.get(int(number), team_id=team_id)
                await self._lines.resolutions.settle(talk, verb, resolution, rest)
            case _:
                raise StaleChoice(value=verb)


def _choices(minutes: Minutes, body: Sequence[Markup]) -> Rows:
    return texts.writing_choices(minutes.id, corrects=minutes.number is not None, is_empty=not body)


def _is_on(talk: Talk, meeting: Meeting) -> bool:
    """Whether it is going on now, or is about to, or has just ended."""
    return meeting.starts_at - _BEFORE <= talk.now <= meeting.ends_at + _STILL_ON
