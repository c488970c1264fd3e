"""Addresses of files are taken back on request, and when somebody leaves or an account is unlinked."""

from __future__ import annotations

from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office


async def sent_a_file(office: Office, make: Make) -> tuple[Joined, int]:
    """A secretary on Zalo who was sent the summary as PDF; the file's id."""
    joined = await make.joined_member(
        await make.team(), name="Bùi Mỹ Quyên", role=Role.SECRETARY, channel=ChannelName.ZALO
    )
    phone = office.phone(joined)
    await phone.say("tong hop")
    await phone.say("pdf")
    (file,) = phone.last.outgoing.attachments
    return joined, file.stored_id


async def is_void(database: Database, clock: FakeClock, file_id: int) -> bool:
    """Whether an address issued before now leads nowhere."""
    async with database.read() as uow:
        return await uow.files.is_revoked(file_id, issued_at=clock.now)


async def test_whoever_was_sent_addresses_takes_them_back_with_one_word(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    joined, file_id = await sent_a_file(office, make)
    assert not await is_void(database, clock, file_id)
    assert "thu hồi liên kết của 1 tệp" in (await office.phone(joined).say("thu hoi")).text
    assert await is_void(database, clock, file_id)


async def test_somebody_else_s_addresses_stay_good(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    _, file_id = await sent_a_file(office, make)
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), channel=ChannelName.ZALO))
    assert "chưa gửi liên kết" in (await other.say("thu hoi")).text
    assert not await is_void(database, clock, file_id)


async def test_the_addresses_of_a_member_who_leaves_are_void(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    joined, file_id = await sent_a_file(office, make)
    phone = office.phone(joined)
    for step in ("/quyenriengtu", "rut lai dong y"):
        await phone.say(step)
    await phone.press("Tôi chắc chắn")
    assert await is_void(database, clock, file_id)


async def test_the_addresses_sent_to_an_unlinked_account_are_void(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    joined, file_id = await sent_a_file(office, make)
    telegram = office.phone(await make.join(joined.member))
    await telegram.say("/lienket")
    await telegram.press("Gỡ Zalo")
    await telegram.press("Gỡ tài khoản")
    assert await is_void(database, clock, file_id)
