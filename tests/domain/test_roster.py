"""What a spreadsheet does to a team's people."""

from __future__ import annotations

import pytest

from bot.domain.roster import MemberEntry, ProblemCode, SchoolEntry, Severity
from bot.domain.vocabulary import Role
from tests.rosters import FakeTeam, find_problems, make_sheet, people, schools, three_schools


def test_a_row_becomes_a_member_with_school_phone_and_charge() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "Tổ phó", "Tiểu học Kim Đồng", 912345000, "PH1; LHP")), three_schools())
    assert plan.members_to_add == (
        MemberEntry(name="Lê Lan", role=Role.DEPUTY, phone="0912345000", school="KD", in_charge=("PH1", "LHP")),
    )
    assert not plan.problems


@pytest.mark.parametrize(
    "written", ["KD", "kđ", "Kim Đồng", "TH Kim Đồng", "TRƯỜNG TIỂU HỌC KIM ĐỒNG", "Truong TH Kim Dong"]
)
def test_a_school_is_known_by_code_alias_and_every_form_of_its_name(written: str) -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", written)), three_schools())
    assert plan.members_to_add[0].school == "KD"


def test_a_school_that_is_not_listed_is_pointed_out_and_not_invented() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "Tiểu học X", "", "PH1, Tiểu học Y")), three_schools())
    places = [(each.severity, each.row, each.column, each.facts["school"]) for each in plan.problems]
    assert places == [(Severity.WARNING, 2, "C", "Tiểu học X"), (Severity.WARNING, 2, "E", "Tiểu học Y")]
    assert plan.members_to_add[0].school is None
    assert plan.members_to_add[0].in_charge == ("PH1",)
    assert len(plan.schools_to_add) == 3


def test_a_name_that_two_schools_bear_is_left_to_a_person() -> None:
    two = schools(("A", "Tiểu học Lê Văn Tám", "", "Hiệp An"), ("B", "Tiểu học Lê Văn Tám", "", "Hòa Phú"))
    plan = FakeTeam().plan(people(("Lê Lan", "", "Lê Văn Tám")), two)
    assert plan.members_to_add[0].school is None
    assert [each.column for each in find_problems(plan, ProblemCode.SCHOOL_AMBIGUOUS)] == ["C"]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("TỔ TRƯỞNG", Role.LEADER),
        ("tổ phó", Role.DEPUTY),
        ("Tổ phó 2", Role.DEPUTY),
        ("Thư kí", Role.SECRETARY),
        ("Thành viên", Role.MEMBER),
        ("", Role.MEMBER),
        ("Cán bộ phụ trách", Role.OFFICER),
        ("Chuyên viên (Phòng GDĐT)", Role.OFFICER),
    ],
)
def test_roles_are_known_in_the_words_of_rosters(written: str, role: Role) -> None:
    plan = FakeTeam().plan(people(("Lê Lan", written)))
    assert plan.members_to_add[0].role is role
    assert not plan.problems


@pytest.mark.parametrize("written", ["Tổ trưởng chuyên môn", "Hiệu trưởng", "Tổ trưởng khối 4"])
def test_an_office_at_a_school_is_no_role_in_the_team(written: str) -> None:
    plan = FakeTeam().plan(people(("Lê Lan", written)))
    assert plan.members_to_add[0].role is Role.MEMBER
    assert [(each.code, each.row, each.column) for each in plan.problems] == [(ProblemCode.ROLE_UNKNOWN, 2, "B")]


def test_of_two_roles_the_first_is_taken_and_pointed_out() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "Tổ phó kiêm thư ký")))
    assert plan.members_to_add[0].role is Role.DEPUTY
    assert [each.code for each in plan.problems] == [ProblemCode.ROLE_SEVERAL]


def test_a_note_is_reported_for_somebody_to_use() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "", "", "", "nghỉ hộ sản")))
    assert [(each.code, each.row, each.column, each.value) for each in plan.problems] == [
        (ProblemCode.NOTE_UNUSED, 2, "F", "nghỉ hộ sản")
    ]


def test_a_row_without_a_name_stops_the_import() -> None:
    plan = FakeTeam().plan(people(("", "Tổ viên", "", "0912345000"), ("#N/A", "Tổ viên")))
    assert plan.has_errors
    assert [(each.row, each.column) for each in find_problems(plan, ProblemCode.NAME_MISSING)] == [(2, "A"), (3, "A")]


