"""The schools of a team, kept in chat by leader and secretary: the list, and what is said of one."""

from __future__ import annotations

import re
from functools import partial

from bot.domain.errors import StaleChoice
from bot.domain.member_matching import MemberName, match_member
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.roster_words import write_school
from bot.domain.school_history import LONGEST_NAME, TurnKind, is_name_free
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.texts import schools as texts
from bot.texts.lists import turns
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.school_adding import ADD_FORM, NewSchoolsDraft, split_aliases
from handlers.school_turns import FORM as TURN_FORM
from handlers.school_turns import TurnDraft, drop, note, turns_of
from handlers.talk import Rows, Talk
from handlers.words import WordsDraft, words_form
from storage.tables import School

ACTION = "school"
_PAGE = 10
_LONGEST_WORDS = 500
_NONE = {"khong", "khong co", "bo", "xoa"}


class SchoolRoster:
    """The list and one school's details, with everything that can be changed."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self._fields = {
            field: words_form(f"school-{field}", f"sửa {label} trường", partial(self._say_field, field))
            for field, label in texts.FIELDS.items()
        }
        for form in (ADD_FORM, TURN_FORM, *self._fields.values()):
            forms.add(form)

    def conversation(self) -> Conversation:
        """Presses only: the way in is /truong."""
        return Conversation(name="school-roster", presses={ACTION: self.pressed})

    async def show(self, talk: Talk) -> bool:
        """The list, for whoever keeps it; False for others."""
        if not may(talk.role, Act.MANAGE_ROSTER):
            return False
        await self._list(talk, 0)
        return True

    def actions(self, talk: Talk, school: School) -> Rows:
        """What a school's page offers to whoever keeps the list."""
        if not may(talk.role, Act.MANAGE_ROSTER) or not school.active:
            return []
        return [[_choice("✏️ Quản lý trường này", f"open:{school.id}")]]

    async def pressed(self, talk: Talk, value: str) -> None:
        """Everything on the list and in the details."""
        require(talk.role, Act.MANAGE_ROSTER)
        verb, _, rest = value.partition(":")
        number, _, field = rest.partition(":")
        match verb:
            case "list":
                await self._list(talk, int(number))
            case "add":
                await self._forms.start(talk, ADD_FORM, NewSchoolsDraft())
            case "drop":
                await self._open(talk, await drop(talk, int(number)))
            case "open":
                await self._open(talk, await _active(talk, int(number)), in_place=True)
            case "edit":
                await self._ask_field(talk, await _active(talk, int(number)), field)
            case "rename" | "merge":
                school = await _active(talk, int(number))
                await self._forms.start(talk, TURN_FORM, TurnDraft(school=school.code, kind=TurnKind(verb)))
            case _:
                raise StaleChoice(value=value)

    async def _list(self, talk: Talk, start: int) -> None:
        team_id = talk.member().team_id
        schools = await talk.uow.schools.of_team(team_id)
        charge = await talk.uow.members.schools_in_charge(team_id)
        current = {each.id for each in await talk.uow.members.current(team_id)}
        held = {each for member, held in charge.items() if member in current for each in held}
        shown = schools[start : start + _PAGE]
        text = texts.school_list(
            start=start,
            shown=len(shown),
            total=len(schools),
            gaps=[each.name for each in schools if each.id not in held],
            turns=await turns_of(talk, await talk.uow.school_changes.waiting(team_id)),
            hands_on_files=talk.chat.hands_on_files,
        )
        around = [
            Choice(label=label, action=ACTION, value=f"list:{to}", numbered=False)
            for label, to in turns(start, len(schools), step=_PAGE)
        ]
        rows = [[_choice(each.name, f"open:{each.id}")] for each in shown]
        rows += [around, [_choice("➕ Thêm trường", "add")]]
        rows.append([Choice(label="🏫 Trường phụ trách", action="member", value="charges:0")])
        talk.say(text, rows, in_place=True)

    async def _open(self, talk: Talk, school: School, *, in_place: bool = False) -> None:
        waiting = [each for each in await talk.uow.school_changes.of_school(school.id) if not each.done]
        own = [each for each in waiting if each.school_id == school.id]
        coming = await turns_of(talk, own)
        names = await talk.uow.members.names(await talk.uow.members.in_charge_of(school.team_id, school.id))
        text = texts.details(
            school.name,
            school.code,
            area=school.area,
            aliases=school.aliases,
            in_charge=sorted(names.values()),
            turn=coming[0] if coming else None,
        )
        edits = [_choice(f"✏️ Sửa {label}", f"edit:{school.id}:{field}") for field, label in texts.FIELDS.items()]
        rows = [edits[:2], edits[2:]]
        rows.append([_choice("Đổi tên từ một ngày", f"rename:{school.id}")])
        rows.append([_choice("Sáp nhập vào trường khác", f"merge:{school.id}")])
        rows += [[_choice("Bỏ thay đổi sắp tới", f"drop:{each.id}")] for each in own]
        talk.say(text, rows, in_place=in_place)

    async def _ask_field(self, talk: Talk, school: School, field: str, *, opening: Markup | None = None) -> None:
        if field not in self._fields:
            raise StaleChoice(field=field)
        prompt = str(texts.ask_field(field, school.name, await _value(talk, school, field)))
        await self._forms.start(talk, self._fields[field], WordsDraft(about=school.id, prompt=prompt), opening=opening)

    async def _say_field(self, field: str, talk: Talk, draft: WordsDraft, words: str) -> None:
        require(talk.role, Act.MANAGE_ROSTER)
        school = await _active(talk, draft.about)
        trouble = await _take(talk, school, field, " ".join(words.split()))
        if trouble is not None:
            await self._ask_field(talk, school, field, opening=trouble)
            return
        await talk.uow.flush()
        await note(talk, "edit_school", school, field=texts.FIELDS[field])
        talk.say(texts.changed(field, school.name, await _value(talk, school, field)))
        await self._open(talk, school)


