"""/tonghop: what happened in a month, a semester, a school year or between two days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.domain.dates import Period, named_period
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.report_model import ReportModel
from bot.domain.report_readers import for_office
from bot.texts import summary as texts
from handlers import summary_sources
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.summary_sources import SummarySources
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from storage.tables import Team
from storage.unit_of_work import UnitOfWork

ACTION = "summary"
_OTHER = "other"
_PERIODS = ("Tháng này", "Tháng trước", "Học kì này", "Năm học")

ReadReport = Callable[[UnitOfWork, Team, Period, datetime], Awaitable[ReportModel]]
"""The report of a team in a period, as of a moment."""
Buttons = Callable[[Talk, Period], Sequence[Sequence[Choice]]]
"""What else is offered under a digest."""


class Summaries:
    """The command, its period buttons and the sources of its numbers."""

    def __init__(self, read: ReadReport, *, forms: Forms, buttons: Sequence[Buttons] = ()) -> None:
        """`read` computes the report; a period may be asked for in words."""
        self._read = read
        self._forms = forms
        self._period_form = words_form("summary-period", "khoảng thời gian", self._named)
        forms.add(self._period_form)
        self._buttons = tuple(buttons)
        self._sources = SummarySources(self.report)

    def conversation(self) -> Conversation:
        """Commands and presses."""
        spec = CommandSpec(
            "tonghop",
            "tổng hợp hoạt động của tổ",
            self.show,
            act=Act.SEE_SUMMARY,
            example="/tonghop học kì 1",
            label="📊 Tổng hợp",
            public=self._show_counts,
        )
        presses = {ACTION: self._pressed, summary_sources.ACTION: self._sources.pressed}
        return Conversation(name="summary", commands=(spec,), presses=presses)

    async def report(self, talk: Talk, period: Period) -> ReportModel:
        """The report as this person may see it: officers see neither who owes nor who was observed."""
        team = await talk.uow.teams.get(talk.member().team_id)
        model = await self._read(talk.uow, team, period, talk.now)
        return model if may(talk.role, Act.SEE_NAMES) else for_office(model, settings=talk.settings)

    async def _pressed(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.SEE_SUMMARY)
        if value == _OTHER:
            await self._forms.start(talk, self._period_form, WordsDraft(about=0, prompt=str(texts.ask_period())))
        else:
            await self.show(talk, value)

    async def _named(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        del draft
        require(talk.role, Act.SEE_SUMMARY)
        await self.show(talk, words)

    async def _show_counts(self, talk: Talk, argument: str) -> None:
        """In the team's group: how the month stands, in numbers that name nobody."""
        del argument
        period = named_period("", today=talk.today)
        if period is None or not talk.settings.group_sees_counts:
            talk.say(texts.ask_privately())
            return
        talk.say(texts.counts(await self.report(talk, period)))

    async def show(self, talk: Talk, argument: str) -> None:
        """The digest of a period named in words; this month by default."""
        period = named_period(argument, today=talk.today)
        if period is None:
            talk.say(texts.period_unknown(), _period_rows())
            return
        model = await self.report(talk, period)
        names = summary_sources.sees_names(talk)
        more = [row for buttons in self._buttons for row in buttons(talk, period)]
        talk.say(texts.digest(model, names=names), [*more, [summary_sources.entry(period)], *_period_rows()])


def _period_rows() -> list[list[Choice]]:
    choices = [Choice(label=words, action=ACTION, value=words.lower()) for words in _PERIODS]
    return [choices[:2], choices[2:], [Choice(label="🗓 Khoảng khác", action=ACTION, value=_OTHER)]]
