"""Leadership is handed over by two: the leader offers, the other one takes; between the two the leader leads."""

from __future__ import annotations

from bot.domain.errors import StaleChoice
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.vocabulary import Role
from bot.texts import people as texts
from handlers.conversation import Conversation
from handlers.meeting_news import reconsider_chairs
from handlers.talk import Talk
from storage.tables import LeadershipOffer, Member

ACTION = "handover"


def conversation() -> Conversation:
    """The answers to an offer."""
    return Conversation(name="handover", presses={ACTION: pressed})


async def offer_leadership(talk: Talk, member: Member) -> None:
    """Ask somebody to lead."""
    require(talk.role, Act.CHANGE_ROLES)
    mine = talk.member()
    if member.id == mine.id or member.role == Role.OFFICER:
        raise StaleChoice(member=member.id)
    if member.id not in await talk.uow.accounts.private_chats([member.id]):
        talk.say(texts.not_joined(member.name))
        return
    offer = await talk.uow.handovers.offer(team_id=mine.team_id, from_id=mine.id, to_id=member.id, now=talk.now)
    await talk.note("offer_leadership", f"member:{member.id}")
    rows = [[_choice("Nhận làm tổ trưởng", f"take:{offer.id}")], [_choice("Không nhận", f"refuse:{offer.id}")]]
    team = await talk.uow.teams.get(mine.team_id)
    await talk.tell([member.id], texts.handover_asked(mine.name, team.name), rows, key=f"handover:{offer.id}")
    talk.say(texts.handover_sent(member.name), [[_choice("Rút lại", f"withdraw:{offer.id}")]], in_place=True)


async def pressed(talk: Talk, value: str) -> None:
    """Taken, refused or withdrawn."""
    verb, _, number = value.partition(":")
    if talk.known:
        await _act_for_offer(talk, int(number))
    mine = talk.member()
    offer = await talk.uow.handovers.get(int(number), team_id=mine.team_id)
    concerned = offer.from_id if verb == "withdraw" else offer.to_id
    if offer.status != "offered" or mine.id != concerned:
        raise StaleChoice(offer=offer.id)
    leader = await talk.uow.members.get(offer.from_id, team_id=mine.team_id)
    match verb:
        case "withdraw":
            await talk.uow.handovers.answer(offer, status="withdrawn", now=talk.now)
            await talk.note("withdraw_leadership", f"member:{offer.to_id}")
            talk.say(texts.handover_withdrawn(), in_place=True)
        case "refuse":
            await talk.uow.handovers.answer(offer, status="refused", now=talk.now)
            await talk.note("refuse_leadership", f"member:{leader.id}")
            await talk.tell([leader.id], texts.handover_refused(mine.name), key=f"handover:{offer.id}:refused")
            talk.say(texts.handover_refused(mine.name), in_place=True)
        case "take":
            await _take(talk, offer, leader, mine)
        case _:
            raise StaleChoice(value=value)


async def _take(talk: Talk, offer: LeadershipOffer, leader: Member, mine: Member) -> None:
    if leader.role != Role.LEADER or leader.ended_at is not None:
        raise StaleChoice(offer=offer.id)
    await talk.uow.handovers.answer(offer, status="accepted", now=talk.now)
    await talk.uow.members.set_role(leader, Role.MEMBER)  # first, since a team has one leader at any moment
    await talk.uow.members.set_role(mine, Role.LEADER)
    await talk.note("take_leadership", f"member:{leader.id}")
    done = texts.handover_done(leader.name, mine.name)
    await talk.tell([leader.id], done, key=f"handover:{offer.id}:done")
    talk.say(done, in_place=True)
    await reconsider_chairs(talk)


async def _act_for_offer(talk: Talk, offer_id: int) -> None:
    """Whoever is in several teams answers for the team of the offer."""
    for each in talk.known.members if talk.known else ():
        offers = await talk.uow.handovers.open_in(each.team_id)
        if offers is not None and offers.id == offer_id and each.id in (offers.to_id, offers.from_id):
            await talk.act_as(each.id)
            return


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=ACTION, value=value)
