"""How one message becomes single calls: long text split, attachments apart, and what a platform lacks written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.channels.base import Capabilities, Wording
from bot.domain.messages import Attachment, ChoiceList, Outgoing
from bot.domain.rich_text import Markup, SpannedText, escape, split, to_spans, utf16_length
from bot.domain.vocabulary import ChannelName

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code"}
_LINK = 250  # units for the address of a file, and the words before it
_Body = tuple[str, tuple[Attachment, ...]]


def part_message(
    outgoing: Outgoing, *, capabilities: Capabilities, wording: Wording | None = None
) -> tuple[Outgoing, ...]:
    """The single calls of a message in order; empty when nothing of it can be done on this platform.

    `replaces` stays with the first part, choices and menu with the last one. A message that edits cannot carry a
    menu, so one with a menu is sent anew. Where there are no buttons the choices are numbered under the text, a page
    at a time, and the last part keeps the key of their list; ways around a question are given in words.
    """
    if outgoing.deletes:
        return (outgoing,) if capabilities.deletes else ()
    if outgoing.only_if_editable and not (outgoing.replaces and capabilities.edits):
        return ()
    whole = _degrade(outgoing, capabilities, wording)
    parts = _talk(whole, capabilities) if _says_something(outgoing) else []
    if outgoing.commands is not None and capabilities.buttons:
        parts.append(Outgoing(chat=outgoing.chat, text="", commands=outgoing.commands))
    return tuple(parts)


def join_messages(messages: Sequence[Outgoing], capabilities: Mapping[ChannelName, Capabilities]) -> list[Outgoing]:
    """What is said at once, in as few messages as carry it, where a plan counts them and numbers mean the last list.

    Neighbours to one chat become one message with one list, as long as it is one call and one page of choices.
    """
    joined: list[Outgoing] = []
    for message in messages:
        can = capabilities.get(message.chat.channel)
        if can is None or not can.metered or can.buttons:
            joined.append(message)
            continue
        if not part_message(message, capabilities=can):
            continue
        both = _both(joined[-1], message, can) if joined else None
        if both is not None and len(part_message(both, capabilities=can)) == 1:
            joined[-1] = both
        else:
            joined.append(message)
    return joined


def _both(first: Outgoing, second: Outgoing, capabilities: Capabilities) -> Outgoing | None:
    """One message that says both; None when they differ in whom they are for or what their numbers mean."""
    if first.chat != second.chat or first.attachments or second.attachments:
        return None
    lists = [each for each in (first.choices, second.choices) if each is not None]
    versions = {each.dialogue_version for each in lists} - {None}
    labels = [each.label for choices in lists for each in choices.choices]
    offered = sum(len(each.numbered_choices) for each in lists)
    if len(versions) > 1 or len({each.personal for each in lists}) > 1 or any(each.first > 1 for each in lists):
        return None
    if offered > capabilities.page or len(set(labels)) < len(labels):
        return None
    choices = ChoiceList(
        rows=tuple(row for each in lists for row in each.rows),
        personal=all(each.personal for each in lists),
        dialogue_version=versions.pop() if versions else None,
    )
    text = "\n\n".join(text for text in (first.text, second.text) if text)
    return first.model_copy(update={"text": text, "choices": choices if lists else None, "replaces": ""})


def _says_something(outgoing: Outgoing) -> bool:
    carries = outgoing.choices or outgoing.menu is not None or outgoing.attachments or outgoing.replaces
    return bool(carries or to_spans(outgoing.text).text.strip() or outgoing.commands is None)


def _degrade(outgoing: Outgoing, capabilities: Capabilities, wording: Wording | None) -> Outgoing:
    changes: dict[str, object] = {"commands": None}
    if not capabilities.buttons:
        changes |= {"choices": None, "menu": None}
        if outgoing.choices:
            changes["text"] = _with_numbers(outgoing.text, outgoing.choices, capabilities.page, wording)
    elif outgoing.menu is not None:
        changes["replaces"] = "" if not outgoing.only_if_editable else outgoing.replaces
    if not capabilities.edits:
        changes["replaces"] = ""
    return outgoing.model_copy(update=changes)


def _with_numbers(text: str, choices: ChoiceList, page: int, wording: Wording | None) -> str:
    """Numbers mean what ChoiceList.numbered says; links and ways around carry none."""
    offered = choices.numbered_choices
    start = choices.first - 1
    lines = [text] if text else []
    if "\n" in text:
        lines.append("")  # what is read apart from what can be chosen
    shown = enumerate(offered[start : start + page], start=choices.first)
    lines += [str(escape(f"{number}. {choice.label}")) for number, choice in shown]
    left = len(offered) - start - page
    if left > 0 and wording is not None:
        lines.append(str(wording.more_choices(left)))
    lines += [str(escape(f"{choice.label}: {choice.url}")) for choice in choices.choices if choice.url]
    around = [choice.label for choice in choices.choices if not choice.numbered and not choice.url]
    if around:
        lines.append(str(wording.ways_around(around)) if wording else str(escape(" · ".join(around))))
    return "\n".join(lines)


def _talk(outgoing: Outgoing, capabilities: Capabilities) -> list[Outgoing]:
    """Choices hang on the last part, the menu on it too, or on the first when both are to be shown."""
    bodies = _bodies(outgoing, capabilities)
    parts: list[dict[str, object]] = [{"text": text, "attachments": files} for text, files in bodies]
    if not bodies[0][1]:  # a file cannot take the place of an older message
        parts[0] |= {"replaces": outgoing.replaces, "only_if_editable": outgoing.only_if_editable}
    parts[-1 if outgoing.choices is None else 0]["menu"] = outgoing.menu
    parts[-1] |= {"choices": outgoing.choices, "choices_key": outgoing.choices_key}
    bare = Outgoing(chat=outgoing.chat, text="")
    return [bare.model_copy(update=part) for part in parts]


def _bodies(outgoing: Outgoing, capabilities: Capabilities) -> list[_Body]:
    """The text with the files that fit beside it, a file a call; where they are links, as few calls as hold them."""
    groups = _groups(outgoing.attachments, capabilities)
    carries = len(groups) == 1 or (groups and capabilities.metered)
    if carries and not outgoing.replaces:
        spanned = to_spans(outgoing.text)
        if utf16_length(spanned.text.strip()) <= _room(groups[0], capabilities):
            text = str(to_markup(spanned.slice(0, len(spanned.text))))
            return [(text, groups[0]), *(("", group) for group in groups[1:])]
    texts: Sequence[_Body] = [(text, ()) for text in _pieces(outgoing.text, capabilities.text_limit)]
    apart: Sequence[_Body] = [("", group) for group in groups]
    return [*texts, *apart] or [("", ())]


@lru_cache(maxsize=256)
def _pieces(text: str, limit: int) -> tuple[str, ...]:
    """The text cut into messages; kept for a while, because many get the same one."""
    return tuple(str(to_markup(piece)) for piece in split(to_spans(text), limit=limit))


def _groups(files: Sequence[Attachment], capabilities: Capabilities) -> list[tuple[Attachment, ...]]:
    """Each alone; but links to neighbouring documents stand together as far as there is room, pictures never."""
    groups: list[tuple[Attachment, ...]] = []
    for file in files:
        both = (*groups[-1], file) if groups else ()
        is_apart = capabilities.documents or any(each.as_photo for each in both)
        if both and not is_apart and _room(both, capabilities) >= 0:
            groups[-1] = both
        else:
            groups.append((file,))
    return groups


def _room(group: Sequence[Attachment], capabilities: Capabilities) -> int:
    """How long a text beside these may be; the limit of a caption is for one of them."""
    return capabilities.caption_limit - sum(utf16_length(file.name) + _LINK for file in group[1:])


def to_markup(spanned: SpannedText) -> Markup:
    """The markup that `to_spans` reads back as the same text and spans; spans must lie within each other."""
    closing: dict[int, str] = defaultdict(str)
    opening: dict[int, str] = defaultdict(str)
    for span in spanned.spans:
        tag = _TAGS[span.style]
        opening[span.start] += f"<{tag}>"
        closing[span.end] = f"</{tag}>" + closing[span.end]
    marks = sorted({0, len(spanned.text), *opening, *closing})
    pieces = [closing[0] + opening[0]]
    for start, end in pairwise(marks):
        pieces += [str(escape(spanned.text[start:end])), closing[end], opening[end]]
    return Markup("".join(pieces))
