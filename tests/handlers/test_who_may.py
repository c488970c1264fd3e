"""The permission table of work and announcements, cell by cell: every command and every button, pressed by every role.

A button is handed to each of them as an old one could still stand on their screen from another role.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.messages import Choice, ChoiceList, Delivery, Outgoing
from bot.texts.announcements import CARD_ACTION, READ_ACTION
from bot.texts.assignment_boards import BOARD_ACTION
from bot.texts.assignments import TASK_ACTION
from bot.texts.delegation import DELEGATION_ACTION, REQUEST_ACTION
from tests.office import Office, Phone
from tests.screens.claims import verbs_by_action
from tests.working_team import ONE_MESSAGE, People

ROLES = ("leader", "deputy", "secretary", "lan", "officer")
REFUSALS = (
    "không thuộc quyền",
    "gửi mã tham gia",
    "không còn dùng được",
    "Không tìm thấy",
    "chưa ủy quyền",
    "chỉ tổ trưởng và người nhận",
)
SECRET = "giao ra đề Toán HK1: Lan; hạn 10/12"
Given = Callable[[People], Awaitable[None]]


async def leaders_work(people: People) -> None:
    """Nhiệm vụ số 1, given out by the leader to Lan and Hùng."""
    await people.give()


async def weekly_work(people: People) -> None:
    """The same every week."""
    await people.give("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h hằng tuần: Lan")


async def secret_work(people: People) -> None:
    """Exam setting, given out by the leader."""
    await people.give(SECRET)


async def delegated(people: People) -> None:
    """The deputy may give out everything."""
    await people.leader.say("/uyquyen Nga: tất cả đến 31/12")
    await people.leader.press("Ủy quyền")


async def deputys_work(people: People) -> None:
    """Nhiệm vụ số 1, given out by the deputy."""
    await delegated(people)
    await people.deputy.say(ONE_MESSAGE)
    await people.deputy.press("Gửi")


async def deputys_secret(people: People) -> None:
    """Exam setting, given out by the deputy."""
    await delegated(people)
    await people.deputy.say(SECRET)
    await people.deputy.press("Gửi")


async def announced(people: People) -> None:
    """Thông báo số 1, to everybody."""
    await people.leader.say("/thongbao Thứ sáu họp tổ")
    await people.leader.say("cả tổ")
    await people.leader.press("Gửi")


async def lan_asked(people: People) -> None:
    """Lan has a question about nhiệm vụ số 1."""
    await people.give()
    await people.lan.press("Hỏi người giao")
    await people.lan.say("Em đi cùng xe được không?")


async def lan_reported(people: People) -> None:
    """Lan has observed a lesson at that school already, on another day."""
    await people.give()
    await people.lan.say("Dự giờ Toán lớp 4A TH Phú Hòa 1 hôm nay. Tư vấn: chia nhóm nhỏ")
    await people.lan.press("Gửi")


async def asked(people: People) -> None:
    """An officer asks for work."""
    await people.officer.say("/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h, 2 người")


async def nothing(people: People) -> None:
    """A team that has just begun."""


def is_refused(before: int, phone: Phone) -> bool:
    """Whether what was said since is a refusal."""
    said = " ".join(shown.text for shown in phone.screen[before:])
    return any(words in said for words in REFUSALS)


async def press(office: Office, phone: Phone, action: str, value: str) -> bool:
    """Hand them the button, let them press it; whether it was refused."""
    choice = Choice(label="Cũ", action=action, value=value)
    message = Outgoing(chat=phone.chat, text="Tin cũ", choices=ChoiceList(rows=((choice,),)))
    async with office.database.begin() as uow:
        await uow.outbox.put(message, Delivery(dedupe_key=f"old:{action}:{value}:{phone.chat.key}"), now=office.clock())
    await office.deliver()
    before = len(phone.screen)
    await phone.press("Cũ")
    return is_refused(before, phone)


#                                                            tổ trưởng, tổ phó, thư ký, tổ viên, chuyên viên
COMMANDS: tuple[tuple[Given, str, str], ...] = (
    (nothing, "/giaoviec", "x...."),
    (delegated, "/giaoviec", "xx..."),
    (delegated, ONE_MESSAGE.replace("giao", "/giaoviec", 1), "xx..."),
    (leaders_work, "/bangviec", "xxx.."),
    (leaders_work, "/bangviec 1", "xxx.."),
    (secret_work, "/bangviec 1", "x...."),
    (deputys_secret, "/bangviec 1", "xx..."),
    (leaders_work, "/nhiemvu", "xxxx."),
    (nothing, "/uyquyen", "x...."),
    (nothing, "/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h", "....x"),
    (leaders_work, "/thugui 1", "x...."),
    (deputys_work, "/thugui 1", "xx..."),
    (announced, "/thongbao", "xxxxx"),
)
PRESSES: tuple[tuple[Given, str, str, str], ...] = (
    (leaders_work, BOARD_ACTION, "list:0:0", "xxx.."),
    (leaders_work, BOARD_ACTION, "open:1:1", "xxx.."),
    (secret_work, BOARD_ACTION, "open:1:1", "x...."),
    (deputys_secret, BOARD_ACTION, "open:1:1", "xx..."),
    (leaders_work, BOARD_ACTION, "nudge:1:1", "x.x.."),
    (deputys_work, BOARD_ACTION, "nudge:1:1", "xxx.."),
    (secret_work, BOARD_ACTION, "nudge:1:1", "x...."),
    (deputys_secret, BOARD_ACTION, "nudge:1:1", "xx..."),
    *((leaders_work, BOARD_ACTION, f"{verb}:1:1", "x....") for verb in ("replace", "add", "time", "due", "place")),
    *((deputys_work, BOARD_ACTION, f"{verb}:1:1", "xx...") for verb in ("replace", "add", "time", "due", "place")),
    (leaders_work, BOARD_ACTION, "letter:1:1", "x...."),
    (deputys_work, BOARD_ACTION, "letter:1:1", "xx..."),
    (leaders_work, BOARD_ACTION, "cancel:1:1", "x...."),
    (deputys_work, BOARD_ACTION, "cancel:1:1", "xx..."),
    (leaders_work, BOARD_ACTION, "cancel-yes:1:1", "x...."),
    (deputys_work, BOARD_ACTION, "cancel-yes:1:1", "xx..."),
    (weekly_work, BOARD_ACTION, "stop:1:1", "x...."),
    *((secret_work, BOARD_ACTION, f"{verb}:1:1", "x....") for verb in ("reveal", "forget")),
    *((deputys_secret, BOARD_ACTION, f"{verb}:1:1", "xx...") for verb in ("reveal", "forget")),
    *(
        (leaders_work, TASK_ACTION, f"{verb}:1:1", "...x.")
        for verb in ("accept", "busy", "ask", "done", "report", "show")
    ),
    (secret_work, TASK_ACTION, "forget:1:1", "...x."),
    (lan_asked, TASK_ACTION, "answer:1:4", "x...."),
    (lan_reported, TASK_ACTION, "matches:1:1", "...x."),
    *(
        (announced, CARD_ACTION, f"{verb}|1|1", "xxx..")
        for verb in ("show", "open", "pause", "resume", "unread", "nudge", "edit")
    ),
    (announced, READ_ACTION, "read|1", ".xxxx"),
    (announced, READ_ACTION, "open|1", ".xxxx"),
    (asked, REQUEST_ACTION, "accept:1", "x...."),
    (asked, REQUEST_ACTION, "answer:1", "x...."),
    (delegated, DELEGATION_ACTION, "revoke:2", "x...."),
)


def in_turn(row: str) -> list[tuple[str, bool]]:
    """The cells of a row: first those who may not, who change nothing, then whoever may, the leader last."""
    cells = [(role, cell == "x") for role, cell in zip(ROLES, row, strict=True)]
    return sorted(cells, key=lambda cell: (cell[1], -ROLES.index(cell[0])))


def named(row: tuple[object, ...]) -> str:
    """The name of a row of the tables."""
    return "-".join(getattr(each, "__name__", str(each)) for each in row)


@pytest.mark.parametrize(("given", "text", "row"), COMMANDS, ids=map(named, COMMANDS))
async def test_a_command_is_answered_or_refused(people: People, given: Given, text: str, row: str) -> None:
    await given(people)
    answered: dict[str, bool] = {}
    for role, _ in in_turn(row):
        phone: Phone = getattr(people, role)
        before = len(phone.screen)
        await phone.say(text)
        answered[role] = not is_refused(before, phone)
    assert answered == dict(in_turn(row))


@pytest.mark.parametrize(("given", "action", "value", "row"), PRESSES, ids=map(named, PRESSES))
async def test_a_button_does_something_or_is_refused(
    people: People, office: Office, given: Given, action: str, value: str, row: str
) -> None:
    await given(people)
    assert await press(office, office.stranger(), action, value)
    answered = {role: not await press(office, getattr(people, role), action, value) for role, _ in in_turn(row)}
    assert answered == dict(in_turn(row))


@pytest.mark.parametrize("role", ROLES)
async def test_whoever_may_announce_may_stop_it_which_ends_it_for_all(
    people: People, office: Office, role: str
) -> None:
    await announced(people)
    assert await press(office, office.stranger(), CARD_ACTION, "stop|1|1")
    phone: Phone = getattr(people, role)
    assert await press(office, phone, CARD_ACTION, "stop|1|1") is (role in {"lan", "officer"})


@pytest.mark.only_on("sqlite")
async def test_every_verb_of_these_buttons_stands_in_the_table(office: Office) -> None:
    presses: Any = office.router._presses  # pyright: ignore[reportPrivateUsage] - what buttons may carry
    tried = {(action, re.split(r"[:|]", value)[0]) for _, action, value, _ in PRESSES} | {(CARD_ACTION, "stop")}
    verbs = verbs_by_action({action: presses[action] for action, _ in tried})
    assert {(action, verb) for action, each in verbs.items() for verb in each} == tried
