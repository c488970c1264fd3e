"""/lienket: one person on two platforms, linked by a code from either side, and unlinked again."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.errors import StaleChoice
from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from bot.texts import linking as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from storage.tables import Account

VALID_FOR = timedelta(minutes=30)


def conversation() -> Conversation:
    """The command and its buttons."""
    spec = CommandSpec("lienket", "dùng cả Telegram và Zalo", show, aliases=("taikhoan",))
    return Conversation(name="linking", commands=(spec,), presses={texts.ACTION: pressed})


async def show(talk: Talk, argument: str) -> None:
    """My accounts, buttons to take one away, and a code for the platform that I am not on yet."""
    del argument
    accounts = await _mine(talk)
    shown = [(ChannelName(each.channel), each.name, each.reachable) for each in accounts]
    several = accounts if len(accounts) > 1 else []
    talk.say(texts.linked(shown), [[texts.offer(ChannelName(a.channel), a.name, a.id)] for a in several])
    missing = [channel for channel in ChannelName if channel not in {each.channel for each in accounts}]
    for channel in missing:
        code = await talk.uow.join_codes.issue(talk.member().id, now=talk.now, valid_for=VALID_FOR)
        talk.say(texts.code(code, other=channel, valid_for=VALID_FOR))


async def pressed(talk: Talk, value: str) -> None:
    """Take an account away, after asking."""
    verb, _, number = value.partition(":")
    if verb == "keep":
        talk.say(texts.kept(), in_place=True)
        return
    accounts = await _mine(talk)
    account = next((each for each in accounts if str(each.id) == number), None)
    if account is None:
        raise StaleChoice(account=number)
    if len(accounts) == 1:
        talk.say(texts.only_one())
    elif verb == "unlink":
        talk.say(texts.confirm(ChannelName(account.channel), account.name), texts.confirmation(account.id))
    elif verb == "confirm":
        await _unlink(talk, account)


async def _unlink(talk: Talk, account: Account) -> None:
    member = talk.member()
    chat = Chat(channel=ChannelName(account.channel), chat_id=account.chat_id)
    await talk.uow.files.revoke_sent_to([chat.key], now=talk.now)
    await talk.uow.accounts.unlink(account, now=talk.now)
    await talk.note("unlink_account", f"member:{member.id}", channel=account.channel)
    talk.say(texts.unlinked(ChannelName(account.channel), account.name), in_place=True)


async def _mine(talk: Talk) -> list[Account]:
    return await talk.uow.accounts.of_person(talk.known.person.id) if talk.known else []
