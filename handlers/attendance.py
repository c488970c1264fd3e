"""Who is at the meeting: the secretary's checklist, or a word that members send."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.errors import StaleChoice
from bot.domain.meetings import MOST_WRONG_WORDS, Answer, CheckIn, MeetingStatus, Presence, check_in
from bot.domain.permissions import Act, may, require
from bot.domain.text import fold
from bot.texts import attendance as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.meeting_answers import invitation_of
from handlers.meeting_news import facts_of
from handlers.minutes_reading import label_of
from handlers.presence_filing import PresenceFiling
from handlers.reporting import Filed
from handlers.talk import Talk
from storage.tables import Meeting

_PAGE = 8
_EARLY, _NEAR = timedelta(minutes=30), timedelta(days=1)
_MARKED_FOR = timedelta(days=7)
_SYLLABLES = (
    *("sen", "mai", "dao", "cuc", "lan", "hue", "truc", "tung", "quynh", "hong", "sim", "xoai", "cam", "buoi", "na"),
    *("tre", "lua", "ngo", "khe", "nui", "song", "bien", "may", "gio", "nang", "mua", "sao", "trang", "que", "hac"),
)
_WORD = re.compile(r"[a-z]{2,6}[0-9]{2}")
_LED_IN = re.compile(r"^(?:diem danh|co mat)\s*:?\s*(?P<word>[a-z]{2,6} ?[0-9]{2})$")
_CYCLE = (None, Presence.PRESENT, Presence.LATE, Presence.EXCUSED, Presence.UNEXCUSED)


class Attendance:
    """The command, the word, the checklist."""

    def __init__(self, *, filed: Sequence[Filed] = ()) -> None:
        """`filed` are told of activities that presence becomes."""
        self._presence = PresenceFiling(filed)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec(
            "diemdanh", "điểm danh cuộc họp", self.start, act=Act.JOIN_MEETINGS, example="/diemdanh sen27"
        )
        return Conversation(name="attendance", commands=(spec,), presses={texts.ACTION: self._pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """With a word: check in; without: the checklist for those who keep it."""
        if text:
            await self._check_in(talk, fold(text).replace(" ", ""))
            return
        if not may(talk.role, Act.WRITE_MINUTES):
            talk.say(texts.how())
            return
        near = await self._near(talk)
        if not near:
            talk.say(texts.nothing_now())
        else:
            await self._sheet(talk, near[-1], 0)

    async def hear(self, talk: Talk, text: str) -> bool:
        """The word alone, while a meeting takes it; False otherwise."""
        words = fold(text)
        led_in = _LED_IN.match(words)
        word = (led_in["word"] if led_in else words).replace(" ", "")
        if not _WORD.fullmatch(word) or not may(talk.role, Act.JOIN_MEETINGS):
            return False
        if led_in is None and not any(each.check_in_word for each in await self._near(talk)):
            return False
        await self._check_in(talk, word)
        return True

    async def _near(self, talk: Talk) -> list[Meeting]:
        """Called meetings around now, the latest last."""
        found = await talk.uow.meetings.called(talk.member().team_id, talk.now - _NEAR, talk.now + _NEAR)
        return [each for each in found if each.starts_at - _EARLY <= talk.now] or found

    async def _check_in(self, talk: Talk, word: str) -> None:
        near = [each for each in await self._near(talk) if each.check_in_word]
        if not near:
            talk.say(texts.nothing_now())
            return
        meeting = near[-1]
        when = check_in(talk.now, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
        if when is CheckIn.TOO_EARLY:
            talk.say(texts.too_early((meeting.starts_at - _EARLY).astimezone(talk.settings.zone)))
        elif when is CheckIn.OVER:
            talk.say(texts.too_late())
        else:
            await self._compare(talk, meeting, word, Presence.LATE if when is CheckIn.LATE else Presence.PRESENT)

    async def _compare(self, talk: Talk, meeting: Meeting, word: str, presence: Presence) -> None:
        invitation = await invitation_of(talk, meeting)
        if invitation.wrong_words >= MOST_WRONG_WORDS:
            talk.say(texts.wrong(0))
        elif not secrets.compare_digest(word, meeting.check_in_word or ""):
            invitation.wrong_words += 1
            await talk.uow.flush()
            talk.say(texts.wrong(MOST_WRONG_WORDS - invitation.wrong_words))
        else:
            known = Presence(invitation.presence) if invitation.presence else None
            kept = known if known is not None and known.was_there else presence
            await talk.uow.meetings.mark(invitation, kept)
            talk.say(texts.checked_in(label_of(await facts_of(talk, meeting)), kept))

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, *numbers = value.split(":")
        meeting = await talk.uow.meetings.get(int(numbers[0]), team_id=talk.member().team_id)
        if verb in {"count", "skip"}:
            await self._presence.answered(talk, meeting, wanted=verb == "count")
            return
        require(talk.role, Act.WRITE_MINUTES)
        if meeting.status != MeetingStatus.CALLED or talk.now > meeting.ends_at + _MARKED_FOR:
            raise StaleChoice(meeting=meeting.id)
        if verb == "word":
            await self._give_word(talk, meeting)
            return
        if talk.now < meeting.starts_at - _EARLY:
            talk.say(texts.too_early((meeting.starts_at - _EARLY).astimezone(talk.settings.zone)))
            return
        match verb, numbers[1:]:
            case "sheet", [page]:
                await self._sheet(talk, meeting, int(page), in_place=True)
            case "mark", [member_id, page]:
                await self._mark(talk, meeting, int(member_id))
                await self._sheet(talk, meeting, int(page), in_place=True)
            case "all", [page]:
                await self._mark_rest(talk, meeting)
                await self._sheet(talk, meeting, int(page), in_place=True)
            case _:
                raise StaleChoice(value=value)

    async def _mark(self, talk: Talk, meeting: Meeting, member_id: int) -> None:
        invitation = await talk.uow.meetings.invitation(meeting.id, member_id)
        if invitation is None:
            raise StaleChoice(member=member_id)
        known = Presence(invitation.presence) if invitation.presence else None
        await talk.uow.meetings.mark(invitation, _CYCLE[(_CYCLE.index(known) + 1) % len(_CYCLE)])

    async def _mark_rest(self, talk: Talk, meeting: Meeting) -> None:
        """Those nobody has marked: who said they would not come are excused, the others are here."""
        for each in await talk.uow.meetings.invitations(meeting.id):
            if each.presence is None:
                await talk.uow.meetings.mark(
                    each, Presence.EXCUSED if each.answer == Answer.ABSENT else Presence.PRESENT
                )

    async def _give_word(self, talk: Talk, meeting: Meeting) -> None:
        if meeting.check_in_word is None:
            meeting.check_in_word = f"{secrets.choice(_SYLLABLES)}{secrets.randbelow(90) + 10}"
            await talk.uow.flush()
        talk.say(texts.word(label_of(await facts_of(talk, meeting)), meeting.check_in_word))

    async def _sheet(self, talk: Talk, meeting: Meeting, page: int, *, in_place: bool = False) -> None:
        if talk.now <= meeting.ends_at:
            await talk.uow.meetings.invite_newcomers(meeting)
        invitations = await talk.uow.meetings.invitations(meeting.id)
        names = await talk.uow.members.names([each.member_id for each in invitations])
        people = [
            (each.member_id, names[each.member_id], Presence(each.presence) if each.presence else None)
            for each in invitations
        ]
        pages = max(1, -(-len(people) // _PAGE))
        page = min(max(page, 0), pages - 1)
        counts = Counter(presence for *_, presence in people)
        rows = texts.sheet_choices(meeting.id, people[page * _PAGE : (page + 1) * _PAGE], page=page, pages=pages)
        talk.say(texts.sheet(label_of(await facts_of(talk, meeting)), counts), rows, in_place=in_place)
