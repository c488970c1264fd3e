"""Polls: their rules, votes and shape."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.telegram.chats import Account, Json
from bot.playground.telegram.errors import bad_request

MOST_OPTIONS = 12
QUESTION_LIMIT = 300
OPTION_LIMIT = 100


@dataclass(eq=False, slots=True)
class Poll:
    """A poll and who chose what (person id to option numbers)."""

    id: str
    question: str
    options: list[str]
    anonymous: bool = True
    several: bool = False
    quiz: bool = False
    correct: int | None = None
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])

    def __post_init__(self) -> None:
        """Refuse what Telegram refuses."""
        if not self.question.strip():
            raise bad_request("poll question must be non-empty")
        if len(self.question) > QUESTION_LIMIT:
            raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
        if not self.options:
            raise bad_request("poll must have at least one answer option")
        if len(self.options) > MOST_OPTIONS:
            raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
        for option in self.options:
            self._check_option(option)
        if self.quiz and (self.correct is None or not 0 <= self.correct < len(self.options)):
            raise bad_request("wrong correct option ID specified")

    def _check_option(self, option: str) -> None:
        if not option.strip():
            raise bad_request("poll options must be non-empty")
        if len(option) > OPTION_LIMIT:
            raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")

    def vote(self, person: Account, chosen: tuple[int, ...]) -> None:
        """Replace the person's votes; none at all takes them back. ValueError for what a phone does not offer."""
        if self.closed:
            raise ValueError("the poll is closed")
        if len(chosen) > 1 and not self.several:
            raise ValueError("the poll takes one answer")
        if not all(0 <= option < len(self.options) for option in chosen):
            raise ValueError("no such option")
        if self.quiz and person.id in self.votes:
            raise ValueError("a quiz is answered once")
        if chosen:
            self.votes[person.id] = chosen
        else:
            self.votes.pop(person.id, None)

    def close(self) -> None:
        """End it, once."""
        if self.closed:
            raise bad_request("poll has already been closed")
        self.closed = True

    def as_json(self) -> Json:
        """A `Poll`."""
        counts = [sum(number in chosen for chosen in self.votes.values()) for number in range(len(self.options))]
        shown: Json = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"text": text, "voter_count": count, "persistent_id": str(number)}
                for number, (text, count) in enumerate(zip(self.options, counts, strict=True))
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "quiz" if self.quiz else "regular",
            "allows_multiple_answers": self.several,
            "allows_revoting": not self.quiz,
            "members_only": False,
        }
        return shown | ({"correct_option_ids": [self.correct]} if self.quiz and self.closed else {})

    def answer_json(self, person: Account) -> Json:
        """A `PollAnswer`."""
        chosen = list(self.votes.get(person.id, ()))
        return {
            "poll_id": self.id,
            "user": person.as_json(),
            "option_ids": chosen,
            "option_persistent_ids": [str(number) for number in chosen],
        }
