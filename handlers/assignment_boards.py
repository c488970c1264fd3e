"""Boards of work: nudging, replacing, changing, taking back (PRODUCT "Assignments")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, may_manage, may_nudge, may_see_board
from bot.domain.calendar import sendable_from
from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Choice, Delivery, Guard
from bot.domain.permissions import Act, require
from bot.texts import assignment_boards as texts
from bot.texts import assignments as order_texts
from bot.texts.assignment_messages import order_messages
from bot.texts.lists import turns
from handlers.assignment_changes import AssignmentChanges
from handlers.confidential_work import forget, reveal
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from handlers.work import refresh_boards, send_board, view_of
from handlers.work_changes import take_back
from storage.tables import Assignment

_PAGE = 8


class AssignmentBoards:
    """The list of work, its boards, and what their buttons do."""

    def __init__(
        self, changes: AssignmentChanges, *, offer_letter: Callable[[Talk, Assignment], Awaitable[None]]
    ) -> None:
        """`changes` asks for new people, times and places, `offer_letter` writes to schools."""
        self._changes, self._offer_letter = changes, offer_letter

    def conversation(self) -> Conversation:
        """The command and the presses on boards."""
        command = CommandSpec(
            "bangviec",
            "bảng theo dõi việc đã giao",
            self.show,
            act=Act.SEE_BOARD,
            aliases=("theodoi",),
            example="/bangviec 12",
            label="📊 Việc đã giao",
        )
        return Conversation(name="assignment_boards", commands=(command,), presses={texts.BOARD_ACTION: self._pressed})

    async def show(self, talk: Talk, argument: str) -> None:
        """A board by its number; all open work otherwise."""
        number = argument.strip().removeprefix("số").strip()
        if number.isdecimal():
            work = await talk.uow.assignments.by_number(int(number[:9]), team_id=talk.member().team_id)
            await _show_board(talk, work)
            return
        await _show_list(talk, 0)

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, about = value.partition(":")
        assignment_id, _, version = about.partition(":")
        if not assignment_id.isdecimal() or not version.isdecimal():
            raise StaleChoice(value=value)
        if verb == "list":
            require(talk.role, Act.SEE_BOARD)
            await _show_list(talk, int(assignment_id))
            return
        await talk.act_in(await talk.uow.assignments.team_of(int(assignment_id)))
        work = await talk.uow.assignments.get(int(assignment_id), team_id=talk.member().team_id, lock=True)
        if not may_see_board(talk.role):
            raise NotPermitted(action=verb)
        is_giver = work.created_by == talk.member().id
        if verb == "open":
            await _show_board(talk, work)
            return
        if work.status == AssignmentStatus.CANCELLED:
            talk.say(order_texts.no_longer(await view_of(talk, work)))
            return
        if verb == "nudge":
            if not may_nudge(talk.role, is_giver=is_giver, confidential=work.confidential):
                raise NotPermitted(action=verb)
            await _nudge(talk, work)
            return
        if not may_manage(talk.role, is_giver=is_giver):
            raise NotPermitted(action=verb)
        await self._manage(talk, work, verb, int(version))

    async def _manage(self, talk: Talk, work: Assignment, verb: str, version: int) -> None:
        if verb == "reveal":
            await reveal(talk, work)
            return
        if verb == "forget":
            await forget(talk, work)
            return
        if verb == "letter":
            await self._offer_letter(talk, work)
            return
        if await self._changes.is_second(talk, work, version):
            return
        match verb:
            case "replace" | "add" | "time" | "due" | "place":
                await self._changes.start(talk, work, verb)
            case "cancel":
                await _ask_cancel(talk, work)
            case "cancel-yes":
                told = await take_back(talk, work)
                talk.say(texts.cancelled(await view_of(talk, work), told), in_place=True)
            case "stop":
                await _stop(talk, work)
            case _ if verb.startswith("replace-"):
                await self._changes.start_replacing(talk, work, verb.removeprefix("replace-"))
            case _:
                raise StaleChoice(value=verb)


async def _show_list(talk: Talk, start: int) -> None:
    works = await talk.uow.assignments.of_team(talk.member().team_id)
    counts = await talk.uow.assignments.standings([each.id for each in works])
    page = works[start : start + _PAGE]
    rows = [(await view_of(talk, each), counts.get(each.id, {})) for each in page]
    choices = [Choice(label=f"Số {each.number}", action=texts.BOARD_ACTION, value=f"open:{each.id}:0") for each in page]
    around = [
        Choice(label=label, action=texts.BOARD_ACTION, value=f"list:{to}:0", numbered=False)
        for label, to in turns(start, len(works), step=_PAGE)
    ]
    talk.say(texts.board_list(rows, total=len(works)), [choices[:4], choices[4:], around], in_place=True)


async def _show_board(talk: Talk, work: Assignment) -> None:
    """The board as a fresh message, edited from now on; others' confidential work is only a number."""
    is_giver = work.created_by == talk.member().id
    if work.confidential and not may_manage(talk.role, is_giver=is_giver):
        talk.say(texts.only_number(await view_of(talk, work)))
        return
    await send_board(talk, work, key=f"asked:{talk.incoming.external_id}")


async def _nudge(talk: Talk, work: Assignment) -> None:
    """One a day to each who has not answered and is not away, when people are awake."""
    away = {
        each.id
        for each in await talk.uow.candidates.of_team(work.team_id, now=talk.local_now)
        if each.is_away(talk.today)
    }
    assignees = await talk.uow.assignments.assignees(work.id)
    ids = [each.member_id for each in assignees if each.status == AssigneeStatus.SENT and each.member_id not in away]
    view = await view_of(talk, work)
    chats = await talk.uow.accounts.private_chats(ids)
    about, starts = order_texts.nudged_by(talk.member().name), sendable_from(talk.now, talk.settings)
    key = f"nudge:{starts.astimezone(talk.settings.zone).date()}"
    messages = [
        (message, delivery.model_copy(update={"not_before": starts, "guard": _unanswered(work, delivery)}))
        for message, delivery in order_messages(view, chats, key=key, about=about, reminding=True)
    ]
    count = await talk.uow.outbox.put_many(messages, now=talk.now)
    talk.say(texts.nudged(count, later=starts.astimezone(talk.settings.zone) if starts > talk.now else None))


def _unanswered(work: Assignment, delivery: Delivery) -> Guard:
    """Asked again when it is sent: whoever answered meanwhile is spared."""
    return Guard(
        name="work-unanswered",
        arguments={"assignment_id": work.id, "team_id": work.team_id, "member_id": delivery.member_id or 0},
    )


async def _ask_cancel(talk: Talk, work: Assignment) -> None:
    told = [each for each in await talk.uow.assignments.assignees(work.id) if AssigneeStatus(each.status).is_active]
    yes = Choice(label="✖️ Hủy phân công", action=texts.BOARD_ACTION, value=f"cancel-yes:{work.id}:{work.version}")
    talk.say(texts.ask_cancel(await view_of(talk, work), len(told)), [[yes]])


async def _stop(talk: Talk, work: Assignment) -> None:
    work.next_at = None
    await talk.uow.assignments.note_change(work, {}, by=talk.member().id, now=talk.now)
    await talk.note("stop_assignment", f"assignment:{work.id}", number=work.number)
    talk.say(texts.stopped(await view_of(talk, work)))
    await refresh_boards(talk, work)
