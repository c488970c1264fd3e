"""/giaoviec: giving out work, guided or in one message (PRODUCT "Assignments")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from bot.domain.assignment_parser import looks_like_assignment, parse_assignment
from bot.domain.assignments import WORK_KINDS, AssignmentStatus, may_assign
from bot.domain.errors import NotPermitted
from bot.domain.permissions import Act, may, require
from bot.domain.recurrence import Recurrence, last_working_day, next_time
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.texts import assignment_boards as board_texts
from bot.texts import assignment_form as texts
from bot.texts.assignments import moment
from handlers.assignment_draft import AssignmentContext, AssignmentDraft, draft_from, is_over
from handlers.assignment_form import FIELDS, absorb, keeps, preview
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Form
from handlers.forms.session import Forms
from handlers.talk import Talk
from handlers.work import send_board, send_order, view_of
from storage.tables import Assignment, WorkRequest


async def kinds_for(talk: Talk, *, on: date | None = None) -> tuple[str, ...]:
    """What whoever talks may give out on a day, today by default."""
    member, day = talk.member(), on or talk.today
    delegated = await talk.uow.delegations.of_member(member.id, on=day)
    return tuple(kind for kind in WORK_KINDS if may_assign(talk.role, kind, delegated=delegated, on=day))


async def _gives_out_any(talk: Talk) -> bool:
    return bool(await kinds_for(talk))


async def load(talk: Talk) -> AssignmentContext:
    """The people and schools of the team; NotPermitted for those who may give out nothing."""
    require(talk.role, Act.ASSIGN)
    kinds = await kinds_for(talk)
    team_id = talk.member().team_id
    return AssignmentContext(
        now=talk.local_now,
        schools=await talk.uow.schools.names(team_id),
        people=await talk.uow.candidates.for_work(team_id, now=talk.local_now),
        giver=talk.member().id,
        kinds=kinds,
    )


def _later(draft: AssignmentDraft, now: datetime) -> datetime | None:
    """When it is to be sent if not at once: as chosen, or on the month's last working day where it comes on those."""
    if draft.send_at is not None:
        return draft.send_at.astimezone(now.tzinfo) if draft.send_at > now else None
    if draft.recurrence is Recurrence.MONTH_END and now.day != last_working_day(Month.of(now.date())):
        return next_time(now, draft.recurrence)
    return None


async def _obstacle(
    talk: Talk, draft: AssignmentDraft, context: AssignmentContext
) -> tuple[AssignmentDraft, Markup] | None:
    """What of the draft cannot be, or cannot be any more since it waited, taken out of it, and why."""
    zone = context.now.tzinfo
    for name, at in (("starts_at", draft.starts_at), ("due_at", draft.due_at)):
        if at is not None and is_over(at, context.now):
            return draft.model_copy(update={name: None}), texts.time_past(at.astimezone(zone))
    send_at, begins = _later(draft, context.now), draft.starts_at or draft.due_at
    if send_at is None:
        return None
    at_once = draft.model_copy(update={"send_at": None} if draft.send_at else {"recurrence": Recurrence.ONCE})
    if begins is not None and send_at >= begins:
        return at_once, texts.sent_too_late(send_at)
    is_given = draft.kind in await kinds_for(talk, on=send_at.date())
    return None if is_given else (at_once, board_texts.not_delegated_then(moment(send_at)))


async def _record(talk: Talk, draft: AssignmentDraft, who: Sequence[int], source: str) -> Assignment:
    member = talk.member()
    school = await talk.uow.schools.by_code(member.team_id, draft.school) if draft.school else None
    later = _later(draft, talk.local_now)
    send_at = later or talk.local_now
    work = Assignment(
        team_id=member.team_id,
        number=await talk.uow.assignments.next_number(member.team_id),
        source=source,
        kind=draft.kind,
        title=draft.title,
        school_id=school.id if school else None,
        place=draft.place,
        class_or_grade=draft.class_or_grade,
        subject=draft.subject,
        starts_at=draft.starts_at,
        all_day=draft.all_day,
        due_at=draft.due_at,
        confidential=draft.is_confidential,
        status=AssignmentStatus.SCHEDULED if later else AssignmentStatus.OPEN,
        version=1,
        created_by=member.id,
        created_at=talk.now,
        send_at=send_at,
        recurrence=draft.recurrence,
        next_at=next_time(send_at, draft.recurrence),
        request_id=draft.request_id,
    )
    return await talk.uow.assignments.add(work, member_ids=who, files=draft.files)


async def _answer_request(talk: Talk, request_id: int, work: Assignment, *, people: int) -> None:
    member = talk.member()
    request: WorkRequest = await talk.uow.work_requests.get(request_id, team_id=member.team_id)
    if request.status != "asked":
        return
    await talk.uow.work_requests.answer(request, status="accepted", answer=None, by=member.id, now=talk.now)
    await talk.tell(
        [request.officer_id],
        board_texts.request_accepted(await view_of(talk, work), member.name, people=people),
        key=f"request:{request.id}:answer",
    )


