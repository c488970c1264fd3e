"""Another team beside that of the story, whose leader looks in, and a stranger who passes by."""

from __future__ import annotations

from bot.domain.vocabulary import ActivityKind, ChannelName, Role
from tests.builders import Make
from tests.office import Office
from tests.screens.intruders import Intruders
from tests.screens.world import ANSWERS, World


async def let_in(world: World, office: Office, make: Make) -> Intruders:
    """The leader of another team, a stranger, and everybody of the team as intruders upon one another."""
    other = await make.team("Tổ mạng lưới cụm 7")
    school = await make.school(other, code="HV", name="Trường Tiểu học Hùng Vương")
    leader = await make.joined_member(
        other, name="Kiều Văn Khách", role=Role.LEADER, channel=ChannelName.ZALO, school=school
    )
    deputy = await make.joined_member(other, name="Mạc Thị Phó", role=Role.DEPUTY, channel=ChannelName.ZALO)
    await make.activity(leader.member, kind=ActivityKind.LESSON_OBSERVATION, school=school)
    return Intruders(
        office,
        team_id=world.joined[Role.LEADER].member.team_id,
        foreign=[office.phone(leader), office.stranger("passer-by", channel=ChannelName.ZALO)],
        colleagues=world.people,
        answers=ANSWERS,
        elsewhere=[office.phone(deputy)],
    )
