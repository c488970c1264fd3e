"""One update being handled: who says what where, what may be asked of the database, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import sendable_from
from bot.domain.clock import HOME_ZONE
from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import (
    Attachment,
    Chat,
    Choice,
    ChoiceList,
    Command,
    Delivery,
    Incoming,
    Outgoing,
    Priority,
    Reply,
)
from bot.domain.rich_text import Markup
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from storage.accounts import Known
from storage.tables import Member, Team
from storage.unit_of_work import UnitOfWork

Rows = Sequence[Sequence[Choice]]


@dataclass(slots=True)
class Talk:
    """The context that every handler gets. `me` is who the person is in the team they act for."""

    incoming: Incoming
    uow: UnitOfWork
    now: datetime
    known: Known | None = None
    me: Member | None = None
    team: Team | None = None
    settings: TeamSettings = field(default_factory=TeamSettings)
    said: list[Outgoing] = field(default_factory=list[Outgoing])
    toast: str = ""
    by: str = __name__
    """The module that answers, for those who watch."""
    contexts: dict[str, Any] = field(default_factory=dict[str, Any])
    """What forms have loaded while this update is handled, by the form's name."""

    @property
    def chat(self) -> Chat:
        """Where it was said."""
        return self.incoming.chat

    @property
    def user_id(self) -> str:
        """Who said it, as the platform names them; empty for events without a sender."""
        return self.incoming.sender.user_id if self.incoming.sender else ""

    @property
    def today(self) -> date:
        """The day it is for the team."""
        return self.local_now.date()

    @property
    def local_now(self) -> datetime:
        """The team's local time."""
        return self.now.astimezone(self.settings.zone if self.team else HOME_ZONE)

    @property
    def role(self) -> Role | None:
        """The role of whoever talks, None for strangers."""
        return Role(self.me.role) if self.me else None

    def member(self) -> Member:
        """Whoever talks, as a member; NotPermitted for strangers."""
        if self.me is None:
            raise NotPermitted(action="membership")
        return self.me

    async def colleague(self, member_id: int) -> Member:
        """Somebody who is in the same team still; StaleChoice for those who have left, NotFound for others."""
        found = await self.uow.members.get(member_id, team_id=self.member().team_id)
        if found.ended_at is not None:
            raise StaleChoice(member=member_id)
        return found

    def say(
        self,
        text: Markup,
        choices: Rows = (),
        *,
        personal: bool = True,
        dialogue_version: int | None = None,
        menu: tuple[tuple[str, ...], ...] | None = None,
        attachments: Iterable[Attachment] = (),
        in_place: bool = False,
    ) -> None:
        """Answer in this chat; `in_place` edits the message whose button was pressed."""
        rows = tuple(tuple(row) for row in choices if row)
        pressed = self.incoming.press.message_id if self.incoming.press and in_place else ""
        self.said.append(
            Outgoing(
                chat=self.chat,
                text=str(text),
                choices=ChoiceList(rows=rows, personal=personal, dialogue_version=dialogue_version) if rows else None,
                menu=menu,
                attachments=tuple(attachments),
                replaces=pressed,
            )
        )

    def tidy(self, text: Markup) -> None:
        """Let the pressed message say this, without buttons; nothing where messages cannot be edited."""
        if self.incoming.press and self.incoming.press.message_id:
            self.said.append(
                Outgoing(
                    chat=self.chat,
                    text=str(text),
                    replaces=self.incoming.press.message_id,
                    only_if_editable=True,
                )
            )

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Give this chat its command menu."""
        self.said.append(Outgoing(chat=self.chat, text="", commands=tuple(commands)))

    async def tell(
        self,
        member_ids: Iterable[int],
        text: Markup,
        choices: Rows = (),
        *,
        key: str,
        topic: str = "",
        priority: Priority = Priority.REMINDER,
        attachments: Iterable[Attachment] = (),
        waits_for_morning: bool = False,
    ) -> list[int]:
        """Write to members privately, once for each key and member; returns those who cannot be reached.

        Whoever talks is answered where they talk, others where they wrote last. `waits_for_morning`: not in quiet
        hours and not on holidays.
        """
        ids = list(member_ids)
        starts = sendable_from(self.now, self.settings) if waits_for_morning else self.now
        chats = {each: found[0] for each, found in (await self.uow.accounts.private_chats(ids)).items()}
        if self.me is not None and self.me.id in chats and self.chat.is_private:
            chats[self.me.id] = self.chat
        rows = tuple(tuple(row) for row in choices if row)
        for member_id in ids:
            if member_id not in chats:
                continue
            message = Outgoing(
                chat=chats[member_id],
                text=str(text),
                choices=ChoiceList(rows=rows) if rows else None,
                attachments=tuple(attachments),
            )
            delivery = Delivery(
                dedupe_key=f"{key}:member-{member_id}",
                priority=priority,
                not_before=starts if starts > self.now else None,
                member_id=member_id,
                topic=topic,
                author_member_id=self.me.id if self.me else None,
            )
            await self.uow.outbox.put(message, delivery, now=self.now)
        return [member_id for member_id in ids if member_id not in chats]

    async def note(self, action: str, subject: str = "", **detail: str | int) -> None:
        """Enter in the team's log what whoever talks does, to whom or what ("member:17"); ids, never names."""
        mine = self.member()
        await self.uow.audit.note(
            team_id=mine.team_id, actor=mine.id, action=action, subject=subject, now=self.now, **detail
        )

    async def act_as(self, member_id: int) -> None:
        """Go on as another membership of the same person; StaleChoice when they do not hold it."""
        if self.me is not None and self.me.id == member_id:
            return
        members = self.known.members if self.known else ()
        found = next((each for each in members if each.id == member_id), None)
        if found is None or self.known is None:
            raise StaleChoice(member=member_id)
        self.known.person.current_member_id = member_id
        self.me = found
        self.team = await self.uow.teams.get(found.team_id)
        self.settings = self.uow.teams.settings(self.team)

    async def act_in(self, team_id: int | None) -> None:
        """Go on as the member that the person is in this team; StaleChoice when they are none."""
        members = self.known.members if self.known else ()
        mine = next((each for each in members if each.team_id == team_id), None)
        if mine is None:
            raise StaleChoice(team=team_id)
        await self.act_as(mine.id)

    def reply(self) -> Reply:
        """Everything that was said."""
        return Reply(messages=tuple(self.said), toast=self.toast, by=self.by)
