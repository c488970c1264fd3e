"""The table of jobs."""

from __future__ import annotations

from scheduler import (
    assignment_hints,
    assignment_reminders,
    broadcast_cards,
    housekeeping,
    meeting_reminders,
    message_budget,
    month_closing,
    operator_alerts,
    periodic_summaries,
    plan_nudges,
    vote_closing,
)
from scheduler.follow_ups import run as remind_to_look_again
from scheduler.jobs import Job
from scheduler.monthly_nudges import MonthlyNudges

JOBS = (
    Job("follow-ups", 5, remind_to_look_again),
    Job("monthly-nudges", 5, MonthlyNudges(hints=(assignment_hints.find_hints,)).run),
    Job("assignment-reminders", 5, assignment_reminders.run),
    Job("month-closing", 5, month_closing.run),
    Job("broadcast-cards", 1, broadcast_cards.run),
    Job("meeting-reminders", 5, meeting_reminders.run),
    Job("message-budget", 60, message_budget.run),
    Job("plan-nudges", 15, plan_nudges.run),
    Job("vote-closing", 5, vote_closing.run),
    Job("periodic-summaries", 15, periodic_summaries.run),
    Job("housekeeping", 60, housekeeping.run),
    Job("operator-alerts", 5, operator_alerts.run),
)


def find_job(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)
