"""/toi: what I still owe, in one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.duty import Standing, standing
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import LeaveStatus
from bot.texts import duty as duty_texts
from bot.texts import leave as leave_texts
from bot.texts import own as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.tables import Member

Section = Callable[[Talk], Awaitable[Markup | None]]
"""One part of the answer, None when there is nothing to say."""

_ASKED = ("conthieugi", "toiconthieugi", "emconthieugi", "thangnaytoiconthieugi")


class Own:
    """The command; each capability adds its section."""

    def __init__(self, forms: Forms, *, sections: Sequence[Section]) -> None:
        """`sections` follow the duty, in order."""
        self._forms = forms
        self._sections = tuple(sections)

    def conversation(self) -> Conversation:
        """The command."""
        spec = CommandSpec(
            "toi",
            "tháng này tôi còn thiếu gì",
            self.show,
            act=Act.SEE_OWN,
            aliases=_ASKED,
            label="👤 Còn thiếu gì?",
        )
        return Conversation(name="own", commands=(spec,))

    async def show(self, talk: Talk, argument: str) -> None:
        """My month in every team of mine, my leave, what I was given, what I left unfinished."""
        del argument
        member, month = talk.member(), Month.of(talk.today)
        stands, line = await _month(talk, member, month)
        leaves = await talk.uow.leaves.of_member(member.id, until=talk.today)
        titles = await self._forms.waiting(talk)
        parts = [
            line,
            *[await _other_month(talk, other) for other in _others(talk, member)],
            *[leave_texts.line(each.first, each.last, LeaveStatus(each.status)) for each in leaves],
            *[part for section in self._sections if (part := await section(talk)) is not None],
            texts.unfinished(titles) if titles else None,
        ]
        said = [part for part in parts if part is not None]
        if len(said) == 1 and stands is not Standing.OWES:
            said.append(texts.nothing_else())
        rows = [[leave_texts.withdrawal(each.id, each.first, each.last)] for each in leaves if _is_open(each.status)]
        talk.say(join_lines(*said), [*_ways_out(talk, month, stands), *rows])


def _is_open(status: str) -> bool:
    return status in (LeaveStatus.ASKED, LeaveStatus.GRANTED)


def _ways_out(talk: Talk, month: Month, stands: Standing) -> Sequence[Sequence[Choice]]:
    if stands is not Standing.OWES or not may(talk.role, Act.REPORT):
        return ()
    return duty_texts.nudge_choices(month, talk.member().id)


def _others(talk: Talk, member: Member) -> list[Member]:
    return [each for each in talk.known.members if each.id != member.id] if talk.known else []


async def _other_month(talk: Talk, member: Member) -> Markup:
    """The same month as another team counts it."""
    team = await talk.uow.teams.get(member.team_id)
    settings = talk.uow.teams.settings(team)
    month = Month.of(talk.now.astimezone(settings.zone).date())
    required = settings.in_month(month).activities_a_month
    facts = await talk.uow.duties.facts(team.id, month, settings)
    mine = next(each for each in facts if each.member_id == member.id)
    return texts.owed(month, standing(mine, month, settings), mine.activities, required, team=team.name)


async def _month(talk: Talk, member: Member, month: Month) -> tuple[Standing, Markup]:
    facts = await talk.uow.duties.facts(member.team_id, month, talk.settings)
    mine = next(each for each in facts if each.member_id == member.id)
    stands = standing(mine, month, talk.settings)
    team = talk.team.name if talk.team and _others(talk, member) else ""
    required = talk.settings.in_month(month).activities_a_month
    return stands, texts.owed(month, stands, mine.activities, required, team=team)
