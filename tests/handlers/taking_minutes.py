"""A team whose general meeting has just begun, for tests of its minutes."""

from __future__ import annotations

from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import word_text
from tests.office import Office, Phone

BEGIN = datetime(2026, 12, 4, 14, 0, tzinfo=HOME_ZONE)


class Team:
    """Who is there."""

    leader: Phone
    secretary: Phone
    deputy: Phone
    member: Phone


async def meeting_begun(
    office: Office,
    make: Make,
    clock: FakeClock,
    *,
    channel: ChannelName = ChannelName.TELEGRAM,
    head_is_known: bool = True,
) -> Team:
    """The leader has called it, one member comes, and it is two o'clock."""
    record, made = await make.team(), Team()
    if head_is_known:
        await make.paper_head(record)

    async def phone(name: str, role: Role = Role.MEMBER) -> Phone:
        return office.phone(await make.joined_member(record, role=role, name=name, channel=channel))

    made.leader = await phone("Bùi Quốc Hiếu", Role.LEADER)
    made.secretary = await phone("Bùi Mỹ Quyên", Role.SECRETARY)
    made.deputy = await phone("Đặng Thị Hạnh", Role.DEPUTY)
    made.member = await phone("Lý Ngọc Dung")
    await made.leader.say("họp chung 14h ngày 4/12 tại phòng họp A & B <x>, nội dung: sơ kết")
    await made.leader.press("Gửi")
    await made.member.press("Tham dự")
    clock.set(BEGIN)
    return made


async def words_of(database: Database, *, version: int = -1, team_id: int = 1) -> str:
    """Everything that the Word file of the latest minutes says, in its latest version or another."""
    async with database.read() as uow:
        minutes, _ = (await uow.minutes.confirmed(team_id, limit=1))[0]
        word_id = (await uow.minutes.versions(minutes.id))[version].word_id
        assert word_id is not None, "not drawn yet"
        return word_text((await uow.files.load(word_id)).data)


async def written(team: Team) -> None:
    """The secretary writes a line and a resolution, and sends them to the chair."""
    await team.secretary.say("/bienban")
    await team.secretary.say("Thầy Hiếu khai mạc; A & B <x> “trích” 🌸")
    await team.secretary.say("Soạn đề cương – cô Dung – 15/12")
    await team.secretary.press("Đúng")
    await team.secretary.press("Gửi chủ tọa duyệt")


async def confirmed(team: Team) -> None:
    """The same, and the chair confirms."""
    await written(team)
    await team.leader.press("Xác nhận biên bản")


async def correcting(team: Team) -> None:
    """The secretary opens the confirmed minutes again."""
    await team.secretary.say("/bienban")
    await team.secretary.press("Biên bản 01")
    await team.secretary.press("Đính chính")
    await team.secretary.press("Viết tiếp")


async def decided(database: Database, *statuses: str) -> list[str]:
    """The work of the resolutions of these statuses."""
    async with database.read() as uow:
        return [each.work for each, _ in await uow.resolutions.with_status(1, *statuses)]
