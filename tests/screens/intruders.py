"""Everybody to whom a choice was not offered takes it all the same, as if it had stood on a list of their own.

The router refuses buttons of other chats; this goes past that check, so that every handler must ask for itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import DomainError
from bot.domain.messages import Choice, ChoiceList, Incoming, Outgoing, Press
from bot.domain.rich_text import to_spans
from bot.domain.text import normalise
from bot.domain.vocabulary import Role
from bot.texts import common, forms, zalo
from handlers.forms.moves import PREVIEW
from handlers.joining import Joining
from storage.keyboards import new_keyboard
from storage.unit_of_work import UnitOfWork
from tests.office import Office, Phone
from tests.screens.team_rows import NO_TEAMS, PIPELINE, Rows, TeamRows, differences, secrets_of
from tests.screens.trials import undone

_REFUSALS = frozenset(
    str(each())
    for each in (common.not_permitted, common.not_found, common.stranger, forms.stale_notice, zalo.stale_choice)
)
_LONGEST_TALK = 8
_WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) \"?(\w+)")


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody of a role, or a stranger, took though nothing of the kind may ever have been offered to them."""

    role: Role | None
    action: str
    verb: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What is tried and what they know by it; a button of theirs, a choice forged for them, or else it is typed."""

    name: str
    known: str
    button: str = ""
    choice: Choice | None = None
    version: int | None = None


class Intruders:
    """The other team's leader, a stranger, and the team's own people, each trying what was meant for another."""

    def __init__(
        self,
        office: Office,
        *,
        team_id: int,
        foreign: Sequence[Phone],
        colleagues: Mapping[Role, Phone],
        answers: Mapping[tuple[str, str], str],
        elsewhere: Sequence[Phone] = (),
    ) -> None:
        """Of the team: `colleagues`; `foreign` are not, nor are those `elsewhere`, who may be written to.

        `answers`: what is typed at a form's step.
        """
        self._office, self._answers, self._team_id = office, answers, team_id
        self.foreign, self._colleagues = tuple(foreign), dict(colleagues)
        self._rows = TeamRows(team_id, chats_of_others=frozenset(each.chat.key for each in (*foreign, *elsewhere)))
        self._numbers = count(1)
        self._seen: set[tuple[str, str]] = set()
        self._written: set[str] = set()
        self.secrets: frozenset[str] = frozenset()
        self.complaints: dict[str, str] = {}
        self.offered: set[Tried] = set()
        self.attempted: set[Tried] = set()
        self.answered: dict[Tried, str] = {}
        self.tried = 0
        event.listen(office.database.engine.sync_engine, "before_cursor_execute", self._note)

    async def meet(self) -> None:
        """Learn what the team has to hide by now."""
        async with self._office.database.begin() as uow:
            self.secrets |= secrets_of(await self._rows.read(_session(uow)))

    async def at_choice(
        self, uow: UnitOfWork, phone: Phone, role: Role | None, choice: Choice, version: int | None
    ) -> None:
        """Somebody is offered this: everybody else takes it for trial, once for each kind of choice."""
        kind = kind_of(choice)
        if role is not None:
            self.offered.add(Tried(role, choice.action, _verb(kind)))
        if (choice.action, kind) in self._seen or choice.url or choice.action == Joining.ACTION:
            return  # whoever holds a code may use it
        self._seen.add((choice.action, kind))
        self.attempted.add(Tried(None, choice.action, _verb(kind)))
        for stranger in self.foreign:
            deed = f"takes {choice.action} {choice.value} ({choice.label})"
            await self._intrude(uow, stranger, Deed(deed, choice.label, choice=choice, version=version))
        for other, colleague in self._colleagues.items():
            if colleague.chat.key != phone.chat.key and await self._is_still(uow, colleague, other):
                await self._overstep(uow, colleague, other, choice, version)

    def overstepped(self, *, allowed: Mapping[Role, str]) -> list[str]:
        """Choices answered to somebody of a role to whom nothing of the kind was ever offered.

        `allowed`: what else a role may take, as "action: verb verb; action: *".
        """
        permitted = {
            Tried(role, action.strip(), verb)
            for role, words in allowed.items()
            for action, _, verbs in (part.partition(":") for part in words.split(";"))
            for verb in verbs.split()
        }
        found = {
            each
            for each in set(self.answered) - self.offered - permitted
            if Tried(each.role, each.action, "*") not in permitted
        }
        return sorted(f"{each.role}: {each.action} {each.verb}: {self.answered[each]}" for each in found)

    def spared(self, *roles: Role | None, of: Role) -> list[str]:
        """What somebody `of` a role is offered and one of these never took, though it is not offered to them."""
        offered = [each for each in self.offered if each.role is of and each.action != Joining.ACTION]
        theirs = {Tried(role, each.action, each.verb) for role in roles for each in offered}
        return sorted(map(str, theirs - self.attempted - self.offered))

    @property
    def watched(self) -> set[str]:
        """The tables whose changes are seen, and those that hold nothing of a team."""
        return self._rows.watched | NO_TEAMS

    async def press(self, uow: UnitOfWork, phone: Phone, button: str, *, label: str) -> None:
        """Somebody of elsewhere presses a button that hangs where they can see it."""
        await self._intrude(uow, phone, Deed(f"presses {label!r}", label, button=button))

    async def say(self, uow: UnitOfWork, phone: Phone, text: str) -> None:
        """Somebody of elsewhere types this for trial, and goes on with what is asked."""
        await self._intrude(uow, phone, Deed(f"says {text!r}", text))

    # -- inside --------------------------------------------------------------------------------------------

    async def _intrude(self, uow: UnitOfWork, phone: Phone, deed: Deed) -> None:
        """Do it, answer whatever is asked, confirm; then undo it and see whether the team was as it is."""
        after: Rows | None = None
        self._written.clear()
        async with undone(uow):
            done = await self._carry_out(uow, phone, deed)
            if self._written:
                after = await self._rows.read(_session(uow))
        if after is not None:
            for difference in differences(await self._rows.read(_session(uow)), after):
                self._complain(f"{phone.sender.name} {done}", difference[:300])

    async def _carry_out(self, uow: UnitOfWork, phone: Phone, deed: Deed) -> str:
        """All steps; returns what was done, in words."""
        done, known = deed.name, deed.known
        if deed.choice is not None:
            said = await self._take(uow, phone, deed.choice, deed.version)
        elif deed.button:
            said = await self._receive(uow, phone, press=Press(data=deed.button, message_id="1", callback_id="c"))
        else:
            said = await self._receive(uow, phone, text=deed.known)
        await self._listen(uow, said, phone, known=known, deed=done)
        for _ in range(_LONGEST_TALK):
            rows = await uow.dialogues.open_of(phone.chat.key, phone.sender.user_id)
            if not rows or not rows[0].active:
                break
            name = rows[0].name.partition("#")[0]
            text = "gửi" if rows[0].step == PREVIEW else self._answers.get((name, rows[0].step), "1")
            done, known = f"{done}, then says {text!r}", f"{known} {text}"
            await self._listen(uow, await self._receive(uow, phone, text=text), phone, known=known, deed=done)
        return done

    async def _overstep(self, uow: UnitOfWork, phone: Phone, role: Role, choice: Choice, version: int | None) -> None:
        tried = Tried(role, choice.action, _verb(kind_of(choice)))
        self.attempted.add(tried)
        self._written.clear()
        async with undone(uow):
            said = await self._take(uow, phone, choice, version)
            if not _refused(said) or (not said and "outbox" in self._written):  # a board comes by itself
                self.answered.setdefault(tried, said[0].text[:80] if said else "a message of its own")
            elif self._written - {"account"}:  # when they wrote last
                self._complain(f"{role} takes {choice.action} {choice.value}", f"refused, but wrote {self._written}")

    async def _is_still(self, uow: UnitOfWork, phone: Phone, role: Role) -> bool:
        """Whether they are what they were, in this team; trials change roles."""
        known = await uow.accounts.known(phone.chat.channel, phone.sender.user_id)
        current = known.person.current_member_id if known else None
        members = known.members if known else ()
        me = next((each for each in members if each.id == current), members[0] if members else None)
        return me is not None and me.team_id == self._team_id and me.role == role

    def _note(self, connection: object, cursor: object, statement: str, *rest: object) -> None:
        del connection, cursor, rest
        found = _WRITES.match(statement)
        if found is not None and found[1] not in PIPELINE:
            self._written.add(found[1])

    async def _take(self, uow: UnitOfWork, phone: Phone, choice: Choice, version: int | None) -> list[Outgoing]:
        """As if it stood on a list of theirs."""
        shown = ChoiceList(rows=((choice,),), dialogue_version=version)
        now = self._office.clock()
        forged = new_keyboard(shown, chat_key=phone.chat.key, user_id=phone.sender.user_id, now=now)
        await uow.keyboards.remember_many([forged])
        await uow.flush()
        self._written.clear()
        return await self._receive(uow, phone, press=Press(data=f"{forged['key']}:0", message_id="1", callback_id="c"))

    async def _receive(
        self, uow: UnitOfWork, phone: Phone, *, text: str = "", press: Press | None = None
    ) -> list[Outgoing]:
        self.tried += 1
        incoming = Incoming(
            external_id=f"intruder-{next(self._numbers)}",
            chat=phone.chat,
            sender=phone.sender,
            at=self._office.clock(),
            text=normalise(text),
            press=press,
        )
        try:
            reply = await self._office.router.respond(incoming, uow, self._office.clock())
        except DomainError as error:
            self._complain(f"{error!r}", text or "a press")
            return []
        await uow.flush()
        return list(reply.messages)

    async def _listen(self, uow: UnitOfWork, said: Sequence[Outgoing], phone: Phone, *, known: str, deed: str) -> None:
        """Nothing that only the team knows, but for what they said themselves."""
        for text in [text for message in said for text in await self._shown(uow, message)]:
            for secret in self.secrets:
                if secret in text and secret.lower() not in known.lower():
                    self._complain(f"{phone.sender.name} {deed}", f"learns {secret!r}")

    async def _shown(self, uow: UnitOfWork, message: Outgoing) -> list[str]:
        """Every word of a message, its choices and its files."""
        labels = [choice.label for choice in message.choices.choices] if message.choices else []
        files = [(await uow.files.load(each.stored_id)).data for each in message.attachments]
        return [to_spans(message.text).text, *labels, *(text for data in files for text in _words_in(data))]

    def _complain(self, deed: str, what: str) -> None:
        self.complaints.setdefault(deed, what)


def kind_of(choice: Choice) -> str:
    """What a choice does, without whom or what it is about."""
    value = choice.value.partition("|")[2] if choice.action == "form" else choice.value
    if choice.action == "form":
        return value.partition(":")[0]
    return re.sub(r"\d+|[0-9a-f]{16}", "#", value)


def _refused(said: Sequence[Outgoing]) -> bool:
    return all(message.text in _REFUSALS for message in said)


def _verb(kind: str) -> str:
    return re.split(r"[:|]", kind)[0].replace(" ", "-")


def _words_in(data: bytes) -> list[str]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data.decode(errors="ignore")]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [unescape(archive.read(name).decode(errors="ignore")) for name in archive.namelist()]


def _session(uow: UnitOfWork) -> AsyncSession:
    return uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
