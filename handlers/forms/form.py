"""Forms as declarations: a pydantic draft and the fields that fill it, each with its question and its reading."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from bot.domain.rich_text import Markup
from handlers.talk import Talk

D = TypeVar("D", bound=BaseModel)
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer; `value` is what the field is given when it is chosen."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask and what to offer."""

    text: Markup
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer cannot be taken, in one sentence that says what was expected."""

    text: Markup


@dataclass(frozen=True, slots=True)
class Field(Generic[D, C]):
    """One thing a draft holds.

    `ask` words the question, `read` takes free text, `pick` an offered value (default: as free text); both return the
    changed draft or a refusal. `missing` tells whether a required answer is still owed; `optional` fields are asked
    only when the form is filled step by step. `applies` hides a field that makes no sense for this draft.
    """

    name: str
    label: str
    ask: Callable[[D, C], Question]
    read: Callable[[str, D, C], D | Refusal]
    pick: Callable[[str, D, C], D | Refusal] | None = None
    missing: Callable[[D], bool] = lambda draft: False
    applies: Callable[[D], bool] = lambda draft: True
    optional: bool = True
    skip: Callable[[D], D] = lambda draft: draft
    """What skipping does, for instance clearing what was there."""
    correctable: bool = True
    asked: Callable[[D], bool] = lambda draft: True
    """Whether filling in step by step stops at it; others are reached by correcting, or in one message."""
    toggle: Callable[[D], D] | None = None
    """A mark: choosing it under "Sửa" turns it over at once, without a question."""
    is_on: Callable[[D], bool] = lambda draft: False
    """Whether the mark is set."""

    def label_in(self, draft: D) -> str:
        """Its label in the list of what can be corrected."""
        if self.toggle is None:
            return self.label
        return f"{'☑' if self.is_on(draft) else '☐'} {self.label}"

    def choose(self, value: str, draft: D, context: C) -> D | Refusal:
        """Take an offered value."""
        return (self.pick or self.read)(value, draft, context)


@dataclass(frozen=True, slots=True)
class Form(Generic[D, C]):
    """A whole form. `version` grows when drafts of before can no longer be understood."""

    name: str
    title: str
    draft_type: type[D]
    version: int
    fields: tuple[Field[D, C], ...]
    preview: Callable[[D, C], Markup]
    load: Callable[[Talk], Awaitable[C]]
    submit: Callable[[Talk, D, C, str], Awaitable[None]]
    """Called once with the dialogue's serial; says its receipt through the talk."""
    absorb: Callable[[str, D, C], D | Refusal | None] = lambda text, draft, context: None
    """At the preview: take a correction typed freely, say why not, or None when the text is no such thing."""
    takes_over: Callable[[str, D], bool] = lambda text, draft: False
    """At the preview: whether a text begins another form of this kind."""
    taken_over_at: frozenset[str] = frozenset()
    """Fields with short answers, at whose questions a text may begin another form too."""
    before_filing: Callable[[D, C], tuple[D, Markup] | None] = lambda draft, context: None
    """At the confirmation: what has become impossible since it was answered, taken out of the draft, and why."""
    settle: Callable[[Talk, D, C], Awaitable[D]] | None = None
    """Before the preview is shown: add to the draft what only the records know."""
    is_settled: Callable[[D], bool] = lambda draft: False
    """Whether an answer leaves nothing to preview, so that it submits the form at once."""
    asks_to_confirm: bool = True
    """False: the last answer submits it; only for what the receipt lets people take back."""
    keeps: Callable[[D, C], Markup] | None = None
    """What the card goes on saying once it was submitted; its preview by default."""
    confirm_label: str = "Gửi"
    drop_label: str = "Bỏ"

    def field(self, name: str) -> Field[D, C]:
        """The field of this name; KeyError otherwise."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


AnyForm = Form[Any, Any]
