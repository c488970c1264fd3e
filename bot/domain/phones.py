"""Vietnamese telephone numbers as people type them, and the one form in which they are kept."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"\+?\(?[0-9](?:[\s.\-–()]*[0-9])*")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_ELEVEN_DIGIT_MOBILE = re.compile(r"01[0-9]{9}")

# The Ministry of Information and Communications' plan of 2018, by which eleven-digit mobile numbers became ten.
_PREFIX_SINCE_2018 = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def normalise_phone(value: object) -> str | None:
    """One number as national digits ("0912345000"), or None where the value is no single Vietnamese number.

    Takes text with any separators, +84, 0084 or 84, and numbers that a spreadsheet robbed of their leading 0.
    """
    found = find_phones(value)
    return found[0] if len(found) == 1 else None


def find_phones(value: object) -> tuple[str, ...]:
    """Every Vietnamese number in a cell, in the order written and each once."""
    runs = (match.group() for match in _NUMBER.finditer(_as_text(value)))
    return tuple(dict.fromkeys(number for run in runs for number in _read_run(run)))


def mask_phone(phone: str) -> str:
    """A number that its owner recognises and nobody else can call: "0912•••000"."""
    return f"{phone[:4]}•••{phone[-3:]}" if len(phone) > 8 else "•••"


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else ""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else str(value or "")


def _read_run(run: str) -> list[str]:
    """A run of digits as one number or, where it is none, as the numbers that spaces and dashes part it into."""
    whole = _to_national(run)
    parts = [whole] if whole else [_to_national(part) for part in re.split(r"\s[\s\-–]*", run)]
    return [number for number in parts if number]


def _to_national(written: str) -> str | None:
    digits = re.sub(r"[^0-9]", "", written)
    if written.startswith("+") and not digits.startswith("84"):
        return None
    for candidate in _readings(digits):
        current = _PREFIX_SINCE_2018.get(candidate[:4], "") + candidate[4:]
        if _ELEVEN_DIGIT_MOBILE.fullmatch(candidate) and _MOBILE.fullmatch(current):
            return current
        if _MOBILE.fullmatch(candidate) or _LANDLINE.fullmatch(candidate):
            return candidate
    return None


def _readings(digits: str) -> tuple[str, ...]:
    """What the digits may be: as they stand, behind a country code (and "+84 (0)912…"), or without their 0."""
    without_country = re.sub(r"^(?:00)?84", "", digits)
    return (digits, "0" + without_country.removeprefix("0"), "0" + digits)
