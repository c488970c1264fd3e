"""Adding schools to a team: typed one a line, or one with its area and other names."""

from __future__ import annotations

import re

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.roster_words import derive_code, school_key, write_school
from bot.domain.school_history import LONGEST_NAME, is_name_free
from bot.domain.text import fold
from bot.texts import schools as texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.school_turns import note
from handlers.talk import Talk


class NewSchoolsDraft(BaseModel):
    """Schools to add; area and other names as far as they are said."""

    names: tuple[str, ...] = ()
    area: str = ""
    aliases: tuple[str, ...] = ()


Reading = NewSchoolsDraft | Refusal


async def _load(talk: Talk) -> tuple[str, ...]:
    """The names and other names that are taken."""
    require(talk.role, Act.MANAGE_ROSTER)
    schools = await talk.uow.schools.of_team(talk.member().team_id)
    return tuple(word for each in schools for word in (each.name, *each.aliases))


def _read_names(text: str, draft: NewSchoolsDraft, taken: tuple[str, ...]) -> Reading:
    names: dict[str, str] = {}
    for line in re.split(r"[\n;]", text):
        name = write_school(" ".join(line.split()))
        if not fold(name):
            continue
        if not school_key(name) or not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
            return Refusal(texts.names_wrong(name))
        if not is_name_free(name, taken):
            return Refusal(texts.name_taken(name))
        names.setdefault(school_key(name), name)
    return draft.model_copy(update={"names": tuple(names.values())}) if names else Refusal(texts.ask_names())


def _read_area(text: str, draft: NewSchoolsDraft, taken: tuple[str, ...]) -> Reading:
    del taken
    return draft.model_copy(update={"area": write_school(" ".join(text.split()))[:LONGEST_NAME]})


def _read_aliases(text: str, draft: NewSchoolsDraft, taken: tuple[str, ...]) -> Reading:
    aliases = split_aliases(text)
    clash = next((each for each in aliases if not is_name_free(each, taken)), None)
    return Refusal(texts.name_taken(clash)) if clash else draft.model_copy(update={"aliases": tuple(aliases)})


def split_aliases(text: str) -> list[str]:
    """ "PH1; Phú Hoà 1": each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[;,\n]", text))
    return list({fold(part): part for part in parts if fold(part)}.values())


async def _add(talk: Talk, draft: NewSchoolsDraft, taken: tuple[str, ...], serial: str) -> None:
    del serial
    team_id = talk.member().team_id
    if not all(is_name_free(name, taken) for name in draft.names):
        raise StaleChoice(names=draft.names)
    codes = {fold(each.code).upper() for each in await talk.uow.schools.all_of_team(team_id)}
    added: list[tuple[str, str]] = []
    for name in draft.names:
        code = derive_code(name, codes)
        codes.add(code)
        aliases = list(draft.aliases) if len(draft.names) == 1 else []
        school = await talk.uow.schools.add(team_id=team_id, code=code, name=name, aliases=aliases, area=draft.area)
        await note(talk, "add_school", school)
        added.append((name, code))
    talk.say(texts.added(added))


ADD_FORM: Form[NewSchoolsDraft, tuple[str, ...]] = Form(
    name="school-add",
    title="thêm trường",
    draft_type=NewSchoolsDraft,
    version=1,
    fields=(
        Field(
            "names",
            "Tên trường",
            lambda draft, taken: Question(texts.ask_names()),
            _read_names,
            missing=lambda draft: not draft.names,
            optional=False,
        ),
        Field("area", "Khu vực", lambda draft, taken: Question(texts.ask_area()), _read_area),
        Field(
            "aliases",
            "Tên gọi khác",
            lambda draft, taken: Question(texts.ask_aliases()),
            _read_aliases,
            applies=lambda draft: len(draft.names) == 1,
        ),
    ),
    preview=lambda draft, taken: texts.add_card(draft.names, draft.area, draft.aliases),
    load=_load,
    submit=_add,
    confirm_label="Thêm",
)
