"""Work changed or taken back: everybody concerned is told, whoever asked for it too, and boards say how it stands."""

from __future__ import annotations

from bot.domain.assignments import AssigneeStatus, AssignmentStatus
from bot.texts import assignments as texts
from bot.texts.assignment_messages import order_messages
from handlers.talk import Talk
from handlers.work import refresh_boards, tell_who_asked, view_of
from storage.tables import Assignment

_TOLD = (AssigneeStatus.SENT, AssigneeStatus.ACCEPTED)


async def tell_change(talk: Talk, work: Assignment, content: dict[str, list[str]]) -> int:
    """Count the change; everybody who has the order gets it as it is now. Returns how many messages that takes."""
    by = talk.member()
    await talk.uow.assignments.note_change(work, content, by=by.id, now=talk.now)
    fields = ", ".join(texts.CHANGES[each] for each in content)
    await talk.note("change_assignment", f"assignment:{work.id}", number=work.number, field=fields)
    view = await view_of(talk, work)
    about = texts.changed_notice(view, by.name, content)
    assignees = await talk.uow.assignments.assignees(work.id)
    count = 0
    for status in _TOLD:
        chats = await talk.uow.accounts.private_chats([each.member_id for each in assignees if each.status == status])
        messages = order_messages(view, chats, key=f"v{work.version}", status=status, about=about)
        count += await talk.uow.outbox.put_many(messages, now=talk.now)
    await tell_who_asked(talk, work, texts.changed_notice(view, by.name, content, brief=True))
    await refresh_boards(talk, work)
    return count


async def take_back(talk: Talk, work: Assignment) -> int:
    """What has not left does not leave, and whoever had it is told; returns how many those are."""
    by, view = talk.member(), await view_of(talk, work)
    told = [each.member_id for each in await talk.uow.assignments.assignees(work.id) if each.status in _TOLD]
    work.status, work.next_at = AssignmentStatus.CANCELLED, None
    await talk.uow.assignments.note_change(work, {"cancelled": ["", "x"]}, by=by.id, now=talk.now)
    await talk.uow.outbox.cancel_topic(view.topic)
    await talk.tell(told, texts.cancelled_notice(view, by.name), key=f"{view.topic}:cancelled")
    await tell_who_asked(talk, work, texts.cancelled_request(view, by.name))
    await talk.note("cancel_assignment", view.topic, number=work.number)
    await refresh_boards(talk, work)
    return len(told)
