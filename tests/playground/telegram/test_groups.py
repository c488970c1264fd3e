"""Groups: who comes and goes, what the bot may hear, and how a group gets another id."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.playground.telegram import groups
from bot.playground.telegram.chats import Chat
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.telegram.world import World


@pytest.fixture
def hoa(playground: TelegramPlayground) -> Phone:
    """A colleague who never wrote to the bot."""
    return playground.add_person("Hoa", username="co_hoa")


@pytest.fixture
def team(lan: Phone, hoa: Phone, world: World) -> Chat:
    """Lan's group with Hoa and the bot, whose founding the bot has heard of."""
    chat = lan.create_group("Tổ mạng lưới", members=[hoa])
    world.updates.clear()
    return chat


def texts(updates: Sequence[Update]) -> list[str]:
    return [update.message.text or "" for update in updates if update.message]


async def test_founding_a_group_with_the_bot_is_told(bot: Bot, lan: Phone) -> None:
    chat = lan.create_group("Tổ mạng lưới")

    updates = (await bot.get_updates())[1:]

    joined = updates[0].my_chat_member
    assert joined is not None
    assert (joined.chat.id, joined.old_chat_member.status, joined.new_chat_member.status) == (chat.id, "left", "member")
    assert updates[1].message is not None
    assert updates[1].message.group_chat_created


async def test_the_bot_is_brought_in_later(bot: Bot, lan: Phone) -> None:
    chat = lan.create_group("Tổ", with_bot=False)
    lan.add_bot(chat)

    updates = (await bot.get_updates())[1:]

    assert updates[0].my_chat_member is not None
    assert updates[1].message is not None
    assert [user.username for user in updates[1].message.new_chat_members] == ["mangluoi_bot"]


async def test_the_bot_cannot_write_where_it_never_was(bot: Bot, lan: Phone) -> None:
    chat = lan.create_group("Riêng", with_bot=False)

    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat.id, "chào")


async def test_a_bot_that_was_thrown_out_hears_of_it_and_is_silent(bot: Bot, lan: Phone, team: Chat) -> None:
    lan.remove_bot(team)

    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(team.id, "chào")
    changes = [u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member]
    assert changes == ["kicked"]


async def test_a_bot_that_left_is_no_member(bot: Bot, team: Chat) -> None:
    await bot.leave_chat(team.id)

    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(team.id, "chào")


async def test_privacy_hides_what_is_not_for_the_bot(bot: Bot, lan: Phone, team: Chat) -> None:
    for text in ("chiều nay họp nhé", "/hop", "/hop@mangluoi_bot 14h", "/hop@bot_khac", "hỏi @mangluoi_bot xem"):
        lan.send(text, chat=team)

    assert texts(await bot.get_updates()) == ["/hop", "/hop@mangluoi_bot 14h"]


async def test_a_reply_to_the_bot_passes_privacy(bot: Bot, lan: Phone, team: Chat, world: World) -> None:
    await bot.send_message(team.id, "ai dự?")
    lan.send("em ạ", chat=team, reply_to=lan.last(team))

    assert texts(await bot.get_updates()) == ["em ạ"]


async def test_an_administrator_hears_everything(bot: Bot, lan: Phone, team: Chat, world: World) -> None:
    groups.promote(world, team, world.bot, by=lan.person)

    lan.send("chiều nay họp nhé", chat=team)

    assert texts(await bot.get_updates()) == ["chiều nay họp nhé"]


async def test_without_privacy_the_bot_hears_everything(bot: Bot, lan: Phone, team: Chat, world: World) -> None:
    world.privacy = False

    lan.send("chiều nay họp nhé", chat=team)

    assert texts(await bot.get_updates()) == ["chiều nay họp nhé"]


async def test_coming_and_going_of_people_is_told_as_messages(bot: Bot, lan: Phone, hoa: Phone, team: Chat) -> None:
    hoa.leave(team)
    groups.add_member(lan.world, team, hoa.person, by=lan.person)

    gone, come = [update.message for update in await bot.get_updates()]

    assert gone is not None
    assert gone.left_chat_member is not None
    assert gone.left_chat_member.first_name == "Hoa"
    assert come is not None
    assert [user.first_name for user in come.new_chat_members] == ["Hoa"]


async def test_chat_member_is_told_only_when_asked_for(
    bot: Bot, lan: Phone, hoa: Phone, team: Chat, world: World
) -> None:
    groups.promote(world, team, world.bot, by=lan.person)
    hoa.leave(team)
    before = await bot.get_updates(allowed_updates=["chat_member"])
    groups.add_member(world, team, hoa.person, by=lan.person)

    after = await bot.get_updates(offset=before[-1].update_id + 1)

    assert all(update.chat_member is None for update in before)
    assert [u.chat_member.new_chat_member.status for u in after if u.chat_member] == ["member"]


async def test_a_group_that_became_a_supergroup_says_where_it_went(
    bot: Bot, lan: Phone, team: Chat, world: World
) -> None:
    successor = groups.upgrade(world, team, by=lan.person)

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(team.id, "chào")
    assert caught.value.new_chat_id == successor.id
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages] == [
        (team.id, successor.id, None),
        (successor.id, None, team.id),
    ]
    await bot.send_message(successor.id, "chào")
    assert lan.last(successor).text == "chào"


async def test_the_bot_looks_around(bot: Bot, lan: Phone, hoa: Phone, team: Chat) -> None:
    assert (await bot.get_chat(team.id)).title == "Tổ mạng lưới"
    assert await bot.get_chat_member_count(team.id) == 3
    assert [member.user.first_name for member in await bot.get_chat_administrators(team.id)] == ["Lan"]
    assert (await bot.get_chat_member(team.id, hoa.person.id)).status == "member"


async def test_a_person_s_chat_has_no_administrators(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(lan.person.id)


async def test_pinning_needs_an_administrator(bot: Bot, lan: Phone, team: Chat, world: World) -> None:
    sent = await bot.send_message(team.id, "lịch họp")

    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(team.id, sent.message_id)
    groups.promote(world, team, world.bot, by=lan.person)
    await bot.pin_chat_message(team.id, sent.message_id)

    pinned = (await bot.get_chat(team.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(team.id)
    assert (await bot.get_chat(team.id)).pinned_message is None


async def test_others_messages_in_a_group_cannot_be_deleted(bot: Bot, lan: Phone, team: Chat) -> None:
    theirs = lan.send("của em", chat=team)

    with pytest.raises(BadRequest, match=r"^Message can't be deleted$"):
        await bot.delete_message(team.id, theirs.id)


async def test_who_is_not_in_a_group_cannot_write_there(hoa: Phone, team: Chat) -> None:
    hoa.leave(team)

    with pytest.raises(ValueError, match="no longer a member"):
        hoa.send("chào", chat=team)
