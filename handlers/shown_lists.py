"""What a typed number or word means: of the list of choices shown last in a chat, and of no other.

Where there are no buttons this is how everything is pressed; where there are, it works as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.messages import Choice, ChoiceList, Outgoing
from bot.domain.text import fold
from bot.texts import lists as texts
from handlers.forms.session import ACTION as FORM_ACTION
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.keyboards import ShownList

_PAGE = 15
_MORE = {"tiep", "tiep theo", "xem tiep", "xem them", "nua"}
_CLOCKS_APART = timedelta(seconds=2)  # platforms and this machine do not tell quite the same time
_LONGEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice and the version of the dialogue it was offered in."""

    choice: Choice
    version: int | None


class ShownLists:
    """Reads numbers and words by the list shown last."""

    def __init__(self, forms: Forms) -> None:
        """`forms` know which dialogue waits."""
        self._forms = forms

    async def chosen(self, talk: Talk, text: str) -> Chosen | None:
        """What the text chooses; None when it chooses nothing, or may have been meant for an older list."""
        shown = await self._latest(talk)
        if shown is None or _is_older(talk, shown):
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

    async def turned(self, talk: Talk, text: str) -> bool:
        """Show the next page of a long list, or the current list for a number that it does not have; False if neither.

        A waiting form reads its own numbers.
        """
        shown = await self._latest(talk)
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

    async def _latest(self, talk: Talk) -> ShownList | None:
        shown = await talk.uow.keyboards.latest(talk.chat.key, now=talk.now)
        if shown is None or (shown.user_id is not None and shown.user_id != talk.user_id):
            return None
        return shown

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


def _is_older(talk: Talk, shown: ShownList) -> bool:
    """Whether the text was written before the list appeared, so that an older one was meant."""
    return talk.incoming.at + _CLOCKS_APART < shown.shown_at
