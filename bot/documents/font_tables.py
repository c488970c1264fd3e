"""Which characters a TrueType font has: its `cmap` table, formats 4 and 12 (OpenType 1.9, "cmap")."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_ENTRY = 16  # bytes of one line of the table directory


def characters_of(path: Path) -> set[int]:
    """Every code point that the font file can draw."""
    data = path.read_bytes()
    table = _find_cmap(data)
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", data, table + 2)[0]):
        offset = table + struct.unpack_from(">I", data, table + 8 + number * 8)[0]
        match struct.unpack_from(">H", data, offset)[0]:
            case 4:
                found.update(_segments(data, offset))
            case 12:
                found.update(_groups(data, offset))
            case _:
                continue
    return found


def _find_cmap(data: bytes) -> int:
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + number * _ENTRY)
        if tag == b"cmap":
            return offset
    raise ValueError("a font without cmap")


def _segments(data: bytes, offset: int) -> Iterator[int]:
    """Format 4: ranges within the basic plane, each with a shift or a list of glyphs."""
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + count * 2)
    deltas = struct.unpack_from(f">{count}h", data, offset + 16 + count * 4)
    listed_at = offset + 16 + count * 6
    listed = struct.unpack_from(f">{count}H", data, listed_at)
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if listed[index]:
                glyph = struct.unpack_from(">H", data, listed_at + index * 2 + listed[index] + (code - start) * 2)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[index]) & 0xFFFF:
                yield code


def _groups(data: bytes, offset: int) -> Iterator[int]:
    """Format 12: ranges of any plane."""
    for number in range(struct.unpack_from(">I", data, offset + 12)[0]):
        start, end, _ = struct.unpack_from(">III", data, offset + 16 + number * 12)
        yield from range(start, end + 1)
