"""The dialogue engine: a pure function from a state and a move to the next state.

It asks what is missing, shows the draft, and files it on confirmation; it never guesses, and never loses what was
entered: a refused answer leaves the state as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from bot.domain.rich_text import Markup
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.moves import (
    CORRECT,
    PREVIEW,
    Back,
    Cancel,
    Confirm,
    Correct,
    Finish,
    Move,
    Pick,
    Say,
    Skip,
)

D = TypeVar("D", bound=BaseModel)
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class State(Generic[D]):
    """Where somebody is in a form.

    `trail` are the steps behind, for going back; `guided` asks optional fields too; `correcting` returns to the
    preview after one answer. `version` grows with every change, so that old buttons are known as old.
    """

    step: str
    draft: D
    serial: str
    version: int = 1
    trail: tuple[str, ...] = ()
    guided: bool = False
    correcting: bool = False


@dataclass(frozen=True, slots=True)
class Ask(Generic[D]):
    """Ask the state's step; `refusal` first says why the answer was not taken."""

    state: State[D]
    refusal: Markup | None = None


@dataclass(frozen=True, slots=True)
class Submitted(Generic[D]):
    """File this draft."""

    state: State[D]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It is given up."""


Outcome = Ask[D] | Submitted[D] | Cancelled


def begin(form: Form[D, C], draft: D, *, serial: str, guided: bool) -> State[D]:
    """The first state: at the first missing answer, or at the preview."""
    state = State(step=PREVIEW, draft=draft, serial=serial, guided=guided)
    return replace(state, step=_next_step(form, draft, after=None, guided=guided))


def advance(form: Form[D, C], state: State[D], move: Move, context: C) -> Outcome[D]:
    """What comes of a move; any move in any state leads to a valid state."""
    if isinstance(move, Cancel):
        return Cancelled()
    if state.step == PREVIEW:
        return _from_preview(form, state, move, context)
    if state.step == CORRECT:
        return _from_correct(form, state, move, context)
    return _from_field(form, state, move, context)


def resettled(form: Form[D, C], state: State[D], draft: D) -> State[D]:
    """The state with a draft to which records have added something; it may owe an answer again."""
    return replace(state, draft=draft, step=_next_step(form, draft, after=None, guided=False))


def question(form: Form[D, C], state: State[D], context: C) -> Question:
    """What the state's step asks, without the ways around it."""
    if state.step == PREVIEW:
        return Question(form.preview(state.draft, context))
    if state.step == CORRECT:
        return Question(Markup(""))
    return form.field(state.step).ask(state.draft, context)


def correctable(form: Form[D, C], draft: D) -> tuple[Field[D, Any], ...]:
    """The fields that may be changed in this draft."""
    return tuple(field for field in form.fields if field.correctable and field.applies(draft))


def _from_preview(form: Form[D, C], state: State[D], move: Move, context: C) -> Outcome[D]:
    match move:
        case Confirm():
            return _file(form, state, context)
        case Correct(None):
            return _go(state, CORRECT)
        case Correct(str(name)) if _may_correct(form, state.draft, name):
            return _correct(form, state, name)
        case Back() if state.trail:
            return _step_back(form, state)
        case Say(text):
            return _absorbed(form, state, form.absorb(text, state.draft, context))
        case _:
            return Ask(state)


def _file(form: Form[D, C], state: State[D], context: C) -> Outcome[D]:
    spoilt = form.before_filing(state.draft, context)
    if spoilt is not None:
        state = replace(state, draft=spoilt[0])
    owed = _first_missing(form, state.draft)
    if spoilt is None and owed is None:
        return Submitted(state)
    asked = _go(state, owed or PREVIEW)
    return replace(asked, refusal=spoilt[1] if spoilt else None)


def _absorbed(form: Form[D, C], state: State[D], taken: D | Refusal | None) -> Outcome[D]:
    if taken is None or isinstance(taken, Refusal):
        return Ask(state, refusal=taken.text if taken else Markup(""))
    return _continue(form, replace(state, draft=taken), after=None)


