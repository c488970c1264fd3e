"""Decisions recognised in lines of minutes: shown, corrected, given to somebody, or taken for a note after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.member_matching import MemberName
from bot.domain.permissions import Act, require
from bot.domain.resolution_line import LineKind, ReadResolution, Roles, read_people
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import minutes as minutes_texts
from bot.texts import resolutions as texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.minutes_reading import people_of
from handlers.talk import Talk
from storage.resolutions import new_resolution
from storage.tables import Minutes, MinutesLine, Resolution

_LISTED = 8
_BY_ROLE = (Role.LEADER, Role.DEPUTY, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Named:
    """The team as lines may name it: by name or by role."""

    members: tuple[MemberName, ...]
    roles: Roles


async def named(talk: Talk) -> Named:
    """Those in force."""
    current = await talk.uow.members.current(talk.member().team_id)
    roles = {role: [each.id for each in current if each.role == role] for role in _BY_ROLE}
    members = tuple(MemberName(each.id, each.name) for each in current)
    return Named(members, {role: ids for role, ids in roles.items() if ids})


class PersonDraft(BaseModel):
    """Who is to do it."""

    resolution_id: int
    member_ids: tuple[int, ...] = ()
    everyone: bool = False


async def load_named(talk: Talk) -> Named:
    """The same, for those who write minutes."""
    require(talk.role, Act.WRITE_MINUTES)
    return await named(talk)


def _read_person(text: str, draft: PersonDraft, team: Named) -> PersonDraft | Refusal:
    found = read_people(text, team.members, team.roles)
    if found.unknown:
        return Refusal(texts.still_unknown(found.unknown))
    return draft.model_copy(update={"member_ids": found.member_ids, "everyone": found.everyone})


class ResolutionLines:
    """What follows when a line is a resolution."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self._person_form: Form[PersonDraft, Named] = Form(
            name="resolution-person",
            title="người thực hiện nghị quyết",
            draft_type=PersonDraft,
            version=1,
            fields=(
                Field(
                    "person",
                    "Người",
                    lambda draft, team: Question(texts.ask_person()),
                    _read_person,
                    missing=lambda draft: not draft.member_ids and not draft.everyone,
                    optional=False,
                ),
            ),
            preview=lambda draft, team: Markup(""),
            load=load_named,
            submit=self._people_given,
            asks_to_confirm=False,
        )
        forms.add(self._person_form)

    async def recognised(
        self, talk: Talk, minutes: Minutes, line: MinutesLine, read: ReadResolution, *, number: int
    ) -> None:
        """Keep it as a draft; show it, or ask who is meant."""
        resolution = await talk.uow.resolutions.add(
            new_resolution(
                team_id=minutes.team_id,
                meeting_id=minutes.meeting_id,
                line_id=line.id,
                work=read.work,
                due=read.due,
                everyone=read.everyone,
                unknown=read.unknown,
            ),
            read.member_ids,
        )
        if read.unknown:
            await self._ask_person(talk, resolution, read.candidates)
        else:
            await self._show(talk, resolution, number)
        if read.trouble:
            talk.say(texts.day_trouble(read.trouble), minutes_texts.line_choices(line.id, minutes.id))

    async def _show(self, talk: Talk, resolution: Resolution, number: int, *, in_place: bool = False) -> None:
        people = (await people_of(talk, [resolution]))[resolution.id]
        text = texts.recognised(number, resolution.work, people, resolution.due)
        talk.say(text, texts.recognised_choices(resolution.id, resolution.line_id), in_place=in_place)

    async def _ask_person(self, talk: Talk, resolution: Resolution, candidates: Sequence[int]) -> None:
        names = await talk.uow.members.names(candidates)
        ask = texts.person_unknown(resolution.work, resolution.unknown, several=len(candidates) > 1)
        known = [(each, names[each]) for each in candidates[:_LISTED]]
        talk.say(ask, texts.person_choices(resolution.id, resolution.line_id, known))

    async def ask_again(self, talk: Talk, resolution: Resolution) -> None:
        """Who is meant, asked once more: the answer is what the minutes wait for."""
        team = await named(talk)
        found = read_people(resolution.unknown, team.members, team.roles)
        await self._ask_person(talk, resolution, found.candidates)

    async def settle(self, talk: Talk, verb: str, resolution: Resolution, rest: str) -> None:
        """Right, somebody else, a person by name, or only a note."""
        if resolution.status != "draft":
            raise StaleChoice(resolution=resolution.id)
        line = await talk.uow.minutes.line(resolution.line_id, team_id=talk.member().team_id)
        onwards = minutes_texts.line_choices(line.id, line.minutes_id)
        match verb:
            case "right":
                resolution.is_checked = True
                await talk.uow.flush()
                talk.say(texts.settled(), onwards, in_place=True)
            case "who":
                await self._forms.start(talk, self._person_form, PersonDraft(resolution_id=resolution.id))
            case "person":
                member_id = int(rest)
                if member_id:
                    await talk.uow.members.get(member_id, team_id=talk.member().team_id)
                await self._given(talk, resolution, [member_id] if member_id else [], in_place=True)
            case _:
                line.kind, resolution.status = LineKind.NOTE, "dropped"
                await talk.uow.flush()
                talk.say(texts.now_a_note(), onwards, in_place=True)

    async def _people_given(self, talk: Talk, draft: PersonDraft, team: Named, serial: str) -> None:
        del team, serial
        resolution = await talk.uow.resolutions.get(draft.resolution_id, team_id=talk.member().team_id)
        if resolution.status == "draft":
            await self._given(talk, resolution, list(draft.member_ids))

    async def _given(
        self, talk: Talk, resolution: Resolution, member_ids: list[int], *, in_place: bool = False
    ) -> None:
        """Whoever names the people has looked at it."""
        resolution.unknown, resolution.everyone, resolution.is_checked = "", not member_ids, True
        await talk.uow.resolutions.set_people(resolution, member_ids)
        line = await talk.uow.minutes.line(resolution.line_id, team_id=talk.member().team_id)
        await self._show(talk, resolution, await talk.uow.minutes.number_of(line), in_place=in_place)
