"""Presses of inline buttons, from the finger to the bot's one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.playground.telegram.chats import Account, Json
from bot.playground.telegram.errors import Refused, bad_request
from bot.playground.telegram.limits import CALLBACK_SECONDS
from bot.playground.telegram.messages import Message


@dataclass(eq=False, slots=True)
class Press:
    """One press; `answer` is None while the button spins, then the parameters of answerCallbackQuery."""

    id: str
    person: Account
    message: Message
    data: str
    at: datetime
    answer: Json | None = None

    @property
    def toast(self) -> str:
        """What the answer showed; "" for nothing."""
        return str((self.answer or {}).get("text", ""))

    def as_json(self) -> Json:
        """A `CallbackQuery`."""
        return {
            "id": self.id,
            "from": self.person.as_json(),
            "message": self.message.as_json(),
            "chat_instance": str(abs(self.message.chat.id) * 7919),
            "data": self.data,
        }


@dataclass(slots=True)
class Presses:
    """All presses by id; one may be answered once, and only for a while."""

    clock: Callable[[], datetime]
    made: dict[str, Press] = field(default_factory=dict[str, Press])

    def add(self, person: Account, message: Message, data: str) -> Press:
        """A press that waits for its answer."""
        number = str(4_000_000_000_000_000_000 + person.id * 1000 + len(self.made))
        self.made[number] = Press(number, person, message, data, self.clock())
        return self.made[number]

    def answer(self, press_id: str, answer: Json) -> Press:
        """Note the answer; 400 for an unknown, answered or old press."""
        press = self.made.get(press_id)
        if press is None or press.answer is not None or self._is_old(press):
            raise _too_old()
        press.answer = answer
        return press

    def _is_old(self, press: Press) -> bool:
        return self.clock() - press.at > timedelta(seconds=CALLBACK_SECONDS)


def _too_old() -> Refused:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
