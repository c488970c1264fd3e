"""The parameters of a call, read the way the Bot API reads them: everything is text until a method asks otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.files import Upload

_WHOLE = re.compile(r"-?\d{1,18}")


def as_whole(value: Any) -> int:
    """A number from JSON that may be written as text; 0 for anything else."""
    return int(value) if _WHOLE.fullmatch(str(value)) else 0


def plain_values(given: Mapping[str, Any]) -> dict[str, str]:
    """Parameters from JSON as the texts that a form would have carried; null is not given at all."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in given.items()
        if value is not None
    }


@dataclass(frozen=True, slots=True)
class Arguments:
    """Parameter texts by name, and the files that came along by field name."""

    values: Mapping[str, str] = field(default_factory=dict[str, str])
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])

    def text(self, name: str) -> str:
        """The text, "" when it is missing."""
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """Whether it says yes."""
        return self.text(name).lower() in ("true", "yes", "1")

    def whole(self, name: str, default: int = 0, *, low: int | None = None, high: int | None = None) -> int:
        """A whole number, the default for anything else, brought within its bounds."""
        text = self.text(name)
        number = int(text) if _WHOLE.fullmatch(text) else default
        if low is not None:
            number = max(low, number)
        return number if high is None else min(high, number)

    def has(self, name: str) -> bool:
        """Whether it was given at all, even empty."""
        return name in self.values

    def parsed(self, name: str, complaint: str) -> Any:
        """The JSON value of a parameter, None when it is missing; 400 with `complaint` when it is no JSON."""
        text = self.text(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise bad_request(complaint) from None

    def objects(self, name: str, *, complaint: str, wanted: str) -> list[Json]:
        """A JSON array of objects; 400 with `complaint` for bad JSON and `wanted` for another shape."""
        value = self.parsed(name, complaint)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(wanted)
        items = cast(list[Any], value)
        if not all(isinstance(item, dict) for item in items):
            raise bad_request(wanted)
        return cast(list[Json], items)

    def identifiers(self, name: str) -> list[int]:
        """A JSON array of one to a hundred message ids."""
        value = self.parsed(name, f"can't parse {name} JSON object")
        if value is None or value == []:
            raise bad_request("message identifiers are not specified")
        if not isinstance(value, list):
            raise bad_request("expected an Array of message identifiers")
        items = cast(list[Any], value)
        if len(items) > 100:
            raise bad_request("too many message identifiers specified")
        numbers = [as_whole(item) for item in items]
        if not all(number > 0 for number in numbers):
            raise bad_request("invalid message identifier specified")
        return numbers

    def upload(self, name: str) -> Upload | None:
        """The file in the field of that name, or the one that its text points to with attach://."""
        return self.uploads.get(name) or self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | None:
        """The file that "attach://name" points to; 400 when no such part came."""
        if not reference.startswith("attach://"):
            return None
        upload = self.uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong HTTP URL specified")
        return upload
