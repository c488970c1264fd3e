"""What a typed number or word means: of the list of choices shown last in a chat, and of no other.

Where there are no buttons this is how everything is pressed; where there are, it works as well. A number that was
written before the latest list could be seen meant an older one: it is answered with the latest, never acted upon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import NotKnownYet
from bot.domain.messages import Choice, ChoiceList, Outgoing
from bot.domain.text import fold
from bot.texts import lists as texts
from handlers.forms.choices import ACTION as FORM_ACTION
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.keyboards import ShownList

_PAGE = 15
_MORE = {"tiep", "tiep theo", "xem tiep", "xem them", "nua"}
_LONGEST_NUMBER = 3
_LONGEST_CALL = timedelta(seconds=30)  # a list that is longer on its way has met with trouble


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice and the version of the dialogue it was offered in."""

    choice: Choice
    version: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """The list shown last, and the one that came, or is coming, after whatever was just written."""

    shown: ShownList | None
    newer: ShownList | None


class ShownLists:
    """Reads numbers and words by the list shown last."""

    def __init__(self, forms: Forms) -> None:
        """`forms` know which dialogue waits."""
        self._forms = forms

    async def look(self, talk: Talk, text: str) -> Look:
        """At the lists of this chat that are for whoever talks.

        NotKnownYet: a number was typed while a list is being sent, and which of the two came first is not known yet.
        """
        shown = _theirs(talk, await talk.uow.keyboards.latest(talk.chat.key, now=talk.now))
        return Look(shown, await self._overtaken_by(talk, shown, text))

    async def chosen(self, talk: Talk, look: Look, text: str) -> Chosen | None:
        """What the text chooses; None when it chooses nothing, or may have been meant for an older list."""
        shown = look.shown
        if shown is None or look.newer is not None:
            return None
        choice = shown.choices.numbered(int(text)) if _is_number(text) else await self._by_words(talk, shown, text)
        if choice is None:
            return None
        version = shown.choices.dialogue_version
        if choice.action == FORM_ACTION:
            dialogue = await self._forms.active(talk)
            if dialogue is None or dialogue.version != version:
                return None
        return Chosen(choice, version)

    async def turned(self, talk: Talk, look: Look, text: str) -> bool:
        """Show the next page of a long list, or the current list for a number that it does not have; False if neither.

        A waiting form reads its own numbers.
        """
        shown = look.shown
        if look.newer is not None and _is_number(text):
            await self._show_current(talk, look.newer)
            return True
        if shown is None:
            return False
        offered = len(shown.choices.numbered_choices)
        if fold(text) in _MORE and offered > _PAGE:
            following = shown.choices.first + _PAGE
            self._show(talk, shown.choices.model_copy(update={"first": following if following <= offered else 1}))
            return True
        if _is_number(text) and offered and await self._forms.active(talk) is None:
            self._show(talk, shown.choices)
            return True
        return False

    async def _overtaken_by(self, talk: Talk, shown: ShownList | None, text: str) -> ShownList | None:
        """The list that came, or is coming, after whatever the text was written under; None when there is none."""
        coming = await talk.uow.keyboards.on_its_way(talk.chat.key)
        if coming is not None and _theirs(talk, coming.shown) is not None:
            if coming.is_being_sent and _is_number(text) and talk.now - talk.incoming.at < _LONGEST_CALL:
                raise NotKnownYet(what="list")
            return coming.shown
        is_newer = shown is not None and shown.arrived_at is not None and talk.incoming.at < shown.arrived_at
        return shown if is_newer else None

    async def _show_current(self, talk: Talk, shown: ShownList) -> None:
        """The list once more; of a form that waits, its whole question."""
        dialogue = await self._forms.active(talk)
        is_question = dialogue is not None and shown.choices.dialogue_version == dialogue.version
        if dialogue is not None and is_question:
            await self._forms.ask_again(talk, dialogue, before=texts.current_list())
        else:
            self._show(talk, shown.choices)

    async def _by_words(self, talk: Talk, shown: ShownList, text: str) -> Choice | None:
        """The choice whose label is said, or the only one that begins with what is said; forms read their own words."""
        words = fold(text)
        choices = [each for each in shown.choices.choices if not each.url and each.action != FORM_ACTION]
        exact = [each for each in choices if fold(each.label) == words]
        if exact or not words:
            return exact[0] if exact else None
        if await self._forms.active(talk) is not None:
            return None
        begun = [each for each in choices if fold(each.label).startswith(f"{words} ")]
        return begun[0] if len(begun) == 1 else None

    def _show(self, talk: Talk, choices: ChoiceList) -> None:
        talk.said.append(Outgoing(chat=talk.chat, text=str(texts.current_list()), choices=choices))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _theirs(talk: Talk, shown: ShownList | None) -> ShownList | None:
    """The list if it is for whoever talks."""
    is_for_others = shown is not None and shown.user_id is not None and shown.user_id != talk.user_id
    return None if is_for_others else shown
