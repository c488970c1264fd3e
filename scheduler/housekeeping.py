"""Removes what is no longer needed: handled updates, sent messages, old codes and guesses."""

from __future__ import annotations

from datetime import timedelta

from scheduler.jobs import Counts, JobContext

KEEP_UPDATES = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=90)
KEEP_GUESSES = timedelta(days=1)
KEEP_KEYBOARDS = timedelta(days=365)


async def run(context: JobContext) -> Counts:
    """Delete by age; what is open, failed or uncertain stays."""
    now = context.now
    async with context.database.begin() as uow:
        return {
            "updates": await uow.cleaning.handled_updates(before=now - KEEP_UPDATES),
            "messages": await uow.cleaning.sent_messages(before=now - KEEP_MESSAGES),
            "guesses": await uow.cleaning.guesses(before=now - KEEP_GUESSES),
            "codes": await uow.cleaning.expired_codes(before=now),
            "keyboards": await uow.cleaning.keyboards(before=now - KEEP_KEYBOARDS),
        }
