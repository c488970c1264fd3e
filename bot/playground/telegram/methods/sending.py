"""Methods that put a new message into a chat, except copies."""

from __future__ import annotations

from typing import Any, cast

from bot.playground.telegram.access import check_sending, find_chat, find_message
from bot.playground.telegram.arguments import Arguments, as_whole, plain_values
from bot.playground.telegram.chats import Chat, Json, present
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.files import Upload
from bot.playground.telegram.keyboards import read_markup
from bot.playground.telegram.messages import Message
from bot.playground.telegram.polls import Poll
from bot.playground.telegram.texts import format_text, read_caption, read_text
from bot.playground.telegram.world import World

ALBUM_SIZES = range(1, 11)
ACTIONS = frozenset(
    {
        "typing",
        "choose_sticker",
        "find_location",
        *(f"upload_{kind}" for kind in ("photo", "video", "voice", "audio", "document", "video_note")),
        *(f"record_{kind}" for kind in ("video", "voice", "audio", "video_note")),
    }
)


def send_message(world: World, arguments: Arguments) -> Json:
    """sendMessage."""
    content = read_text(arguments).as_fields(name="text")
    return send(world, arguments, content).as_json()


def send_photo(world: World, arguments: Arguments) -> Json:
    """sendPhoto."""
    return _send_file(world, arguments, "photo")


def send_document(world: World, arguments: Arguments) -> Json:
    """sendDocument."""
    return _send_file(world, arguments, "document")


def send_media_group(world: World, arguments: Arguments) -> list[Json]:
    """sendMediaGroup: several files that belong together."""
    items = arguments.objects(
        "media", complaint="can't parse media JSON object", wanted="expected an Array of InputMedia"
    )
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) not in ALBUM_SIZES:
        raise bad_request("too many messages to send as an album")
    kinds = {str(item.get("type", "")) for item in items}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [media_content(world, arguments, item) for item in items]
    chat = find_chat(world, arguments)
    album = str(13_000_000_000_000_000 + chat.last_message_id)
    return [send(world, arguments, content, album=album).as_json() for content in contents]


def send_poll(world: World, arguments: Arguments) -> Json:
    """sendPoll."""
    poll = Poll(
        id=str(5_000_000_000_000_000_000 + len(world.calls.calls)),
        question=arguments.text("question"),
        options=_poll_options(arguments),
        anonymous=not arguments.has("is_anonymous") or arguments.flag("is_anonymous"),
        several=arguments.flag("allows_multiple_answers"),
        quiz=arguments.text("type") == "quiz",
        correct=_correct_option(arguments),
    )
    message = send(world, arguments, {}, poll=poll)
    return message.as_json()


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """sendChatAction."""
    if arguments.text("action").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    check_sending(find_chat(world, arguments))
    return True


def send(world: World, arguments: Arguments, content: Json, *, poll: Poll | None = None, album: str = "") -> Message:
    """Put a message of this content where the call says, as a reply and with the keyboard it says."""
    markup = read_markup(arguments)
    chat = find_chat(world, arguments)
    reply_to = _replied(chat, arguments)
    check_sending(chat)
    extra = present(
        has_protected_content=arguments.flag("protect_content"),
        media_group_id=album,
        link_preview_options=arguments.parsed("link_preview_options", "can't parse link preview options JSON object"),
    )
    return world.post(
        chat,
        world.bot,
        content,
        reply_to=reply_to,
        markup=markup.inline,
        keyboard=markup.keyboard,
        extra=extra,
        poll=poll,
    )


def media_content(world: World, arguments: Arguments, item: Json) -> Json:
    """The content of one InputMedia."""
    kind = str(item.get("type", ""))
    if kind not in ("photo", "document"):
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported in this playground')
    media = str(item.get("media", ""))
    if not media:
        raise bad_request("can't parse InputMedia: media not found")
    own = Arguments(plain_values(item), arguments.uploads)
    content = _file_content(world, kind, media, arguments.attached(media))
    return content | read_caption(own).as_fields(name="caption")


def _send_file(world: World, arguments: Arguments, kind: str) -> Json:
    caption = read_caption(arguments).as_fields(name="caption")
    upload, reference = arguments.upload(kind), arguments.text(kind)
    if upload is None and not reference:
        raise bad_request(f"there is no {kind} in the request")
    check_sending(find_chat(world, arguments))
    content = _file_content(world, kind, reference, upload)
    return send(world, arguments, content | caption).as_json()


def _file_content(world: World, kind: str, reference: str, upload: Upload | None) -> Json:
    if upload is None and "://" in reference:
        raise bad_request("failed to get HTTP URL content")
    if upload is not None and not upload.data:
        raise bad_request("file must be non-empty")
    stored = world.files.add(upload, kind=kind) if upload is not None else world.files.find(reference, kind=kind)
    return {kind: world.files.sizes(stored) if kind == "photo" else stored.as_json()}


def _replied(chat: Chat, arguments: Arguments) -> Message | None:
    value = arguments.parsed("reply_parameters", "can't parse reply parameters JSON object")
    if value is not None and not isinstance(value, dict):
        raise bad_request("object expected as reply parameters")
    parameters = cast(Json, value or {})
    wanted = as_whole(parameters.get("message_id")) or arguments.whole("reply_to_message_id")
    optional = parameters.get("allow_sending_without_reply") or arguments.flag("allow_sending_without_reply")
    if wanted <= 0 or (optional and wanted not in chat.messages):
        return None
    return find_message(chat, wanted, what="message to be replied")


def _poll_options(arguments: Arguments) -> list[str]:
    value: Any = arguments.parsed("options", "can't parse options JSON object")
    if not isinstance(value, list):
        raise bad_request("expected an Array of String as options")
    options = cast(list[Any], value)
    texts = [cast(Json, option).get("text", "") if isinstance(option, dict) else option for option in options]
    if not all(isinstance(text, str) for text in texts):
        raise bad_request("expected an option to be of type String")
    return [format_text(text, Arguments(), entities="entities").text for text in texts]


def _correct_option(arguments: Arguments) -> int | None:
    several = arguments.parsed("correct_option_ids", "can't parse correct option identifiers JSON object")
    if isinstance(several, list) and several:
        return as_whole(cast(list[Any], several)[0])
    return arguments.whole("correct_option_id") if arguments.has("correct_option_id") else None
