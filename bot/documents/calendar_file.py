"""The calendar file of a meeting (RFC 5545): opens in a phone's calendar, and later ones update or cancel it.

METHOD:PUBLISH and CANCEL, because nobody has an e-mail address to answer to; moments are UTC, so that no time zone
table is needed. The same UID with a greater SEQUENCE replaces what the calendar has.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.meeting_facts import MeetingFacts
from bot.domain.meetings import MeetingStatus
from bot.domain.rich_text import to_spans
from bot.texts import meetings as texts

MIME = "text/calendar"


def draw_calendar(facts: MeetingFacts, *, team: str, now: datetime) -> bytes:
    """The .ics file."""
    from icalendar import Calendar, Event, vCalAddress, vText

    is_cancelled = facts.status is MeetingStatus.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//mangluoi//meetings//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", facts.uid)
    event.add("sequence", facts.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", now.astimezone(UTC))
    event.add("dtstart", facts.starts_at.astimezone(UTC))
    event.add("dtend", facts.ends_at.astimezone(UTC))
    event.add("summary", f"{texts.name(facts.kind, facts.title)} – {team}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if facts.place:
        event.add("location", facts.place)
    points = [to_spans(each).text for each in texts.agenda(facts)]
    if points:
        event.add("description", "\n".join(points))
    organiser = vCalAddress("mailto:khong-tra-loi@mangluoi.invalid")
    organiser.params["CN"] = vText(team)
    event.add("organizer", organiser)
    calendar.add_component(event)
    return calendar.to_ical()


def file_name(facts: MeetingFacts) -> str:
    """What the file is called, by its day: "hop-27-11-2026.ics"."""
    return f"hop-{facts.starts_at:%d-%m-%Y}.ics"
