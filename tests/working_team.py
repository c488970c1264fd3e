"""A team that gives out work: leader, deputy, secretary, two members, an officer, each with a phone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.vocabulary import ChannelName, Role
from storage.tables import Team
from tests.builders import Make
from tests.office import Office, Phone, Shown

ONE_MESSAGE = "giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn báo cáo 30/11"


@dataclass
class People:
    """Everybody's phone; Hùng's is on Zalo."""

    team: Team
    leader: Phone
    deputy: Phone
    secretary: Phone
    lan: Phone
    hung: Phone
    officer: Phone

    @property
    def board(self) -> Shown:
        """The board on the leader's phone."""
        return next(shown for shown in reversed(self.leader.screen) if "📊" in shown.text)

    async def give(self, text: str = ONE_MESSAGE) -> None:
        """The leader gives out work."""
        await self.leader.say(text)
        await self.leader.press("Gửi")


async def working_team(office: Office, make: Make) -> People:
    """The team "Tổ mạng lưới cụm 1" with two schools."""
    team = await make.team()
    await make.school(team, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")

    async def phone(name: str, role: Role = Role.MEMBER, channel: ChannelName = ChannelName.TELEGRAM) -> Phone:
        return office.phone(await make.joined_member(team, name=name, role=role, channel=channel))

    return People(
        team=team,
        leader=await phone("Bùi Quốc Hiếu", Role.LEADER),
        deputy=await phone("Đỗ Thị Nga", Role.DEPUTY),
        secretary=await phone("Bùi Mỹ Quyên", Role.SECRETARY),
        lan=await phone("Trần Thị Lan"),
        hung=await phone("Phạm Văn Hùng", channel=ChannelName.ZALO),
        officer=await phone("Lê Chuyên Viên", Role.OFFICER),
    )
