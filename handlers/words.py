"""A question answered in a few words about one thing: why not, what came of it, what is asked; and why, for a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from bot.domain.rich_text import Markup
from bot.texts import forms as texts
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk

LONGEST_WORDS = 1500
_LONGEST_REASON = 300


class WordsDraft(BaseModel):
    """What it is about (an id), the question as it was put, a version where the answer changes something."""

    about: int
    prompt: str
    version: int = 0
    member_id: int | None = None
    words: str | None = None


class WithReason(BaseModel):
    """A draft that asks why: None until it was asked, empty when that was left out."""

    reason: str | None = None


W = TypeVar("W", bound=WithReason)
C = TypeVar("C")
WordsForm = Form[WordsDraft, None]
Said = Callable[[Talk, WordsDraft, str], Awaitable[None]]
"""Takes the talk, the draft and what was said."""


def words_form(name: str, title: str, said: Said, *, options: Sequence[str] = ()) -> WordsForm:
    """A form of one question, sent with its answer."""

    def ask(draft: WordsDraft, context: None) -> Question:
        del context
        return Question(Markup(draft.prompt), tuple(Option(each, each) for each in options))

    def read(text: str, draft: WordsDraft, context: None) -> WordsDraft | Refusal:
        del context
        words = text.strip()
        if not words:
            return Refusal(Markup(draft.prompt))
        if len(words) > LONGEST_WORDS:
            return Refusal(texts.too_long(LONGEST_WORDS))
        return draft.model_copy(update={"words": words})

    async def load(talk: Talk) -> None:
        talk.member()

    async def submit(talk: Talk, draft: WordsDraft, context: None, serial: str) -> None:
        del context, serial
        await said(talk, draft, draft.words or "")

    return Form(
        name=name,
        title=title,
        draft_type=WordsDraft,
        version=1,
        fields=(Field("words", "Nội dung", ask, read, missing=lambda draft: draft.words is None, optional=False),),
        preview=lambda draft, context: Markup(draft.prompt),
        load=load,
        submit=submit,
        asks_to_confirm=False,
    )


def reason_field(ask: Callable[[W, C], Question]) -> Field[W, C]:
    """Why, in one line that may be left out."""

    def read(text: str, draft: W, context: C) -> W | Refusal:
        del context
        reason = " ".join(text.split())
        if len(reason) > _LONGEST_REASON:
            return Refusal(texts.too_long(_LONGEST_REASON))
        return draft.model_copy(update={"reason": reason})

    return Field(
        "reason",
        "Lý do",
        ask,
        read,
        missing=lambda draft: draft.reason is None,
        skip=lambda draft: draft.model_copy(update={"reason": ""}),
    )
