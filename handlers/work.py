"""What every conversation about work needs: its view, sending it, and the boards of those who look after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import OTHER_WORK, AssignmentStatus
from bot.domain.messages import Priority
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import assignment_boards as board_texts
from bot.texts.assignment_messages import order_messages
from handlers.talk import Talk
from storage.tables import Assignment


async def view_of(talk: Talk, work: Assignment) -> AssignmentView:
    """The work as people read it."""
    return await talk.uow.assignments.view(work, zone=talk.settings.zone)


async def add_work(
    talk: Talk, source: str, *, title: str, due_at: datetime | None, member_ids: Sequence[int]
) -> Assignment:
    """Record work of no particular kind, given out now by whoever talks; nobody has been told yet."""
    member = talk.member()
    work = Assignment(
        team_id=member.team_id,
        number=await talk.uow.assignments.next_number(member.team_id),
        source=source,
        kind=OTHER_WORK,
        title=title,
        school_id=None,
        place=None,
        class_or_grade=None,
        subject=None,
        starts_at=None,
        all_day=False,
        due_at=due_at,
        confidential=False,
        status=AssignmentStatus.OPEN,
        version=1,
        created_by=member.id,
        created_at=talk.now,
        send_at=talk.now,
        recurrence="",
        next_at=None,
        request_id=None,
    )
    return await talk.uow.assignments.add(work, member_ids=member_ids)


async def send_order(
    talk: Talk, work: Assignment, *, only: list[int] | None = None, about: Markup | None = None, key: str = ""
) -> int:
    """Write to all who wait (or `only` those of them); returns how many cannot be written to yet."""
    waiting = await talk.uow.assignments.waiting(work.id)
    ids = [each for each in waiting if only is None or each in only]
    chats = await talk.uow.accounts.private_chats(ids)
    files = await talk.uow.assignments.files(work.id)
    view = await view_of(talk, work)
    messages = order_messages(view, chats, key=key or f"v{work.version}", files=files, about=about)
    await talk.uow.outbox.put_many(messages, now=talk.now)
    await talk.uow.assignments.mark_sent(work.id, list(chats), now=talk.now)
    return len(ids) - len(chats)


async def send_board(talk: Talk, work: Assignment, *, key: str) -> None:
    """A fresh board to whoever talks; the copies of the others are brought up to date."""
    member = talk.member()
    view = await view_of(talk, work)
    lines = await talk.uow.boards.lines(work, now=talk.now)
    rows = board_texts.rows_by_reader(view, lines, {member.id: Role(member.role)}).get(member.id, [])
    await talk.tell(
        [member.id],
        board_texts.board(view, lines),
        rows,
        key=f"{view.board_topic}:{key}",
        topic=view.board_topic,
        priority=Priority.ANSWER,
    )
    await refresh_boards(talk, work, but=member.id)


async def refresh_boards(talk: Talk, work: Assignment, *, but: int | None = None) -> None:
    """Every board of this work says how it stands now."""
    view = await view_of(talk, work)
    lines = await talk.uow.boards.lines(work, now=talk.now)
    rows = board_texts.rows_by_reader(view, lines, await talk.uow.members.roles_of(work.team_id))
    others = {member_id: choices for member_id, choices in rows.items() if member_id != but}
    await talk.uow.live_messages.update(view.board_topic, str(board_texts.board(view, lines)), others, now=talk.now)


async def those_in_charge(talk: Talk, work: Assignment) -> list[int]:
    """Whoever gave it out and the leader; nobody twice, not whoever talks."""
    leaders = await talk.uow.members.with_roles(work.team_id, Role.LEADER)
    giver = await talk.uow.members.by_id(work.created_by)
    ids = [each.id for each in leaders]
    if giver is not None and giver.ended_at is None and giver.id not in ids:
        ids.insert(0, giver.id)
    return [each for each in ids if talk.me is None or each != talk.me.id]


async def tell_who_asked(talk: Talk, work: Assignment, text: Markup) -> None:
    """The officer on whose request it was given out hears what becomes of it."""
    if work.request_id is None:
        return
    request = await talk.uow.work_requests.get(work.request_id, team_id=work.team_id)
    officers = await talk.uow.members.with_roles(work.team_id, Role.OFFICER)
    told = [each.id for each in officers if each.id == request.officer_id]
    await talk.tell(told, text, key=f"request:{request.id}:v{work.version}")
