"""Things that go wrong on purpose, by method and chat: answers in place of the real one, delays, broken connections."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(slots=True, eq=False)
class Fault:
    """One thing to go wrong, `times` times, after `skip` calls that pass.

    `method` "" and `chat_id` "" match all. `moment` says whether the call takes effect first ("after") or never
    does ("before"). `drop` breaks the connection instead of answering. With neither `status` nor `drop` it only
    delays, by `delay` seconds.
    """

    method: str = ""
    chat_id: str = ""
    times: int = 1
    skip: int = 0
    moment: Literal["before", "after"] = "before"
    status: int = 0
    body: str = ""
    content_type: str = "application/json"
    drop: bool = False
    delay: float = 0.0
    retry_after: int = 0
    used: int = 0

    def matches(self, method: str, chat_id: str) -> bool:
        """Whether it concerns this call, and is not used up."""
        return self.used < self.times and self.method.lower() in ("", method.lower()) and self.chat_id in ("", chat_id)

    @property
    def replaces_answer(self) -> bool:
        """Whether the bot gets something else than the method's own answer."""
        return self.drop or self.status != 0

    def describe(self) -> str:
        """A short name for the log."""
        outcome = "drop" if self.drop else f"status {self.status}" if self.status else "delay"
        return f"{outcome} {self.moment}"


@dataclass(slots=True)
class Faults:
    """The faults that wait for their call, taken in the order in which they were added."""

    waiting: list[Fault] = field(default_factory=list[Fault])

    def add(
        self,
        *,
        method: str = "",
        chat_id: int | str = "",
        times: int = 1,
        skip: int = 0,
        moment: Literal["before", "after"] = "before",
        status: int = 0,
        description: str = "",
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
        body: str = "",
        drop: bool = False,
        delay: float = 0.0,
    ) -> Fault:
        """Plan a fault. `body` is sent as HTML; without it the platform's own JSON error is made from the rest.

        `retry_after` alone means 429, `migrate_to_chat_id` alone 400, each with the real description. ValueError
        when nothing would go wrong.
        """
        status = status or (429 if retry_after is not None else 400 if migrate_to_chat_id is not None else 0)
        if not (status or drop or delay):
            raise ValueError("a fault needs a status, retry_after, migrate_to_chat_id, drop or delay")
        fault = Fault(method=method, chat_id=str(chat_id), times=times, skip=skip, moment=moment, status=status)
        fault.drop, fault.delay, fault.retry_after = drop, delay, retry_after or 0
        fault.content_type = "text/html" if body else "application/json"
        fault.body = body or _error_body(status, description, retry_after, migrate_to_chat_id)
        self.waiting.append(fault)
        return fault

    def take(self, *, method: str, chat_id: str) -> Fault | None:
        """The fault for this call, counted as used; None when the call shall go well."""
        for fault in self.waiting:
            if not fault.matches(method, chat_id):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.used += 1
            return fault
        return None

    def clear(self) -> None:
        """Let everything go well again."""
        self.waiting.clear()


def _error_body(status: int, description: str, retry_after: int | None, migrate_to_chat_id: int | None) -> str:
    parameters = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to_chat_id}
    known = {name: value for name, value in parameters.items() if value is not None}
    if not description and retry_after is not None:
        description = f"Too Many Requests: retry after {retry_after}"
    if not description and migrate_to_chat_id is not None:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description or "Internal Server Error"}
    return json.dumps(answer | ({"parameters": known} if known else {}), ensure_ascii=False)
