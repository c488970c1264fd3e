"""Methods that change, pin or take away what is there."""

from __future__ import annotations

from typing import cast

from bot.playground.telegram.access import check_sending, find_chat, find_message
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import LEADING, Chat, Json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.keyboards import read_inline_markup
from bot.playground.telegram.limits import DELETE_SECONDS
from bot.playground.telegram.messages import EDITABLE_MEDIA, Message
from bot.playground.telegram.methods.sending import media_content
from bot.playground.telegram.texts import read_caption, read_text
from bot.playground.telegram.world import World


def edit_message_text(world: World, arguments: Arguments) -> Json:
    """editMessageText; without reply_markup the keyboard goes."""
    text = read_text(arguments).as_fields(name="text")
    message = _editable(world, arguments)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, text, read_inline_markup(arguments))


def edit_message_caption(world: World, arguments: Arguments) -> Json:
    """editMessageCaption."""
    caption = read_caption(arguments).as_fields(name="caption")
    message = _editable(world, arguments)
    if message.kind not in EDITABLE_MEDIA:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, _without_caption(message) | caption, read_inline_markup(arguments))


def edit_message_media(world: World, arguments: Arguments) -> Json:
    """editMessageMedia."""
    value = arguments.parsed("media", "can't parse input media JSON object")
    if not isinstance(value, dict):
        raise bad_request("input media is not specified")
    message = _editable(world, arguments)
    if message.kind not in EDITABLE_MEDIA | {"text"}:
        raise bad_request("message media can't be edited")
    content = media_content(world, arguments, cast(Json, value))
    return _change(world, message, content, read_inline_markup(arguments))


def edit_message_reply_markup(world: World, arguments: Arguments) -> Json:
    """editMessageReplyMarkup."""
    message = _editable(world, arguments)
    return _change(world, message, message.content, read_inline_markup(arguments))


def stop_poll(world: World, arguments: Arguments) -> Json:
    """stopPoll; the answer is the poll with its last figures."""
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.whole("message_id"), what="message with poll to stop")
    if message.poll is None or message.sender is not world.bot:
        raise bad_request("message with poll to stop not found")
    markup = read_inline_markup(arguments)
    message.poll.close()
    message.markup = markup
    world.announce("edit", message)
    world.tell("poll", message.poll.as_json(), lane=str(chat.id))
    return message.poll.as_json()


def delete_message(world: World, arguments: Arguments) -> bool:
    """deleteMessage."""
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.whole("message_id"), what="message to delete")
    _check_deletable(world, message)
    _delete(world, message)
    return True


def delete_messages(world: World, arguments: Arguments) -> bool:
    """deleteMessages; those that are gone are passed over."""
    ids = arguments.identifiers("message_ids")
    chat = find_chat(world, arguments)
    found = [chat.messages[number] for number in ids if number in chat.messages]
    for message in found:
        _check_deletable(world, message)
    for message in found:
        _delete(world, message)
    return True


def pin_chat_message(world: World, arguments: Arguments) -> bool:
    """pinChatMessage."""
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.whole("message_id"), what="message to pin")
    _check_pinning(world, chat)
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        world.post(chat, world.bot, {"pinned_message": message.as_json(with_reply=False)})
    return True


def unpin_chat_message(world: World, arguments: Arguments) -> bool:
    """unpinChatMessage: the named one, else the latest."""
    chat = find_chat(world, arguments)
    _check_pinning(world, chat)
    wanted = arguments.whole("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    find_message(chat, wanted, what="message to unpin")
    if wanted in chat.pinned:
        chat.pinned.remove(wanted)
    return True


def unpin_all_chat_messages(world: World, arguments: Arguments) -> bool:
    """unpinAllChatMessages."""
    chat = find_chat(world, arguments)
    _check_pinning(world, chat)
    chat.pinned.clear()
    return True


def _editable(world: World, arguments: Arguments) -> Message:
    if not arguments.text("chat_id") and not arguments.text("inline_message_id"):
        raise bad_request("message identifier is not specified")
    chat = find_chat(world, arguments)
    message = find_message(chat, arguments.whole("message_id"), what="message to edit")
    foreign = message.sender is not world.bot or "forward_origin" in message.extra
    if foreign or message.keyboard is not None or message.kind == "service":
        raise bad_request("message can't be edited")
    check_sending(chat)
    return message


def _change(world: World, message: Message, content: Json, markup: Json | None) -> Json:
    if content == message.content and markup == message.markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    if content != message.content:
        message.edit_date = world.now()
    message.content, message.markup = content, markup
    world.announce("edit", message)
    return message.as_json()


def _without_caption(message: Message) -> Json:
    return {name: value for name, value in message.content.items() if not name.startswith("caption")}


def _check_deletable(world: World, message: Message) -> None:
    chat = message.chat
    leads = chat.standing(world.bot) in LEADING
    if message.sender is not world.bot and not chat.is_private and not leads:
        raise bad_request("message can't be deleted")
    if world.now() - message.date >= DELETE_SECONDS and not leads:
        raise bad_request("message can't be deleted for everyone")


def _delete(world: World, message: Message) -> None:
    del message.chat.messages[message.id]
    if message.id in message.chat.pinned:
        message.chat.pinned.remove(message.id)
    world.announce("delete", message)


def _check_pinning(world: World, chat: Chat) -> None:
    if not chat.is_private and chat.standing(world.bot) not in LEADING:
        raise bad_request("not enough rights to manage pinned messages in the chat")
