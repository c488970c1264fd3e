"""How formatted text looks in the Zalo Bot API; pure."""

from __future__ import annotations

from itertools import pairwise

from bot.domain.rich_text import SpannedText, escape, utf16_length

_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}


def draw_text(spanned: SpannedText, *, limit: int) -> dict[str, str]:
    """`text` and `parse_mode`: html for formatted text that fits with its tags, else plain text, which is never parsed.

    What people typed is escaped; styles that Zalo lacks are dropped.
    """
    known = [span for span in spanned.spans if span.style in _TAGS]
    if known:
        html = _html(SpannedText(spanned.text, tuple(known)))
        if utf16_length(html) <= limit:
            return {"text": html, "parse_mode": "html"}
    return {"text": spanned.text}


def _html(spanned: SpannedText) -> str:
    """Each stretch carries all its tags, so that stretches need not lie within each other."""
    text = spanned.text
    marks = sorted({0, len(text), *(span.start for span in spanned.spans), *(span.end for span in spanned.spans)})
    pieces: list[str] = []
    for start, end in pairwise(marks):
        tags = [_TAGS[span.style] for span in spanned.spans if span.start <= start and end <= span.end]
        opening, closing = (f"<{tag}>" for tag in tags), (f"</{tag}>" for tag in reversed(tags))
        pieces += [*opening, str(escape(text[start:end])), *closing]
    return "".join(pieces)
