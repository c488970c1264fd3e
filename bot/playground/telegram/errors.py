"""How the Bot API says no."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A call that is answered with `ok: false`; carries the HTTP status, the description and response parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        """`parameters` may be retry_after (seconds) or migrate_to_chat_id."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(what: str, **parameters: int) -> Refused:
    """400 with the prefix that all such descriptions have."""
    return Refused(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> Refused:
    """403 with the prefix that all such descriptions have."""
    return Refused(403, f"Forbidden: {what}")


def conflict(what: str) -> Refused:
    """409, for two ways of getting updates at once."""
    return Refused(409, f"Conflict: {what}")


def too_many_requests(seconds: int) -> Refused:
    """429 with the seconds to wait."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
