"""Methods that ask about chats, or leave them."""

from __future__ import annotations

from bot.playground.telegram.access import find_chat, find_person
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import INSIDE, LEADING, Json, Standing, member_json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.groups import leave
from bot.playground.telegram.world import World


def get_chat(world: World, arguments: Arguments) -> Json:
    """getChat."""
    chat = find_chat(world, arguments, writing=False)
    shown = chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if not chat.is_private:
        shown["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    pinned = [chat.messages[number] for number in chat.pinned if number in chat.messages]
    return shown | ({"pinned_message": pinned[-1].as_json(with_reply=False)} if pinned else {})


def get_chat_member(world: World, arguments: Arguments) -> Json:
    """getChatMember."""
    chat = find_chat(world, arguments, writing=False)
    account = find_person(world, arguments)
    inside = chat.is_private and account in (world.bot, chat.person)
    return member_json(account, Standing.MEMBER if inside else chat.standing(account))


def get_chat_administrators(world: World, arguments: Arguments) -> list[Json]:
    """getChatAdministrators; other bots are left out by Telegram, and there are none here."""
    chat = find_chat(world, arguments, writing=False)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    leading = [(number, standing) for number, standing in chat.standings.items() if standing in LEADING]
    return [member_json(world.accounts[number], standing) for number, standing in leading]


def get_chat_member_count(world: World, arguments: Arguments) -> int:
    """getChatMemberCount."""
    chat = find_chat(world, arguments, writing=False)
    return 2 if chat.is_private else sum(standing in INSIDE for standing in chat.standings.values())


def leave_chat(world: World, arguments: Arguments) -> bool:
    """leaveChat."""
    chat = find_chat(world, arguments, writing=True)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    leave(world, chat, world.bot)
    return True


_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
