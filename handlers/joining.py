"""Joining: a one-time code, the consent, and the welcome (PRODUCT "Joining"; Law 91/2025)."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.join_codes import (
    GUESS_WINDOW,
    GUESSES_A_PERSON,
    GUESSES_IN_ALL,
    read_code,
)
from bot.domain.messages import Choice, Command, Outgoing
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.texts import joining as texts
from bot.texts import linking as linking_texts
from handlers.talk import Talk
from storage.tables import JoinCode, Member

Menu = tuple[tuple[str, ...], ...]

_YES = {"dong y", "dong y tham gia", "toi dong y", "em dong y", "co", "co a", "vang", "da", "ok", "oke"}
_NO = {"khong", "khong dong y", "khong a", "toi khong dong y", "thoi"}


class Joining:
    """How somebody becomes a member who chats."""

    ACTION = "join"

    def __init__(
        self, *, menu_for: Callable[[Role], Menu], commands_for: Callable[[Role], tuple[Command, ...]]
    ) -> None:
        """Told later what a member of a role may do, since the router knows."""
        self._menu_for = menu_for
        self._commands_for = commands_for

    async def code_given(self, talk: Talk, text: str) -> None:
        """A code was typed or came with the link: show the consent text if it is good."""
        if await self._is_guessing(talk):
            talk.say(texts.too_many_guesses())
            return
        code = read_code(text)
        found = await talk.uow.join_codes.usable(code, now=talk.now) if code else None
        if found is None:
            await talk.uow.join_codes.note_wrong(talk.chat.channel, talk.user_id, now=talk.now)
            talk.say(texts.wrong_code())
            return
        member = await talk.uow.members.by_id(found.member_id)
        if member is None or member.ended_at is not None:
            talk.say(texts.wrong_code())
            return
        team = await talk.uow.teams.get(member.team_id)
        talk.say(
            texts.consent(member.name, Role(member.role), team.name, talk.uow.teams.settings(team).office_name),
            [
                [Choice(label="Đồng ý tham gia", action=self.ACTION, value=f"yes:{found.id}")],
                [Choice(label="Không đồng ý", action=self.ACTION, value=f"no:{found.id}")],
            ],
        )

    async def answered(self, talk: Talk, value: str) -> None:
        """Đồng ý or not; the code is checked again, since it may have been used or replaced meanwhile."""
        answer, _, code_id = value.partition(":")
        if answer != "yes":
            talk.say(texts.declined(), in_place=True)
            return
        code = await talk.uow.join_codes.by_id(int(code_id), now=talk.now)
        member = await talk.uow.members.by_id(code.member_id) if code else None
        if code is None or member is None or member.ended_at is not None:
            talk.say(texts.code_no_longer_good())
            return
        await self._join(talk, code, member)

    async def answered_in_words(self, talk: Talk, text: str) -> bool:
        """ "đồng ý" typed instead of pressed; False when nothing was asked."""
        words = fold(text)
        if words not in _YES | _NO:
            return False
        shown = await talk.uow.keyboards.latest(talk.chat.key, now=talk.now)
        choices = shown.choices.choices if shown else ()
        if not choices or choices[0].action != self.ACTION:
            return False
        await self.answered(talk, choices[1 if words in _NO else 0].value)
        return True

    async def _join(self, talk: Talk, code: JoinCode, member: Member) -> None:
        if await self._is_member_already(talk, member):
            return
        known = talk.known or await talk.uow.accounts.create(
            chat=talk.chat,
            user_id=talk.user_id,
            name=talk.incoming.sender.name if talk.incoming.sender else "",
            now=talk.now,
        )
        earlier = (await talk.uow.accounts.private_chats([member.id])).get(member.id, [])
        talk.known = await talk.uow.accounts.join(known, member, now=talk.now)
        talk.me = member
        talk.team = await talk.uow.teams.get(member.team_id)
        code.used_at = talk.now
        await talk.uow.consents.give(
            member_id=member.id, version=texts.CONSENT_VERSION, channel=talk.chat.channel, now=talk.now
        )
        await talk.note("join", f"member:{member.id}")
        role = Role(member.role)
        talk.tidy(texts.consent_given(talk.team.name))
        talk.said.insert(0, _welcome(talk, member, self._menu_for(role)))
        talk.set_commands(self._commands_for(role))
        told = linking_texts.newly_linked(talk.chat.channel, talk.known.account.name)
        talk.said += [Outgoing(chat=chat, text=str(told)) for chat in earlier]

    async def _is_member_already(self, talk: Talk, member: Member) -> bool:
        mine = talk.known.members if talk.known else ()
        if any(each.team_id == member.team_id for each in mine):
            talk.say(texts.already_joined())
            return True
        return False

    async def _is_guessing(self, talk: Talk) -> bool:
        mine, everybodys = await talk.uow.join_codes.wrong_guesses(
            talk.chat.channel, talk.user_id, since=talk.now - GUESS_WINDOW
        )
        return mine >= GUESSES_A_PERSON or everybodys >= GUESSES_IN_ALL


def _welcome(talk: Talk, member: Member, menu: Menu) -> Outgoing:
    text = texts.welcome(member.name, Role(member.role), hands_on_files=talk.chat.hands_on_files)
    return Outgoing(chat=talk.chat, text=str(text), menu=menu)
