"""What a monthly nudge adds for somebody who was given work: "Thứ Ba thầy/cô được giao dự giờ TH X. Đã làm?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.assignments import OTHER_WORK
from bot.domain.messages import Choice
from bot.domain.school_year import Month
from bot.texts import own_work as texts
from bot.texts.assignments import TASK_ACTION
from scheduler.monthly_nudges import Hint
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def find_hints(uow: UnitOfWork, teams: Sequence[Team], month: Month, now: datetime) -> Mapping[int, Hint]:
    """For each member the latest work of the month that has begun and is not done; nothing confidential."""
    zones = {team.id: uow.teams.settings(team).zone for team in teams}
    hints: dict[int, Hint] = {}
    for work, _, member, _ in await uow.due_work.to_remind(*zones):
        starts_at, zone = work.starts_at, zones[work.team_id]
        if starts_at is None or starts_at > now or work.kind == OTHER_WORK or work.confidential:
            continue
        if Month.of(starts_at.astimezone(zone).date()) != month:
            continue
        view = await uow.assignments.view(work, zone=zone)
        choice = Choice(label="✅ Đã dự, báo cáo ngay", action=TASK_ACTION, value=f"report:{work.id}:{work.version}")
        hints[member.id] = Hint(texts.hint(view), choice)
    return hints
