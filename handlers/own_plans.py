"""A member's own plan of a month: made of the team's lines, of given work, of last month's, or typed; handed in."""

from __future__ import annotations

from bot.domain.assignments import OTHER_WORK
from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, may, require
from bot.domain.plans import PlanLine, PlanStatus, may_change_own
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, Role
from bot.texts import plan_board as board_texts
from bot.texts import plans as texts
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.plan_form import FORM, LinesDraft
from handlers.plan_papers import PlanPapers
from handlers.plan_views import button, own_lines, show_own_month, team_lines, works_of
from handlers.talk import Talk
from storage.assignments import GivenWork
from storage.plans import TEAM_LINE, WORK, NewLine, hidden_text


class OwnPlans:
    """The presses under one's own plan."""

    def __init__(self, forms: Forms, papers: PlanPapers) -> None:
        """Over the dialogues; `papers` makes Word and PDF."""
        self._forms, self._papers = forms, papers

    def conversation(self) -> Conversation:
        """Presses only: the way in is /kehoach."""
        return Conversation(name="own-plans", presses={texts.PLAN_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, rest = value.partition(":")
        named, _, about = rest.partition(":")
        month = Month.parse(named)
        if verb == "own":
            await talk.act_as(int(about))
            await show_own_month(talk, month)
            return
        require(talk.role, Act.PLAN_OWN)
        if verb == "paper":
            await self._papers.personal(talk, talk.member(), month)
            return
        if not may_change_own(month, today=talk.today):
            talk.say(texts.month_over(month))
            return
        match verb:
            case "write":
                await self._forms.start(talk, FORM, LinesDraft(for_team=False, month=str(month)))
            case "from-team" | "from-work":
                await _offer(talk, month, from_team=verb == "from-team")
            case "take-team" | "take-work":
                await _take(talk, month, int(about), from_team=verb == "take-team")
            case "copy":
                await _copy(talk, month)
            case "send":
                await hand_in(talk, month)
            case _:
                raise StaleChoice(value=value)


async def _offer(talk: Talk, month: Month, *, from_team: bool, in_place: bool = False) -> None:
    """What can be taken over, what was taken ticked."""
    taken = {each.source for each in await own_lines(talk, month)}
    offered = [line for _, line in await _offered(talk, month, from_team=from_team)]
    verb = "take-team" if from_team else "take-work"
    rows = [
        [
            button(
                f"{'☑' if each.source in taken else '☐'} {texts.on_button(each.text)}",
                f"{verb}:{month}:{each.source.partition(':')[2]}",
            )
        ]
        for each in offered
    ]
    rows.append([button("‹ Xem kế hoạch", f"own:{month}:{talk.member().id}")])
    long = [each.text for each in offered if texts.on_button(each.text) != each.text]
    ask = texts.ask_pick(month, from_team=from_team, long=long)
    talk.say(ask if offered else texts.nothing_to_pick(month, from_team=from_team), rows, in_place=in_place)


async def _offered(talk: Talk, month: Month, *, from_team: bool) -> list[tuple[int, NewLine]]:
    """By id what can be taken over, as the lines that it would be."""
    if from_team:
        return [(each.id, _from_team(each)) for each in await team_lines(talk, month)]
    return [(each.assignment.id, _from_work(each, month)) for each in await works_of(talk, month)]


def _from_team(line: PlanLine) -> NewLine:
    return NewLine(line.month, line.text, line.kind, line.school_id, f"{TEAM_LINE}{line.id}")


def _from_work(given: GivenWork, month: Month) -> NewLine:
    """Of confidential work nothing but its number gets into a plan."""
    work = given.assignment
    source = f"{WORK}{work.id}"
    if work.confidential:
        return NewLine(month, hidden_text(work.number), source=source)
    kind = None if work.kind == OTHER_WORK else ActivityKind(work.kind)
    return NewLine(month, work.title, kind, work.school_id, source)


async def _take(talk: Talk, month: Month, number: int, *, from_team: bool) -> None:
    """Take it over, or leave it out again."""
    offered = dict(await _offered(talk, month, from_team=from_team))
    if number not in offered:
        raise StaleChoice(number=number)
    mine, line = talk.member(), offered[number]
    there = next((each for each in await own_lines(talk, month) if each.source == line.source), None)
    if there is None:
        await talk.uow.plans.add(mine.team_id, member_id=mine.id, lines=[line])
    elif not there.is_done:
        await talk.uow.plans.remove(await talk.uow.plans.item(there.id, team_id=mine.team_id))
    await _changed(talk, month)
    await _offer(talk, month, from_team=from_team, in_place=True)


async def _copy(talk: Talk, month: Month) -> None:
    """The lines of the last month that has any; what was given out then stays there."""
    mine = talk.member()
    before = await talk.uow.plans.latest_before(mine.id, month)
    if before is None:
        talk.say(texts.nothing_to_copy())
        return
    lines = [
        NewLine(month, each.text, each.kind, each.school_id)
        for each in await own_lines(talk, before)
        if not each.source.startswith(WORK)
    ]
    count = await talk.uow.plans.add(mine.team_id, member_id=mine.id, lines=lines)
    if count:
        await _changed(talk, month)
    await show_own_month(talk, month, before=texts.copied(count, before))


async def _changed(talk: Talk, month: Month) -> None:
    mine = talk.member()
    await talk.uow.plans.begin(mine.id, month)
    await talk.uow.plan_closing.settle(mine.team_id, member_id=mine.id, month=month)


async def hand_in(talk: Talk, month: Month) -> None:
    """Put it before the leader; the leader's own needs nobody's approval."""
    mine = talk.member()
    if not await own_lines(talk, month):
        talk.say(texts.empty())
        return
    plan = await talk.uow.plans.plan(mine.id, month) or await talk.uow.plans.begin(mine.id, month)
    if plan.status in (PlanStatus.SENT, PlanStatus.APPROVED):
        talk.say(texts.handed_in_already(month))
        return
    came_back = plan.word is not None
    await talk.uow.plans.hand_in(plan, now=talk.now)
    if may(talk.role, Act.PLAN_TEAM):
        await talk.uow.plans.decide(plan, PlanStatus.APPROVED, by=mine.id, word=None, now=talk.now)
        await show_own_month(talk, month, before=texts.own_approved(month), in_place=True)
    else:
        await show_own_month(talk, month, before=texts.handed_in(month), in_place=True)
        if came_back:
            await _tell_leader(talk, month)
    await _tell_when_complete(talk, month)


async def _tell_leader(talk: Talk, month: Month) -> None:
    """Whoever returned a plan waits for it."""
    mine = talk.member()
    await talk.tell(
        await _leaders(talk),
        board_texts.told_again(mine.name, month),
        [[button("🗂 Xem", f"see:{month}:{mine.id}", action=texts.BOARD_ACTION)]],
        key=f"plan-again:{month}:{mine.id}:{int(talk.now.timestamp())}",
        waits_for_morning=True,
    )


async def _tell_when_complete(talk: Talk, month: Month) -> None:
    mine = talk.member()
    people = [
        each for each in await talk.uow.plan_standings.of_month(mine.team_id, month, talk.settings) if each.is_asked
    ]
    if not people or not all(each.is_handed_in for each in people):
        return
    await talk.tell(
        await _leaders(talk),
        board_texts.told_complete(month, len(people)),
        [[button("👥 Xem và duyệt", f"show:{month}", action=texts.BOARD_ACTION)]],
        key=f"plans-complete:{month}:team-{mine.team_id}",
        waits_for_morning=True,
    )


async def _leaders(talk: Talk) -> list[int]:
    mine = talk.member()
    return [each.id for each in await talk.uow.members.with_roles(mine.team_id, Role.LEADER) if each.id != mine.id]
