"""/nghiquyet: what was decided, what is open, overdue, done."""

from __future__ import annotations

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import minutes as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.meeting_news import facts_of
from handlers.minutes_reading import label_of, people_of
from handlers.resolution_work import close_done
from handlers.talk import Talk
from storage.tables import Meeting, Resolution

_LISTS = {"open": "Chưa xong", "overdue": "Quá hạn", "done": "Đã xong"}
_SHOWN = 15


def conversation() -> Conversation:
    """The command and its presses."""
    spec = CommandSpec("nghiquyet", "nghị quyết các cuộc họp", show, act=Act.JOIN_MEETINGS, aliases=("nq",))
    return Conversation(name="resolutions", commands=(spec,), presses={texts.WHO_ACTION: _pressed})


async def show(talk: Talk, argument: str) -> None:
    """Open ones, with ways to those overdue and done."""
    del argument
    await _show(talk, "open")


async def _show(talk: Talk, which: str, *, in_place: bool = False) -> None:
    require(talk.role, Act.JOIN_MEETINGS)
    member = talk.member()
    await close_done(talk)
    rows = await talk.uow.resolutions.with_status(member.team_id, "done" if which == "done" else "open")
    if which == "overdue":
        rows = [(each, meeting) for each, meeting in rows if _is_overdue(talk, each)]
    people = await people_of(talk, [each for each, _ in rows])
    lines = [await _line(talk, each, meeting, people[each.id]) for each, meeting in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append(Markup("… và {} nghị quyết nữa.").format(len(rows) - _SHOWN))
    mine = await talk.uow.resolutions.people([each.id for each, _ in rows])
    finishing = [
        [Choice(label=f"✅ Xong: {each.work[:40]}", action=texts.WHO_ACTION, value=f"done:{each.id}")]
        for each, _ in rows[:_SHOWN]
        if each.status == "open" and (may(talk.role, Act.WRITE_MINUTES) or member.id in mine.get(each.id, []))
    ]
    others = [
        Choice(label=label, action=texts.WHO_ACTION, value=f"list:{name}")
        for name, label in _LISTS.items()
        if name != which
    ]
    title = f"Nghị quyết – {_LISTS[which].lower()}: {len(rows)}"
    talk.say(texts.resolutions(title, lines), [*finishing, others], in_place=in_place)


def _is_overdue(talk: Talk, resolution: Resolution) -> bool:
    return resolution.status == "open" and resolution.due is not None and resolution.due < talk.today


async def _line(talk: Talk, resolution: Resolution, meeting: Meeting, people: str) -> Markup:
    return texts.resolution_item(
        resolution.work,
        people,
        resolution.due,
        overdue=_is_overdue(talk, resolution),
        done=resolution.status == "done",
        meeting=label_of(await facts_of(talk, meeting)),
    )


async def _pressed(talk: Talk, value: str) -> None:
    verb, _, argument = value.partition(":")
    match verb:
        case "list" if argument in _LISTS:
            await _show(talk, argument, in_place=True)
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
    await talk.uow.resolutions.settle(resolution, "done", by=member.id, now=talk.now)
    leaders = [each.id for each in await talk.uow.members.with_roles(member.team_id, Role.LEADER)]
    others = [each for each in leaders if each != member.id]
    await talk.tell(others, texts.done_told(member.name, resolution.work), key=f"resolution:{resolution.id}:done")
    talk.say(texts.marked_done(resolution.work))