def test_what_is_no_number_is_left_out_and_pointed_out() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "", "091234"), ("Lê Mai", "", "", "0912345000 - 0987654321")))
    assert [member.phone for member in plan.members_to_add] == [None, "0912345000"]
    assert [each.code for each in plan.problems] == [ProblemCode.PHONE_UNREADABLE, ProblemCode.PHONE_SEVERAL]


def test_the_same_person_twice_is_added_once_and_both_rows_are_named() -> None:
    plan = FakeTeam().plan(
        people(("Lê Lan", "", "KD", "0912345000"), ("Mai Hoa",), ("LÊ LAN", "", "PH1", "+84 912 345 000")),
        three_schools(),
    )
    assert [member.name for member in plan.members_to_add] == ["Lê Lan", "Mai Hoa"]
    assert [(each.code, each.row, each.facts["other_row"]) for each in plan.problems] == [
        (ProblemCode.MEMBER_REPEATED, 4, 2)
    ]


def test_what_a_skipped_row_says_is_not_complained_about() -> None:
    plan = FakeTeam().plan(people(("Lê Lan",), ("Lê Lan", "", "Trường X", "", "", "trùng")))
    assert [each.code for each in plan.problems] == [ProblemCode.MEMBER_REPEATED]


def test_namesakes_of_other_schools_are_two_people() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "KD"), ("Lê Lan", "", "PH1")), three_schools())
    assert [member.school for member in plan.members_to_add] == ["KD", "PH1"]
    assert [each.code for each in plan.problems] == [ProblemCode.MEMBER_NAMESAKE]


def test_names_that_differ_in_a_mark_are_two_people() -> None:
    plan = FakeTeam().plan(people(("Trần Văn Hùng",), ("Trần Văn Hưng",)))
    assert len(plan.members_to_add) == 2
    assert not plan.problems


def test_a_number_given_for_two_names_stays_with_the_first() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "", "0912345000"), ("Mai Hoa", "", "", "0912345000")))
    assert [member.phone for member in plan.members_to_add] == ["0912345000", None]
    [problem] = plan.problems
    assert (problem.code, problem.row, problem.column) == (ProblemCode.PHONE_TAKEN, 3, "D")
    assert (problem.facts["other_name"], problem.facts["other_row"]) == ("Lê Lan", 2)


def test_a_number_of_a_member_under_another_name_stays_with_that_member() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="Mai Hoa", phone="0912345000"))
    plan = team.plan(people(("Lê Lan", "", "", "0912345000")))
    assert plan.members_to_add == (MemberEntry(name="Lê Lan"),)
    assert [(each.code, each.facts["other_name"]) for each in plan.problems] == [(ProblemCode.PHONE_TAKEN, "Mai Hoa")]


def test_a_number_handed_on_within_the_file_is_free_for_the_next() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="Mai Hoa", phone="0912345000", school="KD"))
    team.add_school(SchoolEntry(code="KD", name="Tiểu học Kim Đồng"))
    plan = team.plan(people(("Lê Lan", "", "", "0912345000"), ("Mai Hoa", "", "KD", "0987654321")))
    team.carry_out(plan)
    assert {member.name: member.phone for member in team.members} == {"Mai Hoa": "0987654321", "Lê Lan": "0912345000"}
    assert [each.code for each in plan.problems] == [ProblemCode.PHONE_CHANGED]


def test_two_leaders_in_the_file_are_an_error_that_names_both() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "Tổ trưởng"), ("Mai Hoa", "Tổ trưởng")))
    [problem] = plan.problems
    assert plan.has_errors
    assert (problem.code, problem.row, problem.column) == (ProblemCode.LEADER_SECOND, 3, "B")
    assert (problem.facts["name"], problem.facts["other_name"]) == ("Mai Hoa", "Lê Lan")


def test_a_leader_beside_the_one_there_is_is_an_error_that_names_both() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="Mai Hoa", role=Role.LEADER))
    plan = team.plan(people(("Lê Lan", "Tổ trưởng"), ("Mai Hoa", "Tổ viên")))
    [second] = find_problems(plan, ProblemCode.LEADER_SECOND)
    assert (second.facts["name"], second.facts["other_name"]) == ("Lê Lan", "Mai Hoa")


