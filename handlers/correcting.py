"""Correcting and withdrawing a filed report, with everything it said before kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.activity_history import FieldChange, changes_between
from bot.domain.errors import StaleChoice
from bot.domain.messages import Choice, Priority
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus, Role
from bot.texts import correcting as texts
from bot.texts import participation as participation_texts
from bot.texts import reporting as report_texts
from bot.texts.vocabulary import KIND_NAMES, NOTE_NAMES
from handlers.conversation import Conversation
from handlers.participation import ask_companions
from handlers.report_draft import ReportContext, ReportDraft
from handlers.report_filing import ActivityNews, content_of, describe, draft_of, month_line, rewrite
from handlers.talk import Rows, Talk
from storage.tables import Activity

_LABELS = {
    "kind": "Loại",
    "date": "Ngày",
    "school": "Trường",
    "class_or_grade": "Lớp",
    "subject": "Môn",
    "topic": "Nội dung",
    **NOTE_NAMES,
    "exemplary": "Điển hình",
    "needs_support": "Cần hỗ trợ",
    "urgent": "Báo gấp",
    "follow_up_on": "Hẹn xem lại",
    "files": "Ảnh",
    "status": "Tình trạng",
}
StartWith = Callable[[Talk, ReportDraft, Markup], Awaitable[None]]


class Correcting:
    """The buttons under a receipt and under an opened activity."""

    def __init__(self, *, start_with: StartWith, changed: Sequence[ActivityNews] = ()) -> None:
        """`start_with` opens the form filled in, with a sentence above it; `changed` are told of withdrawn reports."""
        self._start_with = start_with
        self._changed = tuple(changed)

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="correcting", presses={texts.ACTION: self._pressed})

    def actions(self, talk: Talk, activity: Activity) -> Sequence[Choice]:
        """What may be done with an opened activity: the reporter changes it, everybody concerned sees its history."""
        is_mine = talk.me is not None and activity.reporter_id == talk.me.id
        changing = texts.receipt_choices(activity.id)[0] if is_mine and activity.status == ActivityStatus.FILED else ()
        return (*changing, texts.history_choice(activity.id)) if activity.version > 1 else changing

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, activity_id = value.partition(":")
        if not activity_id.isdecimal():
            raise StaleChoice(value=value)
        if verb == "history":
            await self._history(talk, int(activity_id))
            return
        activity = await self._own(talk, int(activity_id))
        if activity.status != ActivityStatus.FILED:
            talk.say(texts.withdrawn_already(activity.number))
            return
        match verb:
            case "edit":
                await self._start_with(talk, await draft_of(talk, activity), texts.how_to_correct(activity.number))
            case "withdraw":
                what = await describe(talk, activity)
                talk.say(texts.ask_withdrawal(activity.number, what), texts.withdrawal_choices(activity.id))
            case "withdraw-now":
                await _withdraw(talk, activity)
                for tell in self._changed:
                    await tell(talk, activity)
            case "keep":
                talk.say(texts.kept(activity.number), in_place=True)
            case _:
                raise StaleChoice(value=value)

    async def _own(self, talk: Talk, activity_id: int) -> Activity:
        """An activity that somebody here reported themselves, in whichever of their teams; StaleChoice otherwise."""
        for member in talk.known.members if talk.known else ():
            if await talk.uow.activities.is_reported_by(activity_id, member.id):
                await talk.act_as(member.id)
                require(talk.role, Act.REPORT)
                return await talk.uow.activities.get(activity_id, team_id=member.team_id)
        raise StaleChoice(activity=activity_id)

    async def _history(self, talk: Talk, activity_id: int) -> None:
        require(talk.role, Act.SEE_OWN)
        member, zone = talk.member(), talk.settings.zone
        whole = await talk.uow.activity_pages.whole(activity_id, member_id=member.id)
        states: list[dict[str, Any]] = [each.content for each in whole.revisions]
        steps = changes_between([*states, await content_of(talk, whole.activity)])
        changes = [
            texts.Change(
                each.by, each.at.astimezone(zone), [_worded(field) for field in step], each.after_month_reported
            )
            for each, step in zip(whole.revisions, steps, strict=True)
        ]
        names = await talk.uow.members.names([whole.activity.reporter_id])
        reporter = names.get(whole.activity.reporter_id, "")
        reported_at = whole.activity.reported_at.astimezone(zone)
        talk.say(texts.history(whole.activity.number, reporter, reported_at, changes))


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of a correction: the activity, what the receipt adds, and whether it has become urgent by it."""

    activity: Activity
    lines: Sequence[Markup | None]
    became_urgent: bool


