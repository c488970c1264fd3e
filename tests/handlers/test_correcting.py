"""Correcting and withdrawing a report, and what it said before."""

from __future__ import annotations

from datetime import date

from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from storage.tables import Activity
from tests.builders import Joined, Make
from tests.office import Office

SCHOOLS = ("Kim Đồng", "Nguyễn Du")
REPORT = "Dự giờ Toán 4A TH Kim Đồng hôm nay. Ưu điểm: lớp sôi nổi. Tư vấn: thêm thời gian nhóm đôi"


async def stored(office: Office, joined: Joined, number: int = 1) -> Activity:
    async with office.database.read() as uow:
        found = await uow.activities.by_number(joined.member.team_id, number)
    assert found is not None
    return found


async def count(office: Office, joined: Joined, month: Month) -> int:
    async with office.database.read() as uow:
        team = await uow.teams.get(joined.member.team_id)
        kinds = uow.teams.settings(team).kinds_that_count
        counts = await uow.activities.counts(team.id, month.first, month.last, kinds=kinds)
    return counts.get(joined.member.id, 0)


async def test_a_correction_is_three_interactions_and_keeps_what_was_said(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    form = await phone.press("Sửa")
    assert "4A" in form.text
    assert "lớp sôi nổi" in form.text
    card = await phone.say("lớp 4B trường Nguyễn Du")
    assert "4B" in card.text
    assert "Nguyễn Du" in card.text
    assert "lớp sôi nổi" in card.text
    receipt = await phone.press("Gửi")
    assert "Đã sửa báo cáo số 1" in receipt.text
    assert "Tháng 11: 1/1 ✓" in receipt.text
    activity = await stored(office, joined)
    assert (activity.class_or_grade, activity.subject, activity.version) == ("4B", "Toán", 2)
    history = await phone.press("Lịch sử sửa")
    assert "Lớp: 4A → 4B" in history.text
    assert "Trường Tiểu học Kim Đồng → Trường Tiểu học Nguyễn Du" in history.text


async def test_meaning_one_thing_and_not_another(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.press("Sửa")
    assert "Lớp/khối: 4C" in (await phone.say("lớp 4C chứ không phải 4A")).text
    assert "Lớp/khối: 4D" in (await phone.say("không phải 4C mà là 4D")).text
    assert "Hạn chế: ồn" in (await phone.say("hạn chế: ồn")).text
    more = await phone.say("thêm tư vấn: dùng bảng phụ")
    assert "thêm thời gian nhóm đôi\ndùng bảng phụ" in more.text
    assert "Hạn chế" not in (await phone.say("bỏ hạn chế")).text


async def test_a_correction_that_changes_nothing_is_no_revision(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.press("Sửa")
    assert "không có gì thay đổi" in (await phone.press("Gửi")).text
    assert (await stored(office, joined)).version == 1


async def test_another_month_changes_both_counts(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.press("Sửa")
    await phone.say("ngày 30/10")
    receipt = await phone.press("Gửi")
    assert "Tháng 10: 1/1 ✓" in receipt.text
    assert "Tháng 11: 0/1" in receipt.text
    assert await count(office, joined, Month(2026, 10)) == 1
    assert await count(office, joined, Month(2026, 11)) == 0
    assert (await stored(office, joined)).late


async def test_a_withdrawn_report_no_longer_counts_and_is_still_there(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    receipt = await phone.press("Gửi")
    asked = await phone.press("Rút")
    assert "Rút báo cáo số 1" in asked.text
    assert await count(office, joined, Month(2026, 11)) == 1
    done = await phone.press("Rút báo cáo")
    assert "Tháng 11: 0/1" in done.text
    assert await count(office, joined, Month(2026, 11)) == 0
    assert "được tính → đã rút" in (await phone.press("Lịch sử sửa")).text
    assert "đã được rút" in (await phone.press("Sửa", on=receipt)).text


async def test_thinking_better_of_a_withdrawal(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.press("Rút")
    assert "vẫn được giữ" in (await phone.press("Giữ lại")).text
    assert await count(office, joined, Month(2026, 11)) == 1


async def test_from_the_list_of_ones_activities(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.say("/hoatdong")
    opened = await phone.press("Số 1")
    assert opened.labels == ("✏️ Sửa", "↩️ Rút")
    await phone.press("Sửa", on=opened)
    await phone.say("môn Khoa học")
    await phone.press("Gửi")
    await phone.say("/hoatdong")
    opened = await phone.press("Số 1")
    assert "Khoa học" in opened.text
    assert any("Lịch sử" in label for label in opened.labels)


async def test_only_the_reporter_corrects(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter, leader = await make.joined_member(team), await make.joined_member(team, role=Role.LEADER)
    phone, other = office.phone(reporter), office.phone(leader)
    await phone.say(REPORT)
    receipt = await phone.press("Gửi")
    index = receipt.labels.index("✏️ Sửa")
    shown = await other.press_data(f"{receipt.outgoing.choices_key}:{index}")
    assert "không còn dùng được" in shown.text
    assert (await stored(office, reporter)).version == 1


async def test_a_month_that_was_reported_may_be_corrected_marked_and_told(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = await make.joined_member(team, name="Trần Thị Hoa")
    secretary = office.phone(await make.joined_member(team, role=Role.SECRETARY))
    phone = office.phone(reporter)
    await phone.say(REPORT.replace("hôm nay", "30/10"))
    await phone.press("Gửi")
    async with office.database.begin() as uow:
        await uow.reported_periods.confirm(
            team.id, first=date(2026, 10, 1), last=date(2026, 10, 31), now=office.clock()
        )
    await phone.press("Sửa")
    await phone.say("lớp 5A")
    receipt = await phone.press("Gửi")
    assert "đã đánh dấu" in receipt.text
    assert "Trần Thị Hoa đã sửa báo cáo số 1" in secretary.last.text
    assert "sau khi tháng đã báo cáo" in (await phone.press("Lịch sử sửa")).text
    await phone.press("Rút")
    await phone.press("Rút báo cáo")
    assert "Trần Thị Hoa đã rút báo cáo số 1" in secretary.last.text


async def test_a_secretary_who_corrects_tells_the_leader(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    phone = office.phone(await make.joined_member(team, role=Role.SECRETARY, name="Lê Thư Ký"))
    await phone.say(REPORT)
    await phone.press("Gửi")
    async with office.database.begin() as uow:
        await uow.reported_periods.confirm(
            team.id, first=date(2026, 11, 1), last=date(2026, 11, 30), now=office.clock()
        )
    await phone.press("Sửa")
    await phone.say("lớp 5A")
    await phone.press("Gửi")
    assert "Lê Thư Ký đã sửa" in leader.last.text


async def test_a_wrong_correction_is_refused_and_keeps_the_rest(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    await phone.press("Gửi")
    await phone.press("Sửa")
    for wrong, word in (("ngày 31/11", "không có trong lịch"), ("ngày mai", "chưa tới"), ("xếp loại tốt", "tư vấn")):
        refused = await phone.say(wrong)
        assert word in refused.text
        assert "lớp sôi nổi" in refused.text
    await phone.press("Bỏ")
    assert (await stored(office, joined)).version == 1


async def test_marks_are_turned_over_by_a_button_under_correct(office: Office, make: Make) -> None:
    joined = await make.joined_member(await make.team(schools=SCHOOLS))
    phone = office.phone(joined)
    await phone.say(REPORT)
    fields = await phone.press("Sửa")
    assert "☐ Điển hình" in fields.labels
    assert "⭐ Điển hình" in (await phone.press("Điển hình")).text
    assert "☑ Điển hình" in (await phone.press("Sửa")).labels
    assert "⭐" not in (await phone.press("Điển hình")).text
    await phone.press("Sửa")
    await phone.press("Cần hỗ trợ")
    await phone.press("Gửi")
    activity = await stored(office, joined)
    assert (activity.exemplary, activity.needs_support, activity.urgent) == (False, True, False)
