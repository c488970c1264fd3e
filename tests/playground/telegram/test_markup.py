"""HTML as Telegram reads it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.telegram.entities import Entity, find_entities, utf16_length, utf16_slice
from bot.playground.telegram.errors import Refused
from bot.playground.telegram.markup import parse_html
from bot.playground.telegram.texts import finish

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("ế<b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ế <b>b</i>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
        ("ế</b>", "Unexpected end tag at byte offset 3"),
        ("ế <b", "Unclosed start tag at byte offset 4"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a "x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_bad_html_is_refused_with_the_server_s_own_words(source: str, complaint: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_html(source)

    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>đậm</b>", "đậm", [("bold", 0, 3)]),
        ("🎓 <i>nghiêng</i>", "🎓 nghiêng", [("italic", 3, 7)]),
        ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
        ("<B>a</b >", "a", [("bold", 0, 1)]),
        ("<s></s>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("&lt;&#7871;&#x1EBF;&gt; &nbsp; &", "<ếế> &nbsp; &", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    found_text, found = parse_html(source)

    assert found_text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_a_link_keeps_its_address() -> None:
    text, (link,) = parse_html('<a href="https://vi.du/?a=1&amp;b=2">đây</a>')

    assert (text, link["type"], link["url"]) == ("đây", "text_link", "https://vi.du/?a=1&b=2")


@given(TEXTS)
def test_escaped_text_comes_through_unchanged(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    complaint, parsed, entities = reading(text)

    assert complaint.startswith("Bad Request: can't parse entities: ") or not complaint
    assert all(entity["offset"] + entity["length"] <= utf16_length(parsed) for entity in entities)


@given(TEXTS, TEXTS)
def test_trimming_keeps_entities_on_their_words(before: str, word: str) -> None:
    entity = {"type": "bold", "offset": utf16_length(before), "length": utf16_length(word)}
    finished = finish(f"{before}{word}  \n", [entity])

    bold = [e for e in finished.entities if e["type"] == "bold"]
    covered = [utf16_slice(finished.text, e["offset"], e["length"]) for e in bold]
    assert covered in ([], [finish_word(word)])


def reading(source: str) -> tuple[str, str, list[Entity]]:
    """The complaint, or the text and its entities."""
    try:
        return "", *parse_html(source)
    except Refused as refusal:
        return refusal.description, "", []


def finish_word(word: str) -> str:
    """What is left of a word at the end of a text."""
    return "".join(" " if c < " " and c != "\n" else c for c in word).rstrip()


def test_links_commands_and_names_are_found_in_plain_text() -> None:
    text = "/hop@mangluoi_bot xem https://vi.du/a. hỏi @co_lan #chuyên_đề"

    found = [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in find_entities(text)]

    assert found == [
        ("bot_command", "/hop@mangluoi_bot"),
        ("url", "https://vi.du/a"),
        ("mention", "@co_lan"),
        ("hashtag", "#chuyên_đề"),
    ]


def test_an_entity_that_splits_an_emoji_is_refused() -> None:
    with pytest.raises(Refused, match="ends in a middle of a UTF-16 symbol"):
        finish("🎓", [{"type": "bold", "offset": 0, "length": 1}])
