"""/truong: a school's page, as text and as a paper for its board; whoever keeps the list gets it, and may change it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Choice
from bot.domain.paper_orders import OrderKind, PaperWish
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.school_matching import match_school
from bot.domain.school_page import build_school_page
from bot.texts import school_page as texts
from bot.texts import schools as school_texts
from bot.texts.lists import NEWEST_FIRST, turns
from handlers.conversation import CommandSpec, Conversation
from handlers.paper_orders import announce, order
from handlers.school_turns import turns_of
from handlers.talk import Rows, Talk
from storage.tables import School

ACTION = "school-page"
_PAGE = 5


class SchoolPages:
    """The command and its presses."""

    def __init__(
        self, *, show_list: Callable[[Talk], Awaitable[bool]], actions: Callable[[Talk, School], Rows]
    ) -> None:
        """`show_list` answers the bare command, False when it is not for them; `actions` are added to a page."""
        self._show_list = show_list
        self._actions = actions

    def conversation(self) -> Conversation:
        """For everybody: what they see depends on who they are."""
        spec = CommandSpec(
            "truong",
            "trang của một trường",
            self.show,
            act=Act.SEE_OWN,
            is_for=_sees_any,
            example="/truong Phú Hòa 1",
        )
        return Conversation(name="school_pages", commands=(spec,), presses={ACTION: self._pressed})

    async def show(self, talk: Talk, argument: str) -> None:
        """The school named in words; several that fit are offered; the list for whoever keeps it."""
        if not argument.strip():
            if not await self._show_list(talk):
                talk.say(texts.which_school())
            return
        team_id = talk.member().team_id
        found = match_school(argument, await talk.uow.schools.names(team_id))
        schools = [await talk.uow.schools.by_code(team_id, code) for code in found.best]
        if not schools:
            talk.say(texts.unknown_school(argument))
        elif len(schools) == 1:
            await self._show(talk, schools[0], 0)
        else:
            talk.say(texts.choose_school(), [[_choice(each.name, "page", each.id, 0)] for each in schools])

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, *rest = value.split("|")
        school = await talk.uow.schools.get(int(rest[0]), team_id=talk.member().team_id)
        match verb:
            case "page":
                await self._show(talk, school, int(rest[1]), in_place=True)
            case "paper":
                await _order(talk, school, rest[1])
            case _:
                raise StaleChoice(value=value)

    async def _show(self, talk: Talk, school: School, number: int, *, in_place: bool = False) -> None:
        member = talk.member()
        standing = await talk.uow.school_changes.standing(school.id)
        if not may(talk.role, Act.SEE_SUMMARY) and not {school.id, standing.id} & await _in_my_charge(talk):
            raise NotPermitted(action="school page")
        visits = await talk.uow.report_facts.at_school(member.team_id, school.id)
        names = await talk.uow.members.names(await talk.uow.members.in_charge_of(school.team_id, school.id))
        outside = not may(talk.role, Act.SEE_NAMES) and may(talk.role, Act.SEE_SUMMARY)
        page = build_school_page(
            school.name,
            visits,
            in_charge=sorted(names.values()),
            hide_observed=outside and not talk.settings.office_sees_observed,
        )
        pages = max(1, -(-len(page.visits) // _PAGE))
        number = min(number, pages - 1)
        around = [_choice(label, "page", school.id, to) for label, to in turns(number, pages, words=NEWEST_FIRST)]
        for_board = [
            _choice(f"Gửi Ban giám hiệu ({label})", "paper", school.id, suffix)
            for label, suffix in (("Word", "docx"), ("PDF", "pdf"))
            if may(talk.role, Act.SEE_NAMES)
        ]
        past, joined = await _past(talk, school)
        shown = page.visits[number * _PAGE : (number + 1) * _PAGE]
        text = texts.page_of(page, shown, number=number, pages=pages, past=past)
        talk.say(text, [around, for_board, *joined, *self._actions(talk, school)], in_place=in_place)


async def _in_my_charge(talk: Talk) -> set[int]:
    charge = await talk.uow.members.schools_in_charge(talk.member().team_id)
    return set(charge.get(talk.member().id, []))


async def _sees_any(talk: Talk) -> bool:
    return may(talk.role, Act.SEE_SUMMARY) or bool(await _in_my_charge(talk))


async def _past(talk: Talk, school: School) -> tuple[list[Markup], Rows]:
    """What it was called and what was merged with it, and the ways to the pages of those."""
    done = [each for each in await talk.uow.school_changes.of_school(school.id) if each.done]
    told = [school_texts.past(each) for each in await turns_of(talk, done)]
    others = [each.school_id if each.into_id == school.id else each.into_id for each in done if each.into_id]
    found = [await talk.uow.schools.get(each, team_id=school.team_id) for each in dict.fromkeys(filter(None, others))]
    return told, [[_choice(f"Trang của {each.name}", "page", each.id, 0)] for each in found]


async def _order(talk: Talk, school: School, suffix: str) -> None:
    require(talk.role, Act.SEE_NAMES)
    if suffix not in {"docx", "pdf"}:
        raise StaleChoice(format=suffix)
    await order(talk, PaperWish(kind=OrderKind.SCHOOL, number=school.id, format=suffix))
    announce(talk)


def _choice(label: str, verb: str, *rest: object) -> Choice:
    return Choice(label=label, action=ACTION, value="|".join((verb, *(str(each) for each in rest))))
