"""Boards: nudging, replacing, changing, taking back; the second of two leaders sees what the first did."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.rich_text import utf16_length
from bot.domain.vocabulary import Role
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office
from tests.working_team import People


async def test_a_press_nudges_those_who_have_not_answered_once_a_day(people: People) -> None:
    await people.give()
    await people.lan.press("Nhận")
    seen = len(people.lan.screen)
    await people.leader.press("Nhắc người chưa trả lời", on=people.board)
    assert "Đã nhắc 1 người" in people.leader.last.text
    assert "mong thầy/cô trả lời" in people.hung.last.text
    assert len(people.lan.screen) == seen
    await people.leader.press("Nhắc người chưa trả lời", on=people.board)
    assert "Không còn ai để nhắc" in people.leader.last.text


async def test_a_nudge_at_night_waits_for_the_next_working_morning_and_spares_who_answered(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give()
    clock.set(datetime(2026, 11, 23, 22, 0, tzinfo=HOME_ZONE))
    shown = len(people.lan.screen), len(people.hung.screen)
    await people.leader.press("Nhắc người chưa trả lời", on=people.board)
    assert "Em sẽ nhắc 2 người chưa trả lời lúc thứ Tư 25/11, 6:30" in people.leader.last.text
    assert (len(people.lan.screen), len(people.hung.screen)) == shown
    await people.hung.say("1")
    clock.set(datetime(2026, 11, 25, 6, 31, tzinfo=HOME_ZONE))
    await office.deliver()
    assert "mong thầy/cô trả lời" in people.lan.last.text
    assert "mong thầy/cô trả lời" not in people.hung.texts


async def test_the_secretary_nudges_but_changes_nothing(people: People) -> None:
    await people.give()
    await people.secretary.say("/bangviec 1")
    assert people.secretary.last.labels == ("🔔 Nhắc người chưa trả lời",)
    await people.secretary.press("Nhắc")
    assert "Đã nhắc 2 người" in people.secretary.last.text


async def test_somebody_is_replaced_and_both_are_told(people: People, office: Office, make: Make) -> None:
    mai = office.phone(await make.joined_member(people.team, name="Võ Ngọc Mai"))
    await people.give()
    await people.leader.press("Thay người", on=people.board)
    await people.leader.press("Phạm Văn Hùng")
    assert "Ít việc nhất" in people.leader.last.text
    await people.leader.say("mai")
    assert "Phân công số 1" in mai.last.text
    assert "chuyển phân công" in people.hung.last.text
    assert "Võ Ngọc Mai" in people.board.text
    assert "Phạm Văn Hùng" not in people.board.text
    await people.hung.say("1")
    assert "không còn thuộc phần thầy/cô" in people.hung.last.text


async def test_a_new_time_reaches_everybody_concerned_and_old_buttons_show_it(people: People) -> None:
    await people.give()
    order = people.lan.last
    await people.leader.press("Đổi giờ", on=people.board)
    await people.leader.say("hôm qua")
    assert "đã qua" in people.leader.last.text
    await people.leader.say("thứ sáu 9h")
    for phone in (people.lan, people.hung):
        assert "Thời gian: thứ Năm 26/11, 8:00 → thứ Sáu 27/11, 9:00" in phone.last.text
    assert "thứ Sáu 27/11, 9:00" in people.board.text
    await people.lan.press("Nhận", on=order)
    assert "vừa thay đổi" in people.lan.texts
    assert "✅ Trần Thị Lan" not in people.board.text
    await people.lan.press("Nhận")
    assert "✅ Trần Thị Lan" in people.board.text


async def test_a_new_place_may_be_a_school_or_words(people: People) -> None:
    await people.give()
    await people.leader.press("Đổi nơi", on=people.board)
    await people.leader.say("kim dong")
    assert "Trường Tiểu học Kim Đồng" in people.lan.last.text
    await people.leader.press("Đổi nơi", on=people.board)
    await people.leader.say("Hội trường UBND phường")
    assert "Hội trường UBND phường" in people.lan.last.text


async def test_the_second_of_two_changes_nothing_and_sees_what_the_first_changed(people: People) -> None:
    await people.give()
    await people.leader.say("/bangviec 1")
    old = people.board
    await people.leader.press("Đổi giờ", on=old)
    question = people.leader.last
    assert "Đổi sang lúc nào" in question.text
    await people.leader.press("Đổi hạn", on=old)
    await people.leader.say("2/12")
    # the first question waits and is offered again: its answer is on the work as it was
    await people.leader.say("thứ sáu 9h")
    assert "Chưa đổi gì: Bùi Quốc Hiếu vừa thay đổi" in people.leader.texts
    assert "thứ Sáu 27/11, 9:00" not in people.board.text
    assert "Hạn: thứ Tư 2/12, 17:00" in people.board.text


async def test_a_cancelled_piece_of_work_answers_no_press(people: People) -> None:
    await people.give()
    board = people.board
    await people.leader.press("Hủy phân công", on=board)
    assert "báo cho 2 người?" in people.leader.last.text
    await people.leader.press("Hủy phân công")
    assert "Đã hủy" in people.board.text
    for phone in (people.lan, people.hung):
        assert "đã hủy phân công" in phone.last.text
    order = next(shown for shown in people.lan.screen if "✅ Nhận" in shown.labels)
    await people.lan.press("Nhận", on=order)
    assert "đã hủy, thầy/cô không cần làm" in people.lan.texts
    await people.leader.press("Đổi giờ", on=board)
    assert "đã hủy" in people.leader.last.text


async def test_members_see_no_boards(people: People) -> None:
    await people.give()
    for phone in (people.lan, people.officer):
        await phone.say("/bangviec 1")
        assert "không thuộc quyền" in phone.last.text


async def test_boards_of_confidential_work_show_a_number_to_others_and_the_content_behind_a_press(
    people: People,
) -> None:
    await people.give("giao ra đề Toán HK1: Lan; hạn 10/12")
    await people.secretary.say("/bangviec")
    assert "nhiệm vụ mật số 1" in people.secretary.last.text
    await people.secretary.press("Số 1")
    assert "chỉ tổ trưởng và người nhận xem được" in people.secretary.last.text
    assert "Lan" not in people.secretary.texts
    await people.leader.press("Xem nội dung", on=people.board)
    assert "Trần Thị Lan" in people.leader.last.text
    assert "ra đề Toán HK1" in people.leader.last.text


async def test_another_teams_work_is_not_found(people: People, office: Office, make: Make) -> None:
    await people.give()
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), role=Role.LEADER))
    await other.say("/bangviec 1")
    assert "Không tìm thấy" in other.last.text


async def test_whoever_writes_after_the_order_has_seen_it(people: People, clock: FakeClock) -> None:
    await people.give()
    assert "📨 Trần Thị Lan – đã nhận tin" in (await people.leader.say("/bangviec 1")).text
    clock.advance(300)
    await people.lan.say("/toi")
    assert "👀 Trần Thị Lan – đã xem" in (await people.leader.say("/bangviec 1")).text


async def test_the_letter_to_a_school_is_a_press_on_the_board(people: People) -> None:
    await people.give()
    await people.leader.press("Thư gửi trường", on=people.board)
    assert {"Trần Thị Lan", "Phạm Văn Hùng"} <= {label.strip("✉️ ") for label in people.leader.last.labels}


async def test_the_summary_counts_work_and_names_nobody(people: People, office: Office) -> None:
    from datetime import date

    from bot.assignment_section import assignment_section
    from bot.domain.periods import Period, PeriodKind

    await people.give("giao viết bài cho trang web: Lan; hạn 28/11")
    await people.give("giao ra đề Toán HK1: Lan; hạn 28/11")
    await people.lan.press("Nhận", on=next(each for each in people.lan.screen if "Phân công số 1" in each.text))
    await people.lan.press("Đã xong", on=next(each for each in people.lan.screen if "Phân công số 1" in each.text))
    await people.lan.say("Đã đăng")
    period = Period(PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30))
    async with office.database.read() as uow:
        section = await assignment_section(uow, people.team, period, office.clock())
    assert section.lines == ("Đã phân công 2 việc; hoàn thành 1; quá hạn 0.",)
    assert section.rows == (
        ("1", "viết bài cho trang web", "28/11/2026", "1/1", "xong"),
        ("2", "Nhiệm vụ mật số 2", "28/11/2026", "0/1", "đang làm"),
    )


async def test_the_secretarys_board_follows_with_what_a_secretary_may_do(people: People) -> None:
    await people.give()
    await people.secretary.say("/bangviec 1")
    await people.lan.press("Nhận")
    assert "✅ Trần Thị Lan" in people.secretary.last.text
    assert people.secretary.last.labels == ("🔔 Nhắc người chưa trả lời",)
    assert any("Hủy" in label for label in people.board.labels)


async def test_whoever_left_or_leads_no_more_sees_a_board_no_further(
    people: People, office: Office, clock: FakeClock
) -> None:
    await people.give()
    for phone in (people.secretary, people.deputy):
        await phone.say("/bangviec 1")
    async with office.database.begin() as uow:
        members = {each.name: each for each in await uow.members.current(people.team.id)}
        await uow.members.end(members["Bùi Mỹ Quyên"], now=clock())
        members["Đỗ Thị Nga"].role = Role.MEMBER
    await people.lan.press("Nhận")
    for phone in (people.secretary, people.deputy):
        assert "✅ Trần Thị Lan" not in phone.texts
    assert "✅ Trần Thị Lan" in people.board.text


async def test_a_board_stays_one_message_however_much_is_written(people: People, office: Office, make: Make) -> None:
    others = [office.phone(await make.joined_member(people.team, name=f"Võ Thị Mai {number}")) for number in range(30)]
    await people.give("giao viết bài cho trang web: tất cả; hạn thứ sáu")
    for phone in others:
        await phone.press("Báo bận")
        await phone.say("vì trùng lịch của trường " * 30)
    board = people.board
    assert utf16_length(board.text) <= 4096
    assert "vì trùng lịch của trường" in board.text


async def test_changes_at_one_moment_are_each_counted(people: People, office: Office) -> None:
    await people.give()

    async def change(number: int) -> None:
        async with office.database.begin() as uow:
            work = await uow.assignments.get(1, team_id=people.team.id, lock=True)
            await uow.assignments.note_change(work, {"place": ["", str(number)]}, by=1, now=office.clock())

    await asyncio.gather(*(change(number) for number in range(5)))
    async with office.database.read() as uow:
        changes = await uow.assignments.changes_since(1, 1)
    assert [each.version for each in changes] == [2, 3, 4, 5, 6]
