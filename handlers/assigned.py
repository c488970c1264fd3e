"""The assignee's side of work: Nhận, Báo bận, a question, Đã xong."""

from __future__ import annotations

from bot.domain.assignments import OTHER_WORK, AssigneeStatus, AssignmentStatus, Step, step
from bot.domain.errors import NotFound, StaleChoice
from bot.domain.messages import Choice, Priority
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import ActivityKind
from bot.texts import assignment_boards as board_texts
from bot.texts import assignments as texts
from bot.texts.assignment_messages import attachments_of
from handlers.confidential_work import forget
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.report_draft import ReportDraft
from handlers.reporting import Reporting
from handlers.resolution_work import close_done
from handlers.talk import Talk
from handlers.words import WordsDraft, WordsForm, words_form
from handlers.work import refresh_boards, those_in_charge, view_of
from storage.tables import Activity, Assignment, AssignmentAssignee

ORIGIN = "assignment:"


class Assigned:
    """What can be done about work one was given."""

    def __init__(self, forms: Forms, *, reports: Reporting) -> None:
        """Over the dialogues; a report opens when an observation is done."""
        self._forms = forms
        self._reports = reports
        self.busy_form = words_form("work-busy", "báo bận", _decline, options=texts.REASONS)
        self.question_form = words_form("work-question", "hỏi về phân công", _ask)
        self.answer_form = words_form("work-answer", "trả lời câu hỏi", _answer)
        self.result_form = words_form("work-result", "kết quả việc được giao", _finish, options=texts.RESULTS)
        for form in (self.busy_form, self.question_form, self.answer_form, self.result_form):
            forms.add(form)

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="assigned", presses={texts.TASK_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, assignment_id, rest = _parts(value)
        await talk.act_in(await talk.uow.assignments.team_of(assignment_id))
        work = await talk.uow.assignments.get(assignment_id, team_id=talk.member().team_id, lock=True)
        if verb == "answer":
            await self._start_answer(talk, work, rest)
            return
        require(talk.role, Act.DO_WORK)
        mine = await talk.uow.assignments.assignee(work.id, member_id=talk.member().id)
        if verb == "forget":
            await forget(talk, work)
            return
        if await _is_over(talk, work, mine):
            return
        match verb:
            case "accept" if rest != work.version:
                view = await view_of(talk, work)
                forgets = talk.chat.forgets
                text = texts.order(view, about=texts.changed_meanwhile(view), forgets=forgets)
                choices = texts.order_choices(view, AssigneeStatus(mine.status), forgets=forgets)
                talk.say(text, choices, in_place=True)
            case "accept":
                await _accept(talk, work, mine)
            case "busy":
                await self._ask_words(talk, self.busy_form, work, texts.ask_reason(await view_of(talk, work)))
            case "ask":
                await self._ask_words(talk, self.question_form, work, texts.ask_question(await view_of(talk, work)))
            case "done":
                await self._done(talk, work)
            case "report":
                await self._open_report(talk, work)
            case "matches":
                await _finish_by(talk, work, mine, rest)
            case "show":
                await show_own(talk, work, mine)
            case _:
                raise StaleChoice(value=value)

    async def _ask_words(self, talk: Talk, form: WordsForm, work: Assignment, prompt: Markup) -> None:
        await self._forms.start(talk, form, WordsDraft(about=work.id, prompt=str(prompt), version=work.version))

    async def _done(self, talk: Talk, work: Assignment) -> None:
        view = await view_of(talk, work)
        if view.report:
            talk.say(texts.closed_by_report(view), [[texts.write_report_choice(view)]])
        elif work.kind != OTHER_WORK and ActivityKind(work.kind).is_observation:
            await self._open_report(talk, work)
        else:
            await self._ask_words(talk, self.result_form, work, texts.ask_result(view))

    async def _open_report(self, talk: Talk, work: Assignment) -> None:
        """The report with everything that is known; filing it closes the work."""
        if work.kind == OTHER_WORK:
            raise StaleChoice(assignment=work.id)
        view = await view_of(talk, work)
        day = view.starts_at.date() if view.starts_at else talk.today
        told = None if work.confidential else work  # summaries show a report: what was confidential stays out of it
        school = await talk.uow.schools.get(told.school_id, team_id=work.team_id) if told and told.school_id else None
        draft = ReportDraft(
            kind=ActivityKind(work.kind),
            date=day if day <= talk.today else None,
            school=school.code if school else None,
            class_or_grade=told.class_or_grade if told else None,
            subject=told.subject if told else None,
            origin=f"{ORIGIN}{work.id}",
        )
        await self._reports.start_with(talk, draft, opening=texts.report_opening(view))

    async def _start_answer(self, talk: Talk, work: Assignment, member_id: int) -> None:
        """The giver or the leader answers a question."""
        if work.created_by != talk.member().id:
            require(talk.role, Act.DELEGATE)
        asker = await talk.uow.members.get(member_id, team_id=work.team_id)
        await talk.uow.assignments.assignee(work.id, member_id=asker.id)
        prompt = str(texts.ask_answer(asker.name))
        await self._forms.start(talk, self.answer_form, WordsDraft(about=work.id, prompt=prompt, member_id=asker.id))

    async def filed(self, talk: Talk, activity: Activity) -> None:
        """A report was filed or joined: what it was opened for is done."""
        number = activity.origin.removeprefix(ORIGIN)
        if not activity.origin and activity.reporter_id == talk.member().id:
            await _match(talk, activity)
            return
        if not activity.origin.startswith(ORIGIN) or not number.isdecimal():
            return
        try:
            work = await talk.uow.assignments.get(int(number), team_id=activity.team_id, lock=True)
            mine = await talk.uow.assignments.assignee(work.id, member_id=talk.member().id)
        except NotFound:
            return
        mine.activity_id = activity.id
        if work.status == AssignmentStatus.OPEN and step(AssigneeStatus(mine.status), Step.FINISH) is not None:
            await _close(talk, work, mine, result=None)
            talk.say(texts.finished(await view_of(talk, work)))


def _parts(value: str) -> tuple[str, int, int]:
    verb, _, rest = value.partition(":")
    first, _, second = rest.partition(":")
    if not first.isdecimal() or not second.isdecimal():
        raise StaleChoice(value=value)
    return verb, int(first), int(second)


async def _is_over(talk: Talk, work: Assignment, mine: AssignmentAssignee) -> bool:
    """Say so when it is cancelled or somebody else's by now."""
    view = await view_of(talk, work)
    if work.status == AssignmentStatus.CANCELLED:
        talk.say(texts.no_longer(view), in_place=True)
    elif mine.status in (AssigneeStatus.REMOVED, AssigneeStatus.WAITING):
        talk.say(texts.not_yours(view), in_place=True)
    else:
        return False
    return True


async def _moved(talk: Talk, work: Assignment, mine: AssignmentAssignee, what: Step) -> bool:
    """Take a step; False, said politely, when it cannot be taken any more."""
    after = step(AssigneeStatus(mine.status), what)
    if after is None:
        talk.say(texts.already(await view_of(talk, work), AssigneeStatus(mine.status)))
        return False
    mine.status, mine.answered_at = after, talk.now
    await talk.uow.flush()
    await talk.note("answer_assignment", f"assignment:{work.id}", number=work.number, after=texts.STATUS_WORDS[after])
    return True


async def _accept(talk: Talk, work: Assignment, mine: AssignmentAssignee) -> None:
    if not await _moved(talk, work, mine, Step.ACCEPT):
        return
    mine.reason = None
    view = await view_of(talk, work)
    forgets = talk.chat.forgets
    choices = texts.order_choices(view, AssigneeStatus.ACCEPTED, forgets=forgets)
    talk.say(texts.accepted(view, forgets=forgets), choices, in_place=True)
    await refresh_boards(talk, work)


async def _current(talk: Talk, draft: WordsDraft) -> tuple[Assignment, AssignmentAssignee] | None:
    """The work an answer is about and how whoever answers stands; None when that is over."""
    work = await talk.uow.assignments.get(draft.about, team_id=talk.member().team_id, lock=True)
    mine = await talk.uow.assignments.assignee(work.id, member_id=talk.member().id)
    return None if await _is_over(talk, work, mine) else (work, mine)


async def _decline(talk: Talk, draft: WordsDraft, words: str) -> None:
    found = await _current(talk, draft)
    if found is None or not await _moved(talk, *found, Step.DECLINE):
        return
    work, mine = found
    mine.reason = words
    view = await view_of(talk, work)
    talk.say(texts.declined(view, words))
    await talk.tell(
        await those_in_charge(talk, work),
        board_texts.declined(view, talk.member().name, words),
        [[Choice(label="🔁 Thay người", action=board_texts.BOARD_ACTION, value=f"replace:{work.id}:{work.version}")]],
        key=f"{view.topic}:declined:{mine.member_id}:{talk.incoming.external_id}",
    )
    await refresh_boards(talk, work)


async def _ask(talk: Talk, draft: WordsDraft, words: str) -> None:
    found = await _current(talk, draft)
    if found is None:
        return
    work, mine = found
    view = await view_of(talk, work)
    answer = Choice(label="💬 Trả lời", action=texts.TASK_ACTION, value=f"answer:{work.id}:{mine.member_id}")
    await talk.tell(
        await those_in_charge(talk, work),
        texts.question(view, talk.member().name, words),
        [[answer]],
        key=f"{view.topic}:question:{talk.incoming.external_id}",
        topic=view.secret_topic,
    )
    talk.say(texts.question_sent())


async def _answer(talk: Talk, draft: WordsDraft, words: str) -> None:
    work = await talk.uow.assignments.get(draft.about, team_id=talk.member().team_id)
    view = await view_of(talk, work)
    asker = await talk.uow.members.get(draft.member_id or 0, team_id=work.team_id)
    key = f"{view.topic}:answer:{talk.incoming.external_id}"
    text = texts.answer(view, talk.member().name, words)
    await talk.tell([asker.id], text, key=key, topic=view.secret_topic)
    talk.say(texts.answer_sent(asker.name))


async def _finish(talk: Talk, draft: WordsDraft, words: str) -> None:
    found = await _current(talk, draft)
    if found is None:
        return
    work, mine = found
    if step(AssigneeStatus(mine.status), Step.FINISH) is None:
        talk.say(texts.already(await view_of(talk, work), AssigneeStatus(mine.status)))
        return
    await _close(talk, work, mine, result=words)
    view = await view_of(talk, work)
    talk.say(texts.finished(view), [[texts.offer_report(view)]] if work.kind != OTHER_WORK else ())


async def _match(talk: Talk, activity: Activity) -> None:
    """A report that was written by itself: it closes the work that it is clearly of, else that is offered."""
    open_works = await talk.uow.assignments.of_member(talk.member().id, open_only=True)
    alike = [each for each in open_works if (each.assignment.kind, each.assignment.school_id) == _sort(activity)]
    for each in alike:
        starts_at = each.assignment.starts_at
        if len(alike) == 1 and starts_at and starts_at.astimezone(talk.settings.zone).date() == activity.date:
            await _finish_by(talk, each.assignment, each.mine, activity.id)
            return
    if alike:
        views = [await view_of(talk, each.assignment) for each in alike]
        talk.say(texts.ask_whether_it_was(), [[texts.it_was(view, activity.id)] for view in views])


def _sort(activity: Activity) -> tuple[str, int | None]:
    return activity.kind, activity.school_id


async def _finish_by(talk: Talk, work: Assignment, mine: AssignmentAssignee, activity_id: int) -> None:
    """One's own report closes the work."""
    activity = await talk.uow.activities.get(activity_id, team_id=work.team_id)
    if step(AssigneeStatus(mine.status), Step.FINISH) is None or not await talk.uow.activities.is_reported_by(
        activity.id, mine.member_id
    ):
        raise StaleChoice(assignment=work.id)
    mine.activity_id = activity.id
    await _close(talk, work, mine, result=None)
    talk.say(texts.finished(await view_of(talk, work)))


async def _close(talk: Talk, work: Assignment, mine: AssignmentAssignee, *, result: str | None) -> None:
    mine.status, mine.done_at, mine.answered_at = AssigneeStatus.DONE, talk.now, talk.now
    mine.result = result or mine.result
    await talk.uow.flush()
    await talk.note(
        "answer_assignment", f"assignment:{work.id}", number=work.number, after=texts.STATUS_WORDS[AssigneeStatus.DONE]
    )
    await refresh_boards(talk, work)
    await close_done(talk, work)


async def show_own(talk: Talk, work: Assignment, mine: AssignmentAssignee) -> None:
    """The order again, with what can be done now."""
    view, status = await view_of(talk, work), AssigneeStatus(mine.status)
    files = await talk.uow.assignments.files(work.id)
    await talk.tell(
        [mine.member_id],
        texts.order(view, forgets=talk.chat.forgets),
        texts.order_choices(view, status, forgets=talk.chat.forgets),
        key=f"{view.secret_topic}:shown:{talk.incoming.external_id}",
        topic=view.secret_topic,
        priority=Priority.ANSWER,
        attachments=attachments_of(files),
    )
