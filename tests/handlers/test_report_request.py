"""Báo cáo đột xuất: work for the secretary with a due day, on boards and in reminders, closed by the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office, Phone


class Scene:
    """A team whose papers are set up, with a leader and a secretary."""

    def __init__(self, office: Office, make: Make, people: dict[str, Joined], team: Any) -> None:
        self.office, self.make, self.people, self.team = office, make, people, team

    def phone(self, who: str) -> Phone:
        """Their phone."""
        return self.office.phone(self.people[who])


async def _scene(database: Database, make: Make, clock: FakeClock, *, channel: ChannelName) -> Scene:
    team = await make.team()
    await make.paper_head(team)
    lan = await make.member(team, name="Lê Thị Lan")
    await make.activity(lan, on=date(2026, 10, 5))
    people = {
        "leader": await make.joined_member(team, name="Bùi Quốc Hiếu", role=Role.LEADER, channel=channel),
        "secretary": await make.joined_member(team, name="Trần Thị Mai", role=Role.SECRETARY, channel=channel),
    }
    return Scene(Office(database, clock), make, people, team)


@pytest.fixture
async def scene(database: Database, make: Make, clock: FakeClock) -> Scene:
    return await _scene(database, make, clock, channel=ChannelName.TELEGRAM)


async def _asked(scene: Scene, *, due: str = "30/11", note: str = "nêu rõ các trường chưa đến") -> Phone:
    leader = scene.phone("leader")
    await leader.say("/tonghop tháng 10")
    await leader.press("Giao thư ký lập")
    await leader.say(due)
    if note:
        await leader.press("Sửa")
        await leader.press("Dặn thêm")
        await leader.say(note)
    await leader.press("Gửi")
    return leader


async def test_it_is_work_with_a_due_day_that_stands_on_the_board_and_among_one_s_work(scene: Scene) -> None:
    leader = await _asked(scene)
    assert "việc số 1" in leader.texts
    assert "Trần Thị Mai" in next(each.text for each in leader.screen if "🔔 Nhắc người chưa trả lời" in each.labels)
    secretary = scene.phone("secretary")
    assert "Phân công số 1" in secretary.last.text
    assert "Lập báo cáo đột xuất tháng 10 năm 2026 (nêu rõ các trường chưa đến)" in secretary.last.text
    assert "Hạn: thứ Hai 30/11, 17:00" in secretary.last.text
    assert {"✅ Nhận", "🙋 Báo bận", "📝 Lập báo cáo"} <= set(secretary.last.labels)
    assert "Lập báo cáo đột xuất" in (await secretary.say("/nhiemvu")).text


async def test_a_day_that_is_over_is_refused(scene: Scene) -> None:
    leader = scene.phone("leader")
    await leader.say("/tonghop tháng 10")
    await leader.press("Giao thư ký lập")
    assert "từ hôm nay trở đi" in (await leader.say("hôm qua")).text


async def test_the_finished_report_closes_it(scene: Scene) -> None:
    leader = await _asked(scene)
    secretary = scene.phone("secretary")
    await secretary.press("Lập báo cáo")
    assert "đã nhận" in leader.texts
    await secretary.press("Trình tổ trưởng")
    await leader.press("Duyệt")
    assert "không có việc nào đang chờ" in (await secretary.say("/nhiemvu")).text
    assert "báo cáo số 01/BC-TML" in leader.texts


async def test_whoever_says_done_is_shown_the_report_that_closes_it(scene: Scene) -> None:
    await _asked(scene)
    secretary = scene.phone("secretary")
    order = secretary.last
    accepted = await secretary.press("Nhận", on=order)
    assert "📝 Lập báo cáo" in accepted.labels
    assert "🏁 Đã xong" not in accepted.labels


async def test_another_period_s_report_closes_nothing(scene: Scene) -> None:
    leader = await _asked(scene)
    await leader.say("/tonghop tháng 9")
    await leader.press("Lập báo cáo")
    await leader.press("Duyệt")
    assert "Lập báo cáo đột xuất" in (await scene.phone("secretary").say("/nhiemvu")).text


async def test_two_requests_for_the_same_days_are_both_closed(scene: Scene) -> None:
    await _asked(scene)
    leader = await _asked(scene, due="2/12", note="")
    await leader.say("/tonghop tháng 10")
    await leader.press("Lập báo cáo")
    await leader.press("Duyệt")
    assert "không có việc nào đang chờ" in (await scene.phone("secretary").say("/nhiemvu")).text


async def test_it_is_reminded_of_like_any_work(scene: Scene, clock: FakeClock) -> None:
    await _asked(scene)
    clock.advance(timedelta(days=7, hours=10))
    await scene.office.run_job("assignment-reminders")
    reminder = scene.phone("secretary").last
    assert "quá hạn" in reminder.text
    assert "📝 Lập báo cáo" in reminder.labels


async def test_without_a_secretary_the_leader_is_told_and_may_write_it(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    leader = Office(database, clock).phone(await make.joined_member(team, role=Role.LEADER))
    await leader.say("/tonghop tháng 10")
    await leader.press("Giao thư ký lập")
    await leader.say("30/11")
    said = await leader.press("Gửi")
    assert "chưa có thư ký" in said.text
    assert said.labels == ("📝 Lập báo cáo",)


async def test_on_zalo_it_goes_by_numbers_and_words(database: Database, make: Make, clock: FakeClock) -> None:
    scene = await _scene(database, make, clock, channel=ChannelName.ZALO)
    leader = scene.phone("leader")
    digest = await leader.say("/tonghop tháng 10")
    await leader.say(str(digest.labels.index("📌 Giao thư ký lập") + 1))
    await leader.say("30/11")
    await leader.say("gửi")
    secretary = scene.phone("secretary")
    order = secretary.last
    assert "Lập báo cáo đột xuất" in order.text
    draft = await secretary.say(str(order.labels.index("📝 Lập báo cáo") + 1))
    assert "dự thảo" in draft.text
