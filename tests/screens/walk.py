"""Goes through every screen of the bot: says every command, takes every choice, answers every question.

Each step is taken for trial: everything happens in one transaction, which is undone afterwards. A choice is taken once
for each kind of person, a question is answered once, so the walk ends by itself; what it has met is kept for asking
which commands, presses and questions no one came by.
"""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pydantic import PrivateAttr
from sqlalchemy import func, select

from bot.channels.parting import join_messages
from bot.channels.zalo import CAPABILITIES
from bot.domain.messages import Choice, Delivery, Incoming, Outgoing
from bot.domain.text import fold
from bot.domain.vocabulary import ChannelName, Role
from handlers.conversation import CommandSpec
from handlers.forms.choices import ACTION as FORM_ACTION
from handlers.forms.form import AnyForm
from handlers.forms.moves import CORRECT, PREVIEW, Cancel, Confirm, Correct, Pick, Say
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork
from tests.office import Office, Phone, Shown
from tests.screens.claims import readers_of_files, verbs_by_action
from tests.screens.eyes import ZaloOnPaper, on_telegram, on_zalo
from tests.screens.intruders import Intruders
from tests.screens.parcels import PHOTO, Parcel
from tests.screens.trials import UndoneError, undone

_DEEPEST = 40
_PICKS = 11  # of one question: the kinds of activity, and one more


@dataclass(slots=True)
class Met:
    """What the walk came by."""

    commands: set[str] = field(default_factory=set[str])
    """Those that were carried out, not refused; with "@" before it, in the team's group for all to read."""
    presses: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Each with its verb."""
    texts: set[str] = field(default_factory=set[str])
    """Who took a free text or a file."""
    files: set[str] = field(default_factory=set[str])
    """Who looked at a file that came along."""
    steps: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    screens: int = 0
    complaints: dict[str, str] = field(default_factory=dict[str, str])
    """Each with the beginning of a message it is about."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the router made of a number or word: a choice, or a move in a form."""

    choice: Choice | None = None
    form: AnyForm | None = None
    state: Any = None
    move: Any = None
    context: Any = None


class Seen(Incoming):
    """Something said, which notes what looks at the files that came along."""

    _readers: set[str] = PrivateAttr(default_factory=set[str])

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name == "files" and value:
            reader = sys._getframe(1)  # pyright: ignore[reportPrivateUsage] - whoever asks for it
            self._readers.add(f"{reader.f_globals['__name__']}.{reader.f_code.co_qualname}")
        return value

    @property
    def readers(self) -> set[str]:
        """Functions that looked."""
        return self._readers


class Watched(Office):
    """The bot without a network, every message of which is looked at."""

    def __init__(self, *arguments: Any) -> None:
        """Nobody has met anything yet."""
        super().__init__(*arguments)
        self.met = Met()
        self.unseen: list[Outgoing] = []

    async def receive(self, incoming: Incoming) -> Any:
        """Note what is pressed."""
        if incoming.press:
            key = incoming.press.data.rpartition(":")
            async with self.database.read() as uow:
                shown = await uow.keyboards.find(key[0])
            if shown:
                self.met.presses.add(_pressed(shown.choices.choices[int(key[2])]))
        return await super().receive(incoming)

    def _show(self, row: Outbox) -> Shown:
        shown = super()._show(row)
        self.unseen.append(shown.outgoing)
        return shown


