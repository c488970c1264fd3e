"""/hoatdong: my activities by month or school year, and one of them with everything about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.dates import named_period
from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month, SchoolYear
from bot.texts import own as texts
from bot.texts.lists import PAGES, turns
from bot.texts.vocabulary import NOTE_NAMES
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk
from storage.activity_pages import ActivityLine, WholeActivity
from storage.tables import Activity

ACTION = "mine"
_PAGE = 8
_BUTTONS_A_ROW = 4
Actions = Callable[[Talk, Activity], Sequence[Choice]]
"""What may be done with an activity, as choices of whoever handles them."""


class OwnActivities:
    """The command and its pages."""

    def __init__(self, *, actions: Sequence[Actions]) -> None:
        """`actions` are offered under an opened activity."""
        self._actions = tuple(actions)

    def conversation(self) -> Conversation:
        """The command and its presses."""
        spec = CommandSpec(
            "hoatdong",
            "hoạt động của tôi",
            self.start,
            act=Act.SEE_OWN,
            example="/hoatdong tháng 10",
            label="📋 Hoạt động của tôi",
        )
        return Conversation(name="own_activities", commands=(spec,), presses={ACTION: self._pressed})

    async def start(self, talk: Talk, argument: str) -> None:
        """A period named in words; this month by default."""
        period = named_period(argument, today=talk.today)
        if period is None:
            talk.say(texts.period_unknown())
            return
        await _show(talk, period.first, period.last, page=0)

    async def _pressed(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.SEE_OWN)
        verb, *rest = value.split("|")
        match verb, rest:
            case "list", [first, last, page]:
                await _show(talk, date.fromisoformat(first), date.fromisoformat(last), page=int(page), in_place=True)
            case "open", [activity_id]:
                await self._open(talk, int(activity_id))
            case _:
                raise StaleChoice(value=value)

    async def _open(self, talk: Talk, activity_id: int) -> None:
        whole = await talk.uow.activity_pages.whole(activity_id, member_id=talk.member().id)
        choices = [choice for actions in self._actions for choice in actions(talk, whole.activity)]
        files = [
            Attachment(stored_id=file_id, name=name, mime=mime, as_photo=mime.startswith("image/"))
            for file_id, name, mime in whole.files
        ]
        talk.say(_details(talk, whole), [choices] if choices else (), attachments=files)


def _details(talk: Talk, whole: WholeActivity) -> Markup:
    activity = whole.activity
    return texts.details(
        number=activity.number,
        kind=activity.kind,
        day=activity.date,
        school=whole.school,
        group=activity.class_or_grade,
        subject=activity.subject,
        notes=[(label, getattr(activity, name)) for name, label in NOTE_NAMES.items()],
        topic=activity.topic,
        marks=(activity.exemplary, activity.needs_support, activity.urgent),
        follow_up_on=activity.follow_up_on,
        people=[(each.name, each.status) for each in whole.people],
        late=activity.late,
        status=activity.status,
        changes=[(each.by, each.at.astimezone(talk.settings.zone)) for each in whole.revisions],
        files=len(whole.files),
    )


async def _show(talk: Talk, first: date, last: date, *, page: int, in_place: bool = False) -> None:
    member = talk.member()
    pages_of = talk.uow.activity_pages
    count = await pages_of.count(member.id, first, last)
    pages = max(1, -(-count // _PAGE))
    page = min(page, pages - 1)
    lines = await pages_of.page(member.id, first, last, number=page, size=_PAGE)
    text = texts.mine(
        [_line(each) for each in lines],
        first=first,
        last=last,
        count=count,
        page=page,
        pages=pages,
    )
    rows = [*_opening_rows(lines), _page_row(first, last, page, pages), _period_row(talk, first, last)]
    talk.say(text, rows, in_place=in_place)


def _line(each: ActivityLine) -> Markup:
    return texts.activity_line(each.activity.number, each.activity.kind, each.activity.date, each.school)


def _opening_rows(lines: Sequence[ActivityLine]) -> list[list[Choice]]:
    choices = [
        Choice(label=f"Số {each.activity.number}", action=ACTION, value=f"open|{each.activity.id}") for each in lines
    ]
    return [choices[start : start + _BUTTONS_A_ROW] for start in range(0, len(choices), _BUTTONS_A_ROW)]


def _page_row(first: date, last: date, page: int, pages: int) -> list[Choice]:
    return [_list(label, first, last, to) for label, to in turns(page, pages, words=PAGES)]


def _period_row(talk: Talk, first: date, last: date) -> list[Choice]:
    """The months beside the shown one, and the whole school year."""
    month, year = Month.of(first), SchoolYear.of(first)
    shows_month = (first, last) == (month.first, month.last)
    beside = [month.previous, month.next] if shows_month else [Month.of(talk.today)]
    choices = [
        _list(f"Tháng {each.month}", each.first, each.last, 0) for each in beside if each <= Month.of(talk.today)
    ]
    return [*choices, _list("Cả năm học", year.first, year.last, 0)] if shows_month else choices


def _list(label: str, first: date, last: date, page: int) -> Choice:
    return Choice(label=label, action=ACTION, value=f"list|{first}|{last}|{page}")
