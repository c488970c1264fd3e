"""Polls: votes, what is told of them, and their end."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.playground.telegram.people import Phone

OPTIONS = ["Thứ Ba", "Thứ Năm", "Khi khác"]


async def test_a_named_vote_is_told_with_its_voter(bot: Bot, lan: Phone) -> None:
    await bot.send_poll(lan.person.id, "Họp khi nào?", OPTIONS, is_anonymous=False)

    lan.vote(lan.last(), 1)
    state, answer = (await bot.get_updates())[-2:]

    assert state.poll is not None
    assert [option.voter_count for option in state.poll.options] == [0, 1, 0]
    assert answer.poll_answer is not None
    assert answer.poll_answer.user is not None
    assert (answer.poll_answer.user.id, answer.poll_answer.option_ids) == (lan.person.id, (1,))


async def test_a_secret_vote_is_told_without_its_voter(bot: Bot, lan: Phone) -> None:
    await bot.send_poll(lan.person.id, "Đồng ý?", ["Có", "Không"])

    lan.vote(lan.last(), 0)

    updates = await bot.get_updates()
    assert updates[-1].poll is not None
    assert all(update.poll_answer is None for update in updates)


async def test_a_vote_can_be_taken_back(bot: Bot, lan: Phone) -> None:
    await bot.send_poll(lan.person.id, "Họp khi nào?", OPTIONS, is_anonymous=False)
    lan.vote(lan.last(), 1)

    lan.vote(lan.last())

    answer = (await bot.get_updates())[-1].poll_answer
    assert answer is not None
    assert answer.option_ids == ()


async def test_a_stopped_poll_says_its_result_and_takes_no_votes(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_poll(lan.person.id, "Họp khi nào?", OPTIONS)
    lan.vote(lan.last(), 2)

    poll = await bot.stop_poll(lan.person.id, sent.message_id)

    assert (poll.is_closed, poll.total_voter_count) == (True, 1)
    with pytest.raises(ValueError, match="closed"):
        lan.vote(lan.last(), 0)
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(lan.person.id, sent.message_id)


async def test_several_answers_need_permission(bot: Bot, lan: Phone) -> None:
    await bot.send_poll(lan.person.id, "Họp khi nào?", OPTIONS)
    with pytest.raises(ValueError, match="one answer"):
        lan.vote(lan.last(), 0, 1)

    await bot.send_poll(lan.person.id, "Những khi nào?", OPTIONS, allows_multiple_answers=True)
    lan.vote(lan.last(), 0, 1)

    poll = (await bot.get_updates())[-1].poll
    assert poll is not None
    assert [option.voter_count for option in poll.options] == [1, 1, 0]


async def test_a_poll_without_a_question_is_refused(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match="Poll question must be non-empty"):
        await bot.send_poll(lan.person.id, " ", OPTIONS)
