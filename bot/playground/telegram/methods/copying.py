"""Methods that bring a message from one chat to another."""

from __future__ import annotations

from bot.playground.telegram.access import check_sending, find_chat, find_message
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.messages import Message
from bot.playground.telegram.methods.sending import send
from bot.playground.telegram.texts import read_caption
from bot.playground.telegram.world import World


def forward_message(world: World, arguments: Arguments) -> Json:
    """forwardMessage."""
    return _forward(world, arguments, _source(world, arguments, "message to forward")).as_json()


def forward_messages(world: World, arguments: Arguments) -> list[Json]:
    """forwardMessages; those that are gone are passed over."""
    sources = _sources(world, arguments, "message to forward")
    return [{"message_id": _forward(world, arguments, source).id} for source in sources]


def copy_message(world: World, arguments: Arguments) -> Json:
    """copyMessage, with another caption if one is given."""
    source = _source(world, arguments, "message to copy")
    content = _copied(source)
    if arguments.has("caption"):
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= read_caption(arguments).as_fields(name="caption")
    return {"message_id": send(world, arguments, content).id}


def copy_messages(world: World, arguments: Arguments) -> list[Json]:
    """copyMessages; those that are gone are passed over."""
    sources = _sources(world, arguments, "message to copy")
    return [{"message_id": send(world, arguments, _copied(source)).id} for source in sources]


def _source(world: World, arguments: Arguments, what: str) -> Message:
    chat = find_chat(world, arguments, "from_chat_id", writing=False)
    return find_message(chat, arguments.whole("message_id"), what=what)


def _sources(world: World, arguments: Arguments, what: str) -> list[Message]:
    ids = arguments.identifiers("message_ids")
    if ids != sorted(set(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    chat = find_chat(world, arguments, "from_chat_id", writing=False)
    found = [chat.messages[number] for number in ids if number in chat.messages]
    if not found:
        raise bad_request(f"{what} not found")
    return found


def _copied(source: Message) -> Json:
    if source.kind == "service" or source.poll is not None:
        raise bad_request("message can't be copied")
    return dict(source.content)


def _forward(world: World, arguments: Arguments, source: Message) -> Message:
    if source.kind == "service":
        raise bad_request("message can't be forwarded")
    if "has_protected_content" in source.extra:
        raise bad_request("message has protected content and can't be forwarded")
    chat = find_chat(world, arguments)
    check_sending(chat)
    origin = source.extra.get("forward_origin") or {
        "type": "user",
        "sender_user": source.sender.as_json(),
        "date": source.date,
    }
    return world.post(chat, world.bot, dict(source.content), extra={"forward_origin": origin}, poll=source.poll)
