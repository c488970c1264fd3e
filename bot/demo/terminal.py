"""The demo: the real bot with a sample team on a local Telegram, its conversation shown in the terminal."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import Application
from bot.commands import init_team, issue_codes, run_job
from bot.domain.clock import HOME_ZONE, system_clock
from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from bot.settings import Settings
from scheduler.table import find_job
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

TEAM = "Tổ mạng lưới phường Phú Lợi"
LEADER = "Bùi Quốc Hiếu"
_MEMBERS = (("Bùi Mỹ Quyên", Role.SECRETARY), ("Lý Ngọc Dung", Role.MEMBER), ("Bùi Minh Phượng", Role.MEMBER))
_SCHOOLS = (("PH1", "Tiểu học Phú Hòa 1"), ("PH2", "Tiểu học Phú Hòa 2"), ("LHP", "Tiểu học Lê Hồng Phong"))
_PATIENCE = 15.0

Show = Callable[[str, str], None]


async def play(show: Show) -> None:
    """Play the main job from joining to the summary; `show` gets who speaks and what is said."""
    with tempfile.TemporaryDirectory(prefix="mangluoi-demo-") as directory:
        async with TelegramPlayground() as playground:
            settings = Settings(
                telegram_bot_token=SecretStr(playground.token),
                telegram_api_url=playground.url,
                data_dir=Path(directory),
                database_url=f"sqlite:///{directory}/demo.sqlite3",
                listen="127.0.0.1:0",
                public_url="",
            )
            codes = await _set_up(settings)
            application = Application(settings, clock=system_clock)
            running = asyncio.create_task(application.run())
            try:
                await _converse(playground, settings, codes, show)
            finally:
                application.stop()
                await running


async def _set_up(settings: Settings) -> dict[str, str]:
    team_id, _ = await init_team(settings, team=TEAM, leader=LEADER)
    database = Database(settings.database_url, clock=system_clock)
    async with database.begin() as uow:
        await _add_people(uow, team_id)
    await database.close()
    return {each.name: each.code for each in await issue_codes(settings, team_id=team_id)}


async def _add_people(uow: UnitOfWork, team_id: int) -> None:
    for code, name in _SCHOOLS:
        await uow.schools.add(team_id=team_id, code=code, name=name, aliases=[], area="")
    for name, role in _MEMBERS:
        await uow.members.add(team_id=team_id, name=name, role=role)


async def _converse(playground: TelegramPlayground, settings: Settings, codes: dict[str, str], show: Show) -> None:
    phones: dict[str, Phone] = {}
    for name, code in codes.items():
        phone = phones[name] = playground.add_person(name)
        await _say(show, phone, f"/start {code}", "đồng ý không?")
        await _press(show, phone, "Đồng ý tham gia", "Chào mừng")
    dung, phuong, quyen = phones["Lý Ngọc Dung"], phones["Bùi Minh Phượng"], phones["Bùi Mỹ Quyên"]
    await _say(
        show,
        dung,
        "du gio toan lop 4A th phu hoa 1 hom nay, uu diem lop soi noi, tu van tang thoi gian nhom doi",
        "📅",
    )
    await _press(show, dung, "Gửi", "1/1")
    show("—", "Ngày cuối tháng, 17:00: đồng hồ nhắc những người còn thiếu.")
    job = find_job("monthly-nudges")
    if job is not None:
        await run_job(settings, job, at=_last_afternoon())
    show("Trợ lý → Phượng", (await phuong.wait_for_text("còn thiếu", timeout=_PATIENCE)).text)
    await _say(show, quyen, "/tonghop", "Định mức")


async def _say(show: Show, phone: Phone, text: str, expected: str) -> None:
    name = phone.person.name
    show(name, text)
    sent = phone.start(text.removeprefix("/start ")) if text.startswith("/start ") else phone.send(text)
    answer = await phone.wait_for_text(expected, after=sent, timeout=_PATIENCE)
    show(f"Trợ lý → {name}", answer.text)


async def _press(show: Show, phone: Phone, label: str, expected: str) -> None:
    name, before = phone.person.name, phone.last()
    show(name, f"[{label}]")
    phone.press(label)
    show(f"Trợ lý → {name}", (await phone.wait_for_text(expected, after=before, timeout=_PATIENCE)).text)


def _last_afternoon() -> datetime:
    last = Month.of(system_clock().astimezone(HOME_ZONE).date()).last
    return datetime(last.year, last.month, last.day, 17, tzinfo=HOME_ZONE)