class Walk:
    """One walk through the screens of some people."""

    def __init__(self, office: Watched, *, answers: dict[tuple[str, str], str]) -> None:
        """`answers`: what people type at a form's step."""
        self._office, self._answers = office, answers
        self._paper = ZaloOnPaper()
        self._people: dict[str, tuple[Phone, Role | None]] = {}
        self._seen: set[object] = set()
        self._numbers = count(1)
        self._dry: list[Taken] | None = None
        self._takers: set[str] = set()
        self.intruders: Intruders | None = None
        self.met = office.met
        self._watch()

    async def close(self) -> None:
        """Put the paper away."""
        await self._paper.close()

    def know(self, phone: Phone, role: Role | None) -> None:
        """Somebody whose screens are to be gone through."""
        self._people[phone.chat.key] = (phone, role)

    def _watch(self) -> None:
        """Note what the router takes a text for; in a dry run nothing comes of it."""
        router: Any = self._office.router
        forms = router._forms
        choose, move = router._choose, forms._move

        async def chosen(talk: Any, choice: Choice, *, version: int | None) -> None:
            if self._dry is not None and choice.action != FORM_ACTION:
                self._dry.append(Taken(choice=choice))
                return
            await choose(talk, choice, version=version)

        async def moved(talk: Any, dialogue: Any, form: Any, state: Any, made: Any, context: Any) -> None:
            if self._dry is not None:
                self._dry.append(Taken(form=form, state=state, move=made, context=context))
                return
            await move(talk, dialogue, form, state, made, context)

        router._choose, forms._move = chosen, moved
        self._watch_words(router)

    def _watch_words(self, router: Any) -> None:
        run, publicly = router._run, router._publicly

        async def ran(talk: Any, spec: CommandSpec, argument: str) -> None:
            await run(talk, spec, argument)
            self.met.commands.add(spec.name)

        async def answered(talk: Any, spec: CommandSpec, argument: str) -> bool:
            is_public = await publicly(talk, spec, argument)
            self.met.commands |= {f"@{spec.name}"} if is_public else set()
            return is_public

        def noted(take: Any) -> Any:
            async def taken(talk: Any, text: str) -> bool:
                is_taken = await take(talk, text)
                self.met.texts |= {_name(take)} if is_taken else set()
                return is_taken

            taken.__module__ = take.__module__
            return taken

        self._takers = {_name(take) for take in (*router._free_texts, *router._files)}
        router._run, router._publicly = ran, answered
        router._free_texts, router._files = tuple(map(noted, router._free_texts)), tuple(map(noted, router._files))

    # -- what tests ask for --------------------------------------------------------------------------------

    async def look(self) -> None:
        """Look at everything that was shown since the last look."""
        for outgoing in self._office.unseen:
            await self._check(outgoing)
        self._office.unseen.clear()

    async def say_everything(self, phone: Phone, texts: Sequence[str | Parcel]) -> None:
        """Say or send each of these for trial and go on from whatever is answered."""
        for text in texts:
            async with self._trial() as uow:
                await self._go_on(uow, phone, await self._say(uow, phone, text), depth=0)

    async def take_everything(self) -> None:
        """Take every choice that stands on somebody's screen, and go on from there."""
        await self.look()
        for phone, _ in list(self._people.values()):
            for shown in reversed(phone.screen):
                if shown.outgoing.choices:
                    async with self._trial() as uow:
                        await self._explore(uow, phone, shown.outgoing, depth=0)

    async def say_every_command(self) -> None:
        """Everybody gives every command, whether they may or not."""
        for phone, _ in list(self._people.values()):
            await self.say_everything(phone, [f"/{spec.name}" for spec in self._office.router.commands])

    def not_met(self) -> list[str]:
        """Commands nobody gave, presses nobody made, texts and files nobody sent, questions nobody can answer."""
        router: Any = self._office.router
        names = {spec.name for spec in router.commands} | {f"@{spec.name}" for spec in router.commands if spec.public}
        made = {action for action, _ in self.met.presses}
        verbs = [(action, verb) for action, each in verbs_by_action(router._presses).items() for verb in each]
        forms: list[AnyForm] = list(router._forms._forms.values())
        asked = [(form.name, field.name) for form in forms for field in form.fields if field.toggle is None]
        return [
            *(f"command {each}" for each in sorted(names - self.met.commands)),
            *(f"press {each}" for each in sorted(set(router._presses) - made)),
            *(f"press {each}" for each in sorted(set(verbs) - self.met.presses)),
            *(f"text or file for {each}" for each in sorted(self._takers - self.met.texts)),
            *(f"file for {each}" for each in sorted(readers_of_files() - self.met.files)),
            *(f"question {step}" for step in asked if step not in self.met.steps or step not in self._answers),
        ]

    # -- inside --------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _trial(self) -> AsyncGenerator[UnitOfWork]:
        try:
            async with self._office.database.begin() as uow:
                yield uow
                raise UndoneError
        except UndoneError:
            pass

    async def _explore(self, uow: UnitOfWork, phone: Phone, outgoing: Outgoing, *, depth: int) -> None:
        if outgoing.choices is None or depth > _DEEPEST:
            return
        number = 0
        for choice in outgoing.choices.choices:
            number += choice.numbered and not choice.url
            sign = await self._sign(uow, phone, choice, outgoing.choices.dialogue_version)
            if choice.url or sign is None or sign in self._seen:
                continue
            self._seen.add(sign)
            if self.intruders is not None:
                await self.intruders.at_choice(
                    uow, phone, self._people[phone.chat.key][1], choice, outgoing.choices.dialogue_version
                )
            async with undone(uow):
                await self._show_again(uow, phone, outgoing)
                await self._check_reachable(uow, phone, choice, number if choice.numbered else None)
                text = str(number) if choice.numbered else fold(choice.label)
                self.met.presses.add(_pressed(choice))
                await self._go_on(uow, phone, await self._say(uow, phone, text), depth=depth + 1)

    async def _go_on(self, uow: UnitOfWork, phone: Phone, said: list[Outgoing], *, depth: int) -> None:
        """From what was answered: its choices, the question asked, and what others were told."""
        for each in said:
            await self._check(each)
        lists = [each for each in said if each.choices and each.chat == phone.chat]
        for each in lists[:-1] if phone.chat.channel is ChannelName.ZALO else ():
            self._complain("Zalo: its numbers are covered by the list said next", each.text)
        await self._answer(uow, phone, depth=depth)
        for each in reversed(said):
            reader, _ = self._people.get(each.chat.key, (phone, None))
            if each.chat.key in self._people:
                await self._explore(uow, reader, each, depth=depth + 1)

    async def _answer(self, uow: UnitOfWork, phone: Phone, *, depth: int) -> None:
        """Answer the question that waits, once nonsensically and once well; once in a form a photo comes instead."""
        at = await self._step(uow, phone)
        if at is None or depth > _DEEPEST:
            return
        self.met.steps.add(at)
        texts = [] if at[1] in (PREVIEW, CORRECT) else [self._answers.get(at, "")]
        for said in (*texts, "zq xw kj", PHOTO):
            sign = ("sent", at[0]) if isinstance(said, Parcel) else ("said", at, said)
            if not said or sign in self._seen:
                continue
            self._seen.add(sign)
            async with undone(uow):
                await self._go_on(uow, phone, await self._say(uow, phone, said), depth=depth + 1)

    async def _step(self, uow: UnitOfWork, phone: Phone) -> tuple[str, str] | None:
        rows = await uow.dialogues.open_of(phone.chat.key, phone.sender.user_id)
        return (rows[0].name.partition("#")[0], rows[0].step) if rows and rows[0].active else None

    async def _sign(self, uow: UnitOfWork, phone: Phone, choice: Choice, version: int | None) -> object | None:
        """What makes a choice the same as another one; None when it is of a dialogue that is over."""
        if choice.action != FORM_ACTION:
            role = self._people[phone.chat.key][1]
            return (role, choice.action, re.sub(r"\d+|[0-9a-f]{16}", "#", choice.value))
        at = await self._step(uow, phone)
        rows = await uow.dialogues.open_of(phone.chat.key, phone.sender.user_id)
        serial, _, carried = choice.value.partition("|")
        if at is None or not rows[0].name.endswith(f"#{serial}") or rows[0].version != version:
            return None
        picks = sum(1 for each in self._seen if isinstance(each, tuple) and each[:2] == ("pick", at))
        if carried.startswith("pick:"):
            return ("pick", at, carried) if picks < _PICKS or at[1] == CORRECT else None
        if carried == "correct:":  # which fields can be corrected depends on the draft
            return ("move", at, carried, str(rows[0].draft["values"].get("kind")))
        return ("move", at, carried)

    async def _show_again(self, uow: UnitOfWork, phone: Phone, outgoing: Outgoing) -> None:
        """Make it the list shown last in its chat."""
        fresh = outgoing.model_copy(update={"choices_key": "", "replaces": "", "attachments": ()})
        delivery = Delivery(dedupe_key=f"again:{next(self._numbers)}")
        await uow.outbox.put(fresh, delivery, user_id=phone.sender.user_id, now=self._office.clock())
        await self._arrive(uow, phone)

    async def _check_reachable(self, uow: UnitOfWork, phone: Phone, choice: Choice, number: int | None) -> None:
        """Its number and its words without marks mean this choice and no other."""
        for text in filter(None, (str(number) if number else "", fold(choice.label))):
            self._dry = []
            async with undone(uow):
                await self._say(uow, phone, text)
            taken, self._dry = self._dry, None
            if not (len(taken) == 1 and _means(taken[0], choice, text)):
                made = [each.choice or each.move for each in taken]
                self._complain(f"{text!r} does not mean {choice.label!r} ({choice.action} {choice.value}): {made}", "")

    async def _say(self, uow: UnitOfWork, phone: Phone, what: str | Parcel) -> list[Outgoing]:
        """Say or send it within the transaction; everything that is written to anybody because of it."""
        session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
        before = await session.scalar(select(func.max(Outbox.id))) or 0
        text, files = (what.text, (await what.hand_over(uow),)) if isinstance(what, Parcel) else (what, ())
        incoming = Seen(
            external_id=f"walk-{next(self._numbers)}",
            chat=phone.chat,
            sender=phone.sender,
            at=self._office.clock(),
            text=text,
            files=files,
        )
        reply = await self._office.router.respond(incoming, uow, self._office.clock())
        self.met.files |= incoming.readers
        deliveries = [
            (message, Delivery(dedupe_key=f"answer:{incoming.external_id}:{index}"))
            for index, message in enumerate(join_messages(reply.messages, {ChannelName.ZALO: CAPABILITIES}))
        ]
        await uow.outbox.put_many(deliveries, user_id=phone.sender.user_id, now=self._office.clock())
        rows = await session.scalars(select(Outbox).where(Outbox.id > before).order_by(Outbox.id))
        said = [Outgoing.model_validate(row.payload) for row in rows]
        await self._arrive(uow, phone)
        return said

    async def _arrive(self, uow: UnitOfWork, phone: Phone) -> None:
        """Within the trial everything that is due in this chat is shown at once."""
        session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
        due = await session.scalars(select(Outbox).where(Outbox.status == "pending", Outbox.chat_key == phone.chat.key))
        for row in list(due):
            row.status = "sent"
            await uow.keyboards.arrived(str(row.payload.get("choices_key", "")), now=self._office.clock())
        await uow.flush()

    async def _check(self, outgoing: Outgoing) -> None:
        self.met.screens += 1
        for problem in await on_zalo(self._paper, outgoing):
            self._complain(f"Zalo: {problem}", outgoing.text)
        for problem in on_telegram(outgoing):
            self._complain(f"Telegram: {problem}", outgoing.text)

    def _complain(self, problem: str, text: str) -> None:
        self.met.complaints.setdefault(f"{problem} | {text[:60]!r}", text)


def _pressed(choice: Choice) -> tuple[str, str]:
    return choice.action, re.split(r"[:|]", choice.value)[0]


def _name(take: Any) -> str:
    return f"{take.__module__}.{take.__qualname__}"


def _means(taken: Taken, choice: Choice, text: str) -> bool:
    """Whether what was understood comes to the same as the choice."""
    if taken.choice is not None or taken.form is None:
        return taken.choice == choice
    name, _, carried = choice.value.partition("|")[2].partition(":")
    match taken.move:
        case Pick(value):
            return (name, carried) == ("pick", value)
        case Say(said) if name == "pick" and taken.state.step not in (PREVIEW, CORRECT):
            field_ = taken.form.field(taken.state.step)
            heard = field_.read(said, taken.state.draft, taken.context)
            return heard == field_.choose(carried, taken.state.draft, taken.context)
        case Correct(str(named)):
            return (name, carried) in {("pick", named), ("correct", named)}
        case Confirm() | Cancel() | Correct(None):
            return name == type(taken.move).__name__.lower()
        case _:
            return name == type(taken.move).__name__.lower() and bool(text)
