"""Every screen of every conversation, drawn for Zalo and Telegram: nothing is too long, nothing cannot be chosen.

A new command, press, free text, file or question that neither the story nor the walk comes by fails here: add a step to
tests/screens/world.py, or what people answer to its ANSWERS.
"""

from __future__ import annotations

import pytest

from bot.channels.zalo import CAPABILITIES
from bot.domain.messages import Attachment, Chat, Choice, ChoiceList, Outgoing
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.screens.eyes import ZaloOnPaper, on_telegram, on_zalo
from tests.screens.visitors import let_in
from tests.screens.walk import Walk, Watched
from tests.screens.world import ANSWERS, SAID, STORY, gather

ALLOWED = {
    Role.LEADER: "announcements: *; attendance: *; meeting: why; minutes: *; paper: again settings submit; plan: *; "
    "privacy: no; school: *; teamplan: paper",
    Role.DEPUTY: "announcements: *; attendance: *; meeting: *; minutes: *; plan: *; planboard: paper see; privacy: *; "
    "resolution: *; school-page: *; summary-sources: *; teamplan: month paper; work: open",
    Role.SECRETARY: "announcements: *; ending: heir; link: keep; meeting: *; minutes: *; plan: *; school: *; "
    "work: nudge",
    Role.MEMBER: "link: keep",
    Role.OFFICER: "link: keep",
}
"""What a role may take though no screen of this story offers it: the deputy leads no meeting here, for instance."""
CHAT = Chat(channel=ChannelName.ZALO, chat_id="6ede")


@pytest.mark.timeout(900)
@pytest.mark.only_on("sqlite")  # what is said does not depend on the database
async def test_every_screen_can_be_read_and_answered_on_both_platforms_and_only_by_those_it_is_for(
    database: Database, make: Make, clock: FakeClock
) -> None:
    office = Watched(database, clock)
    walk = Walk(office, answers=ANSWERS)
    world = await gather(office, make, clock, walk)
    intruders = walk.intruders = await let_in(world, office, make)
    for scene in STORY:
        await scene(world)
        await intruders.meet()
        await walk.take_everything()
        for who, texts in SAID.get(scene.__name__, {}).items():
            await walk.say_everything(world.people[who], texts)
    await walk.say_every_command()
    await walk.close()
    assert not walk.met.complaints, "\n".join(walk.met.complaints)
    if missing := walk.not_met():
        pytest.fail("no scene comes by these, see tests/screens/world.py:\n" + "\n".join(missing), pytrace=False)
    assert walk.met.screens > 1000
    assert not intruders.complaints, "\n".join(f"{deed}: {what}" for deed, what in intruders.complaints.items())
    assert not intruders.spared(None, Role.MEMBER, of=Role.LEADER)
    overstepped = intruders.overstepped(allowed=ALLOWED)
    assert not overstepped, "offered to nobody of the role, but answered:\n" + "\n".join(overstepped)
    assert intruders.tried > 1000


def _list(*labels: str) -> ChoiceList:
    return ChoiceList(rows=tuple((Choice(label=label, action="a", value=label),) for label in labels))


@pytest.mark.parametrize(
    ("text", "choices", "complaint"),
    [
        ("Thầy/cô bấm Gửi", None, "speaks of buttons"),
        ("Gửi tệp Excel danh sách tổ vào đây", None, "asks for a file"),
        ("1. sơ kết", _list("Gửi", "Sửa"), "numbers of its lines"),
        ("Chọn ai?", _list("Cô Lan", "cô lan"), "two choices are called"),
        ("Chọn số?", _list("12"), "two choices are called"),
        ("dài " * 2500, None, "messages of a small plan"),
        ("Chọn ai?", _list("Cô Lan", "Cô Mai"), ""),
    ],
)
async def test_the_eyes_see_what_is_wrong_on_zalo(text: str, choices: ChoiceList | None, complaint: str) -> None:
    paper = ZaloOnPaper()
    found = await on_zalo(paper, Outgoing(chat=CHAT, text=text, choices=choices))
    await paper.close()
    assert any(complaint in each for each in found) if complaint else found == []


async def test_the_eyes_want_a_link_for_every_file() -> None:
    paper = ZaloOnPaper()
    files = (Attachment(stored_id=7, name="a.png", mime="image/png", as_photo=True),)
    assert await on_zalo(paper, Outgoing(chat=CHAT, text="Ảnh", attachments=files)) == []
    assert [method for method, _ in paper.calls] == ["sendPhoto"]
    await paper.close()


def test_the_eyes_see_what_telegram_refuses() -> None:
    assert CAPABILITIES.page == 15
    keyless = Outgoing(chat=CHAT, text="Chọn", choices=_list("Gửi"), choices_key="k" * 70)
    assert any("carries" in each for each in on_telegram(keyless))
    assert "an empty message" in on_telegram(Outgoing(chat=CHAT, text="", choices=_list("Gửi")))
