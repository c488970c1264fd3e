"""Forms in a conversation: states kept as rows, questions shown with their ways around, interruptions resumed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.domain.errors import StaleChoice
from bot.domain.rich_text import Markup, join_lines
from bot.texts import forms as texts
from handlers.forms.choices import options_of, rows_of
from handlers.forms.engine import Ask, Cancelled, State, Submitted, advance, begin, question, resettled
from handlers.forms.form import AnyForm, Form, Question
from handlers.forms.keeping import new_row, read, write
from handlers.forms.moves import CORRECT, PREVIEW, Move, from_value, understand
from handlers.talk import Talk
from storage.dialogues import OpenDialogue

C = TypeVar("C")


class Forms:
    """All forms of the bot, and the dialogues of one person in one chat."""

    def __init__(self, forms: Mapping[str, AnyForm]) -> None:
        """By their names."""
        self._forms = dict(forms)

    def add(self, form: AnyForm) -> None:
        """One more form, of a capability that itself needs the dialogues; ValueError when its name is taken."""
        if form.name in self._forms:
            raise ValueError(f"{form.name} is claimed twice")
        self._forms[form.name] = form

    async def start(
        self, talk: Talk, form: AnyForm, draft: BaseModel, *, guided: bool = False, opening: Markup | None = None
    ) -> None:
        """Begin a form; whatever was active waits. `opening` is said above the first question."""
        await self._park(talk)
        if form.settle is not None:
            draft = await form.settle(talk, draft, await context_of(talk, form))
        state: State[Any] = begin(form, draft, serial=secrets.token_hex(8), guided=guided)
        dialogue = new_row(talk, form, state)
        await talk.uow.dialogues.save(dialogue)
        await self._show(talk, form, state, before=opening)

    async def active(self, talk: Talk) -> OpenDialogue | None:
        """The dialogue that waits for an answer in this chat."""
        rows = await self._open(talk)
        return rows[0] if rows and rows[0].active else None

    async def hear(self, talk: Talk, dialogue: OpenDialogue, text: str) -> bool:
        """Take a typed answer; False when the text begins something else and the dialogue was parked for it."""
        loaded = await self._load(talk, dialogue)
        if loaded is None:
            return True
        form, state = loaded
        talk.by = form.submit.__module__
        if (state.step == PREVIEW or state.step in form.taken_over_at) and form.takes_over(text, state.draft):
            return False
        context = await context_of(talk, form)
        options = options_of(form, state, question(form, state, context))
        move = understand(text, form=form, step=state.step, options=options)
        await self._move(talk, dialogue, form, state, move, context)
        return True

    async def press(self, talk: Talk, value: str, *, version: int | None) -> None:
        """Take a pressed button; StaleChoice when the dialogue is over or has moved on."""
        serial, _, carried = value.partition("|")
        rows = await self._open(talk)
        dialogue = next((row for row in rows if row.name.partition("#")[2] == serial), None)
        if dialogue is None or dialogue.version != version:
            raise StaleChoice(serial=serial)
        loaded = await self._load(talk, dialogue)
        if loaded is None:
            return
        form, state = loaded
        talk.by = form.submit.__module__
        if not dialogue.active:
            await self._park(talk)
            await self._wake(talk, dialogue)
        try:
            move = from_value(carried)
        except ValueError as error:
            raise StaleChoice(value=carried) from error
        await self._move(talk, dialogue, form, state, move, await context_of(talk, form))

    async def change_draft(self, talk: Talk, form: AnyForm, change: Callable[[Any], BaseModel]) -> bool:
        """Change the draft of the active dialogue, such as by a file that came; False when it is another form's."""
        dialogue = await self.active(talk)
        if dialogue is None or dialogue.name.partition("#")[0] != form.name:
            return False
        loaded = await self._load(talk, dialogue)
        if loaded is None:
            return False
        _, state = loaded
        write(dialogue, replace(state, draft=change(state.draft), version=state.version + 1), talk)
        await talk.uow.dialogues.save(dialogue)
        return True

    async def change(self, talk: Talk, dialogue: OpenDialogue, change: Callable[[Any], BaseModel]) -> bool:
        """Change a draft beside its questions, such as by a photo; the buttons shown stay good. False: outdated."""
        loaded = await self._load(talk, dialogue)
        if loaded is None:
            return False
        _, state = loaded
        write(dialogue, replace(state, draft=change(state.draft)), talk)
        await talk.uow.dialogues.save(dialogue)
        return True

    async def remark(self, talk: Talk, dialogue: OpenDialogue, text: Markup | None) -> None:
        """Say something about the draft: at the preview with its buttons, else above the question, shown again."""
        loaded = await self._load(talk, dialogue)
        if loaded is None:
            return
        form, state = loaded
        if text is not None and state.step == PREVIEW:
            rows = rows_of(form, state, Question(text))
            talk.say(text, rows, dialogue_version=state.version)
        else:
            await self._show(talk, form, state, before=text)

    async def ask_again(self, talk: Talk, dialogue: OpenDialogue, *, before: Markup) -> None:
        """Show the question that waits once more, as it is."""
        loaded = await self._load(talk, dialogue)
        if loaded is not None:
            await self._show(talk, *loaded, before=before)

    async def waiting(self, talk: Talk) -> list[str]:
        """The titles of what is unfinished in this chat, the active one first."""
        names = [row.name.partition("#")[0] for row in await self._open(talk)]
        return [self._forms[name].title for name in names if name in self._forms]

    async def resume(self, talk: Talk) -> bool:
        """Show the question that waits (the latest parked one if none is active); False when nothing waits."""
        rows = await self._open(talk)
        while rows:
            dialogue = rows.pop(0)
            loaded = await self._load(talk, dialogue)
            if loaded is not None:
                await self._wake(talk, dialogue)
                form, state = loaded
                await self._show(talk, form, state, before=texts.resumed(form.title))
                return True
        return False

    async def cancel(self, talk: Talk) -> bool:
        """Give up the active dialogue; False when there is none."""
        dialogue = await self.active(talk)
        if dialogue is None:
            return False
        form = self._forms.get(dialogue.name.partition("#")[0])
        await talk.uow.dialogues.end(dialogue)
        talk.say(texts.cancelled(form.title if form else ""))
        await self._offer_waiting(talk)
        return True

    async def _move(
        self, talk: Talk, dialogue: OpenDialogue, form: AnyForm, state: State[Any], move: Move, context: Any
    ) -> None:
        outcome = advance(form, state, move, context)
        match outcome:
            case Ask(state=after, refusal=refusal):
                if after.step == PREVIEW and form.settle is not None:
                    after = resettled(form, after, await form.settle(talk, after.draft, context))
                write(dialogue, after, talk)
                await talk.uow.dialogues.save(dialogue)
                shown = texts.not_understood() if refusal is not None and not refusal else refusal
                await self._show(talk, form, after, before=shown, context=context, in_place=True)
            case Submitted(state=done):
                await talk.uow.dialogues.end(dialogue)
                await form.submit(talk, done.draft, context, done.serial)
                talk.contexts.clear()
                kept = (form.keeps or form.preview)(done.draft, context)
                talk.tidy(join_lines(kept, "", texts.filed_mark()))
                await self._offer_waiting(talk)
            case Cancelled():
                await talk.uow.dialogues.end(dialogue)
                talk.say(texts.cancelled(form.title), in_place=True)
                await self._offer_waiting(talk)

    async def _show(
        self,
        talk: Talk,
        form: AnyForm,
        state: State[Any],
        *,
        before: Markup | None = None,
        context: Any = None,
        in_place: bool = False,
    ) -> None:
        asked = question(form, state, context if context is not None else await context_of(talk, form))
        text = texts.what_to_correct() if state.step == CORRECT else asked.text
        rows = rows_of(form, state, asked)
        talk.say(
            join_lines(before, "" if before else None, text),
            rows,
            dialogue_version=state.version,
            in_place=in_place,
        )

    async def _open(self, talk: Talk) -> list[OpenDialogue]:
        return await talk.uow.dialogues.open_of(talk.chat.key, talk.user_id)

    async def _park(self, talk: Talk) -> None:
        for row in await self._open(talk):
            if row.active:
                row.active = False
                await talk.uow.dialogues.save(row)

    async def _wake(self, talk: Talk, dialogue: OpenDialogue) -> None:
        dialogue.active = True
        await talk.uow.dialogues.save(dialogue)

    async def _load(self, talk: Talk, dialogue: OpenDialogue) -> tuple[AnyForm, State[Any]] | None:
        """The form and state of a row; None (said politely) when this program no longer understands it."""
        form = self._forms.get(dialogue.name.partition("#")[0])
        try:
            if form is None or dialogue.draft_version != form.version:
                raise ValueError(dialogue.name)
            return form, read(form, dialogue)
        except (ValidationError, ValueError, KeyError):
            await talk.uow.dialogues.end(dialogue)
            talk.say(texts.draft_outdated())
            return None

    async def _offer_waiting(self, talk: Talk) -> None:
        """After one dialogue ended: show the one that was interrupted, if any."""
        for dialogue in await self._open(talk):
            if dialogue.active:
                return  # what ended has begun another one
            loaded = await self._load(talk, dialogue)
            if loaded is not None:
                await self._wake(talk, dialogue)
                form, state = loaded
                await self._show(talk, form, state, before=texts.still_waiting(form.title))
                return


async def context_of(talk: Talk, form: Form[Any, C]) -> C:
    """What the form needs to know, loaded once while an update is handled."""
    if form.name not in talk.contexts:
        talk.contexts[form.name] = await form.load(talk)
    return talk.contexts[form.name]
