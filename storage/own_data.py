"""Everything kept about one member: gathered, asked about, corrected and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.own_data import ERASED_NAME, RequestKind, answer_by, carry_out_by
from storage.rows import table_of
from storage.tables import (
    Account,
    Activity,
    ActivityFile,
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

_MINE = ("member_id", "reporter_id")
_SECRET = {"join_code", "outbox"}


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
            for column in _MINE:
                if table.name not in _SECRET and column in table.c and table.c[column].foreign_keys:
                    rows = await self._rows(table.name, column, member.id)
                    if rows:
                        found[table.name] = rows
        return found

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
        member.name, member.phone, member.erased_at = ERASED_NAME, None, now
        await self._session.execute(update(Leave).where(Leave.member_id == member.id).values(reason=""))
        await self._session.execute(
            update(PrivacyRequest).where(PrivacyRequest.member_id == member.id).values(words="", done_at=now)
        )
        settled = Outbox.status.in_(("sent", "dropped", "cancelled"))
        await self._session.execute(delete(Outbox).where(Outbox.member_id == member.id, settled))
        if person_id is None:
            return
        accounts = list(await self._session.scalars(select(Account).where(Account.person_id == person_id)))
        for account in accounts:
            chat_key = f"{account.channel}:{account.chat_id}"
            await self._session.execute(delete(Inbox).where(Inbox.chat_key == chat_key, Inbox.status == "done"))
            for table in (Dialogue, Keyboard):
                await self._session.execute(delete(table).where(table.chat_key == chat_key))
            await self._session.delete(account)
        await self._session.flush()

    async def _rows(self, table: str, column: str, value: int) -> list[dict[str, Any]]:
        entity = next(each for each in Base.__subclasses__() if each.__tablename__ == table)
        rows = table_of(entity)
        found = await self._session.execute(select(rows).where(rows.c[column] == value))
        return [dict(row) for row in found.mappings()]
