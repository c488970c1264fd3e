"""The members' plans of a month before the leader: who has handed in, approving all, returning one with a word."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import StaleChoice
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.plans import PlanLine, PlanStatus
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.texts import plan_board as texts
from bot.texts import plans as plan_texts
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.plan_papers import PlanPapers
from handlers.plan_views import button, team_lines
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from storage.plan_standing import MemberPlan
from storage.tables import Member, PersonalPlan

_ACTION = plan_texts.BOARD_ACTION
_A_YEAR = 100  # a month as one number: 202612


class PlanBoards:
    """The board, a member's plan on it, and the decisions."""

    def __init__(self, forms: Forms, papers: PlanPapers) -> None:
        """Over the dialogues; `papers` makes Word and PDF."""
        self._forms, self._papers = forms, papers
        self._return_form = words_form("plan-return", "trả lại kế hoạch", self._returned)
        forms.add(self._return_form)

    def conversation(self) -> Conversation:
        """Presses only: the way in is /kehoach."""
        return Conversation(name="plan-boards", presses={_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.SEE_PLANS)
        verb, _, rest = value.partition(":")
        named, *numbers = rest.split(":")
        month = Month.parse(named)
        match verb, [int(each) for each in numbers]:
            case "show", []:
                await show_board(talk, month)
            case "see", [member_id]:
                await _show_plan(talk, await _member(talk, member_id), month)
            case "paper", [member_id]:
                await self._papers.personal(talk, await _member(talk, member_id), month)
            case "ask", []:
                await _ask(talk, month)
            case "all", [stamp]:
                await _approve_all(talk, month, stamp)
            case "approve", [member_id, stamp]:
                await _approve(talk, await _member(talk, member_id), month, stamp)
            case "return", [member_id, stamp]:
                await self._ask_word(talk, await _member(talk, member_id), month, stamp)
            case _:
                raise StaleChoice(value=value)

    async def _ask_word(self, talk: Talk, member: Member, month: Month, stamp: int) -> None:
        require(talk.role, Act.PLAN_TEAM)
        if await _waiting(talk, member, month, stamp) is None:
            return
        draft = WordsDraft(
            about=member.id, prompt=str(texts.ask_word(member.name)), version=month.year * _A_YEAR + month.month
        )
        await self._forms.start(talk, self._return_form, draft)

    async def _returned(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        require(talk.role, Act.PLAN_TEAM)
        member, month = await _member(talk, draft.about), Month(*divmod(draft.version, _A_YEAR))
        plan = await talk.uow.plans.plan(member.id, month)
        if plan is None or plan.status not in (PlanStatus.SENT, PlanStatus.APPROVED):
            raise StaleChoice(member=member.id)
        await _decide(talk, plan, PlanStatus.RETURNED, word=words)
        told = texts.told_returned(month, talk.member().name, words)
        await talk.tell(
            [member.id], told, plan_texts.asked_choices(month, member.id), key=f"plan-returned:{_key(plan, talk.now)}"
        )
        talk.say(texts.returned(member.name))


async def show_board(talk: Talk, month: Month, *, before: Markup | None = None, in_place: bool = False) -> None:
    """Everybody of whom the month asks a plan, those who wait for approval first."""
    require(talk.role, Act.SEE_PLANS)
    everybody = await talk.uow.plan_standings.of_month(talk.member().team_id, month, talk.settings)
    asked = [each for each in everybody if each.is_asked or each.is_handed_in]
    names = await talk.uow.members.names([each.facts.member_id for each in asked])
    people = [(names[each.facts.member_id], each.status, each.lines) for each in asked]
    board = texts.board(month, people, away=len(everybody) - len(asked))
    rows = _decisions(month, asked) if may(talk.role, Act.PLAN_TEAM) else []
    there = sorted(
        (each for each in asked if each.lines or each.plan is not None), key=lambda each: each.status != PlanStatus.SENT
    )
    see = [
        button(f"{_mark(each)} {names[each.facts.member_id]}", f"see:{month}:{each.facts.member_id}", action=_ACTION)
        for each in there
    ]
    turns = [
        button(f"‹ Tháng {month.previous.month}", f"show:{month.previous}", action=_ACTION),
        button(f"Tháng {month.next.month} ›", f"show:{month.next}", action=_ACTION),
    ]
    seen = [see[at : at + 2] for at in range(0, len(see), 2)]
    talk.say(join_lines(before, board), [*rows, *seen, turns], in_place=in_place)


def _decisions(month: Month, asked: list[MemberPlan]) -> list[list[Choice]]:
    sent = [each.plan for each in asked if each.plan is not None and each.status is PlanStatus.SENT]
    rows: list[list[Choice]] = []
    if sent:
        stamp = max(_stamp(each) for each in sent)
        rows.append([button(f"✅ Duyệt tất cả ({len(sent)})", f"all:{month}:{stamp}", action=_ACTION)])
    if any(not each.is_handed_in for each in asked):
        rows.append([button("📣 Mời lập kế hoạch", f"ask:{month}", action=_ACTION)])
    return rows


def _mark(plan: MemberPlan) -> str:
    marks = {PlanStatus.SENT: "⏳", PlanStatus.APPROVED: "✅", PlanStatus.RETURNED: "↩️"}
    return marks.get(plan.status, "✏️") if plan.status else "▫️"


async def _show_plan(talk: Talk, member: Member, month: Month) -> None:
    """What has not been handed in is nobody's but the member's."""
    plan = await talk.uow.plans.plan(member.id, month)
    status = PlanStatus(plan.status) if plan else None
    rows: list[list[Choice]] = []
    lines: list[PlanLine] = []
    if plan is not None and status in (PlanStatus.SENT, PlanStatus.APPROVED):
        lines = await talk.uow.plans.lines(member.team_id, member_id=member.id, months=[month])
        rows = _answers(plan, month) if may(talk.role, Act.PLAN_TEAM) and member.id != talk.member().id else []
        rows.append([button("📑 Word, PDF", f"paper:{month}:{member.id}", action=_ACTION)])
    rows.append([button("‹ Cả tổ", f"show:{month}", action=_ACTION)])
    talk.say(texts.of_member(member.name, month, lines, status), rows)


def _answers(plan: PersonalPlan, month: Month) -> list[list[Choice]]:
    about = f"{month}:{plan.member_id}:{_stamp(plan)}"
    approve = [button("✅ Duyệt", f"approve:{about}", action=_ACTION)] if plan.status == PlanStatus.SENT else []
    return [[*approve, button("↩️ Trả lại", f"return:{about}", action=_ACTION)]]


async def _member(talk: Talk, member_id: int) -> Member:
    return await talk.uow.members.get(member_id, team_id=talk.member().team_id)


async def _waiting(talk: Talk, member: Member, month: Month, stamp: int) -> PersonalPlan | None:
    """The plan if it still is what the leader saw; None, said so with the new one, when it has changed."""
    plan = await talk.uow.plans.plan(member.id, month)
    if plan is None:
        raise StaleChoice(member=member.id)
    if plan.status == PlanStatus.DRAFT or _stamp(plan) != stamp:
        talk.say(texts.changed_meanwhile(member.name))
        await _show_plan(talk, member, month)
        return None
    return plan


async def _approve(talk: Talk, member: Member, month: Month, stamp: int) -> None:
    require(talk.role, Act.PLAN_TEAM)
    plan = await _waiting(talk, member, month, stamp)
    if plan is None:
        return
    if plan.status != PlanStatus.SENT:
        raise StaleChoice(member=member.id)
    await _approve_one(talk, plan, month)
    talk.say(texts.approved(member.name, month), [[button("‹ Cả tổ", f"show:{month}", action=_ACTION)]], in_place=True)


async def _approve_all(talk: Talk, month: Month, stamp: int) -> None:
    """Those that were handed in when the leader looked."""
    require(talk.role, Act.PLAN_TEAM)
    everybody = await talk.uow.plan_standings.of_month(talk.member().team_id, month, talk.settings)
    sent = [each.plan for each in everybody if each.plan is not None and each.status is PlanStatus.SENT]
    seen = [each for each in sent if _stamp(each) <= stamp]
    for plan in seen:
        await _approve_one(talk, plan, month)
    before = texts.approved_all(len(seen), month) if seen else texts.nothing_to_approve(month)
    await show_board(talk, month, before=before, in_place=True)


async def _approve_one(talk: Talk, plan: PersonalPlan, month: Month) -> None:
    await _decide(talk, plan, PlanStatus.APPROVED, word=None)
    told = texts.told_approved(month, talk.member().name)
    key = f"plan-approved:{_key(plan, talk.now)}"
    await talk.tell([plan.member_id], told, key=key, waits_for_morning=True)


async def _decide(talk: Talk, plan: PersonalPlan, status: PlanStatus, *, word: str | None) -> None:
    mine = talk.member()
    await talk.uow.plans.decide(plan, status, by=mine.id, word=word, now=talk.now)
    await talk.note("decide_plan", f"member:{plan.member_id}", months=plan.month, after=plan_texts.STATUSES[status])


async def _ask(talk: Talk, month: Month) -> None:
    """Everybody of whom the month asks a plan and who has handed in none; each is asked once for a month."""
    require(talk.role, Act.PLAN_TEAM)
    mine = talk.member()
    everybody = await talk.uow.plan_standings.of_month(mine.team_id, month, talk.settings)
    owing = [each.facts.member_id for each in everybody if each.is_asked and not each.is_handed_in]
    asked = [each for each in owing if each != mine.id]
    if not asked:
        talk.say(texts.nobody_to_ask())
        return
    text = plan_texts.asked(month, await team_lines(talk, month))
    unread = 0
    for member_id in asked:
        choices = plan_texts.asked_choices(month, member_id)
        unread += len(await talk.tell([member_id], text, choices, key=f"plan-asked:{month}", waits_for_morning=True))
    talk.say(texts.asked(len(asked), unread))


def _stamp(plan: PersonalPlan) -> int:
    """Which version of it was handed in."""
    return int(plan.sent_at.timestamp()) if plan.sent_at else 0


def _key(plan: PersonalPlan, now: datetime) -> str:
    return f"{plan.month}:{plan.member_id}:{int(now.timestamp())}"