ProposalGiven = Callable[[Talk, int, Assignment], Awaitable[None]]
"""Takes the proposal's id and the work that it was given out as."""


class Assigning:
    """The ways into giving out work."""

    def __init__(self, forms: Forms, *, proposal_given: ProposalGiven) -> None:
        """`proposal_given` is told of work that came of a proposal."""
        self._forms = forms
        self._proposal_given = proposal_given
        self.form: Form[AssignmentDraft, AssignmentContext] = Form(
            name="assignment",
            title="giao việc",
            draft_type=AssignmentDraft,
            version=1,
            fields=FIELDS,
            preview=preview,
            keeps=keeps,
            load=load,
            submit=self._submit,
            absorb=absorb,
            takes_over=lambda text, draft: looks_like_assignment(text),
        )

    def conversation(self) -> Conversation:
        """The command."""
        command = CommandSpec(
            "giaoviec",
            "giao việc cho tổ viên",
            self.start,
            act=Act.ASSIGN,
            is_for=_gives_out_any,
            aliases=("phancong",),
            example="/giaoviec dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn 30/11",
            label="📌 Giao việc",
        )
        return Conversation(name="assigning", commands=(command,))

    async def start(self, talk: Talk, text: str) -> None:
        """With a text: one message; without: step by step."""
        if not await kinds_for(talk):
            talk.say(board_texts.nothing_delegated())
            return
        files = talk.incoming.stored_ids
        if not text:
            await self._forms.start(talk, self.form, AssignmentDraft(files=files), guided=True)
            return
        await self._from_message(talk, text, files=files)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A leader's text that gives out work becomes a draft; False otherwise."""
        if not may(talk.role, Act.ASSIGN) or not looks_like_assignment(text):
            return False
        await self.start(talk, text)
        return True

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A file whose caption gives out work, or that comes while work is being given out; False otherwise."""
        if not may(talk.role, Act.ASSIGN):
            return False
        stored = talk.incoming.stored_ids
        if not stored:
            return False
        if text:
            return await self.hear(talk, text)

        def attach(draft: AssignmentDraft) -> AssignmentDraft:
            return draft.model_copy(update={"files": (*draft.files, *stored)})

        if not await self._forms.change_draft(talk, self.form, attach):
            return False
        talk.say(texts.file_added(len(stored)))
        await self._forms.resume(talk)
        return True

    async def start_for_request(self, talk: Talk, request: WorkRequest) -> None:
        """What an officer asked for, read as one message."""
        await self._from_message(talk, request.text, request_id=request.id)

    async def start_for_proposal(self, talk: Talk, proposal_id: int, text: str, files: Sequence[int]) -> None:
        """What was proposed, read as one message, with its files."""
        await self._from_message(talk, text, files=tuple(files), proposal_id=proposal_id)

    async def _from_message(
        self,
        talk: Talk,
        text: str,
        *,
        files: tuple[int, ...] = (),
        request_id: int | None = None,
        proposal_id: int | None = None,
    ) -> None:
        context = await load(talk)
        draft, trouble = draft_from(parse_assignment(text, now=context.now, schools=context.schools), context)
        draft = draft.model_copy(update={"files": files, "request_id": request_id, "proposal_id": proposal_id})
        if draft.kind is not None and draft.kind not in context.kinds:
            trouble, draft = board_texts.kind_not_delegated(draft.kind), draft.model_copy(update={"kind": None})
        await self._forms.start(talk, self.form, draft, opening=trouble)

    async def _submit(self, talk: Talk, draft: AssignmentDraft, context: AssignmentContext, serial: str) -> None:
        """Record it once, send it or let it wait, and show its board."""
        if draft.kind not in context.kinds:
            raise NotPermitted(action="assign")
        source = f"assignment:{serial}"
        if await talk.uow.assignments.given_from(source) is not None:
            return
        if (obstacle := await _obstacle(talk, draft, context)) is not None:
            await self._forms.start(talk, self.form, obstacle[0], opening=obstacle[1])
            return
        here = {each.id for each in context.people}
        who = [each for each in draft.who if each in here]
        left = await talk.uow.members.names([each for each in draft.who if each not in here])
        if not who:
            await self._forms.start(talk, self.form, draft.model_copy(update={"who": ()}), opening=texts.who_missing())
            return
        work = await _record(talk, draft, who, source)
        await talk.note("assign", f"assignment:{work.id}", number=work.number)
        if draft.request_id is not None:
            await _answer_request(talk, draft.request_id, work, people=len(who))
        if draft.proposal_id is not None:
            await self._proposal_given(talk, draft.proposal_id, work)
        if work.status == AssignmentStatus.SCHEDULED:
            talk.say(texts.scheduled(work.number, work.send_at.astimezone(talk.settings.zone), len(who)))
        else:
            waiting = await send_order(talk, work)
            talk.say(texts.sent(work.number, len(who), waiting=waiting, left=list(left.values())))
        await send_board(talk, work, key="first")
