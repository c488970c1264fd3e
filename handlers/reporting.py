"""Reporting: /baocao, or just writing (PRODUCT "Reporting")."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.advice_guard import find_scoring
from bot.domain.member_matching import MemberName
from bot.domain.permissions import Act, may, require
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_parser import looks_like_report, parse_report
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month, SchoolYear
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind, Role
from bot.texts import correcting as correcting_texts
from bot.texts import reporting as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.correcting import correct
from handlers.forms.form import Form
from handlers.forms.session import Forms, context_of
from handlers.participation import ask_companions, join
from handlers.report_draft import ReportContext, ReportDraft, absorb, draft_from
from handlers.report_filing import ActivityNews, describe, month_line, new_activity, settle
from handlers.report_form import FIELDS, preview
from handlers.talk import Rows, Talk
from handlers.urgent import Urgent
from storage.tables import Activity

Filed = ActivityNews
"""Told of an activity right after it was filed or joined, in the same transaction; `activity.origin` says what it
came of, `talk.member()` who reports it."""
_ABOUT_LESSONS = {"tiet", "day", "gio", "lop", "diem", "loai", "hang"}


async def load(talk: Talk) -> ReportContext:
    """The local time, the team's schools, and the colleagues who may have come along."""
    member = talk.member()
    names = await talk.uow.members.names_in_force(member.team_id, without=(Role.OFFICER,))
    colleagues = [MemberName(each, name) for each, name in names.items() if each != member.id]
    history = await talk.uow.school_changes.history(member.team_id)
    first = SchoolYear.of(talk.today).first
    schools = await talk.uow.schools.names_since(member.team_id, history, first)
    return ReportContext(now=talk.local_now, schools=schools, members=tuple(colleagues), history=history)


def _takes_over(text: str, draft: ReportDraft) -> bool:
    """A whole report, not a correction of the one on the card."""
    return draft.corrects is None and looks_like_report(text) and find_kind(Source.of(text)) is not None


class Reporting:
    """The ways into a report."""

    def __init__(
        self, forms: Forms, *, urgent: Urgent, filed: Sequence[Filed] = (), changed: Sequence[ActivityNews] = ()
    ) -> None:
        """Over the dialogues; `filed` are told of every new activity, `changed` of corrected ones, in order."""
        self._forms = forms
        self._urgent = urgent
        self._filed = tuple(filed)
        self._changed = tuple(changed)
        self.form: Form[ReportDraft, ReportContext] = Form(
            name="report",
            title="báo cáo hoạt động",
            draft_type=ReportDraft,
            version=2,
            fields=FIELDS,
            preview=preview,
            load=load,
            submit=self._submit,
            absorb=absorb,
            takes_over=_takes_over,
            taken_over_at=frozenset(("date", "school", "class_or_grade", "subject")),
            settle=settle,
            is_settled=lambda draft: draft.joins,
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
                CommandSpec(
                    "baogap", "báo gấp cho tổ trưởng", self.start_urgent, act=Act.REPORT, aliases=("baocaogap",)
                ),
            ),
        )

    async def start(self, talk: Talk, text: str) -> None:
        """With a text: one message; without: step by step."""
        if text:
            await self.from_message(talk, text)
        else:
            await self._forms.start(talk, self.form, ReportDraft(), guided=True)

    async def start_urgent(self, talk: Talk, text: str) -> None:
        """The same, marked for the leader to see at once."""
        if text:
            await self.from_message(talk, f"{texts.URGENT_OPENING} {text}")
        else:
            await self._forms.start(talk, self.form, ReportDraft(urgent=True), guided=True)

    async def hear(self, talk: Talk, text: str) -> bool:
        """A text that looks like a report becomes a draft, a lone score is answered kindly; False otherwise."""
        if not may(talk.role, Act.REPORT):
            return False
        if looks_like_report(text):
            await self.from_message(talk, text)
            return True
        words = find_scoring(text)
        if words and _ABOUT_LESSONS & set(fold(text).split()):
            talk.say(texts.no_scoring(words))
            return True
        return False

    async def start_with(self, talk: Talk, draft: ReportDraft, opening: Markup | None = None) -> None:
        """Begin with what is known already, such as the school and day of work that was given out.

        `draft.origin` is kept with the activity, so that whoever filled it in knows its report when told of it.
        """
        require(talk.role, Act.REPORT)
        await self._forms.start(talk, self.form, draft, opening=opening)

    async def from_message(self, talk: Talk, text: str, *, files: Sequence[int] = ()) -> None:
        """One message, with the photos that came with it and before it."""
        context = await context_of(talk, self.form)
        parsed = parse_report(text, now=context.now, schools=context.schools, members=context.members)
        draft, trouble = draft_from(parsed, context)
        photos = (*files, *talk.incoming.stored_ids)
        await self._forms.start(talk, self.form, draft.model_copy(update={"files": photos}), opening=trouble)

    async def _submit(self, talk: Talk, draft: ReportDraft, context: ReportContext, serial: str) -> None:
        """File it once, however often it is confirmed, and give the receipt."""
        if draft.joins:
            activity = await join(talk, draft)
            activity.origin = activity.origin or draft.origin
            await self._tell_of(talk, activity)
        elif draft.corrects is not None:
            await self._correct(talk, draft, context)
        else:
            await self._file(talk, draft, context, source=f"report:{serial}")

    async def _file(self, talk: Talk, draft: ReportDraft, context: ReportContext, *, source: str) -> None:
        activity = await talk.uow.activities.filed_from(source)
        is_new = activity is None
        if activity is None:
            activity = await new_activity(talk, draft, context, source)
        asked = await ask_companions(talk, activity, draft.companions)
        alarm, rows = await self._alarm(talk, activity)
        talk.say(
            texts.receipt(
                number=activity.number,
                kind=ActivityKind(activity.kind),
                day=activity.date,
                late=activity.late,
                lines=[
                    await month_line(talk, Month.of(activity.date)),
                    alarm,
                    asked,
                    texts.reminder_set(activity.follow_up_on) if activity.follow_up_on else None,
                ],
            ),
            [*rows, *correcting_texts.receipt_choices(activity.id)],
        )
        if is_new:
            await self._tell_of(talk, activity)

    async def _correct(self, talk: Talk, draft: ReportDraft, context: ReportContext) -> None:
        corrected = await correct(talk, draft, context)
        if corrected is None:
            return
        activity, lines = corrected.activity, corrected.lines
        alarm, rows = await self._alarm(talk, activity) if corrected.became_urgent else (None, ())
        what = await describe(talk, activity)
        choices = [
            *rows,
            *correcting_texts.receipt_choices(activity.id),
            [correcting_texts.history_choice(activity.id)],
        ]
        talk.say(correcting_texts.corrected(activity.number, what, [*lines, alarm]), choices)
        for tell in self._changed:
            await tell(talk, activity)

    async def _alarm(self, talk: Talk, activity: Activity) -> tuple[Markup | None, Rows]:
        if not activity.urgent or activity.urgent_passed_at is not None:
            return None, ()
        return await self._urgent.raise_alarm(talk, activity)

    async def _tell_of(self, talk: Talk, activity: Activity) -> None:
        for tell in self._filed:
            await tell(talk, activity)
