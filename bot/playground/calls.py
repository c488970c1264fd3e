"""The log of what a bot called: method, parameters, times and outcome; also the record that rate tests read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.changes import Change, Changes


@dataclass(slots=True, eq=False)
class Call:
    """One call of a bot method. `moment` is monotonic seconds, `messages` how many it delivered."""

    number: int
    method: str
    parameters: Mapping[str, str]
    at: datetime
    moment: float
    files: tuple[str, ...] = ()
    status: int | None = None
    answer: Any = None
    messages: int = 0
    chat_id: str = ""
    ended: float | None = None
    fault: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is a long poll, which is under way most of the time."""
        return self.method == "getupdates"

    def as_json(self) -> dict[str, Any]:
        """All of it, for another process."""
        return {
            "number": self.number,
            "method": self.method,
            "parameters": dict(self.parameters),
            "at": self.at.isoformat(),
            "moment": self.moment,
            "files": list(self.files),
            "status": self.status,
            "answer": self.answer,
            "messages": self.messages,
            "chat_id": self.chat_id,
            "fault": self.fault,
        }


@dataclass(slots=True)
class CallLog:
    """All calls in order of arrival."""

    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    changes: Changes
    calls: list[Call] = field(default_factory=list[Call])
    under_way: set[Call] = field(default_factory=set[Call])
    latest: float | None = None
    """Calls without an answer yet, and when one last began or ended (monotonic seconds); long polls left out."""

    def __iter__(self) -> Iterator[Call]:
        """From the oldest on."""
        return iter(tuple(self.calls))

    def begin(self, method: str, parameters: Mapping[str, str], files: tuple[str, ...] = ()) -> Call:
        """Note a call that has arrived; the method's name in lower case."""
        call = Call(
            number=len(self.calls) + 1,
            method=method.lower(),
            parameters=parameters,
            at=self.clock(),
            moment=self.monotonic(),
            files=files,
            chat_id=parameters.get("chat_id", ""),
        )
        self.calls.append(call)
        if not call.waits:
            self.under_way.add(call)
            self.latest = call.moment
        self.changes.nudge()
        return call

    def end(self, call: Call, *, status: int, answer: Any) -> None:
        """Note how a call ended; status 0 is a connection dropped without an answer."""
        call.status, call.answer, call.ended = status, answer, self.monotonic()
        self.under_way.discard(call)
        if not call.waits:
            self.latest = call.ended
        self.changes.announce(Change("call", call.chat_id or None, {"method": call.method, "status": status}))

    def of(self, method: str, *, chat_id: int | str | None = None) -> list[Call]:
        """The calls of one method, of one chat if named."""
        wanted = "" if chat_id is None else str(chat_id)
        return [c for c in self if c.method == method.lower() and wanted in ("", c.chat_id)]

    def sendings(self, *, chat_id: int | str | None = None) -> list[float]:
        """The monotonic seconds at which messages were accepted, one entry a message."""
        wanted = "" if chat_id is None else str(chat_id)
        return [c.moment for c in self if wanted in ("", c.chat_id) for _ in range(c.messages)]

    def densest(self, window: float, *, chat_id: int | str | None = None) -> int:
        """The most messages accepted within any `window` seconds (the end not counted)."""
        moments = sorted(self.sendings(chat_id=chat_id))
        return max((bisect_left(moments, start + window) - at for at, start in enumerate(moments)), default=0)
