"""A thousand guessed codes: each person has five an hour, all together two hundred, and people join afterwards."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.join_codes import GUESSES_A_PERSON, GUESSES_IN_ALL, new_code
from storage.tables import JoinAttempt
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office


async def test_a_thousand_guesses_are_limited_by_person_and_overall(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    member = await make.member(team, name="Lý Ngọc Dung")
    async with office.database.begin() as uow:
        code = await uow.join_codes.issue(member.id, now=clock())
    chance = random.Random(10)
    guessers = [office.stranger(str(5000 + number)) for number in range(100)]
    answers: Counter[str] = Counter()
    began = time.monotonic()
    for _ in range(1000):
        shown = await chance.choice(guessers).say(new_code())
        answers[shown.text] += 1
    took = time.monotonic() - began
    async with office.database.read() as uow:
        noted = await uow._session.scalar(select(func.count()).select_from(JoinAttempt))  # pyright: ignore[reportPrivateUsage]
    print(f"1,000 guesses: {noted} were tried, the rest refused unread, {1000 / took:.0f}/s")
    assert noted == GUESSES_IN_ALL
    assert len(answers) == 2  # wrong, or too many: nothing else is learnt
    assert min(answers.values()) == GUESSES_IN_ALL
    assert not any("Lý Ngọc Dung" in text or team.name in text for text in answers)

    owner = office.stranger("7000")
    await owner.say(code)
    assert "đồng ý" not in owner.last.text
    clock.advance(timedelta(hours=1, seconds=1))
    await owner.say(code)
    assert "đồng ý" in owner.last.text


async def test_one_person_has_five_guesses_an_hour(office: Office, make: Make) -> None:
    await make.team()
    guesser = office.stranger("5000")
    texts = [(await guesser.say(new_code())).text for _ in range(20)]
    assert len(set(texts[:GUESSES_A_PERSON])) == 1
    assert len(set(texts[GUESSES_A_PERSON:])) == 1
    assert texts[0] != texts[-1]
