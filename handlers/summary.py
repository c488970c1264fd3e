"""/tonghop: what happened in a month, a semester, a school year or between two days."""

from __future__ import annotations

from bot.domain.dates import Period, find_period
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.school_year import Month
from bot.domain.summary import Summary, Visit, month_duty, summarise
from bot.texts import summary as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk

ACTION = "summary"
_PERIODS = ("Tháng này", "Tháng trước", "Học kì này", "Năm học")


def conversation() -> Conversation:
    """The command and its period buttons."""
    spec = CommandSpec(
        "tonghop",
        "tổng hợp hoạt động của tổ",
        show,
        act=Act.SEE_SUMMARY,
        example="/tonghop học kì 1",
        label="📊 Tổng hợp",
    )
    return Conversation(name="summary", commands=(spec,), presses={ACTION: _pressed})


async def _pressed(talk: Talk, value: str) -> None:
    require(talk.role, Act.SEE_SUMMARY)
    await show(talk, value)


async def show(talk: Talk, argument: str) -> None:
    """The digest of a period named in words; this month by default."""
    period = find_period(argument or "tháng này", today=talk.today)
    if period is None:
        talk.say(texts.period_unknown(), _buttons())
        return
    result = await gather(talk, period)
    members = await talk.uow.members.current(talk.member().team_id)
    names = {member.id: member.name for member in members} if may(talk.role, Act.SEE_NAMES) else None
    talk.say(texts.digest(talk.team.name if talk.team else "", period.first, period.last, result, names), _buttons())


async def gather(talk: Talk, period: Period) -> Summary:
    """The summary of the team in a period."""
    team_id = talk.member().team_id
    schools = {school.code: school.name for school in await talk.uow.schools.of_team(team_id)}
    rows = await talk.uow.activities.between(team_id, period.first, period.last)
    visits = [
        Visit(row.activity.kind, row.school_code, row.activity.exemplary, row.activity.needs_support) for row in rows
    ]
    duties = [
        month_duty(month, await talk.uow.duties.facts(team_id, month, talk.settings), talk.settings)
        for month in _months(period, until=Month.of(talk.today))
        if month.month in talk.settings.school_months
    ]
    return summarise(duties, visits, schools)


def _months(period: Period, *, until: Month) -> list[Month]:
    month, months = Month.of(period.first), list[Month]()
    while month <= min(Month.of(period.last), until):
        months.append(month)
        month = month.next
    return months


def _buttons() -> list[list[Choice]]:
    choices = [Choice(label=words, action=ACTION, value=words.lower()) for words in _PERIODS]
    return [choices[:2], choices[2:]]
