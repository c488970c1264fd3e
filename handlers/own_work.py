"""/nhiemvu: my work, with search; its line in /toi."""

from __future__ import annotations

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, deadline
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may
from bot.domain.rich_text import Markup
from bot.domain.text import fold
from bot.texts import own_work as texts
from bot.texts.assignments import TASK_ACTION, kind_name
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from handlers.work import view_of
from storage.assignments import GivenWork

_PAGE = 8
_IN_SECTION = 5
_BUTTONS_A_ROW = 4


def conversation() -> Conversation:
    """The command."""
    command = CommandSpec(
        "nhiemvu",
        "việc tôi được giao",
        show,
        act=Act.DO_WORK,
        aliases=("viec",),
        example="/nhiemvu Phú Hòa",
        label="📌 Việc của tôi",
    )
    return Conversation(name="own_work", commands=(command,))


async def show(talk: Talk, argument: str) -> None:
    """What is open; "tất cả" for everything; other words search in all of it."""
    words = argument.strip()
    everything = fold(words) in {"tat ca", "het"}
    searching = bool(words) and not everything
    works = await talk.uow.assignments.of_member(talk.member().id, open_only=not words)
    found = [each for each in works if not searching or await _matches(talk, each, words)]
    shown = found[-_PAGE:] if words else found[:_PAGE]
    lines = [await _line(talk, each) for each in shown]
    buttons = [
        Choice(label=f"Số {each.assignment.number}", action=TASK_ACTION, value=f"show:{each.assignment.id}:0")
        for each in shown
    ]
    rows = [buttons[start : start + _BUTTONS_A_ROW] for start in range(0, len(buttons), _BUTTONS_A_ROW)]
    talk.say(texts.listed(lines, everything=everything, words=words if searching else "", total=len(found)), rows)


async def section(talk: Talk) -> Markup | None:
    """My open work for /toi; None when there is none."""
    if not may(talk.role, Act.DO_WORK):
        return None
    works = await talk.uow.assignments.of_member(talk.member().id, open_only=True)
    if not works:
        return None
    lines = [await _line(talk, each) for each in works[:_IN_SECTION]]
    return texts.section(lines, more=max(0, len(works) - _IN_SECTION))


async def _line(talk: Talk, work: GivenWork) -> Markup:
    view = await view_of(talk, work.assignment)
    end = deadline(starts_at=work.assignment.starts_at, due_at=work.assignment.due_at)
    status = AssigneeStatus(work.mine.status)
    open_still = work.assignment.status == AssignmentStatus.OPEN and status.is_active
    if work.assignment.status == AssignmentStatus.CANCELLED:
        status = AssigneeStatus.REMOVED
    return texts.line(view, status, overdue=open_still and end is not None and end <= talk.now)


async def _matches(talk: Talk, work: GivenWork, words: str) -> bool:
    """Whether all words stand in its number, name, kind, school, or day."""
    view = await view_of(talk, work.assignment)
    day = f"{view.starts_at.day}/{view.starts_at.month}" if view.starts_at else ""
    text = fold(f"{view.number} {view.title} {kind_name(view.kind)} {view.school or ''} {view.place or ''} {day}")
    return all(word in text for word in fold(words).split())
