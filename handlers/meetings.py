"""/hop: the coming meetings, calling one in a message or step by step, and everything pressed about one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.errors import StaleChoice
from bot.domain.meeting_parser import looks_like_meeting, parse_meeting
from bot.domain.meetings import Answer, MeetingStatus, year_of_meetings
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup, join_lines
from bot.texts import attendance as attendance_texts
from bot.texts import meeting_form as form_texts
from bot.texts import meeting_votes as vote_texts
from bot.texts import meetings as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.meeting_agenda import PROPOSAL_FORM, ProposalDraft, decide, fix, offer_fixing, vote, vote_rows
from handlers.meeting_answers import REASON_FORM, ReasonDraft, answer, tally
from handlers.meeting_calling import MEETING_FORM, load
from handlers.meeting_cancelling import CANCEL_FORM, ask_to_cancel
from handlers.meeting_draft import MeetingDraft, draft_from
from handlers.meeting_news import calendar_of, facts_of
from handlers.talk import Talk
from storage.tables import Meeting

_YEAR = timedelta(days=400)


class Meetings:
    """The command, the free text that calls a meeting, the presses."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues, to which its forms are added."""
        self._forms = forms
        for form in (MEETING_FORM, CANCEL_FORM, REASON_FORM, PROPOSAL_FORM):
            forms.add(form)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec(
            "hop",
            "các cuộc họp, mời họp",
            self.start,
            act=Act.SEE_OWN,
            aliases=("hopto",),
            example="/hop họp chung 14h thứ sáu tại TH Phú Hòa 1, nội dung: sơ kết; phân công",
            example_act=Act.CALL_MEETING,
            label="🗓 Họp",
            public=self._show_next,
        )
        return Conversation(name="meetings", commands=(spec,), presses={texts.ACTION: self._pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """With a text: one message that calls a meeting; without: the coming ones."""
        if not text:
            await self._show_list(talk)
        else:
            require(talk.role, Act.CALL_MEETING)
            await self._from_message(talk, text)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A message that calls a meeting becomes a draft; False otherwise."""
        if not may(talk.role, Act.CALL_MEETING) or not looks_like_meeting(text, now=talk.local_now):
            return False
        await self._from_message(talk, text)
        return True

    async def own_section(self, talk: Talk) -> Markup | None:
        """My meetings, for /toi."""
        if not may(talk.role, Act.JOIN_MEETINGS):
            return None
        lines = [await self._line(talk, each) for each in await self._open(talk)]
        return join_lines(*lines) if lines else None

    async def _from_message(self, talk: Talk, text: str) -> None:
        context = await load(talk)
        draft, trouble = draft_from(parse_meeting(text, now=context.now, schools=context.schools), context)
        await self._forms.start(talk, MEETING_FORM, draft, opening=trouble)

    async def _open(self, talk: Talk) -> list[Meeting]:
        return await talk.uow.meetings.open(talk.member().team_id, now=talk.now)

    async def _line(self, talk: Talk, meeting: Meeting) -> Markup:
        invitation = await talk.uow.meetings.invitation(meeting.id, talk.member().id)
        given = Answer(invitation.answer) if invitation and invitation.answer else None
        return texts.line(await facts_of(talk, meeting), given)

    async def _show_list(self, talk: Talk) -> None:
        found = await self._open(talk)
        lines = [await self._line(talk, each) for each in found]
        general = await talk.uow.meetings.general(talk.member().team_id, since=talk.now - _YEAR)
        year, stands = year_of_meetings(general, now=talk.now, settings=talk.settings)
        rows = [[Choice(label=self._label(talk, each), action=texts.ACTION, value=f"open:{each.id}")] for each in found]
        if may(talk.role, Act.CALL_MEETING):
            rows.append([Choice(label="➕ Mời họp", action=texts.ACTION, value="new:0")])
        talk.say(texts.upcoming(year.name, stands.held, stands.required, lines), rows)

    async def _show_next(self, talk: Talk, text: str) -> None:
        """In the team's group: the next meeting, to be answered by everybody."""
        del text
        called = [each for each in await self._open(talk) if each.status != MeetingStatus.VOTING]
        if not called:
            talk.say(texts.no_meeting_soon())
            return
        rows = texts.answer_choices(called[0].id)
        talk.say(texts.card(await facts_of(talk, called[0])), rows, personal=False)

    def _label(self, talk: Talk, meeting: Meeting) -> str:
        if meeting.status == MeetingStatus.VOTING:
            return "🗳 Chọn giờ họp"
        return f"Xem {texts.short_moment(meeting.starts_at.astimezone(talk.settings.zone))}"

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, argument = value.partition(":")
        number, _, rest = argument.partition(":")
        match verb:
            case "new":
                require(talk.role, Act.CALL_MEETING)
                await self._forms.start(talk, MEETING_FORM, MeetingDraft(), guided=True)
            case "slot":
                await vote(talk, int(number))
            case "fix":
                await fix(talk, int(number))
            case "accept" | "decline":
                await decide(talk, int(number), accepted=verb == "accept")
            case _:
                meeting = await talk.uow.meetings.get(int(number), team_id=talk.member().team_id)
                await self._about(talk, verb, meeting, rest)

    async def _about(self, talk: Talk, verb: str, meeting: Meeting, rest: str) -> None:
        match verb:
            case "rsvp" if rest in list(Answer):
                await answer(talk, self._forms, meeting, Answer(rest))
            case "why":
                require(talk.role, Act.JOIN_MEETINGS)
                await self._forms.start(talk, REASON_FORM, ReasonDraft(meeting_id=meeting.id))
            case "open":
                await self._show(talk, meeting)
            case "move":
                await self._move(talk, meeting)
            case "cancel":
                await ask_to_cancel(talk, self._forms, meeting)
            case "propose":
                require(talk.role, Act.JOIN_MEETINGS)
                await self._forms.start(talk, PROPOSAL_FORM, ProposalDraft(meeting_id=meeting.id))
            case "fixing":
                await offer_fixing(talk, meeting)
            case _:
                raise StaleChoice(value=verb)

    async def _show(self, talk: Talk, meeting: Meeting) -> None:
        require(talk.role, Act.SEE_OWN)
        facts = await facts_of(talk, meeting)
        manages = may(talk.role, Act.CALL_MEETING)
        if meeting.status == MeetingStatus.VOTING:
            talk.say(vote_texts.ask(facts), await vote_rows(talk, meeting))
            return
        invitation = await talk.uow.meetings.invitation(meeting.id, talk.member().id)
        given = Answer(invitation.answer) if invitation and invitation.answer else None
        lines = [texts.card(facts), await tally(talk, meeting) if may(talk.role, Act.SEE_NAMES) else None]
        rows = [*texts.answer_choices(meeting.id, given)] if may(talk.role, Act.JOIN_MEETINGS) else []
        if may(talk.role, Act.WRITE_MINUTES):
            rows.append((attendance_texts.entry(meeting.id),))
        if meeting.starts_at > talk.now and may(talk.role, Act.JOIN_MEETINGS):
            rows.append((vote_texts.propose_choice(meeting.id),))
        talk.say(
            join_lines(*lines),
            [*rows, *(texts.move_choices(meeting.id) if manages else ())],
            attachments=[await calendar_of(talk, facts)],
        )

    async def _move(self, talk: Talk, meeting: Meeting) -> None:
        """The card as it is, to be corrected by typing what is different."""
        require(talk.role, Act.CALL_MEETING)
        _must_be_ahead(meeting, talk.now)
        own = [each.text for each in await talk.uow.meetings.agenda(meeting.id) if each.proposed_by is None]
        school = await talk.uow.schools.get(meeting.school_id, team_id=meeting.team_id) if meeting.school_id else None
        draft = MeetingDraft.model_validate(
            {
                "meeting_id": meeting.id,
                "kind": meeting.kind,
                "title": meeting.title,
                "school": school.code if school else None,
                "board": meeting.board,
                "slots": (meeting.starts_at.astimezone(talk.settings.zone),),
                "holiday_meant": True,
                "place": meeting.place,
                "agenda": tuple(own),
            }
        )
        await self._forms.start(talk, MEETING_FORM, draft, opening=form_texts.move_hint())


def _must_be_ahead(meeting: Meeting, now: datetime) -> None:
    if meeting.status != MeetingStatus.CALLED or meeting.starts_at <= now:
        raise StaleChoice(meeting=meeting.id)
