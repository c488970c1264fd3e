"""The report computed from facts: every number with the activities behind it."""

from __future__ import annotations

from datetime import date

from bot.domain.advice_themes import recurring_phrases
from bot.domain.duty import Absence, Standing
from bot.domain.hidden_names import hide_names
from bot.domain.periods import Period, PeriodKind
from bot.domain.report_figures import FigureGroup, find_source, sources_of
from bot.domain.report_model import SectionKind
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
    assert sources_of(model) == ()
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


def test_a_phrase_that_one_report_repeats_does_not_recur() -> None:
    assert recurring_phrases([visit(1, advice="nhóm đôi, nhóm đôi, nhóm đôi")]) == ()


def test_teachers_who_were_observed_are_not_named_to_the_office() -> None:
    assert hide_names("Cô Lan dạy tốt, thầy Trần Văn Hùng còn nói nhanh") == "Cô … dạy tốt, thầy … còn nói nhanh"
    assert hide_names("Nguyễn Thị Hoa Mai dạy ở trường Nguyễn Du") == "… dạy ở trường Nguyễn Du"
    for harmless in ("cô giáo nhẹ nhàng", "GV Toán khối 4", "TH Lê Hồng Phong", "học sinh tích cực", "Tiếng Việt"):
        assert hide_names(harmless) == harmless


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
