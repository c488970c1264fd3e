"""Every table, gathered so that one import knows them all."""

from storage.tables.activities import (
    Activity,
    ActivityFile,
    ActivityParticipant,
    ActivityRevision,
    Leave,
    ReportedPeriod,
)
from storage.tables.announcements import (
    Announcement,
    AnnouncementFile,
    AnnouncementRecipient,
    AnnouncementVersion,
)
from storage.tables.assignments import (
    Assignment,
    AssignmentAssignee,
    AssignmentChange,
    AssignmentFile,
    Delegation,
    WorkRequest,
)
from storage.tables.base import Base
from storage.tables.budget import MessageUse
from storage.tables.conversation import Dialogue, FileReference, FileRevocation, Keyboard, StoredFile
from storage.tables.people import (
    Account,
    AuditEntry,
    Consent,
    GroupChat,
    Installation,
    JoinAttempt,
    JoinCode,
    Member,
    MemberSchool,
    Person,
    School,
    Team,
)
from storage.tables.pipeline import Inbox, Outbox, RateSlot

__all__ = [
    "Account",
    "Activity",
    "ActivityFile",
    "ActivityParticipant",
    "ActivityRevision",
    "Announcement",
    "AnnouncementFile",
    "AnnouncementRecipient",
    "AnnouncementVersion",
    "Assignment",
    "AssignmentAssignee",
    "AssignmentChange",
    "AssignmentFile",
    "AuditEntry",
    "Base",
    "Consent",
    "Delegation",
    "Dialogue",
    "FileReference",
    "FileRevocation",
    "GroupChat",
    "Inbox",
    "Installation",
    "JoinAttempt",
    "JoinCode",
    "Keyboard",
    "Leave",
    "Member",
    "MemberSchool",
    "MessageUse",
    "Outbox",
    "Person",
    "RateSlot",
    "ReportedPeriod",
    "School",
    "StoredFile",
    "Team",
    "WorkRequest",
]
