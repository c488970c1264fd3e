"""Tells in plain words what just happened and which code did it, from what the bot and the playgrounds let see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.clock import HOME_ZONE, Clock
from bot.domain.messages import Incoming, Reply
from bot.texts import demo as texts
from scheduler.jobs import Counts, Job

_KEPT = 60
_LOOKED_BACK = 12
_IDLE = frozenset(
    {"teams", "owing", "already", "unreachable", "due", "meetings", "announcements", "wrong"}
    | {"updates", "messages", "guesses", "codes", "keyboards", "orders"}
)
"""Counts that do not by themselves make a tick worth telling."""
_INTAKE, _DELIVERY = "bot/pipeline/intake.py", "bot/pipeline/delivery.py"
Entry = dict[str, Any]


class Story:
    """Watches one bot. `label_of` tells what stands on a pressed button, `publish` shows an entry on the page."""

    def __init__(
        self,
        entries: list[Entry],
        *,
        clock: Clock,
        label_of: Callable[[Incoming], str],
        publish: Callable[[Entry], None],
    ) -> None:
        """Adds to `entries`, the oldest first."""
        self._entries, self._clock = entries, clock
        self._label_of, self._publish = label_of, publish
        self._number = 0
        self._chats: dict[int, set[str] | None] = {}
        """The chats that an entry's messages go to, by its number; None: any."""
        self._sent: dict[int, tuple[int, dict[int, int]]] = {}

    def answered(self, incoming: Incoming, reply: Reply) -> None:
        """An update was handled."""
        name = incoming.sender.name if incoming.sender else ""
        steps = [
            {"text": texts.stored(), "room": _INTAKE},
            {"text": texts.handled(len(reply.messages), reply.toast), "room": f"{reply.by.replace('.', '/')}.py"},
        ]
        chats = {message.chat.key for message in reply.messages} or {
            incoming.chat.key
        }  # a file that is drawn comes later
        self._tell(_what(incoming, name, self._label_of(incoming)), steps, chats)

    def ran(self, job: Job, counts: Counts) -> None:
        """A job had its tick."""
        if not any(count for what, count in counts.items() if what not in _IDLE):
            return
        room = f"{job.run.__module__.replace('.', '/')}.py"
        step = {"text": texts.job_counts(job.name, counts), "room": room}
        self._tell(texts.job_ran(job.name, self._local()), [step], None)

    def clock_moved(self) -> None:
        """The clock has arrived where it was sent."""
        step = {"text": texts.clock_explained(), "room": "scheduler/table.py"}
        self._tell(texts.clock_moved(self._local()), [step], set())

    def called(self, method: str, chat_key: str, status: int) -> None:
        """A platform answered a call; counted with what caused it."""
        if not method.startswith(("send", "edit")) or method == "sendchataction" or not chat_key:
            return
        for entry in self._entries[: -_LOOKED_BACK - 1 : -1]:
            chats = self._chats[entry["id"]]
            if chats is None or chat_key in chats:
                self._count(entry, status)
                return

    def _count(self, entry: Entry, status: int) -> None:
        ok, refused = self._sent.get(entry["id"], (0, {}))
        if 200 <= status < 300:
            ok += 1
        else:
            refused[status] = refused.get(status, 0) + 1
        self._sent[entry["id"]] = ok, refused
        entry["delivery"] = {"text": texts.delivered(ok=ok, refused=refused), "room": _DELIVERY}
        self._publish(entry)

    def _tell(self, title: str, steps: list[dict[str, str]], chats: set[str] | None) -> None:
        self._number += 1
        entry: Entry = {
            "id": self._number,
            "at": int(self._clock().timestamp() * 1000),
            "title": title,
            "steps": steps,
            "delivery": None,
        }
        self._chats[self._number] = chats
        self._entries.append(entry)
        del self._entries[:-_KEPT]
        self._publish(entry)

    def _local(self) -> datetime:
        return self._clock().astimezone(HOME_ZONE)


def _what(incoming: Incoming, name: str, label: str) -> str:
    if incoming.press is not None:
        return texts.pressed(name, label)
    if incoming.event is not None:
        return texts.happened(name)
    if incoming.files and not incoming.text:
        return texts.sent_file(name)
    return texts.said(name, incoming.text)
