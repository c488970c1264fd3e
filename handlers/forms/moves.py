"""What a person can do at any step of a form, and how words, numbers and presses become that."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.text import fold
from handlers.forms.form import AnyForm, Option

PREVIEW = "preview"
CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Say:
    """Free text."""

    text: str


@dataclass(frozen=True, slots=True)
class Pick:
    """An offered value."""

    value: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Change one field, or (None) choose which."""

    field: str | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave this out."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Leave out everything optional and look at the draft."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """File it."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give it up."""


Move = Say | Pick | Correct | Back | Skip | Finish | Confirm | Cancel

_WORDS: dict[str, Move] = {
    "huy": Cancel(),
    "huy bo": Cancel(),
    "thoi": Cancel(),
    "quay lai": Back(),
    "lui": Back(),
    "lui lai": Back(),
    "truoc": Back(),
    "bo qua": Skip(),
    "xem lai": Finish(),
    "xem lai gui": Finish(),
}
_PREVIEW_WORDS: dict[str, Move] = {
    "gui": Confirm(),
    "gui di": Confirm(),
    "gui luon": Confirm(),
    "ok": Confirm(),
    "oke": Confirm(),
    "dong y": Confirm(),
    "xac nhan": Confirm(),
    "luu": Confirm(),
    "bo": Cancel(),
    "sua": Correct(),
    "sua lai": Correct(),
    "chua dung": Correct(),
}


def to_value(move: Move) -> str:
    """What a button carries."""
    match move:
        case Pick(value):
            return f"pick:{value}"
        case Correct(field):
            return f"correct:{field or ''}"
        case Say(text):
            return f"say:{text}"
        case Back() | Skip() | Finish() | Confirm() | Cancel():
            return type(move).__name__.lower()


def from_value(value: str) -> Move:
    """What a button carried; ValueError when it is none of ours."""
    name, _, argument = value.partition(":")
    match name:
        case "pick":
            return Pick(argument)
        case "correct":
            return Correct(argument or None)
        case "back":
            return Back()
        case "skip":
            return Skip()
        case "finish":
            return Finish()
        case "confirm":
            return Confirm()
        case "cancel":
            return Cancel()
        case _:
            raise ValueError(value)


def understand(text: str, *, form: AnyForm, step: str, options: tuple[Option, ...]) -> Move:
    """What a typed text means at this step: a word of command, an offered answer by its words, or free text.

    Numbers are resolved before, by the list that was shown last.
    """
    words = fold(text).removeprefix("/").strip()
    if words in _WORDS:
        return _WORDS[words]
    for option in options:
        if fold(option.label) == words:
            return Pick(option.value)
    if step == PREVIEW:
        return _at_preview(words, form) or Say(text)
    if step == CORRECT:
        return _field_named(words, form) or Say(text)
    return Say(text)


def _at_preview(words: str, form: AnyForm) -> Move | None:
    if words in _PREVIEW_WORDS:
        return _PREVIEW_WORDS[words]
    if words in {fold(form.confirm_label), fold(form.drop_label)}:
        return Confirm() if words == fold(form.confirm_label) else Cancel()
    if words.startswith("sua "):
        return _field_named(words.removeprefix("sua "), form)
    return None


def _field_named(words: str, form: AnyForm) -> Move | None:
    for field in form.fields:
        if field.correctable and words in {fold(field.label), field.name}:
            return Correct(field.name)
    return None
