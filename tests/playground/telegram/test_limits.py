"""Lengths that are refused, and the pace that is."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, RetryAfter

from bot.playground.telegram.limits import Limiter, Rates
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World


class Seconds:
    """A monotonic clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_a_text_may_have_4096_units_after_its_markup_is_read(bot: Bot, lan: Phone) -> None:
    await bot.send_message(lan.person.id, "<b>" + "ă" * 4096 + "</b>", parse_mode="HTML")

    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(lan.person.id, "ă" * 4097)


async def test_an_emoji_takes_two_units(bot: Bot, lan: Phone) -> None:
    await bot.send_message(lan.person.id, "🎓" * 2048)

    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(lan.person.id, "🎓" * 2048 + ".")


async def test_a_caption_may_have_1024_units(bot: Bot, lan: Phone) -> None:
    await bot.send_document(lan.person.id, b"x", caption="a" * 1024)

    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        await bot.send_document(lan.person.id, b"x", caption="a" * 1025)


@pytest.mark.parametrize(("text", "description"), [("", "message text is empty"), (" \n ", "text must be non-empty")])
async def test_an_empty_text_is_refused(http: httpx.AsyncClient, lan: Phone, text: str, description: str) -> None:
    answer = await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": text})

    assert answer.json()["description"] == f"Bad Request: {description}"


async def test_callback_data_has_at_most_64_bytes(bot: Bot, lan: Phone) -> None:
    def keyboard(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data=data)]])

    await bot.send_message(lan.person.id, "?", reply_markup=keyboard("x" * 64))
    with pytest.raises(BadRequest, match=r"(?i)^button_data_invalid$"):
        await bot.send_message(lan.person.id, "?", reply_markup=keyboard("ế" * 22))


async def test_a_private_chat_takes_a_small_burst_and_then_one_a_second(bot: Bot, lan: Phone, world: World) -> None:
    world.limiter.use(Rates(private_burst=2))
    for text in ("một", "hai"):
        await bot.send_message(lan.person.id, text)

    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(lan.person.id, "ba")

    assert caught.value.retry_after == timedelta(seconds=1)
    assert len(lan.received()) == 2


async def test_a_refusal_for_pace_says_it_in_the_header_too(http: httpx.AsyncClient, lan: Phone, world: World) -> None:
    world.limiter.use(Rates(private_burst=1))
    await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "a"})

    answer = await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "a"})

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(answer.json()["parameters"]["retry_after"])
    assert answer.json()["description"].startswith("Too Many Requests: retry after ")


async def test_the_record_of_sendings_shows_the_densest_window(bot: Bot, lan: Phone, world: World) -> None:
    for text in ("một", "hai", "ba"):
        await bot.send_message(lan.person.id, text)
    await bot.get_me()

    assert len(world.calls.sendings()) == 3
    assert world.calls.densest(60, chat_id=lan.person.id) == 3
    assert world.calls.densest(60, chat_id=1) == 0


def test_a_group_takes_twenty_messages_within_any_minute() -> None:
    seconds = Seconds()
    limiter = Limiter(seconds, Rates())
    admitted = 0
    for _ in range(50):
        admitted += limiter.admit(-5) == 0
        seconds.now += 1

    assert admitted == 20
    assert limiter.admit(-5) == 10
    seconds.now += 10
    assert limiter.admit(-5) == 0


@given(st.lists(st.tuples(st.integers(1, 40), st.floats(0, 0.2)), max_size=200))
def test_no_second_holds_more_than_the_overall_limit(steps: list[tuple[int, float]]) -> None:
    seconds = Seconds()
    limiter = Limiter(seconds, Rates(overall_per_second=5, private_burst=50))
    admitted: list[float] = []
    for chat, pause in steps:
        seconds.now += pause
        if limiter.admit(chat) == 0:
            admitted.append(seconds.now)

    assert all(sum(start <= other < start + 1 for other in admitted) <= 5 for start in admitted)


def test_waiting_as_told_is_enough() -> None:
    seconds = Seconds()
    limiter = Limiter(seconds, Rates(private_burst=1))
    assert limiter.admit(7) == 0

    seconds.now += limiter.admit(7)

    assert limiter.admit(7) == 0
