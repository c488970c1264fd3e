"""/toi, /hoatdong and /help: what concerns the person who asks."""

from __future__ import annotations

from datetime import date

from bot.domain.vocabulary import ChannelName, Role
from storage.tables import ActivityFile
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office


async def test_what_is_missing_is_told_with_the_way_to_mend_it(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    shown = await phone.say("/toi")
    assert "0/1 hoạt động – còn thiếu" in shown.text
    await phone.press("Xin nghỉ tháng này")
    assert "vì lý do gì" in phone.last.text


async def test_who_has_reported_lacks_nothing(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    await make.activity(joined.member)
    shown = await office.phone(joined).say("/toi")
    assert "không còn thiếu gì" in shown.text
    assert shown.labels == ()


async def test_leave_and_unfinished_work_are_part_of_the_answer(office: Office, make: Make) -> None:
    team = await make.team()
    await make.joined_member(team, role=Role.LEADER)
    phone = office.phone(await make.joined_member(team))
    await phone.say("/nghi từ 25/11 đến 5/12 con ốm")
    await phone.say("/baocao")
    await phone.say("/toi")
    shown = phone.screen[-2]  # the last says how to go on with the report
    assert "Nghỉ từ 25/11 đến 5/12: đang chờ duyệt" in shown.text
    assert "báo cáo hoạt động" in shown.text
    await phone.press("Rút đơn nghỉ từ 25/11", on=shown)
    assert "Đã rút đơn" in phone.texts


async def test_every_team_of_a_person_is_answered_for(office: Office, make: Make, clock: FakeClock) -> None:
    first, second = await make.team("Tổ cụm 1"), await make.team("Tổ cụm 2")
    joined = await make.joined_member(first)
    other = await make.member(second)
    async with office.database.begin() as uow:
        known = await uow.accounts.known(joined.chat.channel, joined.user_id)
        assert known is not None
        await uow.accounts.join(known, await uow.members.get(other.id, team_id=second.id), now=clock())
    await make.activity(joined.member)
    shown = await office.phone(joined).say("/toi")
    assert "Tổ cụm 1): 1/1" in shown.text
    assert "Tổ cụm 2): 0/1" in shown.text


async def test_an_officer_owes_nothing(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(), role=Role.OFFICER))
    assert "không tính định mức" in (await phone.say("/toi")).text


async def test_my_activities_come_by_month_and_by_school_year_in_pages(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    for day in range(1, 11):
        await make.activity(joined.member, on=date(2026, 10, day))
    await make.activity(joined.member, on=date(2026, 11, 5))
    phone = office.phone(joined)
    shown = await phone.say("/hoatdong")
    assert "tháng 11/2026: 1" in shown.text
    await phone.press("Tháng 10")
    assert "tháng 10/2026: 10 – trang 1/2" in phone.last.text
    await phone.press("Trang sau")
    assert "trang 2/2" in phone.last.text
    assert "Số 1:" in phone.last.text
    await phone.press("Cả năm học")
    assert ": 11 – trang 1/2" in phone.last.text


async def test_a_period_can_be_named_in_words(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team())
    await make.activity(joined.member, on=date(2026, 9, 8))
    phone = office.phone(joined)
    assert "tháng 9/2026: 1" in (await phone.say("/hoatdong tháng 9")).text
    assert "Em chưa rõ thời gian" in (await phone.say("/hoatdong lung tung")).text


async def test_one_activity_opens_with_its_photos_and_its_history(office: Office, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    joined = await make.joined_member(team, name="Lý Ngọc Dung")
    activity = await make.activity(joined.member, school=await make.school(team), advice="tăng <nhóm> đôi")
    async with office.database.begin() as uow:
        stored = await uow.files.keep(data=b"photo", name="anh.jpg", mime="image/jpeg", now=clock())
        uow._session.add(ActivityFile(activity_id=activity.id, file_id=stored))  # pyright: ignore[reportPrivateUsage] - no report with a photo is needed here
        fresh = await uow.activities.get(activity.id, team_id=team.id)
        await uow.activities.keep_revision(fresh, {}, by=joined.member.id, now=clock())
    phone = office.phone(joined)
    await phone.say("/hoatdong")
    shown = await phone.press("Số 1")
    assert "tăng <nhóm> đôi" in shown.text
    assert "Lần sửa 1: Lý Ngọc Dung, 10:00 ngày 23/11" in shown.text
    assert shown.file_names == ("anh.jpg",)


async def test_an_activity_of_somebody_else_cannot_be_opened(office: Office, make: Make) -> None:
    team = await make.team()
    mine, theirs = await make.joined_member(team), await make.joined_member(team)
    await make.activity(theirs.member)
    phone = office.phone(theirs)
    shown = await phone.say("/hoatdong")
    key = shown.outgoing.choices_key
    await office.phone(mine).press_data(f"{key}:0")
    assert "không còn dùng được" in office.phone(mine).last.text


async def test_help_tells_each_role_what_it_may_do_with_examples(office: Office, make: Make) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    member = office.phone(await make.joined_member(team))
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    assert "/thanhvien" in (await leader.say("/help")).text
    text = (await member.say("/help")).text
    assert "/nghi từ 25/11 đến 5/12 con ốm" in text
    assert "/thanhvien" not in text
    assert "/tonghop" not in text
    text = (await officer.say("/help")).text
    assert "/tonghop" in text
    assert "/baocao" not in text
    assert "Báo cáo nhanh" not in text


async def test_a_stranger_is_told_only_how_to_join(office: Office, make: Make) -> None:
    await make.team("Tổ bí mật")
    for channel in (ChannelName.TELEGRAM, ChannelName.ZALO):
        shown = await office.stranger(channel=channel).say("/help")
        assert "mã tham gia" in shown.text
        assert "Tổ bí mật" not in shown.text
        assert "/" not in shown.text.replace("thầy/cô", "").replace("Thầy/cô", "")
