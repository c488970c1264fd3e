"""Every table, gathered so that one import knows them all."""

from storage.tables.activities import (
    Activity,
    ActivityFile,
    ActivityParticipant,
    ActivityRevision,
    Leave,
    ReportedPeriod,
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
    "AuditEntry",
    "Base",
    "Consent",
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
]
