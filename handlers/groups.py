"""Group chats: bound to a team by a leader's command; followed when they move; let go when the bot is sent away."""

from __future__ import annotations

from bot.domain.messages import ChatEvent, Choice
from bot.domain.permissions import Act, may
from bot.domain.vocabulary import ChannelName
from bot.texts import groups as texts
from bot.texts import zalo as zalo_texts
from handlers.conversation import Conversation
from handlers.talk import Talk

_BIND = {"noinhom", "gannhom", "lienket", "nhom", "start", "batdau"}
_UNBIND = {"bonhom", "gonhom"}
ACTION = "group"


class Groups:
    """What happens to chats, and how a group gets its team."""

    def conversation(self) -> Conversation:
        """The button that binds."""
        return Conversation(name="groups", presses={ACTION: self._pressed})

    async def happened(self, talk: Talk, event: ChatEvent) -> None:
        """The bot was added, removed, blocked; the group moved."""
        channel, chat_id = talk.chat.channel, talk.chat.chat_id
        match event:
            case ChatEvent.BLOCKED | ChatEvent.UNBLOCKED:
                reachable = event is ChatEvent.UNBLOCKED
                await talk.uow.accounts.set_reachable(channel, chat_id, reachable=reachable)
            case ChatEvent.BOT_REMOVED:
                await self._lost(talk)
            case ChatEvent.MIGRATED:
                await talk.uow.groups.move(channel, old=chat_id, new=talk.incoming.new_chat_id)
                await talk.uow.outbox.move_chat(channel, old=chat_id, new=talk.incoming.new_chat_id)
            case ChatEvent.BOT_ADDED:
                await self._added(talk)
            case ChatEvent.MEMBER_LEFT:
                pass

    async def _lost(self, talk: Talk) -> None:
        """Somebody sent the bot away; the log of its team says when."""
        bound = await talk.uow.groups.bound(talk.chat)
        was_active = bound is not None and bound.active
        await talk.uow.groups.deactivate(talk.chat.channel, talk.chat.chat_id)
        if bound is not None and was_active:
            await talk.uow.audit.note(
                team_id=bound.team_id,
                actor=None,
                action="group_lost",
                subject=f"chat:{talk.chat.key}",
                now=talk.now,
                title=bound.title,
            )

    async def _added(self, talk: Talk) -> None:
        if talk.me is None or talk.team is None or not may(talk.role, Act.BIND_GROUP):
            talk.say(zalo_texts.ask_leader() if talk.chat.channel is ChannelName.ZALO else texts.ask_leader())
            return
        choice = Choice(label=f"Gắn nhóm với {talk.team.name}", action=ACTION, value="bind")
        talk.say(texts.offer_binding(talk.team.name), [[choice]])

    async def _pressed(self, talk: Talk, value: str) -> None:
        del value
        await self._bind(talk)

    async def is_own(self, talk: Talk) -> bool:
        """Whether this is a group of the team that the person acts for."""
        bound = await talk.uow.groups.bound(talk.chat)
        return bound is not None and bound.active and talk.team is not None and bound.team_id == talk.team.id

    async def introduced(self, talk: Talk) -> bool:
        """Called in a group that is nobody's yet, ask whose it is, as when added; False where it is somebody's.

        Zalo does not tell a bot that it was added: the first call is its introduction.
        """
        bound = await talk.uow.groups.bound(talk.chat)
        if bound is not None and bound.active:
            return False
        await self._added(talk)
        return True

    async def commanded(self, talk: Talk, name: str) -> bool:
        """A command in a group that is about the group itself; False for other commands."""
        if name in _BIND:
            await self._bind(talk)
            return True
        if name in _UNBIND and may(talk.role, Act.BIND_GROUP):
            await self._unbind(talk)
            return True
        return False

    async def _bind(self, talk: Talk) -> None:
        if talk.team is None or talk.me is None or not may(talk.role, Act.BIND_GROUP):
            return  # a stranger learns nothing, and the group stays quiet
        bound = await talk.uow.groups.bound(talk.chat)
        if bound is not None and bound.active and bound.team_id != talk.team.id:
            talk.say(texts.bound_to_another())
            return
        await talk.uow.groups.bind(talk.chat, team_id=talk.team.id, member_id=talk.me.id, now=talk.now)
        await talk.note("bind_group", f"chat:{talk.chat.key}", title=talk.chat.title)
        talk.say(texts.bound(talk.team.name), in_place=True)

    async def _unbind(self, talk: Talk) -> None:
        bound = await talk.uow.groups.bound(talk.chat)
        if bound is None or talk.team is None or bound.team_id != talk.team.id:
            return
        await talk.uow.groups.deactivate(talk.chat.channel, talk.chat.chat_id)
        await talk.note("unbind_group", f"chat:{talk.chat.key}", title=talk.chat.title)
        talk.say(texts.unbound())