async def _take(talk: Talk, school: School, field: str, words: str) -> Markup | None:
    """Change the field; or say why not."""
    nothing = fold(words) in _NONE
    if len(words) > _LONGEST_WORDS:
        return texts.too_long(_LONGEST_WORDS)
    others = [each for each in await talk.uow.schools.of_team(school.team_id) if each.id != school.id]
    match field:
        case "name":
            name = write_school(words)
            if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
                return texts.names_wrong(words)
            if not is_name_free(name, [each.name for each in others]):
                return texts.name_taken(name)
            school.name = name
        case "aliases":
            aliases = [] if nothing else split_aliases(words)
            for each in others:
                clash = next((a for a in aliases if fold(a) in {fold(each.code), *map(fold, each.aliases)}), None)
                if clash is not None:
                    return texts.alias_taken(clash, each.name)
            school.aliases = aliases
        case "charge":
            return await _take_charge(talk, school, "" if nothing else words)
        case _:
            school.area = "" if nothing else write_school(words)[:LONGEST_NAME]
    return None


async def _take_charge(talk: Talk, school: School, words: str) -> Markup | None:
    """Exactly these members are in charge of it; each whom it changes for is told."""
    members = [each for each in await talk.uow.members.current(school.team_id) if each.role != Role.OFFICER]
    wanted: set[int] = set()
    for part in filter(None, (each.strip() for each in re.split(r"[,;]", words))):
        sure = match_member(part, [MemberName(each.id, each.name) for each in members]).sure
        if sure is None:
            return texts.charge_unknown(part)
        wanted.add(sure)
    charge = await talk.uow.members.schools_in_charge(school.team_id)
    before = await talk.uow.members.in_charge_of(school.team_id, school.id)
    for member_id in sorted(wanted ^ set(before)):
        given = member_id in wanted
        others = [each for each in charge.get(member_id, []) if each != school.id]
        await talk.uow.members.set_schools_in_charge(member_id, [*others, school.id] if given else others)
        if member_id != talk.member().id:
            told = texts.charge_told(school.name, talk.member().name, given=given)
            await talk.tell([member_id], told, key=f"charge:{school.id}:{talk.incoming.external_id}")
    return None


async def _active(talk: Talk, school_id: int) -> School:
    school = await talk.uow.schools.get(school_id, team_id=talk.member().team_id)
    if not school.active:
        raise StaleChoice(school=school_id)
    return school


async def _value(talk: Talk, school: School, field: str) -> str:
    if field == "charge":
        names = await talk.uow.members.names(await talk.uow.members.in_charge_of(school.team_id, school.id))
        return ", ".join(sorted(names.values()))
    return {"name": school.name, "aliases": "; ".join(school.aliases), "area": school.area}[field]


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)
