"""Intake: committed before it is acknowledged, once; files fetched for people we know; commits shared."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from bot.channels.base import ChannelDown, FileContent, NotSent, RateLimited
from bot.channels.recording import RecordingChannel
from bot.domain.messages import IncomingFile
from bot.pipeline.group_commit import GroupCommit
from storage.engine import Database
from storage.tables import Inbox
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock


async def _waiting(database: Database, clock: FakeClock) -> int:
    async with database.read() as uow:
        return (await uow.inbox.lag(now=clock()))[0]


async def test_the_offset_moves_only_after_the_commit(
    pipeline: Any, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored_when_asked: list[tuple[str, int]] = []
    poll = RecordingChannel.poll

    async def watch(channel: RecordingChannel, *, after: str, wait: float) -> Any:
        stored_when_asked.append((after, await _waiting(database, clock)))
        return await poll(channel, after=after, wait=wait)

    monkeypatch.setattr(RecordingChannel, "poll", watch)
    for number in range(3):
        await pipeline.channel.push(pipeline.incoming(f"tin {number}"))
    polling = asyncio.create_task(pipeline.intake.poll())
    async with asyncio.timeout(10):
        while len(stored_when_asked) < 2:
            await asyncio.sleep(0.01)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert stored_when_asked[:2] == [("", 0), ("3", 3)]


async def test_updates_that_come_again_after_a_crash_are_stored_once(pipeline: Any) -> None:
    raws = [await pipeline.channel.push(pipeline.incoming(f"tin {number}")) for number in range(3)]
    assert await pipeline.intake.accept(raws[:2]) == 2
    assert await pipeline.intake.accept(raws) == 1


async def test_an_update_that_cannot_be_read_is_kept_as_a_dead_letter(pipeline: Any) -> None:
    assert await pipeline.intake.accept([{"update": 5, "chat": "nonsense"}]) == 1
    async with pipeline.database.read() as uow:
        (letter,) = await uow.inbox.dead_letters()
    assert "unreadable" in (letter.error or "")


async def test_an_update_without_a_number_is_passed_over(pipeline: Any) -> None:
    assert await pipeline.intake.accept([{"nothing": True}]) == 0


async def test_characters_no_database_keeps_are_left_out(pipeline: Any, database: Database) -> None:
    await pipeline.hear("a\x00b\ud83dc")
    async with database.begin() as uow:
        (row,) = await uow.inbox.claim(limit=1, now=pipeline.clock())
    assert row.raw["text"] == "abc"


@pytest.mark.parametrize("trouble", [NotSent(reason="500"), RateLimited(retry_after=0.01)])
async def test_polling_goes_on_after_trouble(
    pipeline: Any, database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    monkeypatch.setattr("bot.pipeline.intake._LONGEST_PAUSE", 0.01)
    failures = [trouble, trouble]
    poll = RecordingChannel.poll

    async def fail_first(channel: RecordingChannel, *, after: str, wait: float) -> Any:
        if failures:
            raise failures.pop()
        return await poll(channel, after=after, wait=wait)

    monkeypatch.setattr(RecordingChannel, "poll", fail_first)
    await pipeline.channel.push(pipeline.incoming("chào"))
    polling = asyncio.create_task(pipeline.intake.poll())
    async with asyncio.timeout(10):
        while await _waiting(database, clock) == 0:
            await asyncio.sleep(0.01)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


async def test_a_refused_token_ends_polling(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(channel: RecordingChannel, *, after: str, wait: float) -> Any:
        raise ChannelDown(reason="token")

    monkeypatch.setattr(RecordingChannel, "poll", refuse)
    with pytest.raises(ChannelDown):
        await pipeline.intake.poll()


def _a_jpeg() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "JPEG")
    return drawn.getvalue()


JPEG = _a_jpeg()
PHOTO = IncomingFile(reference="ref-1", kind="photo", size=3)


async def _photo_from(pipeline: Any, user: str, file: IncomingFile = PHOTO) -> dict[str, Any]:
    """What became of a file that this person sent."""
    raw = await pipeline.channel.push(pipeline.incoming("ảnh", chat=user, files=(file,)))
    await pipeline.intake.accept([raw])
    await pipeline.fetcher.run_once()
    async with pipeline.database.begin() as uow:
        (row,) = await uow.inbox.claim(limit=1, now=pipeline.clock())
        return dict(row.files or {})[file.reference]


async def test_a_members_file_is_kept_byte_for_byte(pipeline: Any, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    pipeline.channel.keep_file("ref-1", FileContent(data=JPEG, name="a.jpg", mime="image/jpeg"))
    kept = await _photo_from(pipeline, joined.user_id)
    async with pipeline.database.read() as uow:
        assert (await uow.files.load(kept["stored_id"])).data == JPEG


async def test_a_strangers_file_is_not_fetched(pipeline: Any) -> None:
    pipeline.channel.keep_file("ref-1", FileContent(data=b"x", name="a.jpg", mime="image/jpeg"))
    assert await _photo_from(pipeline, "404") == {"refusal": "unavailable"}


async def test_a_file_over_the_limit_is_refused_without_being_fetched(pipeline: Any, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    large = PHOTO.model_copy(update={"size": 21 * 1024 * 1024})
    assert await _photo_from(pipeline, joined.user_id, large) == {"refusal": "too_big"}


async def test_a_file_that_is_gone_does_not_hold_up_its_message(pipeline: Any, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    assert await _photo_from(pipeline, joined.user_id) == {"refusal": "unavailable"}


async def test_a_platform_that_is_away_is_asked_again_for_the_file(
    pipeline: Any, make: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = await make.joined_member(await make.team())
    fetch = RecordingChannel.fetch
    failures = [NotSent(reason="502")]

    async def fail_first(channel: RecordingChannel, reference: str) -> FileContent:
        if failures:
            raise failures.pop()
        return await fetch(channel, reference)

    monkeypatch.setattr(RecordingChannel, "fetch", fail_first)
    pipeline.channel.keep_file("ref-1", FileContent(data=b"x", name="a.jpg", mime="image/jpeg"))
    raw = await pipeline.channel.push(pipeline.incoming("ảnh", chat=joined.user_id, files=(PHOTO,)))
    await pipeline.intake.accept([raw])
    assert await pipeline.fetcher.run_once() == 0
    clock.advance(60)
    assert await pipeline.fetcher.run_once() == 1


async def test_works_that_wait_share_a_commit_and_fail_alone(database: Database) -> None:
    commits = GroupCommit(database)

    async def write(uow: UnitOfWork, name: str) -> str:
        await uow.teams.create(name=name, now=uow.clock())
        if name == "hỏng":
            raise ValueError(name)
        return name

    tasks = [
        asyncio.create_task(commits.run(lambda uow, name=name: write(uow, name))) for name in ("một", "hỏng", "ba")
    ]
    await asyncio.sleep(0)
    serving = asyncio.create_task(commits.serve())
    one, broken, three = await asyncio.gather(*tasks, return_exceptions=True)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert (one, three) == ("một", "ba")
    assert isinstance(broken, ValueError)
    async with database.read() as uow:
        assert sorted(team.name for team in await uow.teams.all()) == ["ba", "một"]


async def test_nobodys_place_is_kept(pipeline: Any) -> None:
    raw = await pipeline.channel.push(pipeline.incoming("em ở đây"))
    place = {"latitude": 10.98, "longitude": 106.65, "horizontal_accuracy": 5}
    venue = {"location": place, "title": "Nhà riêng", "address": "12 Lê Lợi"}
    told = {**raw, "location": place, "reply": [{"venue": venue}], "title": "Tổ mạng lưới"}
    await pipeline.intake.accept([told])
    async with pipeline.database.read() as uow:
        kept = (await uow._session.scalars(select(Inbox))).one().raw
    assert kept["location"]["latitude"] == kept["reply"][0]["venue"]["location"]["longitude"] == 0
    assert kept["reply"][0]["venue"]["address"] == ""
    assert kept["title"] == "Tổ mạng lưới"
