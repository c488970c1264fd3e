"""The activities behind each number of the summary: groups, numbers, pages, one whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import groupby

from bot.domain.errors import StaleChoice
from bot.domain.messages import Choice
from bot.domain.periods import Period
from bot.domain.permissions import Act, may, require
from bot.domain.report_figures import FigureGroup, Source, find_source, sources_of
from bot.domain.report_model import ReportModel, Visit
from bot.texts import summary_sources as texts
from bot.texts.lists import PAGES, turns
from handlers.talk import Talk

ACTION = "summary-sources"
_PAGE = 8
_A_ROW = 4
_NUMBERS_A_PAGE = 12

Read = Callable[[Talk, Period], Awaitable[ReportModel]]
"""The report of the talk's team as this person may see it."""


def entry(period: Period) -> Choice:
    """The button under a digest."""
    return Choice(label="🔎 Nguồn số liệu", action=ACTION, value=f"groups|{period.key}")


class SummarySources:
    """Presses under a digest."""

    def __init__(self, read: Read) -> None:
        """`read` makes the report again, so that what was corrected since is seen."""
        self._read = read

    async def pressed(self, talk: Talk, value: str) -> None:
        """One of: groups|P, group|P|G|page, number|P|key|page, visit|P|id."""
        require(talk.role, Act.SEE_SUMMARY)
        verb, key, *rest = value.split("|")
        period = Period.parse(key)
        model = await self._read(talk, period)
        match verb, rest:
            case "groups", []:
                _say_groups(talk, period, model)
            case "group", [group, page]:
                _say_numbers(talk, period, model, FigureGroup(group), int(page))
            case "number", [*source, page]:
                _say_page(talk, period, model, "|".join(source), int(page))
            case "visit", [visit_id]:
                await _say_visit(talk, model, int(visit_id))
            case _:
                raise StaleChoice(value=value)


def _say_groups(talk: Talk, period: Period, model: ReportModel) -> None:
    choices: list[Choice] = []
    for group, found in groupby(sources_of(model, names=sees_names(talk)), key=lambda source: source.group):
        sources = list(found)
        if len(sources) == 1:
            choices.append(_number(period, sources[0]))
        else:
            choices.append(_choice(f"{texts.GROUP_NAMES[group]} ({len(sources)} mục)", "group", period, group, 0))
    talk.say(texts.choose_group(model) if choices else texts.no_sources(), [[choice] for choice in choices])


def _say_numbers(talk: Talk, period: Period, model: ReportModel, group: FigureGroup, page: int) -> None:
    sources = [source for source in sources_of(model, names=sees_names(talk)) if source.group is group]
    start = page * _NUMBERS_A_PAGE
    rows = [[_number(period, source)] for source in sources[start : start + _NUMBERS_A_PAGE]]
    pages = -(-len(sources) // _NUMBERS_A_PAGE)
    around = [_choice(label, "group", period, group, to) for label, to in turns(page, pages, words=PAGES)]
    talk.say(texts.choose_number(group), [*rows, around, [entry(period)]], in_place=True)


def _number(period: Period, source: Source) -> Choice:
    return _choice(f"{texts.source_name(source)}: {source.count}", "number", period, source.key, 0)


def _say_page(talk: Talk, period: Period, model: ReportModel, key: str, page: int) -> None:
    source = find_source(model, key, names=sees_names(talk))
    if source is None:
        raise StaleChoice(key=key)
    pages = max(1, -(-source.count // _PAGE))
    page = min(page, pages - 1)
    here = slice(page * _PAGE, (page + 1) * _PAGE)
    around = [_choice(label, "number", period, key, to) for label, to in turns(page, pages, words=PAGES)]
    if lines := texts.lines_of(source):
        text = texts.page_of_lines(source, lines[here], page=page, pages=pages)
        talk.say(text, [around, [entry(period)]], in_place=True)
        return
    wanted = set(source.figure.visits)
    shown = [visit for visit in model.visits if visit.id in wanted][here]
    opening = [_choice(f"Số {visit.number}", "visit", period, visit.id) for visit in shown]
    rows = [opening[start : start + _A_ROW] for start in range(0, len(opening), _A_ROW)]
    talk.say(texts.page_of(source, shown, page=page, pages=pages), [*rows, around, [entry(period)]], in_place=True)


def sees_names(talk: Talk) -> bool:
    """Whether who owes may be named to whoever talks."""
    return may(talk.role, Act.SEE_NAMES) or talk.settings.office_sees_members


async def _say_visit(talk: Talk, model: ReportModel, visit_id: int) -> None:
    visit: Visit | None = next((each for each in model.visits if each.id == visit_id), None)
    if visit is None:
        raise StaleChoice(visit=visit_id)
    names = await talk.uow.members.names(visit.members) if may(talk.role, Act.SEE_NAMES) else {}
    talk.say(texts.whole(visit, names))


def _choice(label: str, verb: str, period: Period, *rest: object) -> Choice:
    return Choice(label=label, action=ACTION, value="|".join((verb, period.key, *(str(each) for each in rest))))
