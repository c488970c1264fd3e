"""/nghiquyet: what was decided, what is open, overdue, done."""

from __future__ import annotations

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.texts import resolutions as texts
from bot.texts.lists import turns
from handlers.conversation import CommandSpec, Conversation
from handlers.meeting_news import facts_of
from handlers.minutes_reading import label_of, people_of
from handlers.resolution_work import finish, reopen
from handlers.talk import Talk
from storage.tables import Meeting, Resolution

_ALL = "all"
_LISTS = {"open": "Chưa xong", "overdue": "Quá hạn", "done": "Đã xong"}
_SHOWN = 15
_MEETINGS = 10


def conversation() -> Conversation:
    """The command and its presses."""
    spec = CommandSpec("nghiquyet", "nghị quyết các cuộc họp", show, act=Act.JOIN_MEETINGS, aliases=("nq",))
    return Conversation(name="resolutions", commands=(spec,), presses={texts.ACTION: _pressed})


async def show(talk: Talk, argument: str) -> None:
    """Open ones, with ways to those overdue and done, and to those of one meeting."""
    del argument
    await _show(talk, "open")


async def _show(talk: Talk, which: str, meeting_id: int = 0, page: int = 0, *, in_place: bool = False) -> None:
    require(talk.role, Act.JOIN_MEETINGS)
    member = talk.member()
    meeting = await talk.uow.meetings.get(meeting_id, team_id=member.team_id) if meeting_id else None
    statuses = ("open", "done") if which == _ALL else ("done",) if which == "done" else ("open",)
    rows = await talk.uow.resolutions.with_status(member.team_id, *statuses, meeting_id=meeting_id or None)
    if which == "overdue":
        rows = [(each, of) for each, of in rows if _is_overdue(talk, each)]
    shown = rows[page * _SHOWN : (page + 1) * _SHOWN]
    people = await people_of(talk, [each for each, _ in shown])
    lines = [await _line(talk, each, of, people[each.id], named=meeting is None) for each, of in shown]
    around = [_choice(label, f"list:{which}:{meeting_id}:{to}") for label, to in turns(page, -(-len(rows) // _SHOWN))]
    settling = await _settling(talk, [each for each, _ in shown])
    others = [_choice(label, f"list:{name}:{meeting_id}:0") for name, label in _LISTS.items() if name != which]
    further = [_choice("Mọi cuộc họp", "list:open:0:0")] if meeting else [_choice("📅 Theo cuộc họp", "meetings")]
    of_meeting = label_of(await facts_of(talk, meeting)) if meeting else ""
    title = texts.title(_LISTS.get(which, ""), len(rows), meeting=of_meeting)
    talk.say(texts.listed(title, lines), [*settling, around, others, further], in_place=in_place)


async def _settling(talk: Talk, shown: list[Resolution]) -> list[list[Choice]]:
    """Done, by those who are to do it and those who write minutes; these also open again what was marked by mistake."""
    writes = may(talk.role, Act.WRITE_MINUTES)
    mine = await talk.uow.resolutions.people([each.id for each in shown])
    return [
        [_choice(f"✅ Xong: {each.work[:40]}", f"done:{each.id}")]
        if each.status == "open"
        else [_choice(f"↩️ Mở lại: {each.work[:40]}", f"reopen:{each.id}")]
        for each in shown
        if writes or (each.status == "open" and talk.member().id in mine.get(each.id, []))
    ]


async def _offer_meetings(talk: Talk) -> None:
    require(talk.role, Act.JOIN_MEETINGS)
    meetings = await talk.uow.resolutions.meetings(talk.member().team_id, limit=_MEETINGS)
    rows = [[_choice(label_of(await facts_of(talk, each)), f"list:{_ALL}:{each.id}:0")] for each in meetings]
    talk.say(texts.which_meeting() if rows else texts.listed("", []), rows, in_place=True)


def _choice(label: str, value: str) -> Choice:
    return Choice(label=label, action=texts.ACTION, value=value)


def _is_overdue(talk: Talk, resolution: Resolution) -> bool:
    return resolution.status == "open" and resolution.due is not None and resolution.due < talk.today


async def _line(talk: Talk, resolution: Resolution, meeting: Meeting, people: str, *, named: bool) -> Markup:
    return texts.item(
        resolution.work,
        people,
        resolution.due,
        overdue=_is_overdue(talk, resolution),
        done=resolution.status == "done",
        meeting=label_of(await facts_of(talk, meeting)) if named else "",
    )


async def _pressed(talk: Talk, value: str) -> None:
    verb, _, argument = value.partition(":")
    match verb, argument.split(":"):
        case "list", [which, meeting_id, page] if which in _LISTS or (which == _ALL and meeting_id != "0"):
            await _show(talk, which, int(meeting_id), int(page), in_place=True)
        case "meetings", _:
            await _offer_meetings(talk)
        case "done", [number]:
            await _done(talk, await talk.uow.resolutions.get(int(number), team_id=talk.member().team_id))
        case "reopen", [number]:
            await _reopen(talk, await talk.uow.resolutions.get(int(number), team_id=talk.member().team_id))
        case _:
            raise StaleChoice(value=value)


async def _reopen(talk: Talk, resolution: Resolution) -> None:
    require(talk.role, Act.WRITE_MINUTES)
    if resolution.status != "done":
        raise StaleChoice(resolution=resolution.id)
    await reopen(talk, resolution)
    talk.say(texts.open_again(resolution.work))


async def _done(talk: Talk, resolution: Resolution) -> None:
    """By whoever is to do it, or by leader, deputy or secretary; the leader is told."""
    member = talk.member()
    people = (await talk.uow.resolutions.people([resolution.id])).get(resolution.id, [])
    if member.id not in people and not may(talk.role, Act.WRITE_MINUTES):
        raise NotPermitted(action="finish_resolution")
    if resolution.status != "open":
        raise StaleChoice(resolution=resolution.id)
    done = await finish(talk, resolution, mine_only=not may(talk.role, Act.WRITE_MINUTES))
    talk.say(texts.marked_done(resolution.work) if done else texts.my_part_done(resolution.work))
