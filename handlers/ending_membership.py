"""The end of a membership: access ends at once; what is still in hand goes to somebody else first, in a dialogue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from bot.domain.assignments import AssigneeStatus, Step, may_be_given, step
from bot.domain.errors import StaleChoice
from bot.domain.member_matching import MemberName, match_member
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.vocabulary import Role
from bot.texts import membership_end as texts
from bot.texts import people as people_texts
from handlers.conversation import Conversation
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.meeting_news import reconsider_chairs
from handlers.talk import Rows, Talk
from handlers.work import refresh_boards
from storage.tables import Assignment, Member, School

ACTION = "ending"
EVERYTHING, SCHOOLS = "all", "schools"
_SINGLY = 5
HandOver = Callable[[Talk, Assignment, int, int], Awaitable[None]]
"""Gives work of one member (by id) to another in their place."""


@dataclass(frozen=True, slots=True)
class InHand:
    """What a member would leave behind."""

    works: Sequence[Assignment]
    schools: Sequence[School]


class HeirDraft(BaseModel):
    """Who takes over what (all, the schools, or the id of a piece of work) from whom."""

    leaver: int
    what: str
    words: str
    name: str
    heir: int | None = None
    candidates: tuple[int, ...] = ()


People = tuple[MemberName, ...]


async def _load(talk: Talk) -> People:
    require(talk.role, Act.MANAGE_ROSTER)
    members = await talk.uow.members.current(talk.member().team_id)
    return tuple(MemberName(each.id, each.name) for each in members if may_be_given(Role(each.role)))


def _ask_heir(draft: HeirDraft, people: People) -> Question:
    options = tuple(Option(each.name, str(each.id)) for each in people if each.id in draft.candidates)
    return Question(texts.ask_heir(draft.name, draft.words, len(options)), options)


def _read_heir(text: str, draft: HeirDraft, people: People) -> HeirDraft | Refusal:
    found = match_member(text, [each for each in people if each.id != draft.leaver])
    if not found.best:
        return Refusal(texts.nobody(text))
    return draft.model_copy(update={"heir": found.sure, "candidates": () if found.sure else found.best})


def _pick_heir(value: str, draft: HeirDraft, people: People) -> HeirDraft | Refusal:
    if value not in {str(each.id) for each in people if each.id != draft.leaver}:
        return Refusal(texts.nobody(value))
    return draft.model_copy(update={"heir": int(value), "candidates": ()})


class EndingMembership:
    """What is asked before it ends, and the end."""

    def __init__(self, forms: Forms, *, hand_over: HandOver) -> None:
        """`hand_over` is the capability's that gives out work."""
        self._forms = forms
        self._hand_over = hand_over
        self.form: Form[HeirDraft, People] = Form(
            name="heir",
            title="giao lại việc",
            draft_type=HeirDraft,
            version=1,
            fields=(
                Field(
                    "heir",
                    "Người nhận",
                    _ask_heir,
                    _read_heir,
                    _pick_heir,
                    missing=lambda draft: draft.heir is None,
                    optional=False,
                ),
            ),
            preview=lambda draft, people: texts.ask_heir(draft.name, draft.words, 0),
            load=_load,
            submit=self._give,
            asks_to_confirm=False,
        )
        forms.add(self.form)

    def conversation(self) -> Conversation:
        """Presses only: the way in is a member's page."""
        return Conversation(name="ending-membership", presses={ACTION: self.pressed})

    async def ask(self, talk: Talk, member: Member, *, in_place: bool = True) -> None:
        """What is still in hand, and the ways to give it to others, before anything ends."""
        if not _may_end(talk, member):
            return
        hand = await in_hand(talk, member)
        text = texts.ask(member.name, _worded(talk, hand.works), [each.name for each in hand.schools])
        rows = [*_handing_over(talk, member, hand), [_choice("Kết thúc", f"sure:{member.id}")]]
        rows.append([Choice(label="Thôi", action="member", value=f"show:{member.id}")])
        talk.say(text, rows, in_place=in_place)

    async def pressed(self, talk: Talk, value: str) -> None:
        """Something goes to somebody else, or it ends."""
        require(talk.role, Act.MANAGE_ROSTER)
        verb, _, rest = value.partition(":")
        number, _, what = rest.partition(":")
        member = await talk.colleague(int(number))
        if not _may_end(talk, member):
            return
        match verb:
            case "heir":
                words = await self._words(talk, member, what)
                draft = HeirDraft(leaver=member.id, what=what, words=words, name=member.name)
                await self._forms.start(talk, self.form, draft)
            case "sure":
                await end_membership(talk, member)
                talk.say(people_texts.ended(member.name), in_place=True)
            case _:
                raise StaleChoice(value=value)

    async def _words(self, talk: Talk, member: Member, what: str) -> str:
        if what == EVERYTHING:
            return texts.everything()
        if what == SCHOOLS:
            return texts.schools_in_charge()
        return texts.one_work((await _work(talk, member, what)).number)

    async def _give(self, talk: Talk, draft: HeirDraft, people: People, serial: str) -> None:
        del serial
        member = await talk.colleague(draft.leaver)
        heir = next((each for each in people if each.id == draft.heir and each.id != member.id), None)
        if heir is None or not _may_end(talk, member):
            raise StaleChoice(member=draft.heir)
        hand = await in_hand(talk, member)
        works = [each for each in hand.works if _may_hand_over(talk, each)] if draft.what == EVERYTHING else []
        if draft.what not in (EVERYTHING, SCHOOLS):
            works = [await _work(talk, member, draft.what)]
        for work in works:
            await self._hand_over(talk, work, member.id, heir.id)
        schools = hand.schools if draft.what in (EVERYTHING, SCHOOLS) else ()
        await _give_schools(talk, member, heir.id, schools)
        await talk.note("hand_over", f"member:{member.id}")
        talk.say(texts.handed_over(heir.name, len(works), len(schools)))
        await self.ask(talk, member, in_place=False)


