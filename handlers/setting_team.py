"""/caidat: how the team is set; each change says what it will do and from when (the leader's)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.school_year import Month
from bot.domain.setting_reading import SettingName
from bot.domain.text import fold
from bot.texts import settings as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Refusal
from handlers.forms.session import Forms
from handlers.setting_form import FORM, SettingDraft, change_settings, load, read_value
from handlers.talk import Talk

Ask = Callable[[Talk], Awaitable[None]]
"""Begins a form of another capability."""


class SettingTeam:
    """The command and its presses."""

    def __init__(self, forms: Forms, *, paper: Ask, delegate: Ask) -> None:
        """`paper` asks what stands on official papers, `delegate` which work a deputy may give out."""
        self._forms = forms
        self._others = {"paper": paper, "delegation": delegate}
        forms.add(FORM)

    def conversation(self) -> Conversation:
        """The leader's."""
        spec = CommandSpec(
            "caidat",
            "cài đặt của tổ",
            self.show,
            act=Act.CHANGE_SETTINGS,
            aliases=("thietlap",),
            example="/caidat định mức 2",
        )
        return Conversation(name="settings", commands=(spec,), presses={texts.SETTING_ACTION: self.pressed})

    async def show(self, talk: Talk, text: str) -> None:
        """Everything as it is set; with a setting's name its form, with a value its card."""
        if not text.strip():
            talk.say(texts.overview(talk.settings, Month.of(talk.today)), texts.choices(talk.member().team_id))
            return
        found = _named(text)
        if found is None:
            talk.say(texts.unknown(text.strip()[:60]), texts.choices(talk.member().team_id))
            return
        await self._ask(talk, *found)

    async def pressed(self, talk: Talk, value: str) -> None:
        """A setting to change, a switch to turn, or a form of another capability."""
        require(talk.role, Act.CHANGE_SETTINGS)
        about, _, team_id = value.rpartition(":")
        verb, _, name = about.partition(":")
        if team_id != str(talk.member().team_id):
            raise StaleChoice(value=value)
        if verb == "ask" and name in texts.LABELS:
            await self._ask(talk, SettingName(name), "")
        elif verb == "turn" and name in texts.SWITCHES:
            await _turn(talk, name)
        elif verb in self._others:
            await self._others[verb](talk)
        else:
            raise StaleChoice(value=value)

    async def _ask(self, talk: Talk, name: SettingName, words: str) -> None:
        draft = SettingDraft(name=name)
        read = read_value(words, draft, await load(talk)) if words else draft
        if isinstance(read, Refusal):
            await self._forms.start(talk, FORM, draft, opening=read.text)
        else:
            await self._forms.start(talk, FORM, read)


def _named(text: str) -> tuple[SettingName, str] | None:
    """The setting that a text begins with, by its longest name, and the rest."""
    words = text.split()
    names = {fold(spoken): name for name, all_spoken in texts.SPOKEN.items() for spoken in all_spoken}
    for count in range(min(len(words), 4), 0, -1):
        name = names.get(fold(" ".join(words[:count])))
        if name is not None:
            return name, " ".join(words[count:]).lstrip(":= ")
    return None


async def _turn(talk: Talk, field: str) -> None:
    on = not getattr(talk.settings, field)
    settings = talk.settings.model_copy(update={field: on})
    states = ("tắt", "bật")
    await change_settings(talk, settings, field=texts.SWITCHES[field], before=states[not on], after=states[on])
    talk.say(texts.switched(field, on=on), texts.turn_again(field, talk.member().team_id, on=on))
