"""One member's page: details, schools in charge, role, leave, the end of the membership; each change is logged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from bot.domain.errors import StaleChoice
from bot.domain.leave_request import LeaveDays, read_leave_days
from bot.domain.member_matching import MemberName, match_member
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.phones import normalise_phone
from bot.domain.rich_text import Markup
from bot.domain.school_matching import match_school
from bot.domain.text import fold
from bot.domain.vocabulary import LeaveStatus, Role
from bot.texts import leave as leave_texts
from bot.texts import people as texts
from bot.texts.vocabulary import ROLE_NAMES
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.handing_over import offer_leadership
from handlers.meeting_news import reconsider_chairs
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from storage.tables import Member

ACTION = "member"
_LONGEST_NAME = 100
_NONE = {"khong", "khong co", "bo", "xoa"}
_ROLES = (Role.DEPUTY, Role.SECRETARY, Role.MEMBER, Role.OFFICER)

AskEnd = Callable[[Talk, Member], Awaitable[None]]
"""Asks about the end of a membership; a capability of its own."""


class MemberPages:
    """The page, its buttons and the small dialogues behind them."""

    def __init__(self, forms: Forms, *, ask_end: AskEnd) -> None:
        """`ask_end` is what the page's last choice leads to."""
        self._forms = forms
        self._ask_end = ask_end
        self._fields = {
            field: words_form(f"member-{field}", f"sửa {label}", partial(self._say_field, field))
            for field, label in texts.FIELDS.items()
        }
        self._leave = words_form("member-leave", "ghi ngày nghỉ", self._say_leave)
        for form in (*self._fields.values(), self._leave):
            forms.add(form)

    def conversation(self) -> Conversation:
        """Presses only: the way in is /thanhvien TÊN."""
        return Conversation(name="member-pages", presses={ACTION: self.pressed})

    async def find(self, talk: Talk, typed: str) -> None:
        """The page of whoever is called so; asks when several are."""
        require(talk.role, Act.MANAGE_ROSTER)
        members = await talk.uow.members.current(talk.member().team_id)
        found = match_member(typed, [MemberName(each.id, each.name) for each in members]).best
        if not found:
            talk.say(texts.nobody(typed))
        elif len(found) == 1:
            await self._show(talk, found[0])
        else:
            rows = [[_choice(each.name, f"show:{each.id}")] for each in members if each.id in found]
            talk.say(texts.which(typed), rows)

    async def pressed(self, talk: Talk, value: str) -> None:
        """Everything on the page."""
        require(talk.role, Act.MANAGE_ROSTER)
        verb, _, rest = value.partition(":")
        number, _, argument = rest.partition(":")
        if verb == "charges":
            await show_charges(talk)
            return
        member = await talk.colleague(int(number))
        match verb:
            case "show":
                await self._show(talk, member.id)
            case "edit":
                await self._ask_field(talk, member, argument)
            case "leave":
                prompt = str(texts.leave_ask(member.name))
                await self._forms.start(talk, self._leave, WordsDraft(about=member.id, prompt=prompt))
            case "role":
                _offer_roles(talk, member)
            case "setrole":
                await _set_role(talk, member, Role(argument))
            case "first":
                await _put_first(talk, member)
            case "lead":
                await offer_leadership(talk, member)
            case "end":
                await self._ask_end(talk, member)
            case _:
                raise StaleChoice(value=value)

    async def _show(self, talk: Talk, member_id: int) -> None:
        member = await talk.colleague(member_id)
        schools = {each.id: each.name for each in await talk.uow.schools.all_of_team(member.team_id)}
        charge = (await talk.uow.members.schools_in_charge(member.team_id)).get(member.id, [])
        text = texts.page(
            member.name,
            Role(member.role),
            phone=member.phone,
            school=schools.get(member.school_id or 0, ""),
            charge=[schools[each] for each in charge],
            joined=member.person_id is not None,
            order=member.deputy_order,
        )
        talk.say(text, _rows(talk, member), in_place=True)

    async def _ask_field(self, talk: Talk, member: Member, field: str, *, opening: Markup | None = None) -> None:
        if field not in self._fields:
            raise StaleChoice(field=field)
        prompt = str(texts.ask_field(field, member.name, await _value(talk, member, field)))
        await self._forms.start(talk, self._fields[field], WordsDraft(about=member.id, prompt=prompt), opening=opening)

    async def _say_field(self, field: str, talk: Talk, draft: WordsDraft, words: str) -> None:
        require(talk.role, Act.MANAGE_ROSTER)
        member = await talk.colleague(draft.about)
        if not await _take(talk, member, field, " ".join(words.split())):
            await self._ask_field(talk, member, field, opening=texts.field_wrong(field, words))
            return
        action = "set_charge" if field == "charge" else "edit_member"
        await talk.note(action, f"member:{member.id}", field=texts.FIELDS[field])
        talk.say(texts.changed(field, member.name, await _value(talk, member, field)))
        await self._show(talk, member.id)

    async def _say_leave(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        require(talk.role, Act.DECIDE_LEAVE)
        member = await talk.colleague(draft.about)
        found = read_leave_days(words, now=talk.local_now)
        if not isinstance(found, LeaveDays):
            opening = leave_texts.trouble(found) if found else leave_texts.days_not_found()
            await self._forms.start(talk, self._leave, draft.model_copy(update={"words": None}), opening=opening)
            return
        leave = await talk.uow.leaves.ask(
            member_id=member.id, first=found.first, last=found.last, reason=words[:500], now=talk.now
        )
        await talk.uow.leaves.decide(leave, status=LeaveStatus.GRANTED, by=talk.member().id, now=talk.now)
        await talk.note(
            "set_leave", f"member:{member.id}", before=f"{found.first:%d/%m/%Y}", after=f"{found.last:%d/%m/%Y}"
        )
        days = f"từ {found.first:%d/%m/%Y} đến {found.last:%d/%m/%Y}"
        await talk.tell([member.id], texts.leave_told(days, talk.member().name), key=f"leave:{leave.id}:set")
        talk.say(texts.leave_set(member.name, days))
        await reconsider_chairs(talk, found.first, found.last)


async def show_charges(talk: Talk) -> None:
    """Who is in charge of which schools, and which have nobody."""
    team_id = talk.member().team_id
    schools = await talk.uow.schools.of_team(team_id)
    charge = await talk.uow.members.schools_in_charge(team_id)
    members = [each for each in await talk.uow.members.current(team_id) if each.role != Role.OFFICER]
    names = {each.id: each.name for each in schools}
    held = [each for member in members for each in charge.get(member.id, [])]
    rows = [(m.name, [names[each] for each in charge.get(m.id, []) if each in names]) for m in members]
    talk.say(
        texts.charge_board(
            sorted(rows, key=lambda row: len(row[1])),
            [each.name for each in schools if each.id not in held],
            [each.name for each in schools if held.count(each.id) > 1],
        )
    )


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)


