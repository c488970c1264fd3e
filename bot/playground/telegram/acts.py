"""What a person can be asked to do over HTTP: each act by name, from JSON to JSON."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.playground.telegram import groups
from bot.playground.telegram.chats import Account, Chat, Json
from bot.playground.telegram.messages import Message
from bot.playground.telegram.people import Phone
from bot.playground.telegram.presses import Press
from bot.playground.telegram.world import World

Act = Callable[[Phone, Json], Json]


def phone_of(world: World, person_id: int) -> Phone:
    """The phone of a person; LookupError for nobody."""
    person = world.accounts.get(person_id)
    if person is None or person.is_bot:
        raise LookupError(f"no person {person_id}")
    return Phone(world, person)


def chat_of(phone: Phone, body: Mapping[str, object]) -> Chat | None:
    """The chat that "chat_id" names, None for the private one; LookupError for an unknown one."""
    number = int(str(body.get("chat_id") or phone.person.id))
    if number == phone.person.id:
        return None
    if number not in phone.world.chats:
        raise LookupError(f"no chat {number}")
    return phone.world.chats[number]


def message_of(phone: Phone, body: Json, name: str = "message_id") -> Message:
    """The message that the body names in its chat; LookupError for none."""
    chat = chat_of(phone, body) or phone.private
    number = int(body.get(name) or 0)
    if number not in chat.messages:
        raise LookupError(f"no message {number} in chat {chat.id}")
    return chat.messages[number]


def seen(message: Message) -> Json:
    """A message as a person sees it: the Bot API's shape, with plain text and labels beside it."""
    labels = [str(button["text"]) for button in message.buttons]
    return message.as_json() | {"seen": {"text": message.text, "buttons": labels, "kind": message.kind}}


def press_json(press: Press) -> Json:
    """A press and the answer so far."""
    return {"press_id": press.id, "data": press.data, "message_id": press.message.id, "answer": press.answer}


def _start(phone: Phone, body: Json) -> Json:
    return seen(phone.start(str(body.get("code", ""))))


def _send(phone: Phone, body: Json) -> Json:
    reply_to = message_of(phone, body, "reply_to") if body.get("reply_to") else None
    return seen(phone.send(str(body["text"]), chat=chat_of(phone, body), reply_to=reply_to))


def _photo(phone: Phone, body: Json) -> Json:
    caption = str(body.get("caption", ""))
    return seen(phone.send_photo(b64decode(body["data"]), caption=caption, chat=chat_of(phone, body)))


def _document(phone: Phone, body: Json) -> Json:
    sent = phone.send_document(
        b64decode(body["data"]),
        name=str(body["name"]),
        mime=str(body.get("mime", "application/octet-stream")),
        caption=str(body.get("caption", "")),
        chat=chat_of(phone, body),
    )
    return seen(sent)


def _voice(phone: Phone, body: Json) -> Json:
    return seen(phone.send_voice(b64decode(body["data"]), chat=chat_of(phone, body)))


def _press(phone: Phone, body: Json) -> Json:
    message = message_of(phone, body) if body.get("message_id") else None
    if "data" in body:
        return press_json(phone.press_data(message or phone.last(chat_of(phone, body)), str(body["data"])))
    label, chat = str(body["label"]), chat_of(phone, body)
    chosen = phone.press(label, message=message) if message is not None else phone.choose(label, chat=chat)
    return press_json(chosen) if isinstance(chosen, Press) else seen(chosen)


def _edit(phone: Phone, body: Json) -> Json:
    message = message_of(phone, body)
    phone.edit(message, str(body["text"]))
    return seen(message)


def _delete(phone: Phone, body: Json) -> Json:
    phone.delete(message_of(phone, body))
    return {}


def _vote(phone: Phone, body: Json) -> Json:
    message = message_of(phone, body)
    phone.vote(message, *(int(option) for option in body["options"]))
    return seen(message)


def _block(phone: Phone, _body: Json) -> Json:
    phone.block()
    return {}


def _unblock(phone: Phone, _body: Json) -> Json:
    phone.unblock()
    return {}


def _delete_account(phone: Phone, _body: Json) -> Json:
    phone.delete_account()
    return {}


def _create_group(phone: Phone, body: Json) -> Json:
    members = [phone_of(phone.world, int(number)) for number in body.get("members", [])]
    chat = phone.create_group(
        str(body["title"]),
        members=members,
        with_bot=bool(body.get("with_bot", True)),
        supergroup=bool(body.get("supergroup", False)),
    )
    return chat.as_json()


def _add_member(phone: Phone, body: Json) -> Json:
    groups.add_member(phone.world, _group(phone, body), _account(phone, body), by=phone.person)
    return {}


def _remove_member(phone: Phone, body: Json) -> Json:
    groups.remove_member(phone.world, _group(phone, body), _account(phone, body), by=phone.person)
    return {}


def _promote(phone: Phone, body: Json) -> Json:
    groups.promote(phone.world, _group(phone, body), _account(phone, body), by=phone.person)
    return {}


def _demote(phone: Phone, body: Json) -> Json:
    groups.demote(phone.world, _group(phone, body), _account(phone, body), by=phone.person)
    return {}


def _leave(phone: Phone, body: Json) -> Json:
    phone.leave(_group(phone, body))
    return {}


def _rename(phone: Phone, body: Json) -> Json:
    return seen(groups.rename(phone.world, _group(phone, body), str(body["title"]), by=phone.person))


def _upgrade(phone: Phone, body: Json) -> Json:
    return groups.upgrade(phone.world, _group(phone, body), by=phone.person).as_json()


def _group(phone: Phone, body: Json) -> Chat:
    chat = chat_of(phone, body)
    if chat is None or not chat.has(phone.person):
        raise ValueError("the act needs a group in which the person is")
    return chat


def _account(phone: Phone, body: Json) -> Account:
    """The bot, unless "member" names a person."""
    return phone_of(phone.world, int(body["member"])).person if body.get("member") else phone.world.bot


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "start": _start,
        "send": _send,
        "photo": _photo,
        "document": _document,
        "voice": _voice,
        "press": _press,
        "edit": _edit,
        "delete": _delete,
        "vote": _vote,
        "block": _block,
        "unblock": _unblock,
        "delete-account": _delete_account,
        "create-group": _create_group,
        "add-member": _add_member,
        "remove-member": _remove_member,
        "promote": _promote,
        "demote": _demote,
        "leave": _leave,
        "rename": _rename,
        "upgrade": _upgrade,
    }
)
