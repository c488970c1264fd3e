"""What a plan of messages still allows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message_budget import MessageBudget, MessageKind


def budget(used: int, *, day: int = 15, plan: int = 3000) -> MessageBudget:
    """November, as of a day."""
    return MessageBudget(today=date(2026, 11, day), plan=plan, used_by_kind={MessageKind.ANSWER: used})


@pytest.mark.parametrize(
    ("used", "day", "runs_out"),
    [(0, 15, None), (1000, 15, None), (1500, 15, None), (2000, 15, 23), (2588, 22, 26), (3000, 20, 20), (900, 2, None)],
)
def test_the_day_on_which_messages_run_out_is_foreseen(used: int, day: int, runs_out: int | None) -> None:
    expected = None if runs_out is None else date(2026, 11, runs_out)
    assert budget(used, day=day).runs_out_on == expected


@pytest.mark.parametrize(
    ("used", "day", "warned", "short"),
    [
        (2399, 28, False, False),
        (2400, 29, True, False),
        (2400, 20, True, True),
        (2850, 30, True, True),
    ],
)
def test_four_fifths_are_warned_of_and_reminders_give_way_when_it_will_not_last(
    used: int, day: int, warned: bool, short: bool
) -> None:
    assert (budget(used, day=day).is_to_be_warned_of, budget(used, day=day).is_short) == (warned, short)


@given(used=st.integers(0, 10_000), day=st.integers(1, 30), plan=st.integers(1, 5000))
def test_the_forecast_lies_within_the_rest_of_the_month(used: int, day: int, plan: int) -> None:
    seen = budget(used, day=day, plan=plan)
    assert seen.left >= 0
    assert seen.runs_out_on is None or seen.today <= seen.runs_out_on <= date(2026, 11, 30)
