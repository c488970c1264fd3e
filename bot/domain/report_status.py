"""What a report to the office goes through, and how its figures are frozen."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from bot.domain.report_model import ReportModel


class ReportStatus(StrEnum):
    """Drafted, put before the leader, confirmed; REQUESTED is left of days when a request was no work of its own."""

    REQUESTED = "requested"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"


def freeze(model: ReportModel) -> dict[str, Any]:
    """The figures as JSON."""
    return TypeAdapter(ReportModel).dump_python(model, mode="json")


def thaw(content: dict[str, Any]) -> ReportModel:
    """The figures as they were frozen."""
    return TypeAdapter(ReportModel).validate_python(content)
