"""Wiring by hand: every capability, put together into one router."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.messages import Command
from bot.domain.vocabulary import ChannelName, Role
from bot.report_sections import read_report
from handlers import budget, guidance, leaving, linking, nudging, own, own_activities, reporting, roster, summary
from handlers.conversation import CommandSpec
from handlers.forms.session import Forms
from handlers.groups import Groups
from handlers.joining import Joining
from handlers.router import Router


def build_router(*, join_link: Callable[[ChannelName, str], str]) -> Router:
    """The router; `join_link` makes the link that carries a code, or an empty text where there is none."""

    def menu_for(role: Role) -> tuple[tuple[str, ...], ...]:
        return router.menu_for(role)

    def commands_for(role: Role) -> tuple[Command, ...]:
        return router.commands_for(role)

    def guide_for(role: Role) -> tuple[CommandSpec, ...]:
        return router.specs_for(role)

    forms = Forms({form.name: form for form in (leaving.LEAVE_FORM, roster.NAMES_FORM)})
    groups = Groups()
    rosters = roster.Rosters(forms, join_link=join_link)
    reports = reporting.Reporting(forms, filed=())
    forms.add(reports.form)
    leave = leaving.Leaving(forms)
    summaries = summary.Summaries(read_report)
    router = Router(
        forms=forms,
        joining=Joining(menu_for=menu_for, commands_for=commands_for),
        groups=groups,
        conversations=(
            reports.conversation(),
            own.Own(forms, sections=()).conversation(),
            own_activities.OwnActivities(actions=()).conversation(),
            summaries.conversation(),
            rosters.conversation(),
            nudging.Nudging(start_report=reports.start, start_leave=leave.start_for_month).conversation(),
            leave.conversation(),
            linking.conversation(),
            budget.conversation(),
            groups.conversation(),
            guidance.conversation(forms, guide_for=guide_for, menu_for=menu_for),
        ),
        free_texts=(reports.hear,),
        files=rosters.file_given,
    )
    return router
