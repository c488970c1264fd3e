"""Work changed or taken back by what gave it out: everybody concerned is told, boards say how it stands."""

from __future__ import annotations

from bot.domain.assignments import AssigneeStatus, AssignmentStatus
from bot.texts import assignments as texts
from bot.texts.assignment_messages import order_messages
from handlers.talk import Talk
from handlers.work import refresh_boards, view_of
from storage.tables import Assignment

_TOLD = (AssigneeStatus.SENT, AssigneeStatus.ACCEPTED)


async def tell_change(talk: Talk, work: Assignment, content: dict[str, list[str]]) -> None:
    """Count the change; everybody who has the order gets it as it is now."""
    await talk.uow.assignments.note_change(work, content, by=talk.member().id, now=talk.now)
    view = await view_of(talk, work)
    about = texts.changed_notice(view, talk.member().name, content)
    assignees = await talk.uow.assignments.assignees(work.id)
    for status in _TOLD:
        chats = await talk.uow.accounts.private_chats([each.member_id for each in assignees if each.status == status])
        messages = order_messages(view, chats, key=f"v{work.version}", status=status, about=about)
        await talk.uow.outbox.put_many(messages, now=talk.now)
    await refresh_boards(talk, work)


async def take_back(talk: Talk, work: Assignment) -> None:
    """What has not left does not leave, and whoever had it is told."""
    view = await view_of(talk, work)
    told = [each.member_id for each in await talk.uow.assignments.assignees(work.id) if each.status in _TOLD]
    work.status, work.next_at = AssignmentStatus.CANCELLED, None
    by = talk.member()
    await talk.uow.assignments.note_change(work, {"cancelled": ["", "x"]}, by=by.id, now=talk.now)
    await talk.uow.outbox.cancel_topic(view.topic)
    await talk.tell(told, texts.cancelled_notice(view, by.name), key=f"{view.topic}:cancelled")
    await talk.uow.audit.note(
        team_id=by.team_id, actor=by.id, action="cancel_assignment", subject=view.topic, now=talk.now
    )
    await refresh_boards(talk, work)