async def in_hand(talk: Talk, member: Member) -> InHand:
    """What a member has not finished, and the schools they are in charge of."""
    charge = (await talk.uow.members.schools_in_charge(member.team_id)).get(member.id, [])
    schools = [each for each in await talk.uow.schools.of_team(member.team_id) if each.id in charge]
    return InHand(await talk.uow.assignments.in_hand(member.id), schools)


async def end_membership(talk: Talk, member: Member) -> None:
    """Access ends at once; what was recorded stays. What nobody has taken over is put before the leader."""
    team = await talk.uow.teams.get(member.team_id)
    person_id, hand = member.person_id, await in_hand(talk, member)
    await talk.uow.outbox.cancel_member(member.id)
    await talk.uow.join_codes.void(member.id)
    await talk.tell([member.id], people_texts.ended_notice(team.name), key=f"ended:{member.id}")
    await _leave_behind(talk, member, hand)
    await talk.uow.members.set_schools_in_charge(member.id, [])
    await talk.uow.members.end(member, now=talk.now)
    if person_id is not None:
        await talk.uow.accounts.memberships_changed(person_id)
    await talk.note("end_membership", f"member:{member.id}")
    await reconsider_chairs(talk)


async def _leave_behind(talk: Talk, member: Member, hand: InHand) -> None:
    """It is nobody's any more: boards say so, and so does a message to the leader."""
    for work in hand.works:
        assignee = await talk.uow.assignments.assignee(work.id, member_id=member.id)
        if step(AssigneeStatus(assignee.status), Step.REMOVE) is not None:
            content = {"people": [member.name, ""]}
            await talk.uow.assignments.note_change(work, content, by=talk.member().id, now=talk.now)
            assignee.status = AssigneeStatus.REMOVED
            await talk.uow.flush()
            await refresh_boards(talk, work)
    if not hand.works and not hand.schools:
        return
    works = [texts.Work(each.number, each.title) for each in hand.works]
    leaders = await talk.uow.members.with_roles(member.team_id, Role.LEADER)
    told = texts.left_behind(member.name, works, [each.name for each in hand.schools])
    await talk.tell([each.id for each in leaders if each.id != member.id], told, key=f"ended:{member.id}:left")


async def _give_schools(talk: Talk, member: Member, heir: int, schools: Sequence[School]) -> None:
    if not schools:
        return
    has = (await talk.uow.members.schools_in_charge(member.team_id)).get(heir, [])
    await talk.uow.members.set_schools_in_charge(heir, {*has, *(each.id for each in schools)})
    await talk.uow.members.set_schools_in_charge(member.id, [])
    given = texts.schools_given([each.name for each in schools], talk.member().name)
    if heir != talk.member().id:
        await talk.tell([heir], given, key=f"ended:{member.id}:schools:{heir}:{int(talk.now.timestamp())}")


def _may_end(talk: Talk, member: Member) -> bool:
    """Leader and secretary end plain memberships, the leader those with an office; the leader's own is handed over."""
    if member.role == Role.LEADER:
        talk.say(people_texts.leader_cannot_end())
        return False
    if member.role != Role.MEMBER:
        require(talk.role, Act.CHANGE_ROLES)
    return True


def _may_hand_over(talk: Talk, work: Assignment) -> bool:
    """What is confidential is the leader's and the assignees'."""
    return talk.role is Role.LEADER or not work.confidential


def _worded(talk: Talk, works: Sequence[Assignment]) -> list[texts.Work]:
    return [texts.Work(each.number, each.title if _may_hand_over(talk, each) else None) for each in works]


def _handing_over(talk: Talk, member: Member, hand: InHand) -> Rows:
    works = [each for each in hand.works if _may_hand_over(talk, each)]
    singly = [
        [_choice(f"Giao lại {texts.one_work(each.number)}", f"heir:{member.id}:{each.id}")] for each in works[:_SINGLY]
    ]
    if hand.schools:
        singly.append([_choice(f"Giao lại {texts.schools_in_charge()}", f"heir:{member.id}:{SCHOOLS}")])
    if len(works) + bool(hand.schools) > 1:
        singly.insert(0, [_choice("Giao hết cho một người", f"heir:{member.id}:{EVERYTHING}")])
    return singly


async def _work(talk: Talk, member: Member, number: str) -> Assignment:
    works = await talk.uow.assignments.in_hand(member.id)
    found = next((each for each in works if str(each.id) == number and _may_hand_over(talk, each)), None)
    if found is None:
        raise StaleChoice(work=number)
    return found


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)
