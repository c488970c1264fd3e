"""What the bot says of itself."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World


async def test_commands_are_kept_by_scope_and_language(bot: Bot, lan: Phone) -> None:
    await bot.set_my_commands([("baocao", "Báo cáo hoạt động")])
    await bot.set_my_commands([("hop", "Cuộc họp")], scope=BotCommandScopeAllGroupChats(), language_code="vi")
    await bot.set_my_commands([("giaoviec", "Giao việc")], scope=BotCommandScopeChat(lan.person.id))

    assert [c.command for c in await bot.get_my_commands()] == ["baocao"]
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeAllGroupChats(), "vi")] == ["hop"]
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == ()
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeChat(lan.person.id))] == ["giaoviec"]


async def test_commands_can_be_taken_back(bot: Bot) -> None:
    await bot.set_my_commands([("baocao", "Báo cáo hoạt động")])

    await bot.delete_my_commands()

    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize("name", ["Báo", "bao cao", "x" * 33, "HOP"])
async def test_a_command_has_small_latin_letters(bot: Bot, name: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([(name, "Báo cáo")])


async def test_commands_of_an_unknown_chat_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("hop", "Cuộc họp")], scope=BotCommandScopeChat(1))


async def test_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("Trợ lý của tổ mạng lưới", language_code="vi")
    await bot.set_my_short_description("Trợ lý")

    assert (await bot.get_my_description("vi")).description == "Trợ lý của tổ mạng lưới"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "Trợ lý"


async def test_the_menu_button_is_kept(bot: Bot, lan: Phone, world: World) -> None:
    await bot.set_chat_menu_button(lan.person.id, MenuButtonCommands())

    assert world.profile.menu_buttons[lan.person.id] == {"type": "commands"}


async def test_typing_is_shown_to_those_who_can_see_it(bot: Bot, lan: Phone) -> None:
    assert await bot.send_chat_action(lan.person.id, "typing")

    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(lan.person.id, "dancing")
