"""The queue of updates that wait for the bot, and the long poll that empties it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.changes import Change, Changes
from bot.playground.long_poll import LongPoll
from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import conflict

KEPT_FOR = timedelta(hours=24)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "callback_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "message_reaction",
        "message_reaction_count",
        "chat_join_request",
    }
)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `lane` names what must be pushed in order: a chat or a person."""

    id: int
    kind: str
    payload: Json
    lane: str
    at: datetime

    def as_json(self) -> Json:
        """An `Update`."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates from oldest to newest; they stay until confirmed, a day at most."""

    def __init__(self, *, clock: Callable[[], datetime], changes: Changes) -> None:
        """Empty, with the default set of allowed updates."""
        self.allowed = KINDS - NOT_BY_DEFAULT
        self.pending: list[Update] = []
        self._clock = clock
        self._changes = changes
        self._next_id = 700_000_001
        self._poll = LongPoll(changes)
        self._closed = False

    @property
    def is_polled(self) -> bool:
        """Whether a call waits for the next update."""
        return self._poll.is_waiting

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds are wanted from now on: an empty list is the default set, None leaves it as it was."""
        if kinds is not None:
            self.allowed = (KINDS & set(kinds)) or KINDS - NOT_BY_DEFAULT

    def custom_kinds(self) -> list[str]:
        """The wanted kinds when they differ from the default set, else nothing."""
        return [] if self.allowed == KINDS - NOT_BY_DEFAULT else sorted(self.allowed)

    def add(self, kind: str, payload: Json, *, lane: str) -> Update | None:
        """Append an update, unless its kind is not wanted."""
        if kind not in self.allowed:
            return None
        update = Update(self._next_id, kind, payload, lane, self._clock())
        self._next_id += 1
        self.pending.append(update)
        self._changes.announce(Change("update", lane, {"update_id": update.id, "kind": kind}))
        self._poll.wake()
        return update

    def drop(self, update: Update) -> None:
        """Forget an update that was delivered."""
        if update in self.pending:
            self.pending.remove(update)
            self._changes.nudge()

    def clear(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
        self._changes.nudge()

    def expire(self) -> None:
        """Forget what nobody has fetched for a day."""
        oldest = self._clock() - KEPT_FOR
        self.pending = [update for update in self.pending if update.at > oldest]

    async def fetch(self, *, offset: int, limit: int, timeout: float) -> list[Update]:
        """Confirm what lies before `offset` and return what follows, waiting up to `timeout` seconds for the first.

        409 when another waiting call takes over meanwhile.
        """
        self._confirm(offset)
        if not self.pending and timeout > 0 and not self._closed:
            self.interrupt(OTHER_POLL)
            await self._poll.wait(timeout)
        return self.pending[:limit]

    def interrupt(self, reason: str) -> None:
        """End a waiting call with 409."""
        self._poll.interrupt(conflict(reason))

    def close(self) -> None:
        """Let a waiting call return with what there is, and no later one wait."""
        self._closed = True
        self._poll.wake()

    def _confirm(self, offset: int) -> None:
        self.expire()
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset <= self._next_id:  # one from the future is ignored
            self.pending = [update for update in self.pending if update.id >= offset]
        self._changes.nudge()
