"""The story tells what the bot did, names the code that did it, and counts what became of the messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.demo.story import Entry, Story
from bot.domain.messages import Chat, Incoming, Outgoing, Press, Reply, Sender
from bot.domain.vitals import Vitals
from bot.domain.vocabulary import ChannelName
from bot.texts import demo as texts
from scheduler import month_closing
from scheduler.jobs import Job, JobContext
from scheduler.table import JOBS
from storage.engine import Database
from tests.clock import FakeClock

CHAT = Chat(channel=ChannelName.TELEGRAM, chat_id="5")
OTHER = Chat(channel=ChannelName.TELEGRAM, chat_id="6")
CLOSING = Job("month-closing", 5, month_closing.run)


@pytest.fixture
def told() -> list[Entry]:
    """What has been told so far."""
    return []


@pytest.fixture
def story(told: list[Entry]) -> Story:
    """A story that begins."""
    return Story(told, clock=FakeClock(), label_of=lambda incoming: "Gửi", publish=lambda entry: None)


def _said(text: str = "", *, press: Press | None = None) -> Incoming:
    sender = Sender(user_id="5", name="Dung")
    return Incoming(external_id="1", chat=CHAT, sender=sender, at=datetime.now(UTC), text=text, press=press)


def _reply(*chats: Chat) -> Reply:
    return Reply(messages=tuple(Outgoing(chat=chat, text="a") for chat in chats), by="handlers.reporting")


def test_a_message_is_told_with_the_module_that_answered(story: Story, told: list[Entry]) -> None:
    story.answered(_said("xin chào"), _reply(CHAT))
    assert told[0]["title"] == "Dung nhắn: “xin chào”"
    assert [step["room"] for step in told[0]["steps"]] == ["bot/pipeline/intake.py", "handlers/reporting.py"]
    assert told[0]["delivery"] is None


def test_a_press_is_told_by_what_stands_on_the_button(story: Story, told: list[Entry]) -> None:
    story.answered(_said(press=Press(data="k:1")), _reply(CHAT))
    assert told[0]["title"] == "Dung bấm nút “Gửi”"


def test_calls_are_counted_with_what_caused_them(story: Story, told: list[Entry]) -> None:
    story.answered(_said("một"), _reply(CHAT))
    story.answered(_said("hai"), _reply(OTHER))
    story.called("sendmessage", CHAT.key, 429)
    story.called("sendmessage", CHAT.key, 200)
    story.called("answercallbackquery", CHAT.key, 200)
    assert told[0]["delivery"]["text"].startswith("Hộp đi: 1 lượt gửi thành công, 1 lượt phải chờ (429).")
    assert told[1]["delivery"] is None


def test_a_tick_that_did_nothing_is_not_told(story: Story, told: list[Entry]) -> None:
    story.ran(CLOSING, {"teams": 1, "owing": 4, "sent": 0})
    assert told == []
    story.ran(CLOSING, {"teams": 1, "sent": 3})
    assert "Chốt tháng" in told[0]["title"]
    assert told[0]["steps"] == [{"text": "Viết 3 tin.", "room": "scheduler/month_closing.py"}]


def test_a_file_that_comes_later_is_counted_with_the_press_that_asked_for_it(story: Story, told: list[Entry]) -> None:
    story.answered(_said("/tonghop"), _reply(CHAT))
    story.answered(_said(press=Press(data="k:1")), Reply(toast="Em đang lập tệp.", by="handlers.papers"))
    story.called("senddocument", CHAT.key, 200)
    assert "“Em đang lập tệp.”" in told[1]["steps"][1]["text"]
    assert told[1]["delivery"]["text"] == "Hộp đi: 1 lượt gửi thành công."
    assert told[0]["delivery"] is None


async def test_every_job_and_what_it_counts_is_told_in_words(database: Database, clock: FakeClock) -> None:
    healthy = Vitals(channels={}, disk_free=10**12, backup_at=clock(), installed_at=clock())
    for job in JOBS:
        context = JobContext(database=database, now=clock(), as_of=None, operator=CHAT, vitals=healthy)
        counts = await job.run(context)
        for what in counts.keys() - {"teams"}:
            words = texts.job_counts(job.name, dict.fromkeys(counts, 0) | {what: 7})
            assert "7" in words, (job.name, what)
            assert what not in words
        assert job.name not in texts.job_ran(job.name, clock())


def test_only_the_newest_are_kept(story: Story, told: list[Entry]) -> None:
    for number in range(100):
        story.answered(_said(str(number)), _reply(CHAT))
    assert len(told) == 60
    assert told[-1]["title"] == "Dung nhắn: “99”"
