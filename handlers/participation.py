"""Co-participants: asked privately, counted once they confirm; colleagues who reported the same join it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import NotFound, StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityStatus, ParticipantStatus
from bot.texts import participation as texts
from bot.texts import reporting as report_texts
from bot.texts.vocabulary import NOTE_NAMES
from handlers.conversation import Conversation
from handlers.report_draft import ReportDraft
from handlers.report_filing import ActivityNews, content_of, describe, month_line
from handlers.talk import Talk
from storage.tables import Activity


def conversation(*, changed: Sequence[ActivityNews] = ()) -> Conversation:
    """The answers of those who were asked; `changed` are told of the activity after each."""

    async def answered(talk: Talk, value: str) -> None:
        activity = await _answered(talk, value)
        if activity is not None:
            for tell in changed:
                await tell(talk, activity)

    return Conversation(name="participation", presses={texts.ACTION: answered})


async def ask_companions(talk: Talk, activity: Activity, member_ids: Sequence[int]) -> Markup | None:
    """Ask each privately, once; returns what the receipt says of it."""
    new = await talk.uow.participations.ask(activity.id, member_ids)
    what, reporter = await describe(talk, activity), talk.member()
    unreachable: list[int] = []
    for member_id in new:
        unreachable += await talk.tell(
            [member_id],
            texts.asked(reporter.name, what),
            texts.choices(activity.id, member_id),
            key=f"took-part:{activity.id}",
            topic=f"activity:{activity.id}",
            waits_for_morning=True,
        )
    names = await talk.uow.members.names(new)
    return report_texts.companions_asked(
        [names[each] for each in new], [names[each] for each in new if each in unreachable]
    )


async def join(talk: Talk, draft: ReportDraft) -> Activity:
    """Take part in a colleague's activity; what the draft says besides is added to it, with the history kept."""
    member = talk.member()
    activity = await talk.uow.activities.get(draft.twin or 0, team_id=member.team_id)
    if activity.status != ActivityStatus.FILED:
        raise NotFound(what="activity", id=activity.id)
    await talk.uow.participations.answer(activity.id, member.id, ParticipantStatus.CONFIRMED, now=talk.now)
    added = await _contribute(talk, activity, draft)
    await _tell_reporter(talk, activity, took_part=True, contributed=added)
    talk.say(
        join_lines(
            texts.confirmed(activity.number, await describe(talk, activity), await month_line(talk, _month(activity))),
            texts.contributed() if added else None,
        )
    )
    return activity


async def _contribute(talk: Talk, activity: Activity, draft: ReportDraft) -> bool:
    notes = {name: note for name in NOTE_NAMES if (note := getattr(draft, name))}
    if not notes and not draft.files:
        return False
    member = talk.member()
    before = await content_of(talk, activity)
    reported = await talk.uow.reported_periods.day_reported(activity.team_id, activity.date)
    await talk.uow.activities.keep_revision(activity, before, by=member.id, now=talk.now, after_month_reported=reported)
    for name, note in notes.items():
        old = getattr(activity, name)
        setattr(activity, name, f"{old}\n{member.name}: {note}" if old else f"{member.name}: {note}")
    files = await talk.uow.participations.files_of(activity.id)
    await talk.uow.participations.set_files(activity.id, [*files, *draft.files])
    return True


async def _answered(talk: Talk, value: str) -> Activity | None:
    """The activity that was answered about; None when it is withdrawn."""
    verb, _, about = value.partition(":")
    activity_id, _, member_id = about.partition(":")
    if verb not in {"yes", "no"} or not (activity_id.isdecimal() and member_id.isdecimal()):
        raise StaleChoice(value=value)
    await talk.act_as(int(member_id))
    require(talk.role, Act.REPORT)
    member = talk.member()
    activity = await talk.uow.activities.get(int(activity_id), team_id=member.team_id)
    before = (await talk.uow.participations.of(activity.id)).get(member.id)
    if before is None:
        raise StaleChoice(value=value)
    if activity.status != ActivityStatus.FILED:
        talk.say(texts.withdrawn_meanwhile(), in_place=True)
        return None
    status = ParticipantStatus.CONFIRMED if verb == "yes" else ParticipantStatus.DECLINED
    if before is not status:
        await talk.uow.participations.answer(activity.id, member.id, status, now=talk.now)
        await _tell_reporter(talk, activity, took_part=verb == "yes")
    if verb == "yes":
        month = await month_line(talk, _month(activity))
        talk.say(texts.confirmed(activity.number, await describe(talk, activity), month), in_place=True)
    else:
        yes = texts.choices(activity.id, member.id)[0][:1]
        talk.say(texts.declined(activity.number), [yes], in_place=True)
    return activity


async def _tell_reporter(talk: Talk, activity: Activity, *, took_part: bool, contributed: bool = False) -> None:
    member = talk.member()
    await talk.tell(
        [activity.reporter_id],
        texts.reporter_told(member.name, activity.number, took_part=took_part, contributed=contributed),
        key=f"took-part:{activity.id}:{member.id}:{'yes' if took_part else 'no'}:{talk.now:%Y%m%d%H%M%S}",
        waits_for_morning=True,
    )


def _month(activity: Activity) -> Month:
    return Month.of(activity.date)