def _rows(talk: Talk, member: Member) -> list[list[Choice]]:
    edits = [_choice(f"✏️ {label.capitalize()}", f"edit:{member.id}:{field}") for field, label in texts.FIELDS.items()]
    rows = [edits[:2], edits[2:], [_choice("🏖 Ghi nghỉ dài ngày", f"leave:{member.id}")]]
    if may(talk.role, Act.CHANGE_ROLES) and member.role != Role.LEADER:
        rows.append([_choice("🎖 Vai trò", f"role:{member.id}"), _choice("Bàn giao tổ trưởng", f"lead:{member.id}")])
        if member.role == Role.DEPUTY and member.deputy_order != 1:
            rows.append([_choice("⬆️ Đưa lên tổ phó thứ nhất", f"first:{member.id}")])
    if member.role != Role.LEADER:
        rows.append([_choice("⛔ Kết thúc tham gia tổ", f"end:{member.id}")])
    return rows


def _offer_roles(talk: Talk, member: Member) -> None:
    require(talk.role, Act.CHANGE_ROLES)
    if member.role == Role.LEADER:
        talk.say(texts.leader_is_handed_over())
        return
    offered = [role for role in _ROLES if role != member.role]
    rows = [[_choice(ROLE_NAMES[role].capitalize(), f"setrole:{member.id}:{role}")] for role in offered]
    talk.say(texts.ask_role(member.name), rows, in_place=True)


async def _set_role(talk: Talk, member: Member, role: Role) -> None:
    require(talk.role, Act.CHANGE_ROLES)
    if member.role == Role.LEADER or role is Role.LEADER:
        talk.say(texts.leader_is_handed_over())
        return
    before = Role(member.role)
    if before is not role:
        await talk.uow.members.set_role(member, role)
        await talk.note("change_role", f"member:{member.id}", before=ROLE_NAMES[before], after=ROLE_NAMES[role])
        key = f"role:{member.id}:{role}:{int(talk.now.timestamp())}"
        await talk.tell([member.id], texts.your_role(role, talk.member().name), key=key)
    talk.say(texts.role_changed(member.name, role), in_place=True)
    await reconsider_chairs(talk)


async def _put_first(talk: Talk, member: Member) -> None:
    require(talk.role, Act.CHANGE_ROLES)
    if member.role != Role.DEPUTY:
        raise StaleChoice(member=member.id)
    await talk.uow.members.put_first(member)
    await talk.note("order_deputies", f"member:{member.id}")
    talk.say(texts.role_changed(f"{member.name} (thứ nhất)", Role.DEPUTY), in_place=True)
    await reconsider_chairs(talk)


async def _value(talk: Talk, member: Member, field: str) -> str:
    schools = {each.id: each.name for each in await talk.uow.schools.all_of_team(member.team_id)}
    match field:
        case "name":
            return member.name
        case "phone":
            return member.phone or ""
        case "school":
            return schools.get(member.school_id or 0, "")
        case _:
            charge = await talk.uow.members.schools_in_charge(member.team_id)
            return "; ".join(schools[each] for each in charge.get(member.id, []))


async def _take(talk: Talk, member: Member, field: str, words: str) -> bool:
    """Change the field; False when the words are no such value."""
    nothing = fold(words) in _NONE
    match field:
        case "name":
            if not any(letter.isalpha() for letter in words) or len(words) > _LONGEST_NAME:
                return False
            member.name = words
        case "phone":
            phone = None if nothing else normalise_phone(words)
            if phone is None and not nothing:
                return False
            member.phone = phone
        case "school":
            found = await _schools(talk, words)
            if len(found) != 1:
                return False
            member.school_id = found[0]
        case _:
            found = [] if nothing else await _schools(talk, words)
            if not found and not nothing:
                return False
            await talk.uow.members.set_schools_in_charge(member.id, found)
    await talk.uow.flush()
    return True


async def _schools(talk: Talk, words: str) -> list[int]:
    """The schools that are named, by id; empty when one of them is unknown or unclear."""
    team_id = talk.member().team_id
    names, found = await talk.uow.schools.names(team_id), list[int]()
    for part in [each for each in words.replace(",", ";").split(";") if each.strip()]:
        best = match_school(part.strip(), names).best
        if len(best) != 1:
            return []
        found.append((await talk.uow.schools.by_code(team_id, best[0])).id)
    return found
