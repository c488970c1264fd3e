"""What a spreadsheet does to a team's schools."""

from __future__ import annotations

from bot.domain.roster import ProblemCode, SchoolEntry, Severity
from tests.rosters import FakeTeam, find_problems, people, schools


def codes(*names: str) -> list[str]:
    return [school.code for school in FakeTeam().plan(schools(*(("", name) for name in names))).schools_to_add]


def test_a_school_is_added_with_its_aliases_and_area() -> None:
    plan = FakeTeam().plan(schools(("kd", "TIỂU HỌC KIM ĐỒNG", "KĐ; Kim Đồng A,\nKĐA", "PHÚ HÒA")))
    assert plan.schools_to_add == (
        SchoolEntry(code="KD", name="Tiểu học Kim Đồng", aliases=("KĐ", "Kim Đồng A", "KĐA"), area="Phú Hòa"),
    )


def test_a_school_without_a_code_gets_its_initials() -> None:
    assert codes("Tiểu học Phú Hòa 1", "Trường TH Lê Thị Hồng Gấm", "Kim Đồng") == ["PH1", "LTHG", "KD"]


def test_initials_that_are_taken_are_made_longer() -> None:
    assert codes("Phú Thọ", "Phú Tân", "Phú Thạnh", "Phú Thọ 2") == ["PT", "PTA", "PTH", "PT2"]


def test_a_derived_code_leaves_those_written_in_the_file_alone() -> None:
    plan = FakeTeam().plan(schools(("", "Phú Thọ"), ("PT", "Phú Tân")))
    assert [school.code for school in plan.schools_to_add] == ["PTH", "PT"]


def test_a_derived_code_leaves_those_of_merged_schools_alone() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="PT", name="Phú Tân"), is_active=False)
    assert [school.code for school in team.plan(schools(("", "Phú Thọ"))).schools_to_add] == ["PTH"]


def test_the_code_of_a_merged_school_is_not_given_again() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="PT", name="Phú Tân"), is_active=False)
    plan = team.plan(schools(("PT", "Phú Thọ")))
    assert [(each.severity, each.code, each.column) for each in plan.problems] == [
        (Severity.ERROR, ProblemCode.SCHOOL_CODE_RETIRED, "A")
    ]


def test_a_school_keeps_the_code_it_was_given_first() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(schools(("", "Phú Thọ"), ("", "Phú Tân"))))
    assert team.plan(schools(("", "Phú Tân"), ("", "Phú Thọ"))).is_empty


def test_another_code_for_a_known_school_is_not_used() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"))
    plan = team.plan(schools(("KIM", "TH Kim Đồng")))
    assert plan.is_empty
    assert [(each.code, each.facts["code"]) for each in plan.problems] == [(ProblemCode.SCHOOL_CODE_KEPT, "KD")]


def test_another_name_under_a_known_code_renames_the_school() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"))
    [change] = team.plan(schools(("KD", "Tiểu học Võ Thị Sáu"))).schools_to_change
    assert [(each.field, each.before, each.after) for each in change.changes] == [
        ("name", "Tiểu học Kim Đồng", "Tiểu học Võ Thị Sáu")
    ]


def test_the_code_of_one_school_and_the_name_of_another_are_an_error() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"))
    team.add_school(SchoolEntry(code="PT", name="Tiểu học Phú Thọ"))
    plan = team.plan(schools(("KD", "Tiểu học Phú Thọ")))
    assert plan.has_errors
    assert [each.code for each in plan.problems] == [ProblemCode.SCHOOL_CONFLICT]


def test_aliases_only_grow_and_the_area_follows_the_file() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng", aliases=("KĐ",), area="Phú Hòa"))
    [change] = team.plan(schools(("KD", "Kim Đồng", "kđ; Đồng A", "Hiệp An"))).schools_to_change
    assert {each.field: each.after for each in change.changes} == {"aliases": ("KĐ", "Đồng A"), "area": "Hiệp An"}


def test_a_school_twice_in_the_file_is_added_once_and_both_rows_are_named() -> None:
    plan = FakeTeam().plan(schools(("", "Tiểu học Kim Đồng"), ("", "TH KIM ĐỒNG")))
    assert len(plan.schools_to_add) == 1
    assert [(each.code, each.row, each.facts["other_row"]) for each in plan.problems] == [
        (ProblemCode.SCHOOL_REPEATED, 3, 2)
    ]


def test_schools_of_one_name_in_two_areas_are_two_schools() -> None:
    team = FakeTeam()
    sheet = schools(("", "Lê Văn Tám", "", "Hiệp An"), ("", "Lê Văn Tám", "", "Hòa Phú"))
    plan = team.plan(sheet)
    assert [school.code for school in plan.schools_to_add] == ["LVT", "LVTA"]
    assert [each.code for each in plan.problems] == [ProblemCode.SCHOOL_NAMESAKE]
    team.carry_out(plan)
    assert team.plan(sheet).is_empty


def test_one_code_for_two_schools_is_an_error_that_names_both() -> None:
    plan = FakeTeam().plan(schools(("PT", "Phú Thọ"), ("PT", "Phú Tân")))
    [problem] = find_problems(plan, ProblemCode.SCHOOL_CODE_REPEATED)
    assert plan.has_errors
    assert (problem.row, problem.column) == (3, "A")
    assert (problem.facts["other_row"], problem.facts["other_name"]) == (2, "Phú Thọ")


def test_a_school_without_a_name_is_an_error() -> None:
    plan = FakeTeam().plan(schools(("PT", "", "", "Phú Hòa")))
    assert [(each.severity, each.code, each.column) for each in plan.problems] == [
        (Severity.ERROR, ProblemCode.SCHOOL_NAME_MISSING, "B")
    ]


def test_a_member_may_work_at_a_school_that_the_team_has_and_the_file_does_not() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"))
    assert team.plan(people(("Lê Lan", "", "Kim Đồng"))).members_to_add[0].school == "KD"


def test_nobody_works_at_a_merged_school_any_more() -> None:
    team = FakeTeam()
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"), is_active=False)
    plan = team.plan(people(("Lê Lan", "", "Kim Đồng")))
    assert [each.code for each in plan.problems] == [ProblemCode.SCHOOL_UNKNOWN]