def _correct(form: Form[D, C], state: State[D], name: str) -> Outcome[D]:
    """Ask the field anew; a mark is turned over at once."""
    toggle = form.field(name).toggle
    if toggle is not None:
        return _continue(form, replace(state, draft=toggle(state.draft)), after=None)
    return _go(state, name, correcting=True)


def _from_correct(form: Form[D, C], state: State[D], move: Move, context: C) -> Outcome[D]:
    match move:
        case Correct(str(name)) | Pick(name) if _may_correct(form, state.draft, name):
            return _correct(form, state, name)
        case Say(text):
            return _absorbed(form, state, form.absorb(text, state.draft, context))
        case Back() | Skip() | Finish() | Confirm():
            return _go(state, PREVIEW)
        case _:
            return Ask(state, refusal=Markup(""))


def _from_field(form: Form[D, C], state: State[D], move: Move, context: C) -> Outcome[D]:
    field = form.field(state.step)
    match move:
        case Say(text):
            return _answered(form, state, field.read(text, state.draft, context))
        case Pick(value):
            return _answered(form, state, field.choose(value, state.draft, context))
        case Skip() if field.optional:
            return _answered(form, state, field.skip(state.draft))
        case Finish() if not _first_missing(form, state.draft):
            return _go(state, PREVIEW)
        case Back():
            return _step_back(form, state)
        case Correct(str(name)) if _may_correct(form, state.draft, name):
            return _correct(form, state, name)
        case _:
            return Ask(state, refusal=Markup(""))


def _answered(form: Form[D, C], state: State[D], answer: D | Refusal) -> Outcome[D]:
    if isinstance(answer, Refusal):
        return Ask(state, refusal=answer.text)
    moved = replace(state, draft=answer, trail=(*state.trail, state.step)[-20:])
    if form.is_settled(answer):
        return Submitted(replace(moved, step=PREVIEW))
    return _continue(form, moved, after=None if state.correcting else state.step)


def _continue(form: Form[D, C], state: State[D], *, after: str | None) -> Outcome[D]:
    guided = state.guided and not state.correcting and after is not None
    step = _next_step(form, state.draft, after=after, guided=guided)
    if step == PREVIEW and not form.asks_to_confirm:
        return Submitted(replace(state, step=PREVIEW))
    return _go(state, step)


def _go(state: State[D], step: str, *, correcting: bool = False) -> Ask[D]:
    return Ask(replace(state, step=step, version=state.version + 1, correcting=correcting))


def _step_back(form: Form[D, C], state: State[D]) -> Ask[D]:
    """To the step before; one that makes no sense for the draft any more is left out."""
    trail = () if state.correcting else state.trail
    while trail and not form.field(trail[-1]).applies(state.draft):
        trail = trail[:-1]
    if not trail:
        complete = _first_missing(form, state.draft) is None
        return _go(state, PREVIEW) if complete else Ask(state)
    return _go(replace(state, trail=trail[:-1]), trail[-1])


def _next_step(form: Form[D, C], draft: D, *, after: str | None, guided: bool) -> str:
    """The next field to ask: anything still owed; when guided, also what is optional and comes later."""
    names = [field.name for field in form.fields]
    position = names.index(after) if after in names else -1
    for index, field in enumerate(form.fields):
        if not field.applies(draft):
            continue
        if field.missing(draft) or (guided and index > position and _is_asked(field, draft)):
            return field.name
    return PREVIEW


def _is_asked(field: Field[D, Any], draft: D) -> bool:
    return field.optional and field.correctable and field.toggle is None and field.asked(draft)


def _first_missing(form: Form[D, C], draft: D) -> str | None:
    return next((field.name for field in form.fields if field.applies(draft) and field.missing(draft)), None)


def _may_correct(form: Form[D, C], draft: D, name: str) -> bool:
    return any(field.name == name for field in correctable(form, draft))
