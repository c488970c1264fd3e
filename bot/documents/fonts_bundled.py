"""The fonts that come along, and what can be measured with them."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bot.documents.font_tables import characters_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONT_DIRECTORY = Path(__file__).parent / "fonts"
_MEASURED_AT = 100  # points; widths scale with the size
_EMOJI = "NotoEmoji-Regular.ttf"
_TEXT = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
_TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}",
          "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING DOT BELOW}")  # fmt: skip
_VIETNAMESE = "đĐ" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", _TONES)
)


def unusable_fonts() -> list[str]:
    """The files that are missing, damaged, or lack a letter of Vietnamese; empty when papers can be drawn."""
    return [name for name, text in (*((each, _VIETNAMESE) for each in _TEXT), (_EMOJI, "✅")) if not _draws(name, text)]


def _draws(name: str, text: str) -> bool:
    from PIL import ImageFont

    path = FONT_DIRECTORY / name
    try:
        ImageFont.truetype(path, _MEASURED_AT).getmask(text)
        return characters_of(path) >= {ord(each) for each in text}
    except (OSError, ValueError, struct.error):
        return False


def text_width_mm(text: str, *, size: float, bold: bool = False) -> float:
    """How wide a line of text stands in Times New Roman, whose metrics Tinos has; `size` in points."""
    return _font(bold).getlength(text) / _MEASURED_AT * size * 25.4 / 72


def balanced_lines(text: str, *, size: float, bold: bool, within: float) -> tuple[str, ...]:
    """As few lines as fit `within` millimetres, about equally long, so that no word stands alone under a name."""
    lines = _broken(text, size=size, bold=bold, within=within)
    for tenths in range(5, 10):
        narrower = _broken(text, size=size, bold=bold, within=within * tenths / 10)
        if len(narrower) == len(lines) and widest_mm(narrower, size=size, bold=bold) <= within * tenths / 10:
            return narrower
    return lines


def widest_mm(lines: Sequence[str], *, size: float, bold: bool) -> float:
    """How wide the longest line stands."""
    return max((text_width_mm(line, size=size, bold=bold) for line in lines), default=0.0)


def _broken(text: str, *, size: float, bold: bool, within: float) -> tuple[str, ...]:
    """Broken at words, each line as long as fits."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width_mm(longer, size=size, bold=bold) <= within:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@lru_cache(maxsize=2)
def _font(bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONT_DIRECTORY / _TEXT[bold], _MEASURED_AT)


@lru_cache(maxsize=1)
def drawable_characters() -> frozenset[int]:
    """Code points that text in regular type can hold: those of Tinos and of the emoji."""
    return frozenset(code for name in (_TEXT[0], _EMOJI) for code in characters_of(FONT_DIRECTORY / name))
