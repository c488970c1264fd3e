"""Wiring by hand: every capability, put together into one router."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.messages import Command
from bot.domain.vocabulary import ChannelName, Role
from bot.report_sections import read_report
from handlers import (
    announcement_cards,
    announcement_reading,
    announcing,
    assigned,
    assigning,
    assignment_boards,
    assignment_changes,
    attendance,
    audit_log,
    budget,
    choosing_team,
    delegating,
    ending_membership,
    guidance,
    handing_over,
    leaving,
    linking,
    meetings,
    member_pages,
    minutes,
    minutes_confirming,
    minutes_lines,
    nudging,
    own,
    own_activities,
    own_data,
    own_work,
    participation,
    planning,
    proposing,
    reporting,
    resolutions,
    roster,
    setting_team,
    summary,
    voting,
    work_requests,
)
from handlers.conversation import CommandSpec
from handlers.correcting import Correcting
from handlers.file_links import conversation as file_links
from handlers.follow_ups import FollowUps
from handlers.forms.session import Forms
from handlers.groups import Groups
from handlers.joining import Joining
from handlers.paper_form import PaperHead
from handlers.papers import Papers
from handlers.photos import Photos
from handlers.router import Router
from handlers.school_letters import SchoolLetters
from handlers.school_pages import SchoolPages
from handlers.school_roster import SchoolRoster
from handlers.talk import Talk
from handlers.urgent import Urgent
from storage.tables import Activity


def build_router(*, join_link: Callable[[ChannelName, str], str]) -> Router:
    """The router; `join_link` makes the link that carries a code, or an empty text where there is none."""

    def menu_for(role: Role) -> tuple[tuple[str, ...], ...]:
        return router.menu_for(role)

    def commands_for(role: Role) -> tuple[Command, ...]:
        return router.commands_for(role)

    def guide_for(role: Role) -> tuple[CommandSpec, ...]:
        return router.specs_for(role)

    async def tell_work(talk: Talk, activity: Activity) -> None:
        await given_work.filed(talk, activity)
        await plans.changed(talk, activity)

    forms = Forms({form.name: form for form in (leaving.LEAVE_FORM, roster.NAMES_FORM)})
    announcements = announcing.Announcing(forms)
    forms.add(announcing.FORM)
    forms.add(announcement_cards.EDIT_FORM)
    groups = Groups()
    votes = voting.Voting(forms)
    work_changes = assignment_changes.AssignmentChanges(forms)
    ending = ending_membership.EndingMembership(forms, hand_over=work_changes.hand_over)
    pages = member_pages.MemberPages(forms, ask_end=ending.ask)
    schools = SchoolRoster(forms)
    rosters = roster.Rosters(forms, join_link=join_link, find=pages.find)
    assigning_work = assigning.Assigning(forms, proposal_given=proposing.given_out)
    forms.add(assigning_work.form)
    alarm = Urgent()
    head = PaperHead(forms)
    plans = planning.Planning(forms, head=head)
    reports = reporting.Reporting(forms, urgent=alarm, filed=(tell_work,), changed=(plans.changed,))
    forms.add(reports.form)
    given_work = assigned.Assigned(forms, reports=reports)
    corrections = Correcting(start_with=reports.start_with, changed=(plans.changed,))
    looking_again = FollowUps(start_with=reports.start_with)
    photo = Photos(forms, report_form=reports.form, from_message=reports.from_message)
    forms.add(photo.form)
    delegations = delegating.Delegating(forms)
    requests = work_requests.WorkRequests(forms, assigning_work)
    leave = leaving.Leaving(forms)
    proposals = proposing.Proposing(forms, voting=votes, assign=assigning_work.start_for_proposal)
    meeting = meetings.Meetings(forms)
    lines = minutes_lines.MinutesLines(forms)
    taking = minutes.MinutesTaking(lines, minutes_confirming.Confirming(forms, lines.resolutions, head=head))
    present = attendance.Attendance(filed=(tell_work,))
    letters = SchoolLetters(head=head)
    reports_to_office = Papers(forms, head=head, read=read_report)
    summaries = summary.Summaries(read_report, forms=forms, buttons=(reports_to_office.buttons,))
    settings = setting_team.SettingTeam(forms, paper=head.edit, delegate=lambda talk: delegations.start(talk, ""))
    router = Router(
        forms=forms,
        joining=Joining(menu_for=menu_for, commands_for=commands_for),
        groups=groups,
        conversations=(
            corrections.conversation(),
            looking_again.conversation(),
            participation.conversation(changed=(plans.changed,)),
            alarm.conversation(),
            reports.conversation(),
            own.Own(
                forms,
                sections=(
                    own_work.section,
                    meeting.own_section,
                    announcement_reading.unread_of_mine,
                    plans.own_section,
                    own_data.own_section,
                ),
            ).conversation(),
            own_activities.OwnActivities(actions=(corrections.actions,)).conversation(),
            summaries.conversation(),
            reports_to_office.conversation(),
            SchoolPages(show_list=schools.show, actions=schools.actions).conversation(),
            schools.conversation(),
            rosters.conversation(),
            nudging.Nudging(start_report=reports.start, start_leave=leave.start_for_month).conversation(),
            leave.conversation(),
            assigning_work.conversation(),
            given_work.conversation(),
            delegations.conversation(),
            requests.conversation(),
            own_work.conversation(),
            *plans.conversations(),
            meeting.conversation(),
            present.conversation(),
            taking.conversation(),
            resolutions.conversation(),
            announcements.conversation(),
            announcement_reading.reading(),
            announcement_cards.AnnouncementCards(forms).conversation(),
            assignment_boards.AssignmentBoards(work_changes, offer_letter=letters.offer).conversation(),
            linking.conversation(),
            file_links(),
            pages.conversation(),
            ending.conversation(),
            handing_over.conversation(),
            audit_log.conversation(),
            settings.conversation(),
            votes.conversation(),
            proposals.conversation(),
            own_data.OwnDataRights(forms).conversation(),
            choosing_team.conversation(),
            budget.conversation(),
            letters.conversation(),
            groups.conversation(),
            guidance.conversation(forms, guide_for=guide_for, menu_for=menu_for),
        ),
        free_texts=(taking.hear, plans.hear, present.hear, meeting.hear, assigning_work.hear, reports.hear),
        files=tuple(each.file_given for each in (lines, assigning_work, announcements, photo, plans, rosters)),
    )
    return router
