"""Changing work that was given out: other people, another time or place; the second of two leaders sees the first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, Step, may_manage, step
from bot.domain.choosing import Chosen, choose
from bot.domain.dates import FoundMoment
from bot.domain.errors import NotPermitted
from bot.domain.rich_text import Markup
from bot.domain.school_matching import match_school
from bot.texts import assignment_boards as texts
from bot.texts import assignment_form as form_texts
from bot.texts import assignments as order_texts
from handlers.assignment_draft import AssignmentContext, AssignmentDraft, least_lines, read_moment
from handlers.forms.form import Refusal
from handlers.forms.session import Forms
from handlers.resolution_work import close_done
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from handlers.work import refresh_boards, send_board, send_order, view_of
from handlers.work_changes import tell_change
from storage.tables import Assignment


class AssignmentChanges:
    """The questions behind the buttons of a board."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self._word_forms = {
            "add": words_form("work-add", "thêm người", self._added),
            "replace": words_form("work-replace", "thay người", self._replaced),
            "time": words_form("work-time", "đổi giờ", self._timed),
            "due": words_form("work-due", "đổi hạn", self._due),
            "place": words_form("work-place", "đổi nơi", self._placed),
        }
        for form in self._word_forms.values():
            forms.add(form)

    async def start(self, talk: Talk, work: Assignment, what: str) -> None:
        """Ask for what is to be changed."""
        view = await view_of(talk, work)
        if what == "replace":
            lines = await talk.uow.boards.lines(work, now=talk.now)
            talk.say(texts.ask_whom_to_replace(), texts.whom_to_replace(view, lines))
            return
        now = {
            "time": order_texts.moment(view.starts_at, all_day=view.all_day),
            "due": order_texts.moment(view.due_at),
            "place": ", ".join(each for each in (view.school, view.place) if each) or "chưa định",
            "add": "",
        }[what]
        prompt = texts.ask_additional(await self._least(talk, work)) if what == "add" else texts.ask_new(what, now)
        await self._ask(talk, what, work, prompt)

    async def start_replacing(self, talk: Talk, work: Assignment, member_id: str) -> None:
        """Ask who does it instead of this assignee."""
        mine = await talk.uow.assignments.assignee(work.id, member_id=int(member_id) if member_id.isdecimal() else 0)
        name = (await talk.uow.members.names([mine.member_id]))[mine.member_id]
        prompt = texts.ask_replacement(name, await self._least(talk, work))
        await self._ask(talk, "replace", work, prompt, member_id=mine.member_id)

    async def _ask(
        self, talk: Talk, what: str, work: Assignment, prompt: Markup, *, member_id: int | None = None
    ) -> None:
        draft = WordsDraft(about=work.id, prompt=str(prompt), version=work.version, member_id=member_id)
        await self._forms.start(talk, self._word_forms[what], draft)

    async def is_second(self, talk: Talk, work: Assignment, version: int) -> bool:
        """Whether somebody changed it after this version; then they are shown what, and nothing else happens."""
        changes = await talk.uow.assignments.changes_since(work.id, version)
        if not changes:
            return False
        names = await talk.uow.members.names({each.changed_by for each in changes})
        merged: dict[str, Sequence[str]] = {}
        for change in changes:
            for name, (old, new) in change.content.items():
                merged[name] = [merged[name][0] if name in merged else old, new]
        talk.say(texts.second(names[changes[-1].changed_by], order_texts.changes(merged)))
        await send_board(talk, work, key=f"second:{talk.incoming.external_id}")
        return True

    async def _context(self, talk: Talk, work: Assignment) -> tuple[AssignmentContext, AssignmentDraft]:
        context = AssignmentContext(
            now=talk.local_now,
            schools=await talk.uow.schools.names(work.team_id),
            people=await talk.uow.candidates.for_work(work.team_id, now=talk.local_now),
            giver=talk.member().id,
        )
        school = await talk.uow.schools.get(work.school_id, team_id=work.team_id) if work.school_id else None
        draft = AssignmentDraft(starts_at=work.starts_at, all_day=work.all_day, school=school.code if school else None)
        return context, draft

    async def _least(self, talk: Talk, work: Assignment) -> list[str]:
        context, draft = await self._context(talk, work)
        assignees = await talk.uow.assignments.assignees(work.id)
        return least_lines(context, draft, besides=tuple(each.member_id for each in assignees))

    async def _current(self, talk: Talk, draft: WordsDraft) -> Assignment | None:
        """The work, if whoever answers may still change it and nobody was faster."""
        work = await talk.uow.assignments.get(draft.about, team_id=talk.member().team_id, lock=True)
        if not may_manage(talk.role, is_giver=work.created_by == talk.member().id):
            raise NotPermitted(action="change_assignment")
        if work.status == AssignmentStatus.CANCELLED:
            talk.say(order_texts.no_longer(await view_of(talk, work)))
            return None
        return None if await self.is_second(talk, work, draft.version) else work

    async def _choose(self, talk: Talk, work: Assignment, what: str, draft: WordsDraft, words: str) -> list[int]:
        """Whom the words mean; empty when they are asked again."""
        context, about = await self._context(talk, work)
        chosen = choose(words, context.people, context.occasion(about))
        trouble = _trouble(chosen, context)
        if trouble is None:
            return list(chosen.ids)
        await self._ask_again(talk, what, draft, trouble)
        return []

    async def _added(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        work = await self._current(talk, draft)
        ids = await self._choose(talk, work, "add", draft, words) if work else []
        if work and ids:
            await self._give_to(talk, work, ids, instead_of=None)

    async def _replaced(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        work = await self._current(talk, draft)
        ids = await self._choose(talk, work, "replace", draft, words) if work else []
        if work and ids:
            await self._give_to(talk, work, ids, instead_of=draft.member_id)

    async def hand_over(self, talk: Talk, work: Assignment, leaver: int, heir: int) -> None:
        """Somebody takes over from a member who leaves the team; whoever keeps the roster may have it so."""
        await self._exchange(talk, work, [heir], instead_of=leaver)

    async def _give_to(self, talk: Talk, work: Assignment, ids: list[int], *, instead_of: int | None) -> None:
        fresh = await self._exchange(talk, work, ids, instead_of=instead_of)
        names = await talk.uow.members.names(fresh)
        talk.say(texts.people_changed([names[each] for each in fresh]))

    async def _exchange(self, talk: Talk, work: Assignment, ids: list[int], *, instead_of: int | None) -> list[int]:
        """New assignees are sent the order and returned; whoever is replaced is told."""
        member, assignees = talk.member(), await talk.uow.assignments.assignees(work.id)
        has = {each.member_id for each in assignees if AssigneeStatus(each.status).is_active or each.status == "done"}
        fresh = [each for each in ids if each not in has and each != instead_of]
        old = next((each for each in assignees if each.member_id == instead_of), None)
        names = await talk.uow.members.names([*ids, *([instead_of] if instead_of else [])])
        after = ", ".join(names[each] for each in ids)
        content = {"people": [names[instead_of] if instead_of else "", after]}
        await talk.uow.assignments.note_change(work, content, by=member.id, now=talk.now)
        for each in fresh:
            await talk.note("assign_more", f"member:{each}", number=work.number)
        if instead_of is not None:
            await talk.note("unassign", f"member:{instead_of}", number=work.number)
        view = await view_of(talk, work)
        if old is not None and step(AssigneeStatus(old.status), Step.REMOVE) is not None:
            was_told = old.status in (AssigneeStatus.SENT, AssigneeStatus.ACCEPTED)
            old.status = AssigneeStatus.REMOVED
            await talk.uow.flush()
            if was_told:
                await talk.tell(
                    [old.member_id],
                    order_texts.removed_notice(view, member.name),
                    key=f"{view.topic}:v{work.version}:removed",
                )
        for member_id in fresh:
            await talk.uow.assignments.add_assignee(work.id, member_id)
        if work.status == AssignmentStatus.OPEN:
            await send_order(talk, work, only=fresh)
        await refresh_boards(talk, work)
        await close_done(talk, work)
        return fresh

    async def _timed(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        work = await self._current(talk, draft)
        found = await self._moment(talk, "time", draft, words) if work else None
        if work is None or found is None:
            return
        before = order_texts.moment((await view_of(talk, work)).starts_at, all_day=work.all_day)
        work.starts_at, work.all_day = found.moment, found.time is None
        if work.due_at is not None and work.due_at < found.moment:
            work.due_at = None
        await _tell(talk, work, {"time": [before, order_texts.moment(found.moment, all_day=work.all_day)]})

    async def _due(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        work = await self._current(talk, draft)
        found = await self._moment(talk, "due", draft, words) if work else None
        if work is None or found is None:
            return
        if work.starts_at is not None and not work.all_day and found.moment < work.starts_at:
            await self._ask_again(talk, "due", draft, form_texts.due_before_start())
            return
        before = order_texts.moment((await view_of(talk, work)).due_at)
        work.due_at = found.moment
        await _tell(talk, work, {"due": [before, order_texts.moment(found.moment)]})

    async def _moment(self, talk: Talk, what: str, draft: WordsDraft, words: str) -> FoundMoment | None:
        """A moment that lies ahead; None when it is asked again."""
        found = read_moment(words, talk.local_now)
        if isinstance(found, Refusal):
            await self._ask_again(talk, what, draft, found.text)
            return None
        return found

    async def _ask_again(self, talk: Talk, what: str, draft: WordsDraft, trouble: Markup) -> None:
        await self._forms.start(talk, self._word_forms[what], draft.model_copy(update={"words": None}), opening=trouble)

    async def _placed(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        work = await self._current(talk, draft)
        if work is None:
            return
        view = await view_of(talk, work)
        schools = await talk.uow.schools.names(work.team_id)
        found = match_school(words, schools)
        if len(found.best) > 1:
            await self._ask_again(talk, "place", draft, form_texts.ask_place(0))
            return
        before = ", ".join(each for each in (view.school, view.place) if each)
        if found.best:
            school = await talk.uow.schools.by_code(work.team_id, found.best[0])
            work.school_id, work.place, after = school.id, None, school.name
        else:
            work.school_id, work.place, after = None, words[:200], words[:200]
        await _tell(talk, work, {"place": [before, after]})


def _trouble(chosen: Chosen, context: AssignmentContext) -> Markup | None:
    if chosen.unclear:
        first = chosen.unclear[0]
        return texts.say_whole_name(first.typed, [context.name(each) for each in first.best])
    if chosen.unknown:
        return form_texts.nobody_found(chosen.unknown)
    return None if chosen.ids else form_texts.who_missing()


async def _tell(talk: Talk, work: Assignment, content: dict[str, list[str]]) -> None:
    talk.say(texts.changed(await tell_change(talk, work, content)))
