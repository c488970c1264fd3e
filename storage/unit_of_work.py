"""One transaction and everything that may be asked or changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.clock import Clock
from bot.domain.vocabulary import ChannelName
from storage.accounts import Accounts
from storage.activities import Activities
from storage.activity_pages import ActivityPages
from storage.announcements import Announcements
from storage.assignments import Assignments
from storage.audit import Audit
from storage.boards import Boards
from storage.broadcasts import Broadcasts
from storage.candidates import Candidates
from storage.cleaning import Cleaning
from storage.consents import Consents
from storage.delegations import Delegations, WorkRequests
from storage.dialogues import Dialogues
from storage.due_work import DueWork
from storage.duties import Duties
from storage.files import Files
from storage.follow_ups import FollowUps
from storage.groups import Groups
from storage.handovers import Handovers
from storage.inbox import InboxQueue
from storage.join_codes import JoinCodes
from storage.keyboards import Keyboards
from storage.leaves import Leaves
from storage.live_messages import LiveMessages
from storage.meeting_facts import MeetingFactsReader
from storage.meetings import Meetings
from storage.members import Members
from storage.message_use import MessageUses
from storage.minutes import MinutesBook
from storage.number_series import HOLDS_A_TEAM
from storage.outbox import OutboxQueue, Splitter
from storage.outbox_delivery import OutboxDelivery
from storage.own_data import OwnData
from storage.paper_orders import PaperOrders
from storage.participations import Participations
from storage.past import Past
from storage.plan_closing import PlanClosing
from storage.plan_standing import PlanStandings
from storage.plans import Plans
from storage.proposals import Proposals
from storage.queue_watch import QueueWatch
from storage.reach import Reach
from storage.report_facts import ReportFactsReader
from storage.reported_periods import ReportedPeriods
from storage.resolutions import Resolutions
from storage.school_changes import SchoolChanges
from storage.school_letters import SchoolLetters
from storage.schools import Schools
from storage.summary_reports import SummaryReports
from storage.teams import Teams


class UnitOfWork:
    """Repositories over one session, made when first used."""

    def __init__(self, session: AsyncSession, *, clock: Clock, splitters: Mapping[ChannelName, Splitter]) -> None:
        """Given by Database.begin() and Database.read()."""
        self._session = session
        self._splitters = splitters
        self.clock = clock

    async def flush(self) -> None:
        """Write changed records now, so that errors appear here."""
        await self._session.flush()

    @property
    def holds_a_team(self) -> bool:
        """Whether others wait for this transaction who number something of a team that it has numbered."""
        return HOLDS_A_TEAM in self._session.info

    def has_used(self, repository: str) -> bool:
        """Whether anything was asked of this repository in this transaction."""
        return repository in self.__dict__

    @cached_property
    def teams(self) -> Teams:
        """Teams and their settings."""
        return Teams(self._session)

    @cached_property
    def accounts(self) -> Accounts:
        """People and their accounts on the platforms."""
        return Accounts(self._session)

    @cached_property
    def reach(self) -> Reach:
        """Where reminders are read."""
        return Reach(self._session)

    @cached_property
    def message_uses(self) -> MessageUses:
        """What a plan counts."""
        return MessageUses(self._session)

    @cached_property
    def groups(self) -> Groups:
        """Group chats bound to teams."""
        return Groups(self._session)

    @cached_property
    def members(self) -> Members:
        """Members of teams."""
        return Members(self._session)

    @cached_property
    def own_data(self) -> OwnData:
        """What is kept about one person."""
        return OwnData(self._session)

    @cached_property
    def proposals(self) -> Proposals:
        """Proposals and votes."""
        return Proposals(self._session)

    @cached_property
    def plans(self) -> Plans:
        """The team's and each member's."""
        return Plans(self._session)

    @cached_property
    def plan_closing(self) -> PlanClosing:
        """Plans against reports."""
        return PlanClosing(self._session)

    @cached_property
    def plan_standings(self) -> PlanStandings:
        """Who has a plan of a month."""
        return PlanStandings(self._session)

    @cached_property
    def handovers(self) -> Handovers:
        """Leadership offered and taken."""
        return Handovers(self._session)

    @cached_property
    def schools(self) -> Schools:
        """Schools of teams."""
        return Schools(self._session)

    @cached_property
    def school_changes(self) -> SchoolChanges:
        """Schools renamed and merged."""
        return SchoolChanges(self._session)

    @cached_property
    def join_codes(self) -> JoinCodes:
        """One-time codes."""
        return JoinCodes(self._session)

    @cached_property
    def consents(self) -> Consents:
        """Consents that were given."""
        return Consents(self._session)

    @cached_property
    def activities(self) -> Activities:
        """What members took part in."""
        return Activities(self._session)

    @cached_property
    def activity_pages(self) -> ActivityPages:
        """Activities as their people look at them."""
        return ActivityPages(self._session)

    @cached_property
    def follow_ups(self) -> FollowUps:
        """Days on which to look again."""
        return FollowUps(self._session)

    @cached_property
    def participations(self) -> Participations:
        """Who takes part in activities."""
        return Participations(self._session)

    @cached_property
    def reported_periods(self) -> ReportedPeriods:
        """What the office has been told."""
        return ReportedPeriods(self._session)

    @cached_property
    def duties(self) -> Duties:
        """Who owes what."""
        return Duties(self._session)

    @cached_property
    def paper_orders(self) -> PaperOrders:
        """Files that somebody waits for."""
        return PaperOrders(self._session)

    @cached_property
    def summary_reports(self) -> SummaryReports:
        """Reports to the office, and the numbers of papers."""
        return SummaryReports(self._session)

    @cached_property
    def report_facts(self) -> ReportFactsReader:
        """What the summary is computed from."""
        return ReportFactsReader(self._session)

    @cached_property
    def assignments(self) -> Assignments:
        """Work that is given out."""
        return Assignments(self._session)

    @cached_property
    def boards(self) -> Boards:
        """How those who were given work stand."""
        return Boards(self._session)

    @cached_property
    def due_work(self) -> DueWork:
        """Work whose time has come."""
        return DueWork(self._session)

    @cached_property
    def candidates(self) -> Candidates:
        """Who could be given work."""
        return Candidates(self._session)

    @cached_property
    def live_messages(self) -> LiveMessages:
        """Messages that are edited as things change."""
        return LiveMessages(self._session, self.outbox)

    @cached_property
    def delegations(self) -> Delegations:
        """Who may give it out in the leader's place."""
        return Delegations(self._session)

    @cached_property
    def work_requests(self) -> WorkRequests:
        """What officers ask for."""
        return WorkRequests(self._session)

    @cached_property
    def leaves(self) -> Leaves:
        """Days on which nothing is owed."""
        return Leaves(self._session)

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings and what was answered to their invitations."""
        return Meetings(self._session)

    @cached_property
    def meeting_facts(self) -> MeetingFactsReader:
        """Meetings as people look at them."""
        return MeetingFactsReader(self._session)

    @cached_property
    def minutes(self) -> MinutesBook:
        """What was written down."""
        return MinutesBook(self._session)

    @cached_property
    def resolutions(self) -> Resolutions:
        """What was decided."""
        return Resolutions(self._session)

    @cached_property
    def dialogues(self) -> Dialogues:
        """Unfinished conversations."""
        return Dialogues(self._session)

    @cached_property
    def keyboards(self) -> Keyboards:
        """Lists of choices that were shown."""
        return Keyboards(self._session)

    @cached_property
    def files(self) -> Files:
        """Stored files."""
        return Files(self._session)

    @cached_property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self._session)

    @cached_property
    def cleaning(self) -> Cleaning:
        """Deleting by age."""
        return Cleaning(self._session)

    @cached_property
    def inbox(self) -> InboxQueue:
        """Updates that came in."""
        return InboxQueue(self._session)

    @cached_property
    def outbox(self) -> OutboxQueue:
        """Messages to send."""
        return OutboxQueue(self._session, splitters=self._splitters, keyboards=self.keyboards)

    @cached_property
    def delivery(self) -> OutboxDelivery:
        """The sending side of the outbox."""
        return OutboxDelivery(self._session)

    @cached_property
    def queues(self) -> QueueWatch:
        """The queues as people look at them."""
        return QueueWatch(self._session)

    @cached_property
    def past(self) -> Past:
        """Many things that happened before, at once."""
        return Past(self._session)

    @cached_property
    def announcements(self) -> Announcements:
        """What is announced, and who has read it."""
        return Announcements(self._session)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Messages to many people."""
        return Broadcasts(self._session)

    @cached_property
    def school_letters(self) -> SchoolLetters:
        """Letters to schools."""
        return SchoolLetters(self._session)
