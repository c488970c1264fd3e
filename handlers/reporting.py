"""Reporting: /baocao, or just writing (PRODUCT "Reporting")."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.permissions import Act, may, require
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_parser import looks_like_report, parse_report
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.texts import reporting as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Form
from handlers.forms.session import Forms
from handlers.report_form import FIELDS, ReportContext, ReportDraft, absorb, draft_from, preview
from handlers.talk import Talk
from storage.tables import Activity


async def load(talk: Talk) -> ReportContext:
    """The local time and the team's schools."""
    return ReportContext(now=talk.local_now, schools=await talk.uow.schools.names(talk.member().team_id))


async def _file(talk: Talk, draft: ReportDraft, context: ReportContext, source: str) -> Activity:
    member = talk.member()
    day = draft.date or context.now.date()
    school = await talk.uow.schools.by_code(member.team_id, draft.school) if draft.school else None
    activity = Activity(
        team_id=member.team_id,
        number=await talk.uow.activities.next_number(member.team_id),
        source=source,
        kind=draft.kind,
        date=day,
        school_id=school.id if school else None,
        class_or_grade=draft.class_or_grade,
        subject=draft.subject,
        topic=None,
        strengths=draft.strengths,
        difficulties=draft.difficulties,
        advice=draft.advice,
        encouragement=draft.encouragement,
        exemplary=draft.exemplary,
        needs_support=draft.needs_support,
        urgent=draft.urgent,
        origin=draft.origin,
        follow_up_on=None,
        reporter_id=member.id,
        reported_at=talk.now,
        late=Month.of(day) < Month.of(talk.today),
        status="filed",
        version=1,
    )
    return await talk.uow.activities.file(activity, files=draft.files)


def _takes_over(text: str) -> bool:
    """A whole report, not a correction of the one on the card."""
    return looks_like_report(text) and find_kind(Source.of(text)) is not None


Filed = Callable[[Talk, Activity], Awaitable[None]]
"""Told of an activity right after it was filed, in the same transaction; `activity.origin` says what it came of."""


class Reporting:
    """The ways into a report."""

    def __init__(self, forms: Forms, *, filed: Sequence[Filed] = ()) -> None:
        """Over the dialogues; `filed` are told of every new activity, in order."""
        self._forms = forms
        self._filed = tuple(filed)
        self.form: Form[ReportDraft, ReportContext] = Form(
            name="report",
            title="báo cáo hoạt động",
            draft_type=ReportDraft,
            version=1,
            fields=FIELDS,
            preview=preview,
            load=load,
            submit=self._submit,
            absorb=absorb,
            takes_over=_takes_over,
        )

    def conversation(self) -> Conversation:
        """The command."""
        return Conversation(
            name="reporting",
            commands=(
                CommandSpec(
                    "baocao",
                    "báo cáo một hoạt động",
                    self.start,
                    act=Act.REPORT,
                    aliases=("bc",),
                    label="📝 Báo cáo",
                ),
            ),
        )

    async def start(self, talk: Talk, text: str) -> None:
        """With a text: one message; without: step by step."""
        if text:
            await self._from_message(talk, text)
        else:
            await self._forms.start(talk, self.form, ReportDraft(), guided=True)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A text that looks like a report becomes a draft; False otherwise."""
        if not may(talk.role, Act.REPORT) or not looks_like_report(text):
            return False
        await self._from_message(talk, text)
        return True

    async def start_with(self, talk: Talk, draft: ReportDraft, *, opening: Markup | None = None) -> None:
        """Begin with what is known already, such as the school and day of work that was given out.

        `draft.origin` is kept with the activity, so that whoever filled it in knows its report when told of it.
        """
        require(talk.role, Act.REPORT)
        await self._forms.start(talk, self.form, draft, opening=opening)

    async def _from_message(self, talk: Talk, text: str) -> None:
        context = await load(talk)
        draft, trouble = draft_from(parse_report(text, now=context.now, schools=context.schools), context)
        photos = tuple(file.stored_id for file in talk.incoming.files if file.stored_id is not None)
        await self._forms.start(talk, self.form, draft.model_copy(update={"files": photos}), opening=trouble)

    async def _submit(self, talk: Talk, draft: ReportDraft, context: ReportContext, serial: str) -> None:
        """File it once, however often it is confirmed, and give the receipt."""
        member = talk.member()
        source = f"report:{serial}"
        activity = await talk.uow.activities.filed_from(source)
        if activity is None:
            activity = await _file(talk, draft, context, source)
            for tell in self._filed:
                await tell(talk, activity)
        month = Month.of(activity.date)
        kinds = talk.settings.kinds_that_count
        counts = await talk.uow.activities.counts(member.team_id, month.first, month.last, kinds=kinds)
        talk.say(
            texts.receipt(
                number=activity.number,
                kind=draft.kind or kinds[0],
                day=activity.date,
                month=month.month,
                count=counts.get(member.id, 0),
                required=talk.settings.activities_a_month,
                late=activity.late,
            )
        )