def test_the_leader_of_the_installation_is_met_by_name_and_given_number_and_school() -> None:
    team = FakeTeam()
    leader = team.add_member(MemberEntry(name="Bùi Quốc Hiếu", role=Role.LEADER))
    plan = team.plan(people(("BÙI QUỐC HIẾU", "Tổ trưởng", "KD", "0912345000")), three_schools())
    assert not plan.members_to_add
    [change] = plan.members_to_change
    assert change.id == leader.id
    assert {each.field: each.after for each in change.changes} == {"phone": "0912345000", "school": "KD"}


def test_a_leader_typed_without_marks_gets_their_name_as_the_file_writes_it() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="bui quoc hieu", role=Role.LEADER))
    [change] = team.plan(people(("Bùi Quốc Hiếu", "Tổ trưởng"))).members_to_change
    assert [(each.field, each.after) for each in change.changes] == [("name", "Bùi Quốc Hiếu")]


def test_a_file_without_marks_takes_none_away() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="Bùi Quốc Hiếu", phone="0912345000"))
    plan = team.plan(people(("BUI QUOC HIEU", "", "", "0912345000")))
    assert plan.is_empty
    assert plan.members_unchanged == 1


def test_no_file_takes_the_office_from_the_leader() -> None:
    team = FakeTeam()
    team.add_member(MemberEntry(name="Lê Lan", role=Role.LEADER))
    plan = team.plan(people(("Lê Lan", "Tổ viên")))
    assert plan.is_empty
    assert [(each.severity, each.code) for each in plan.problems] == [(Severity.WARNING, ProblemCode.LEADER_KEPT)]


def test_blank_cells_erase_nothing() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(people(("Lê Lan", "Thư ký", "KD", "0912345000", "PH1")), three_schools()))
    plan = team.plan(people(("Lê Lan",)))
    assert plan.is_empty


def test_a_change_tells_what_was_and_what_will_be() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(people(("Lê Lan", "", "KD", "", "PH1")), three_schools()))
    [change] = team.plan(people(("Lê Lan", "Thư ký", "LHP", "", "KD; LHP"))).members_to_change
    assert [(each.field, each.before, each.after) for each in change.changes] == [
        ("role", "member", "secretary"),
        ("school", "KD", "LHP"),
        ("in_charge", ("PH1",), ("KD", "LHP")),
    ]


def test_the_order_of_schools_in_charge_is_no_change() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(people(("Lê Lan", "", "KD", "", "PH1; LHP")), three_schools()))
    assert team.plan(people(("Lê Lan", "", "KD", "", "LHP; PH1"))).is_empty


def test_a_new_number_at_the_same_school_is_a_change_to_look_at() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(people(("Lê Lan", "", "KD", "0912345000")), three_schools()))
    plan = team.plan(people(("Lê Lan", "", "KD", "0987654321")))
    assert not plan.members_to_add
    assert [(each.code, each.facts["before"]) for each in plan.problems] == [(ProblemCode.PHONE_CHANGED, "0912345000")]


def test_another_number_at_another_school_is_another_person() -> None:
    team = FakeTeam()
    team.carry_out(team.plan(people(("Lê Lan", "", "KD", "0912345000")), three_schools()))
    plan = team.plan(people(("Lê Lan", "", "PH1", "0987654321")))
    assert [member.school for member in plan.members_to_add] == ["PH1"]
    assert [each.code for each in plan.problems] == [ProblemCode.MEMBER_NAMESAKE]


def test_names_in_capitals_are_written_with_capital_initials() -> None:
    plan = FakeTeam().plan(people(("  NGUYỄN THỊ THỦY ",), ("H'NIÊ ÊBAN",), ("Lê thị Lan",), ("3. TRẦN ĐỨC",)))
    assert [member.name for member in plan.members_to_add] == [
        "Nguyễn Thị Thủy",
        "H'Niê Êban",
        "Lê thị Lan",
        "Trần Đức",
    ]


def test_a_name_parted_into_two_columns_is_one() -> None:
    sheet = make_sheet("DS", ("STT", "Họ và chữ đệm", "Tên", "SĐT"), (1, "Nguyễn Thị", "Lan", 912345000))
    assert FakeTeam().plan(sheet).members_to_add == (MemberEntry(name="Nguyễn Thị Lan", phone="0912345000"),)
