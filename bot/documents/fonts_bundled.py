"""The fonts that come along, and what can be measured with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.documents.font_tables import characters_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONT_DIRECTORY = Path(__file__).parent / "fonts"
_MEASURED_AT = 100  # points; widths scale with the size


def text_width_mm(text: str, *, size: float, bold: bool = False) -> float:
    """How wide a line of text stands in Times New Roman, whose metrics Tinos has; `size` in points."""
    return _font(bold).getlength(text) / _MEASURED_AT * size * 25.4 / 72


def wrapped_width_mm(text: str, *, size: float, bold: bool, within: float) -> float:
    """The widest line of a text that is broken at words to fit `within` millimetres."""
    widest, line = 0.0, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width_mm(longer, size=size, bold=bold) > within:
            widest, line = max(widest, text_width_mm(line, size=size, bold=bold)), word
        else:
            line = longer
    return min(within, max(widest, text_width_mm(line, size=size, bold=bold)))


@lru_cache(maxsize=2)
def _font(bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    name = "Tinos-Bold.ttf" if bold else "Tinos-Regular.ttf"
    return ImageFont.truetype(FONT_DIRECTORY / name, _MEASURED_AT)


@lru_cache(maxsize=1)
def drawable_characters() -> frozenset[int]:
    """Code points that text in regular type can hold: those of Tinos and of the emoji."""
    names = ("Tinos-Regular.ttf", "NotoEmoji-Regular.ttf")
    return frozenset(code for name in names for code in characters_of(FONT_DIRECTORY / name))
