"""/thuhoi: addresses of files that were sent where files cannot be, void before they expire by themselves."""

from __future__ import annotations

from bot.domain.permissions import Act
from bot.texts import downloads as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk


def conversation() -> Conversation:
    """The command."""
    spec = CommandSpec("thuhoi", "thu hồi các liên kết tải tệp đã gửi cho tôi", take_back, act=Act.SEE_OWN)
    return Conversation(name="file-links", commands=(spec,))


async def take_back(talk: Talk, argument: str) -> None:
    """Every address that was sent to my own chats leads nowhere from now on.

    An address is of a file: whoever else was sent the same one asks for it again.
    """
    del argument
    chats = (await talk.uow.accounts.private_chats([talk.member().id])).get(talk.member().id, [])
    count = await talk.uow.files.revoke_sent_to([chat.key for chat in chats], now=talk.now)
    talk.say(texts.taken_back(count) if count else texts.nothing_to_take_back())
