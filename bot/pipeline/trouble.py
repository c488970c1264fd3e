"""What went wrong in a loop that goes on: a database that is away in one line, everything else with its traceback."""

from __future__ import annotations

import structlog

from storage.engine import is_outage

log = structlog.get_logger()


def tell(event: str, error: Exception, **facts: object) -> None:
    """Log it; called while the error is handled. A traceback each second for an hour would hide what matters."""
    if is_outage(error):
        log.warning(event, database=type(error).__name__, **facts)
    else:
        log.exception(event, **facts)
