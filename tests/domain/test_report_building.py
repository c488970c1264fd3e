"""The report computed from facts: every number with the activities behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.advice_themes import recurring_phrases
from bot.domain.duty import Absence, Standing
from bot.domain.periods import Period, PeriodKind
from bot.domain.report_figures import FigureGroup, find_source, sources_of
from bot.domain.report_model import Section, SectionKind, Tally
from bot.domain.report_readers import for_office
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, LeaveStatus, Role
from tests.domain.reports import NOVEMBER, member, report, visit

ILL = Absence(date(2026, 11, 1), date(2026, 11, 30), LeaveStatus.GRANTED, "nghỉ ốm")
ASKED = Absence(date(2026, 11, 9), date(2026, 11, 12), LeaveStatus.ASKED, "con ốm")


def test_an_empty_month_owes_everything_and_has_no_sources() -> None:
    model = report()
    assert model.duty.count(0, Standing.OWES) == 2
    assert [source.group for source in sources_of(model)] == [FigureGroup.OWING, FigureGroup.NOT_VISITED]
    assert [source.group for source in sources_of(model, names=False)] == [FigureGroup.NOT_VISITED]
    assert (len(model.not_visited), model.schools) == (3, 3)
    assert model.section(SectionKind.MEETINGS).is_empty


def test_reasons_are_told_for_leave_and_for_requests_nobody_answered() -> None:
    model = report(visit(), members=[member(1), member(2, absences=[ILL]), member(3, absences=[ASKED]), member(4)])
    [(_, away)] = model.duty.those(0, Standing.ON_LEAVE)
    assert away.reason == "nghỉ ốm"
    owing = [(person.id, month.reason, month.waits) for person, month in model.duty.those(0, Standing.OWES)]
    assert owing == [(3, "con ốm", True), (4, "", False)]
    assert model.duty.bound(0) == 3


def test_officers_owe_nothing_and_are_not_listed() -> None:
    model = report(members=[member(1), member(2, role=Role.OFFICER)])
    assert [each.person.id for each in model.duty.members] == [1]


def test_who_left_stands_in_the_months_they_belonged_to_and_owes_none_after() -> None:
    autumn = Period.between(date(2026, 9, 1), date(2026, 11, 30))
    left = [replace(member(2), until=date(2026, 10, 14)), replace(member(3), until=date(2026, 9, 2))]
    model = report(visit(1, day=date(2026, 9, 5), members=(2,)), members=[member(1), *left], period=autumn)
    told = {each.person.id: [month.standing for month in each.months] for each in model.duty.members}
    assert told == {1: [Standing.OWES] * 3, 2: [Standing.MET, Standing.EXEMPT, Standing.EXEMPT]}


def test_numbers_agree_with_the_activities_behind_them() -> None:
    model = report(
        visit(1, subject="Toán", group="4A", advice="tăng thời gian nhóm đôi"),
        visit(2, subject="Toán", group="4B", kind=ActivityKind.INSPECTION, members=(1, 2)),
        visit(3, school_code="ND", school="TH Nguyễn Du", exemplary=True, strengths="lớp sôi nổi"),
    )
    assert {(each.label, each.count) for each in model.by_school} == {("TH Phú Hòa 1", 2), ("TH Nguyễn Du", 1)}
    assert model.by_subject[0].visits == (1, 2)
    assert model.not_visited == ("TH Lê Hồng Phong",)
    assert model.exemplary[0].text == "lớp sôi nổi"
    for source in sources_of(model):
        assert find_source(model, source.key) == source
        assert set(source.figure.visits) <= {1, 2, 3}
    duty = next(source for source in sources_of(model) if source.group is FigureGroup.DUTY)
    assert duty.figure.visits == (1, 2, 3)


def test_months_that_have_not_begun_and_summer_months_owe_nothing() -> None:
    year = Period.between(date(2026, 9, 1), date(2027, 5, 31))
    assert year.kind is PeriodKind.YEAR
    assert report(period=year, today=date(2026, 11, 3)).duty.months == (
        Month(2026, 9),
        Month(2026, 10),
        Month(2026, 11),
    )
    summer = Period.between(date(2027, 6, 1), date(2027, 7, 31))
    assert report(period=summer, today=date(2027, 8, 1)).duty.months == ()


def test_months_before_there_was_a_team_owe_nothing_unless_somebody_reported_for_them() -> None:
    semester = Period.between(date(2026, 9, 1), date(2027, 1, 15))
    new = report(period=semester, today=date(2026, 11, 28), founded=date(2026, 11, 20))
    assert new.duty.months == (Month(2026, 11),)
    late = report(visit(day=date(2026, 10, 8)), period=semester, today=date(2026, 11, 28), founded=date(2026, 11, 20))
    assert late.duty.months == (Month(2026, 10), Month(2026, 11))
    before = Period.between(date(2026, 9, 1), date(2026, 10, 31))
    assert report(period=before, today=date(2026, 11, 28), founded=date(2026, 11, 20)).duty.months == ()


def test_periods_are_named_by_their_days() -> None:
    assert NOVEMBER.kind is PeriodKind.MONTH
    assert Period.between(date(2026, 9, 1), date(2027, 1, 15)).kind is PeriodKind.SEMESTER
    assert Period.between(date(2027, 1, 16), date(2027, 5, 31)).kind is PeriodKind.SEMESTER
    assert Period.between(date(2026, 9, 1), date(2026, 9, 2)).kind is PeriodKind.RANGE
    assert Period.parse(NOVEMBER.key) == NOVEMBER


def test_advice_is_grouped_by_subject_and_grade_the_most_frequent_first() -> None:
    model = report(
        visit(1, subject="Tiếng Việt", group="2/3", advice="cho đọc nhóm"),
        visit(2, subject="Toán", group="4A", advice="a"),
        visit(3, subject="Toán", group="Khối 4", encouragement="b"),
        visit(4, subject="Toán", group="4B"),
    )
    assert [(theme.subject, theme.grade, len(theme.quotes)) for theme in model.themes] == [
        ("Toán", "4", 2),
        ("Tiếng Việt", "2", 1),
    ]


def test_phrases_recur_with_and_without_marks_and_are_shown_with_them() -> None:
    phrases = recurring_phrases(
        [
            visit(1, advice="tang thoi gian nhom doi cho em yeu"),
            visit(2, difficulties="Chưa tăng thời gian nhóm đôi."),
            visit(3, advice="cần tăng thời gian nhóm đôi; dùng đồ dùng trực quan"),
            visit(4, difficulties="thiếu đồ dùng trực quan"),
        ]
    )
    assert [(each.words, each.visits) for each in phrases] == [
        ("tăng thời gian nhóm đôi", (1, 2, 3)),
        ("đồ dùng trực quan", (3, 4)),
    ]


def test_a_sentence_that_recurs_is_told_whole_with_the_small_words_at_its_ends() -> None:
    phrases = recurring_phrases(
        [visit(number, difficulties="Một số em ngồi cuối lớp ít được gọi. Còn ít.") for number in (1, 2)]
    )
    assert [each.words for each in phrases] == ["một số em ngồi cuối lớp ít được gọi"]


def test_what_is_to_be_looked_at_again_is_told_in_the_order_of_its_days() -> None:
    late, soon = date(2026, 12, 20), date(2026, 12, 3)
    model = report(visit(1, follow_up_on=late, advice="a"), visit(2, follow_up_on=soon, advice="b"))
    assert [each.day for each in model.follow_ups] == [soon, late]


def test_a_phrase_that_one_report_repeats_does_not_recur() -> None:
    assert recurring_phrases([visit(1, advice="nhóm đôi, nhóm đôi, nhóm đôi")]) == ()


def test_what_other_parts_of_the_report_say_names_nobody_who_was_observed() -> None:
    section = Section(
        SectionKind.MEETINGS,
        ("Chuyên đề Toán – cần nhân rộng: cô Lan dẫn dắt khéo",),
        ("Ngày", "Nội dung"),
        (("05/11/2026", "cô lan dạy mẫu"),),
        tallies=(Tally("held", "Cuộc họp", ("cô lan dạy mẫu",)),),
    )
    outside = for_office(report(sections=[section]), settings=TeamSettings()).section(SectionKind.MEETINGS)
    assert outside.lines == ("Chuyên đề Toán – cần nhân rộng: cô … dẫn dắt khéo",)
    assert outside.rows == (("05/11/2026", "cô … dạy mẫu"),)
    assert outside.tallies[0].lines == ("cô … dạy mẫu",)


def test_members_are_numbers_in_the_lists_of_those_to_whom_they_are_not_named() -> None:
    tally = Tally("members", "Kế hoạch cá nhân", ("Lê Thị Lan: 2 mục", "Tháng 11/2026: dự giờ"))
    section = Section(SectionKind.PLAN, ("2 bản",), ("Tên",), (("Lê Thị Lan",),), person_column=0, tallies=(tally,))
    model = report(members=[member(1, "Lê Thị Lan")], sections=[section])
    outside = for_office(model, settings=TeamSettings()).section(SectionKind.PLAN)
    assert outside.rows == (("Tổ viên 1",),)
    assert outside.tallies[0].lines == ("Tổ viên 1: 2 mục", "Tháng 11/2026: dự giờ")


def test_words_that_every_note_has_are_no_theme_and_a_long_phrase_is_told_whole() -> None:
    note = "Hoạt động nhóm còn hình thức ở phần cuối của tiết"
    phrases = recurring_phrases([visit(number, difficulties=note, advice="học sinh; giáo viên") for number in (1, 2)])
    assert [each.words for each in phrases] == [note.lower()]


def test_every_number_of_a_section_can_be_asked_for() -> None:
    tallies = (Tally("all", "Việc đã phân công", ("Số 1: ra đề", "Số 2: chấm thi")), Tally("done", "Hoàn thành", ()))
    model = report(sections=[Section(SectionKind.ASSIGNMENTS, ("Đã phân công 2 việc",), tallies=tallies)])
    [source] = [each for each in sources_of(model) if each.group is FigureGroup.ASSIGNMENTS]
    assert (source.count, source.lines) == (2, ("Số 1: ra đề", "Số 2: chấm thi"))
    assert find_source(model, "assignments:all") == source


def test_the_office_reads_the_same_numbers_without_names() -> None:
    model = report(visit(1, exemplary=True, strengths="Cô Lan dẫn dắt khéo", advice="cô Lan chậm lại"))
    outside = for_office(model, settings=TeamSettings())
    assert outside.exemplary[0].text == "Cô … dẫn dắt khéo"
    assert outside.themes[0].quotes[0].text == outside.visits[0].advice == "cô … chậm lại"
    assert [each.person.name for each in outside.duty.members] == ["Tổ viên 1", "Tổ viên 2"]
    assert outside.by_school == model.by_school
    open_team = TeamSettings(office_sees_members=True, office_sees_observed=True)
    assert for_office(model, settings=open_team) == model


def test_three_hundred_long_notes_take_no_time() -> None:
    words = "Giáo viên cần tăng thời gian hoạt động nhóm đôi cho học sinh yếu. " * 60
    visits = [visit(number, advice=words, difficulties=words[::-1]) for number in range(300)]
    assert report(*visits).phrases[0].visits == tuple(range(300))
