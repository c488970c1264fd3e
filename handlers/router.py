"""The router: understands one update, finds who may answer it, and turns errors into words.

It is the one place that knows every capability; the conversations do not know one another.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.domain.errors import DomainError, NotFound, NotPermitted, StaleChoice
from bot.domain.join_codes import read_code
from bot.domain.messages import Chat, Choice, Command, Incoming, Reply
from bot.domain.permissions import may
from bot.domain.text import fold, normalise
from bot.domain.vocabulary import ChannelName, ChatKind, Role
from bot.texts import common as texts
from bot.texts import forms as form_texts
from bot.texts import lists as list_texts
from bot.texts import zalo as zalo_texts
from handlers.choosing_team import ask_team
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.choices import ACTION as FORM_ACTION
from handlers.forms.session import Forms
from handlers.groups import Groups
from handlers.joining import Joining
from handlers.shown_lists import ShownLists
from handlers.spoken import hear_courtesy, read_command
from handlers.talk import Talk
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
FreeText = Callable[[Talk, str], Awaitable[bool]]
"""Takes a typed text; False when it is not for this one."""


class Router:
    """Answers one update within a unit of work."""

    def __init__(
        self,
        *,
        forms: Forms,
        joining: Joining,
        groups: Groups,
        conversations: Sequence[Conversation],
        free_texts: Sequence[FreeText],
        files: Sequence[FreeText],
    ) -> None:
        """ValueError when two conversations claim one command or one press."""
        self._forms = forms
        self._lists = ShownLists(forms)
        self._joining = joining
        self._groups = groups
        self._free_texts = free_texts
        self._files = files
        self._commands: dict[str, CommandSpec] = {}
        self._labels: dict[str, CommandSpec] = {}
        self._presses: dict[str, Callable[[Talk, str], Awaitable[None]]] = {}
        for conversation in conversations:
            for spec in conversation.commands:
                for name in (spec.name, *spec.aliases):
                    _claim(self._commands, name, spec)
                if spec.label:
                    _claim(self._labels, fold(spec.label), spec)
            for action, handler in conversation.presses.items():
                _claim(self._presses, action, handler)

    @property
    def commands(self) -> tuple[CommandSpec, ...]:
        """Every command once, in the order of their conversations."""
        return tuple(dict.fromkeys(self._commands.values()))

    def menu_for(self, role: Role | None) -> tuple[tuple[str, ...], ...]:
        """The persistent keyboard of somebody of this role."""
        labels = [spec.label for spec in self.commands if spec.label and _allowed(spec, role)]
        return tuple(tuple(labels[start : start + 2]) for start in range(0, len(labels), 2))

    def specs_for(self, role: Role | None) -> tuple[CommandSpec, ...]:
        """Everything that somebody of this role may ask for."""
        return tuple(spec for spec in self.commands if _allowed(spec, role))

    def commands_for(self, role: Role | None) -> tuple[Command, ...]:
        """The platform's command menu of somebody of this role."""
        return tuple(Command(name=spec.name, description=spec.description) for spec in self.specs_for(role))

    async def respond(self, incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        """Everything that is answered to one update."""
        talk = await self._talk(incoming, uow, now)
        try:
            await self._understand(talk)
        except DomainError as error:
            await self._word(talk, error)
        return talk.reply()

    async def _talk(self, incoming: Incoming, uow: UnitOfWork, now: datetime) -> Talk:
        talk = Talk(incoming=incoming, uow=uow, now=now, by=__name__)
        if incoming.sender is None:
            return talk
        talk.known = await uow.accounts.known(incoming.chat.channel, incoming.sender.user_id)
        if talk.known is None:
            return talk
        if incoming.chat.is_private and incoming.event is None:
            uow.accounts.touch(talk.known.account, now=now)
        members = talk.known.members
        current = talk.known.person.current_member_id
        talk.me = next((member for member in members if member.id == current), members[0] if members else None)
        if talk.me is not None:
            talk.team = next(team for team in talk.known.teams if team.id == talk.me.team_id)
            talk.settings = uow.teams.settings(talk.team)
        return talk

    async def _understand(self, talk: Talk) -> None:
        incoming = talk.incoming
        if incoming.event is not None:
            talk.by = Groups.__module__
            await self._groups.happened(talk, incoming.event)
        elif incoming.press is not None:
            await self._pressed(talk)
        elif talk.chat.kind is ChatKind.GROUP:
            await self._in_group(talk, normalise(incoming.text))
        else:
            await self._in_private(talk, normalise(incoming.text))

    async def _pressed(self, talk: Talk) -> None:
        press = talk.incoming.press
        key, _, index = (press.data if press else "").rpartition(":")
        shown = await talk.uow.keyboards.find(key) if key else None
        if shown is None or shown.chat_key != talk.chat.key or not index.isdecimal():
            raise StaleChoice(data="unknown")
        if shown.user_id is not None and shown.user_id != talk.user_id:
            raise StaleChoice(data="foreign")
        choices = shown.choices.choices
        if int(index) >= len(choices):
            raise StaleChoice(data="forged")
        await self._choose(talk, choices[int(index)], version=shown.choices.dialogue_version)

    async def _choose(self, talk: Talk, choice: Choice, *, version: int | None) -> None:
        if choice.action == FORM_ACTION:
            talk.member()
            await self._forms.press(talk, choice.value, version=version)
        elif choice.action == Joining.ACTION:
            talk.by = Joining.__module__
            await self._joining.answered(talk, choice.value)
        elif choice.action in self._presses:
            talk.member()
            handler = self._presses[choice.action]
            talk.by = handler.__module__
            await handler(talk, choice.value)
        else:
            raise StaleChoice(action=choice.action)

    async def _in_private(self, talk: Talk, text: str) -> None:
        name, argument = _command(text)
        if name == "start" and argument:
            talk.by = Joining.__module__
            await self._joining.code_given(talk, argument)
        elif talk.me is None:
            await self._from_stranger(talk, text)
        elif _is_unclear(talk) and name != "doito":
            if not await self._chosen(talk, text):
                await ask_team(talk, unclear=True)
        elif spec := self._commands.get(name) or self._labels.get(fold(text)):
            await self._run(talk, spec, argument if name in self._commands else "")
        elif name:
            talk.say(texts.unknown_command(name))
        elif _is_not_handed_on(talk):
            talk.say(zalo_texts.not_handed_on())
        elif (talk.incoming.files and await _taken(talk, text, self._files)) or await self._chosen(talk, text):
            return
        else:
            await self._heard(talk, text)

    async def _chosen(self, talk: Talk, text: str) -> bool:
        """Whether the text is a number or word of the list shown last, or asks for that list."""
        look = await self._lists.look(talk, text)
        chosen = await self._lists.chosen(talk, look, text)
        if chosen is not None:
            await self._choose(talk, chosen.choice, version=chosen.version)
            return True
        return await self._lists.turned(talk, look, text)

    async def _from_stranger(self, talk: Talk, text: str) -> None:
        """Somebody unknown: only a code or a number answering the consent question is of use."""
        if await self._chosen(talk, text):
            return
        if read_code(text):
            talk.by = Joining.__module__
            await self._joining.code_given(talk, text)
        elif await self._joining.answered_in_words(talk, text):
            return
        else:
            talk.say(texts.stranger())

    async def _heard(self, talk: Talk, text: str) -> None:
        dialogue = await self._forms.active(talk)
        if dialogue is not None and text and await self._forms.hear(talk, dialogue, text):
            return
        spoken = read_command(text, self._commands)
        if spoken is not None and spoken.is_plain:
            await self._run(talk, spoken.spec, spoken.argument)
            return
        if text and await _taken(talk, text, self._free_texts):
            return
        if spoken is not None and _allowed(spoken.spec, talk.role):
            await self._run(talk, spoken.spec, spoken.argument)
            return
        if read_code(text):
            talk.by = Joining.__module__
            await self._joining.code_given(talk, text)
            return
        if not await hear_courtesy(talk, text):
            talk.say(texts.not_understood())

    async def _run(self, talk: Talk, spec: CommandSpec, argument: str) -> None:
        if not _allowed(spec, talk.role):
            raise NotPermitted(action=spec.name)
        waiting = await self._forms.active(talk)
        talk.by = spec.handler.__module__
        await spec.handler(talk, argument)
        still = await self._forms.active(talk) if waiting is not None else None
        if waiting is not None and still is not None and still.name == waiting.name and spec.name not in _ABOUT_FORMS:
            talk.say(form_texts.unfinished_reminder())

    async def _in_group(self, talk: Talk, text: str) -> None:
        name, argument = _command(text)
        is_called = talk.chat.channel is ChannelName.ZALO  # only what names the bot arrives from there
        if await self._groups.commanded(talk, name or (_bare(text) if is_called else "")):
            talk.by = Groups.__module__
            return
        if talk.me is None:
            return  # somebody who is nobody here: the group stays quiet
        spec = self._commands.get(name)
        if not name and text and await self._chosen(talk, text):
            return
        if is_called and (spoken := read_command(text, self._commands)) is not None:
            spec, argument = spoken.spec, spoken.argument
        if spec is not None and await self._publicly(talk, spec, argument):
            return
        if spec is not None and _allowed(spec, talk.role):
            talk.by = spec.handler.__module__
            await self._privately(talk, spec, argument)
        elif is_called and (text or not talk.incoming.files):
            await self._called(talk)
        elif spec is not None:
            raise NotPermitted(action=spec.name)

    async def _publicly(self, talk: Talk, spec: CommandSpec, argument: str) -> bool:
        """What concerns all is answered in the team's own group, whoever of it asks; False for the rest."""
        if spec.public is None or not await self._groups.is_own(talk):
            return False
        talk.by = spec.handler.__module__
        await spec.public(talk, argument)
        return True

    async def _called(self, talk: Talk) -> None:
        """The bot was called by its name for nothing that it does in groups."""
        if await self._groups.introduced(talk):
            talk.by = Groups.__module__
        else:
            talk.say(list_texts.continue_privately())

    async def _privately(self, talk: Talk, spec: CommandSpec, argument: str) -> None:
        """Commands with personal content are answered in private; the group sees one line at most."""
        member = talk.member()
        chats = (await talk.uow.accounts.private_chats([member.id])).get(member.id, [])
        chat = next((each for each in chats if each.channel == talk.chat.channel), None)
        if chat is None:
            talk.say(texts.write_to_me_privately())
            return
        await self._run(_moved(talk, chat), spec, argument)
        talk.say(texts.answered_privately())

    async def _word(self, talk: Talk, error: DomainError) -> None:
        """The error boundary: one clear sentence, and nothing else."""
        talk.said.clear()
        match error:
            case StaleChoice():
                talk.toast = form_texts.stale_notice()
                if talk.chat.is_private:
                    on_zalo = talk.chat.channel is ChannelName.ZALO
                    talk.say(zalo_texts.stale_choice() if on_zalo else form_texts.stale_notice())
            case NotPermitted() if talk.me is None:
                talk.toast = form_texts.stale_notice()
                if talk.chat.is_private:
                    talk.say(texts.stranger())
            case NotPermitted():
                talk.toast = texts.not_permitted_notice()
                if talk.chat.is_private:
                    talk.say(texts.not_permitted())
            case NotFound():
                talk.say(texts.not_found())
            case _:
                raise error


_ABOUT_FORMS = {"huy", "tieptuc", "baocao"}


def _moved(talk: Talk, chat: Chat) -> Talk:
    """The same talk in another chat; what is said there joins what is said here."""
    incoming = talk.incoming.model_copy(update={"chat": chat, "press": None})
    return Talk(
        incoming=incoming,
        uow=talk.uow,
        now=talk.now,
        known=talk.known,
        me=talk.me,
        team=talk.team,
        settings=talk.settings,
        said=talk.said,
    )


async def _taken(talk: Talk, text: str, takers: Sequence[FreeText]) -> bool:
    """Whether one of these, asked in order, took it."""
    for take in takers:
        if await take(talk, text):
            talk.by = take.__module__
            return True
    return False


def _allowed(spec: CommandSpec, role: Role | None) -> bool:
    return role is not None and (spec.act is None or may(role, spec.act))


def _command(text: str) -> tuple[str, str]:
    """The name of a command without its slash, folded, and the rest; an empty name for other texts."""
    if not text.startswith("/"):
        return "", ""
    name, _, argument = text[1:].partition(" ")
    first, _, more = name.partition("\n")
    return fold(first).replace(" ", ""), (f"{more} {argument}" if more else argument).strip()


def _bare(text: str) -> str:
    """A command that was typed without its slash, marks or not."""
    return fold(text).replace(" ", "")


def _is_unclear(talk: Talk) -> bool:
    """Whether somebody in several teams has not said for which one they act."""
    members = talk.known.members if talk.known else ()
    current = talk.known.person.current_member_id if talk.known else None
    return len(members) > 1 and all(each.id != current for each in members)


def _is_not_handed_on(talk: Talk) -> bool:
    files = talk.incoming.files
    return bool(files) and files[0].kind == "other" and not talk.chat.hands_on_files


def _claim(table: dict[str, T], name: str, value: T) -> None:
    if name in table:
        raise ValueError(f"{name} is claimed twice")
    table[name] = value
