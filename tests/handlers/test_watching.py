"""Every answer names the module that gave it, so that whoever watches the bot finds the code."""

from __future__ import annotations

import pytest

from bot.domain.messages import Chat, Incoming, Sender
from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.office import Office


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("/tonghop", "handlers.summary"),
        ("/toi", "handlers.own"),
        ("/baocao", "handlers.reporting"),
        ("dự giờ Toán 4A hôm nay, ưu điểm: lớp sôi nổi", "handlers.reporting"),
        ("ABCDEFGH", "handlers.joining"),
    ],
)
async def test_an_answer_names_its_module(office: Office, make: Make, text: str, module: str) -> None:
    joined = await make.joined_member(await make.team(), role=Role.SECRETARY)
    incoming = Incoming(
        external_id="1", chat=joined.chat, sender=Sender(user_id=joined.user_id), at=office.clock(), text=text
    )
    assert (await office.receive(incoming)).by == module


async def test_an_answer_within_a_form_names_the_module_that_files_it(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    await phone.say("/baocao")
    answer = Incoming(external_id="2", chat=phone.chat, sender=phone.sender, at=office.clock(), text="1")
    assert (await office.receive(answer)).by == "handlers.reporting"


async def test_a_stranger_with_a_code_is_answered_by_joining(office: Office) -> None:
    chat = Chat(channel=ChannelName.TELEGRAM, chat_id="5")
    incoming = Incoming(external_id="3", chat=chat, sender=Sender(user_id="5"), at=office.clock(), text="ABCDEFGH")
    assert (await office.receive(incoming)).by == "handlers.joining"
