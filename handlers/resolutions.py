"""/nghiquyet: what was decided, what is open, overdue, done."""

from __future__ import annotations

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.texts import minutes as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.meeting_news import facts_of
from handlers.minutes_reading import label_of, people_of
from handlers.resolution_work import settle
from handlers.talk import Talk
from storage.tables import Meeting, Resolution

_ALL = "all"
_LISTS = {"open": "Chưa xong", "overdue": "Quá hạn", "done": "Đã xong"}
_SHOWN = 15
_MEETINGS = 10


def conversation() -> Conversation:
    """The command and its presses."""
    spec = CommandSpec("nghiquyet", "nghị quyết các cuộc họp", show, act=Act.JOIN_MEETINGS, aliases=("nq",))
    return Conversation(name="resolutions", commands=(spec,), presses={texts.WHO_ACTION: _pressed})


async def show(talk: Talk, argument: str) -> None:
    """Open ones, with ways to those overdue and done, and to those of one meeting."""
    del argument
    await _show(talk, "open")


async def _show(talk: Talk, which: str, meeting_id: int | None = None, *, in_place: bool = False) -> None:
    require(talk.role, Act.JOIN_MEETINGS)
    member = talk.member()
    meeting = await talk.uow.meetings.get(meeting_id, team_id=member.team_id) if meeting_id else None
    statuses = ("open", "done") if which == _ALL else ("done",) if which == "done" else ("open",)
    rows = await talk.uow.resolutions.with_status(member.team_id, *statuses, meeting_id=meeting_id)
    if which == "overdue":
        rows = [(each, of) for each, of in rows if _is_overdue(talk, each)]
    people = await people_of(talk, [each for each, _ in rows])
    lines = [await _line(talk, each, of, people[each.id], named=meeting is None) for each, of in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append(Markup("… và {} nghị quyết nữa.").format(len(rows) - _SHOWN))
    mine = await talk.uow.resolutions.people([each.id for each, _ in rows])
    finishing = [
        [_choice(f"✅ Xong: {each.work[:40]}", f"done:{each.id}")]
        for each, _ in rows[:_SHOWN]
        if each.status == "open" and (may(talk.role, Act.WRITE_MINUTES) or member.id in mine.get(each.id, []))
    ]
    about = f":{meeting.id}" if meeting else ""
    others = [_choice(label, f"list:{name}{about}") for name, label in _LISTS.items() if name != which]
    further = [_choice("Mọi cuộc họp", "list:open")] if meeting else [_choice("📅 Theo cuộc họp", "meetings")]
    of_meeting = label_of(await facts_of(talk, meeting)) if meeting else ""
    title = texts.resolutions_title(_LISTS.get(which, ""), len(rows), meeting=of_meeting)
    talk.say(texts.resolutions(title, lines), [*finishing, others, further], in_place=in_place)


async def _offer_meetings(talk: Talk) -> None:
    require(talk.role, Act.JOIN_MEETINGS)
    meetings = await talk.uow.resolutions.meetings(talk.member().team_id, limit=_MEETINGS)
    rows = [[_choice(label_of(await facts_of(talk, each)), f"list:{_ALL}:{each.id}")] for each in meetings]
    talk.say(texts.which_resolutions() if rows else texts.resolutions("", []), rows, in_place=True)


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=texts.WHO_ACTION, value=value)


def _is_overdue(talk: Talk, resolution: Resolution) -> bool:
    return resolution.status == "open" and resolution.due is not None and resolution.due < talk.today


async def _line(talk: Talk, resolution: Resolution, meeting: Meeting, people: str, *, named: bool) -> Markup:
    return texts.resolution_item(
        resolution.work,
        people,
        resolution.due,
        overdue=_is_overdue(talk, resolution),
        done=resolution.status == "done",
        meeting=label_of(await facts_of(talk, meeting)) if named else "",
    )


async def _pressed(talk: Talk, value: str) -> None:
    verb, _, argument = value.partition(":")
    which, _, number = argument.partition(":")
    match verb:
        case "list" if which in _LISTS or (which == _ALL and number):
            await _show(talk, which, int(number) if number else None, in_place=True)
        case "meetings":
            await _offer_meetings(talk)
        case "done":
            await _done(talk, await talk.uow.resolutions.get(int(argument), team_id=talk.member().team_id))
        case _:
            raise StaleChoice(value=value)


async def _done(talk: Talk, resolution: Resolution) -> None:
    """By whoever is to do it, or by leader, deputy or secretary; the leader is told."""
    member = talk.member()
    people = (await talk.uow.resolutions.people([resolution.id])).get(resolution.id, [])
    if member.id not in people and not may(talk.role, Act.WRITE_MINUTES):
        raise NotPermitted(action="finish_resolution")
    if resolution.status != "open":
        raise StaleChoice(resolution=resolution.id)
    await settle(talk, resolution)
    talk.say(texts.marked_done(resolution.work))
