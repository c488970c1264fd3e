"""What every message must look like on a phone, drawn as the real channels draw it; complaints in one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from bot.channels.base import Capabilities, FileContent
from bot.channels.parting import part_message
from bot.channels.telegram_drawing import draw_choices, draw_commands, draw_entities
from bot.channels.zalo import TEXT_LIMIT, ZaloChannel
from bot.domain.messages import ChoiceList, Outgoing
from bot.domain.rich_text import to_spans, utf16_length
from bot.domain.text import fold
from bot.domain.vocabulary import ChannelName
from bot.texts import forms
from bot.texts import zalo as wording

TELEGRAM = Capabilities(text_limit=4096, caption_limit=1024, edits=True, buttons=True, documents=True)
LINK = "https://bot.example.org/files/{}"
_NUMBERED = re.compile(r"^(\d{1,3})\. (.*)$", re.MULTILINE)
_TAG = re.compile(r"</?([a-z0-9]+)[^<>]*>")
_OF_BUTTONS = re.compile(r"(?<!\w)(?:bấm|nhấn|nút|bàn phím)(?!\w)", re.IGNORECASE)
_OF_FILES = re.compile("gửi tệp Excel", re.IGNORECASE)
_MOST_CALLS = 4  # a summary of a year may be long; everything else is shorter


class ZaloOnPaper(ZaloChannel):
    """The real channel, whose calls are written down and go nowhere."""

    def __init__(self) -> None:
        """Every stored file has an address."""
        super().__init__(token="1:on-paper", wording=wording, link=LINK.format)
        self.calls: list[tuple[str, Mapping[str, object]]] = []

    async def _call(
        self, method: str, parameters: Mapping[str, object], *, read: float | None = None, repeatable: bool = False
    ) -> Any:
        self.calls.append((method, parameters))
        return {"message_id": "1"}

    async def draw(self, outgoing: Outgoing) -> list[tuple[str, Mapping[str, object]]]:
        """The calls that a message takes."""
        self.calls.clear()
        for part in self.parts(outgoing):
            files = {
                each.stored_id: FileContent(data=b"x", name=each.name, mime=each.mime) for each in part.attachments
            }
            await self.send(part, files=files)
        return list(self.calls)


async def look_at(said: Sequence[Outgoing]) -> list[str]:
    """What is wrong with these on either platform, each with its beginning.

    The notice on a stale button is for Telegram alone; the router has other words for it on Zalo.
    """
    paper, notice = ZaloOnPaper(), str(forms.stale_notice())
    general = [each for each in said if each.text != notice or each.chat.channel is ChannelName.ZALO]
    found = [(each, problem) for each in general for problem in (*await on_zalo(paper, each), *on_telegram(each))]
    await paper.close()
    return [f"{problem}: {each.text[:80]!r}" for each, problem in found]


async def on_zalo(paper: ZaloOnPaper, outgoing: Outgoing) -> list[str]:
    """What is wrong with a message on Zalo."""
    if outgoing.commands is not None or outgoing.only_if_editable or outgoing.deletes:
        silent = not await paper.draw(outgoing)
        return [] if silent else ["sent, though Zalo has no command menus, edits or deletions"]
    calls = await paper.draw(outgoing)
    texts = [str(parameters.get("text") or parameters.get("caption") or "") for _, parameters in calls]
    return [
        *_calls(calls, texts),
        *_words("\n".join(texts)),
        *(_numbers("\n".join(texts), outgoing.choices) if outgoing.choices else ()),
        *_files(outgoing, calls, texts),
        *(["asks for a file, which Zalo does not hand on"] if _asks_in_vain(outgoing) else ()),
    ]


def _asks_in_vain(outgoing: Outgoing) -> bool:
    """What is said on Telegram may ask for files; it is looked at as Zalo would draw it all the same."""
    return not outgoing.chat.hands_on_files and _OF_FILES.search(outgoing.text) is not None


def _calls(calls: list[tuple[str, Mapping[str, object]]], texts: list[str]) -> Iterator[str]:
    if not calls:
        yield "nothing is sent"
    if len(calls) > _MOST_CALLS:
        yield f"takes {len(calls)} messages of a small plan"
    for (method, parameters), text in zip(calls, texts, strict=True):
        if method not in ("sendMessage", "sendPhoto"):
            yield f"calls {method}"
        if not 0 < utf16_length(text.strip()) <= utf16_length(text) <= TEXT_LIMIT:
            yield f"{utf16_length(text)} units in one message"
        if parameters.get("parse_mode") == "html":
            strange = set(_TAG.findall(text)) - {"b", "i", "u", "s"}
            if strange:
                yield f"tags that Zalo lacks: {strange}"


def _words(text: str) -> Iterator[str]:
    for word in _OF_BUTTONS.findall(text):
        yield f"speaks of buttons: {word!r}"


def _numbers(text: str, choices: ChoiceList) -> Iterator[str]:
    """Numbered lines are the choices, all of them or a page, and nothing else is numbered beside them."""
    plain = re.sub(r"</?[bius]>", "", text)
    lines = [(int(number), label.strip()) for number, label in _NUMBERED.findall(plain)]
    offered = [each.label.strip() for each in choices.numbered_choices]
    page = offered[choices.first - 1 : choices.first - 1 + 15]
    if [number for number, _ in lines] != list(range(choices.first, choices.first + len(page))):
        yield f"numbers of its lines: {[number for number, _ in lines]} for {len(page)} choices"
    elif [fold(label) for _, label in lines] != [fold(label) for label in page]:
        yield "numbers that do not stand before their choices"
    if choices.first + len(page) <= len(offered) and "tiếp" not in text:
        yield "does not say that the list goes on"
    spoken = [fold(each.label) for each in choices.choices if not each.url]
    for words in {each for each in spoken if spoken.count(each) > 1 or not each or each.isdecimal()}:
        yield f"two choices are called {words!r}, or none can say it"
    for each in choices.choices:
        on_this_page = each.url or not each.numbered or each.label.strip() in page
        if on_this_page and (each.url or each.label.strip("‹› ")) not in unescape(text):
            yield f"does not show {each.label!r}"


def _files(outgoing: Outgoing, calls: list[tuple[str, Mapping[str, object]]], texts: list[str]) -> Iterator[str]:
    for file in outgoing.attachments:
        link = LINK.format(file.stored_id)
        if not any(link in text for text in texts):
            yield f"no link to {file.name}"
        as_photo = any(parameters.get("photo") == link for _, parameters in calls)
        if file.as_photo and file.mime.startswith("image/") and not as_photo:
            yield f"{file.name} is not shown as a picture"


def on_telegram(outgoing: Outgoing) -> list[str]:
    """What is wrong with a message on Telegram."""
    keyed = outgoing.model_copy(update={"choices_key": outgoing.choices_key or "k" * 16})
    parts = part_message(keyed, capabilities=TELEGRAM)
    return [problem for part in parts for problem in (*_telegram_text(part), *_telegram_buttons(part))]


def _telegram_text(part: Outgoing) -> Iterator[str]:
    spanned = to_spans(part.text)
    length = utf16_length(spanned.text)
    if length > (TELEGRAM.caption_limit if part.attachments else TELEGRAM.text_limit):
        yield f"{length} units in one message or caption"
    if not spanned.text.strip() and not (part.attachments or part.replaces or part.commands is not None):
        yield "an empty message"
    for entity in draw_entities(spanned):
        if entity.length <= 0 or entity.offset + entity.length > length:
            yield f"an entity outside the text: {entity}"
    if part.commands is not None:
        for command in draw_commands(part.commands):
            if not (re.fullmatch(r"[a-z0-9_]{1,32}", command.command) and 0 < len(command.description) <= 256):
                yield f"a command Telegram does not take: {command.command}"


def _telegram_buttons(part: Outgoing) -> Iterator[str]:
    markup = draw_choices(part)
    rows = markup.inline_keyboard if markup else ()
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        yield "too many buttons"
    for button in (button for row in rows for button in row):
        data = button.callback_data
        if not button.url and not (isinstance(data, str) and 0 < len(data.encode()) <= 64):
            yield f"a button carries {data!r}"
        if not button.text.strip():
            yield "a button says nothing"