async def correct(talk: Talk, draft: ReportDraft, context: ReportContext) -> Corrected | None:
    """Let the activity say what the draft says, keep what it said; None (and said so) when nothing changed.

    StaleChoice when it is not theirs or was withdrawn meanwhile.
    """
    member = talk.member()
    activity = await talk.uow.activities.get(draft.corrects or 0, team_id=member.team_id)
    if activity.reporter_id != member.id or activity.status != ActivityStatus.FILED:
        raise StaleChoice(activity=activity.id)
    before, old = await content_of(talk, activity), await draft_of(talk, activity)
    if old.model_dump(exclude={"corrects"}) == draft.model_dump(exclude={"corrects"}):
        talk.say(texts.nothing_changed(activity.number))
        return None
    marked = await _after_month_reported(talk, activity.team_id, activity.date, draft.date or activity.date)
    await talk.uow.activities.keep_revision(activity, before, by=member.id, now=talk.now, after_month_reported=marked)
    old_month = Month.of(activity.date)
    await rewrite(talk, activity, draft, context)
    months = sorted({old_month, Month.of(activity.date)})
    lines: list[Markup | None] = [await month_line(talk, month) for month in months]
    lines.append(await _change_companions(talk, activity, old, draft))
    lines.append(await _tell_secretary(talk, activity, withdrawn=False) if marked else None)
    await _tell_participants(talk, activity)
    return Corrected(activity, lines, became_urgent=activity.urgent and not old.urgent)


async def _change_companions(talk: Talk, activity: Activity, old: ReportDraft, new: ReportDraft) -> Markup | None:
    """Ask those who were added; those who have confirmed stay, the others left out are no longer asked."""
    left_out = set(old.companions) - set(new.companions)
    await talk.uow.participations.ask_no_longer(activity.id, left_out)
    still = [each for each in await talk.uow.participations.of(activity.id) if each in left_out]
    names = await talk.uow.members.names(still)
    if still:
        return participation_texts.still_counted([names[each] for each in still])
    return await ask_companions(talk, activity, new.companions)


async def _tell_participants(talk: Talk, activity: Activity, *, gone: bool = False) -> None:
    reporter = talk.member()
    people = await talk.uow.participations.of(activity.id)
    others = [each for each, status in people.items() if each != reporter.id and status is ParticipantStatus.CONFIRMED]
    word = participation_texts.gone if gone else participation_texts.changed
    text = word(reporter.name, activity.number, await describe(talk, activity))
    key = f"activity-changed:{activity.id}:{activity.version}"
    await talk.tell(others, text, key=key, waits_for_morning=True)


async def _withdraw(talk: Talk, activity: Activity) -> None:
    member = talk.member()
    marked = await talk.uow.reported_periods.day_reported(activity.team_id, activity.date)
    content = await content_of(talk, activity)
    await talk.uow.activities.keep_revision(activity, content, by=member.id, now=talk.now, after_month_reported=marked)
    activity.status = ActivityStatus.WITHDRAWN
    await talk.uow.flush()
    await talk.uow.outbox.cancel_topic(f"activity:{activity.id}")
    await _tell_participants(talk, activity, gone=True)
    await _tell_leader_of_withdrawn_alarm(talk, activity)
    lines = [await month_line(talk, Month.of(activity.date))]
    notice = await _tell_secretary(talk, activity, withdrawn=True) if marked else None
    talk.say(texts.withdrawn(activity.number, [*lines, notice]), _history_row(activity), in_place=True)


async def _tell_leader_of_withdrawn_alarm(talk: Talk, activity: Activity) -> None:
    """Whoever was alarmed learns that the alarm was taken back."""
    if not activity.urgent:
        return
    member = talk.member()
    leaders = await talk.uow.members.with_roles(activity.team_id, Role.LEADER)
    text = participation_texts.gone(member.name, activity.number, await describe(talk, activity))
    others = [each.id for each in leaders if each.id != member.id]
    await talk.tell(others, text, key=f"urgent:{activity.id}:withdrawn", priority=Priority.ANSWER)


async def _after_month_reported(talk: Talk, team_id: int, *days: date) -> bool:
    return any([await talk.uow.reported_periods.day_reported(team_id, day) for day in days])


async def _tell_secretary(talk: Talk, activity: Activity, *, withdrawn: bool) -> Markup:
    """The secretary, or the leader where there is no other secretary, learns that the office's number has changed."""
    member = talk.member()
    for role in (Role.SECRETARY, Role.LEADER):
        officials = [
            each.id for each in await talk.uow.members.with_roles(activity.team_id, role) if each.id != member.id
        ]
        if officials:
            text = texts.secretary_told(
                member.name, activity.number, await describe(talk, activity), withdrawn=withdrawn
            )
            key = f"changed-after-report:{activity.id}:{activity.version}"
            await talk.tell(officials, text, key=key, waits_for_morning=True)
            break
    return texts.month_was_reported()


def _history_row(activity: Activity) -> Rows:
    return [[texts.history_choice(activity.id)]]


def _worded(change: FieldChange) -> tuple[str, str, str]:
    return _LABELS.get(change.name, change.name), _word(change.name, change.before), _word(change.name, change.after)


def _word(name: str, value: object) -> str:
    match name, value:
        case "kind", str():
            return KIND_NAMES[ActivityKind(value)]
        case (("date" | "follow_up_on"), str()):
            return report_texts.day_name(date.fromisoformat(value))
        case "status", _:
            return "đã rút" if value == ActivityStatus.WITHDRAWN else "được tính"
        case _, bool():
            return "có" if value else "không"
        case _:
            return "" if value is None else str(value)
