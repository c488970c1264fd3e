"""Everything kept about one member: gathered, asked about, corrected and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.own_data import ERASED_NAME, RequestKind, answer_by, carry_out_by
from storage.audit import Audit
from storage.rows import table_of
from storage.tables import (
    Account,
    Activity,
    ActivityFile,
    Assignment,
    AssignmentChange,
    Base,
    Consent,
    Dialogue,
    Inbox,
    Keyboard,
    Leave,
    Member,
    Outbox,
    PrivacyRequest,
)

_MINE = {
    "member_id",
    "reporter_id",
    "created_by",
    "author_id",
    "proposed_by",
    "officer_id",
    "secretary_id",
    "chair_id",
    "from_id",
    "to_id",
}
"""Columns that say whose a row is: theirs, or by their hand."""
_APART = {"join_code", "outbox"}
_LATEST = 10_000
_SETTLED = Outbox.status.in_(("sent", "dropped", "cancelled", "failed", "uncertain"))


class OwnData:
    """Queries over one person's data."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def everything(self, member: Member) -> dict[str, list[dict[str, Any]]]:
        """Each table's rows that are about the member, by table; whatever tables there will be."""
        found: dict[str, list[dict[str, Any]]] = {"member": await self._rows("member", "id", member.id)}
        if member.person_id is not None:
            found["account"] = await self._rows("account", "person_id", member.person_id)
        for table in Base.metadata.sorted_tables:
            keys = [each for each in table.c if each.name in _MINE and each.foreign_keys]
            of_members = [each for each in keys if any(k.column.table.name == "member" for k in each.foreign_keys)]
            if table.name in _APART or not of_members:
                continue
            rows = await self._session.execute(
                select(table).where(or_(*(each == member.id for each in of_members))).order_by(*table.primary_key)
            )
            found[table.name] = [dict(row) for row in rows.mappings()]
        found |= await self._conversations(member)
        found["audit_entry"] = await self._log(member)
        return {name: rows for name, rows in found.items() if rows}

    async def _conversations(self, member: Member) -> dict[str, list[dict[str, Any]]]:
        """What they wrote and were told lately, and what they left unfinished."""
        chats = [f"{each.channel}:{each.chat_id}" for each in await self._accounts(member.person_id)]
        wrote = await self._session.execute(
            select(Inbox.received_at, Inbox.raw).where(Inbox.chat_key.in_(chats)).order_by(Inbox.id).limit(_LATEST)
        )
        told = await self._session.execute(
            select(Outbox.created_at, Outbox.payload)
            .where(Outbox.chat_key.in_(chats))
            .order_by(Outbox.id)
            .limit(_LATEST)
        )
        drafts = await self._session.execute(select(table_of(Dialogue)).where(Dialogue.chat_key.in_(chats)))
        return {
            "inbox": [{"at": row[0], "message": row[1]} for row in wrote],
            "outbox": [{"at": row[0], "text": row[1].get("text", "")} for row in told],
            "dialogue": [dict(row) for row in drafts.mappings()],
        }

    async def _log(self, member: Member) -> list[dict[str, Any]]:
        entries = await Audit(self._session).about(member.id, team_id=member.team_id)
        return [
            {"at": each.at, "action": each.action, "by_me": each.actor_member_id == member.id, "detail": each.detail}
            for each in entries
        ]

    async def _accounts(self, person_id: int | None) -> list[Account]:
        if person_id is None:
            return []
        return list(await self._session.scalars(select(Account).where(Account.person_id == person_id)))

    async def file_ids(self, member_id: int) -> list[int]:
        """The files that came with the member's reports."""
        mine = select(ActivityFile.file_id).join(Activity, Activity.id == ActivityFile.activity_id)
        return list(await self._session.scalars(mine.where(Activity.reporter_id == member_id)))

    async def ask(self, member: Member, kind: RequestKind, words: str, *, today: date, now: datetime) -> PrivacyRequest:
        """A request with its legal dates; the same one that waits already is kept."""
        waiting = await self._session.scalar(
            select(PrivacyRequest).where(
                PrivacyRequest.member_id == member.id, PrivacyRequest.kind == kind, PrivacyRequest.done_at.is_(None)
            )
        )
        if waiting is not None:
            return waiting
        request = PrivacyRequest(
            team_id=member.team_id,
            member_id=member.id,
            kind=kind,
            words=words,
            asked_at=now,
            answer_by=answer_by(today),
            done_by=carry_out_by(today),
            answered_at=None,
            answered_by=None,
            done_at=None,
            taken_back_at=None,
        )
        self._session.add(request)
        await self._session.flush()
        return request

    async def get(self, request_id: int, *, team_id: int) -> PrivacyRequest:
        """The request if it is this team's; NotFound otherwise."""
        request = await self._session.get(PrivacyRequest, request_id)
        if request is None or request.team_id != team_id:
            raise NotFound(what="privacy_request", id=request_id)
        return request

    async def waiting(self, team_id: int) -> Sequence[PrivacyRequest]:
        """Requests of a team that are not carried out, the most urgent first."""
        mine = select(PrivacyRequest).where(PrivacyRequest.team_id == team_id, PrivacyRequest.done_at.is_(None))
        return list(await self._session.scalars(mine.order_by(PrivacyRequest.done_by, PrivacyRequest.id)))

    async def withdraw_consent(self, member_id: int, *, now: datetime) -> None:
        """From now on there is none."""
        given = (Consent.member_id == member_id) & Consent.withdrawn_at.is_(None)
        await self._session.execute(update(Consent).where(given).values(withdrawn_at=now))

    async def erase(self, member: Member, *, person_id: int | None, now: datetime) -> None:
        """Name, phone and accounts go; the office's records stay, under nobody's name.

        `person_id` is whose accounts go; None when the person is still a member elsewhere.
        """
        await self._forget_name(member)
        member.name, member.phone, member.erased_at = ERASED_NAME, None, now
        await self._session.execute(update(Leave).where(Leave.member_id == member.id).values(reason=""))
        await self._session.execute(
            update(PrivacyRequest).where(PrivacyRequest.member_id == member.id).values(words="", done_at=now)
        )
        await self._session.execute(delete(Outbox).where(Outbox.member_id == member.id, _SETTLED))
        for account in await self._accounts(person_id):
            chat_key = f"{account.channel}:{account.chat_id}"
            handled = Inbox.status.in_(("done", "dead"))
            await self._session.execute(delete(Inbox).where(Inbox.chat_key == chat_key, handled))
            await self._session.execute(delete(Outbox).where(Outbox.chat_key == chat_key, _SETTLED))
            for table in (Dialogue, Keyboard):
                await self._session.execute(delete(table).where(table.chat_key == chat_key))
            await self._session.delete(account)
        await self._session.flush()

    async def _forget_name(self, member: Member) -> None:
        """Where a name was written down to say who had the work before."""
        changes = await self._session.scalars(
            select(AssignmentChange)
            .join(Assignment, Assignment.id == AssignmentChange.assignment_id)
            .where(Assignment.team_id == member.team_id)
        )
        for change in changes:
            people = change.content.get("people")
            if people and any(member.name in each for each in people):
                named = [each.replace(member.name, ERASED_NAME) for each in people]
                change.content = {**change.content, "people": named}

    async def _rows(self, table: str, column: str, value: int) -> list[dict[str, Any]]:
        entity = next(each for each in Base.__subclasses__() if each.__tablename__ == table)
        rows = table_of(entity)
        found = await self._session.execute(select(rows).where(rows.c[column] == value))
        return [dict(row) for row in found.mappings()]
