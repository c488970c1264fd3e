"""The form that changes one setting: the value, from which month, and a look at what it will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.domain.messages import Delivery, Outgoing, Priority
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.setting_changes import changed, may_begin
from bot.domain.setting_reading import SettingName, SettingTrouble, read_setting
from bot.domain.team_settings import TeamSettings
from bot.domain.text import fold
from bot.texts import settings as texts
from bot.texts.periods import month_name
from bot.texts.setting_values import value as value_of
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk

_CONCERN_EVERYBODY = {SettingName.DUTY, SettingName.MONTHS, SettingName.KINDS}


class SettingDraft(BaseModel):
    """Which setting, what was typed for it, and from when; `months` are those it may begin in."""

    name: SettingName
    words: str = ""
    months: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True)
class SettingContext:
    """The settings as they are, and the local time."""

    settings: TeamSettings
    now: datetime

    @property
    def this(self) -> Month:
        """The running month."""
        return Month.of(self.now.date())

    def changes(self, draft: SettingDraft) -> Mapping[str, Any]:
        """What the draft sets; nothing when it can no longer be read."""
        read = read_setting(draft.name, draft.words, self.settings)
        return {} if isinstance(read, SettingTrouble) else read

    def after(self, draft: SettingDraft) -> TeamSettings:
        """The settings with the draft."""
        since = Month.parse(draft.since) if draft.since else None
        return changed(draft.name, self.changes(draft), self.settings, since=since, now=self.now)


Reading = SettingDraft | Refusal


async def load(talk: Talk) -> SettingContext:
    """For those who may change settings."""
    require(talk.role, Act.CHANGE_SETTINGS)
    return SettingContext(talk.settings, talk.local_now)


def _ask_value(draft: SettingDraft, context: SettingContext) -> Question:
    offered = tuple(Option(each, each) for each in texts.suggestions(draft.name))
    return Question(texts.ask(draft.name, context.settings), offered)


def read_value(text: str, draft: SettingDraft, context: SettingContext) -> Reading:
    """A value that is one and changes something; where only one month is possible it is that."""
    read = read_setting(draft.name, text, context.settings)
    if isinstance(read, SettingTrouble):
        return Refusal(texts.trouble(draft.name, read))
    months = tuple(str(each) for each in may_begin(draft.name, read, context.settings, now=context.now))
    since = months[0] if len(months) == 1 else ""
    taken = draft.model_copy(update={"words": text, "months": months, "since": since})
    if all(_is_same(taken.model_copy(update={"since": each}), context) for each in months or ("",)):
        return Refusal(texts.unchanged(draft.name))
    return taken


def _is_same(draft: SettingDraft, context: SettingContext) -> bool:
    return context.after(draft) == context.settings


def _ask_since(draft: SettingDraft, context: SettingContext) -> Question:
    months = [Month.parse(each) for each in draft.months]
    return Question(
        texts.ask_since(draft.name), tuple(Option(texts.since_label(each, context.this), str(each)) for each in months)
    )


def _read_since(text: str, draft: SettingDraft, context: SettingContext) -> Reading:
    words = fold(text)
    for each in draft.months:
        month = Month.parse(each)
        names = {f"thang {month.month}", f"tu thang {month.month}", month_name(month), f"thang {month_name(month)}"}
        if words in names | {fold("tháng này") if month == context.this else fold("tháng sau")}:
            return draft.model_copy(update={"since": each})
    return Refusal(texts.ask_since(draft.name))


def _pick_since(value: str, draft: SettingDraft, context: SettingContext) -> Reading:
    del context
    if value not in draft.months:
        return Refusal(texts.ask_since(draft.name))
    return draft.model_copy(update={"since": value})


def _preview(draft: SettingDraft, context: SettingContext) -> Markup:
    since = Month.parse(draft.since) if draft.since else None
    before, after = context.settings, context.after(draft)
    if since is not None:
        before, after = before.in_month(since), after.in_month(since)
    return texts.preview(draft.name, before, after, since=since, this=context.this)


def _in_time(draft: SettingDraft, context: SettingContext) -> tuple[SettingDraft, Markup] | None:
    """The month ended, or a reminder's time came, while the card was looked at."""
    possible = may_begin(draft.name, context.changes(draft), context.settings, now=context.now)
    if not draft.since or Month.parse(draft.since) in possible:
        return None
    months = tuple(str(each) for each in possible)
    return draft.model_copy(update={"months": months, "since": ""}), texts.too_late()


async def _keep(talk: Talk, draft: SettingDraft, context: SettingContext, serial: str) -> None:
    since, after = Month.parse(draft.since) if draft.since else None, context.after(draft)
    at = since or context.this
    before = context.settings.in_month(at)
    await change_settings(
        talk,
        after,
        field=texts.LABELS[draft.name],
        before=value_of(draft.name, before),
        after=value_of(draft.name, after.in_month(at)),
        since=str(since) if since else "",
    )
    talk.say(texts.kept(draft.name, after.in_month(at), since=since, this=context.this))
    if since is not None and draft.name in _CONCERN_EVERYBODY:
        await _tell_groups(talk, texts.told_group(draft.name, after.in_month(since), since=since), serial)


async def change_settings(talk: Talk, settings: TeamSettings, **detail: str) -> None:
    """Keep them, and note in the log who changed what from when."""
    member = talk.member()
    team = await talk.uow.teams.get(member.team_id)
    talk.uow.teams.change_settings(team, settings)
    talk.settings = settings
    await talk.note("change_settings", **detail)


async def _tell_groups(talk: Talk, text: Markup, serial: str) -> None:
    for chat in await talk.uow.groups.of_team(talk.member().team_id):
        delivery = Delivery(dedupe_key=f"setting:{serial}:{chat.key}", priority=Priority.REMINDER)
        await talk.uow.outbox.put(Outgoing(chat=chat, text=str(text)), delivery, now=talk.now)


FORM: Form[SettingDraft, SettingContext] = Form(
    name="setting",
    title="đổi cài đặt",
    draft_type=SettingDraft,
    version=1,
    fields=(
        Field("value", "Giá trị", _ask_value, read_value, missing=lambda draft: not draft.words, optional=False),
        Field(
            "since",
            "Từ tháng",
            _ask_since,
            _read_since,
            _pick_since,
            missing=lambda draft: not draft.since,
            applies=lambda draft: bool(draft.months),
            optional=False,
        ),
    ),
    preview=_preview,
    load=load,
    submit=_keep,
    before_filing=_in_time,
    confirm_label="Lưu",
)
