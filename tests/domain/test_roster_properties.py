"""Whatever a roster looks like, the plan is that of its clean form, and a plan is carried out once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.roster import MemberEntry, RawSheet
from bot.domain.roster_headings import Column
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from tests.rosters import FakeTeam, Value, make_sheet, schools

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Tống")
_MIDDLE = ("Thị", "Văn", "Hoàng", "Ngọc Bảo")
_GIVEN = ("Lan", "Lân", "Hùng", "Hưng", "Thủy", "Đức", "Uyên")
_SCHOOL_NAMES = ("Phú Hòa 1", "Phú Hòa 2", "Lê Hồng Phong", "Kim Đồng", "Phú Thọ", "Phú Tân")
_ROLES = {
    Role.DEPUTY: ("Tổ phó", "tổ phó", "TỔ PHÓ", "Tổ phó 1"),
    Role.SECRETARY: ("Thư ký", "Thư kí", "THƯ KÝ"),
    Role.MEMBER: ("Tổ viên", "Thành viên", "thanh vien", ""),
    Role.OFFICER: ("Chuyên viên", "Cán bộ phụ trách"),
}
_HEADINGS = {
    Column.ORDINAL: ("STT", "TT"),
    Column.NAME: ("Họ và tên", "HỌ TÊN ", "Họ và tên (viết hoa)", "Ho ten"),
    Column.ROLE: ("Vai trò", "NHIỆM VỤ", "Chức vụ"),
    Column.SCHOOL: ("Đơn vị công tác", "Trường TH", "ĐƠN VỊ"),
    Column.PHONE: ("Điện thoại", "SĐT", "Số điện thoại", "SỐ ĐT"),
    Column.CHARGE: ("Trường phụ trách", "PHỤ TRÁCH"),
}
_PHONE_FORMS: tuple[Callable[[str], Value], ...] = (
    lambda phone: phone,
    lambda phone: int(phone),
    lambda phone: f"{phone[:4]}.{phone[4:7]}.{phone[7:]}",
    lambda phone: f"+84 {phone[1:4]} {phone[4:7]} {phone[7:]}",
)
_SCHOOL_FORMS: tuple[Callable[[str], str], ...] = (
    lambda name: name,
    lambda name: f"Tiểu học {name}",
    lambda name: f"TRƯỜNG TIỂU HỌC {name.upper()}",
    lambda name: f"  TH {name} ",
)
_NAME_FORMS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, lambda name: f" {name}  ")

names = st.tuples(st.sampled_from(_FAMILY), st.sampled_from(_MIDDLE), st.sampled_from(_GIVEN)).map(" ".join)
phones = st.integers(0, 40).map(lambda number: f"0912345{number:03d}")


@dataclass(frozen=True)
class Person:
    """A row before it is written down."""

    name: str
    role: Role
    phone: str | None
    school: str
    in_charge: tuple[str, ...]


rosters_of_people = st.lists(
    st.builds(
        Person,
        name=names,
        role=st.sampled_from(sorted(_ROLES)),
        phone=st.none() | phones,
        school=st.sampled_from(_SCHOOL_NAMES),
        in_charge=st.lists(st.sampled_from(_SCHOOL_NAMES), max_size=2, unique=True).map(tuple),
    ),
    max_size=8,
)


def write_clean(people: Sequence[Person]) -> tuple[RawSheet, RawSheet]:
    """The roster as the template asks for it."""
    columns = (Column.NAME, Column.ROLE, Column.SCHOOL, Column.PHONE, Column.CHARGE)
    rows = [(each.name, _ROLES[each.role][0], each.school, each.phone, "; ".join(each.in_charge)) for each in people]
    listed = [(f"Tiểu học {name}",) for name in _SCHOOL_NAMES]
    return (
        make_sheet("Trường", ("Tên trường",), *listed),
        make_sheet("Thành viên", [_HEADINGS[column][0] for column in columns], *rows),
    )


@st.composite
def messy_sheets(draw: st.DrawFn, people: Sequence[Person]) -> tuple[RawSheet, ...]:
    """The same roster as people really write it: titles, other orders, forms, cases and Unicode."""

    def vary(forms: Sequence[str]) -> str:
        return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), draw(st.sampled_from(forms)))

    def write(column: Column, number: int, person: Person) -> Value:
        match column:
            case Column.NAME:
                return vary([form(person.name) for form in _NAME_FORMS])
            case Column.ROLE:
                return vary(_ROLES[person.role])
            case Column.SCHOOL:
                return vary([form(person.school) for form in _SCHOOL_FORMS])
            case Column.PHONE:
                return draw(st.sampled_from(_PHONE_FORMS))(person.phone) if person.phone else None
            case Column.CHARGE:
                written = [vary([form(school) for form in _SCHOOL_FORMS]) for school in person.in_charge]
                return draw(st.sampled_from([";", "; ", ", ", "\n"])).join(written)
            case _:
                return number

    columns = draw(st.permutations(sorted(_HEADINGS)))
    titles = draw(st.lists(st.sampled_from([(), ("DANH SÁCH TỔ MẠNG LƯỚI",), ("Năm học 2026-2027",)]), max_size=8))
    rows = [[write(column, number, each) for column in columns] for number, each in enumerate(people, start=1)]
    total = [()] if draw(st.booleans()) else [(None, f"Tổng cộng: {len(people)} người")]
    listed = [(vary([form(name) for form in _SCHOOL_FORMS[1:]]),) for name in _SCHOOL_NAMES]
    sheets = [
        make_sheet("DS", *titles, [vary(_HEADINGS[column]) for column in columns], *rows, *total),
        make_sheet("Trang 2", *titles, (vary(("Tên trường", "TÊN TRƯỜNG", "Đơn vị")),), *listed),
    ]
    return tuple(draw(st.permutations(sheets)))


@given(data=st.data(), people=rosters_of_people)
def test_a_messy_roster_gives_the_plan_of_its_clean_form(data: st.DataObject, people: list[Person]) -> None:
    messy = data.draw(messy_sheets(people))
    clean_plan, messy_plan = FakeTeam().plan(*write_clean(people)), FakeTeam().plan(*messy)
    assert messy_plan.members_to_add == clean_plan.members_to_add
    assert [each.code for each in messy_plan.schools_to_add] == [each.code for each in clean_plan.schools_to_add]
    assert messy_plan.has_errors == clean_plan.has_errors
    assert messy_plan.has_warnings == clean_plan.has_warnings


members_before = st.lists(
    st.builds(
        MemberEntry,
        name=st.one_of(names, names.map(str.upper)),
        role=st.sampled_from([Role.MEMBER, Role.DEPUTY]),
        phone=st.none() | phones,
        school=st.none() | st.just("PH1"),
    ),
    max_size=5,
)


@given(people=rosters_of_people, before=members_before, has_leader=st.booleans())
def test_a_plan_carried_out_leaves_nothing_to_do(
    people: list[Person], before: list[MemberEntry], has_leader: bool
) -> None:
    team = FakeTeam()
    team.carry_out(team.plan(write_clean([])[0]))
    for index, entry in enumerate(before):
        team.add_member(replace(entry, role=Role.LEADER) if has_leader and index == 0 else entry)
    team.carry_out(team.plan(*write_clean(people)))
    assert team.plan(*write_clean(people)).is_empty


@given(people=rosters_of_people, before=members_before)
def test_no_import_gives_one_number_to_two_people(people: list[Person], before: list[MemberEntry]) -> None:
    team = FakeTeam()
    for entry in {each.phone: each for each in before}.values():
        team.add_member(entry)
    team.carry_out(team.plan(*write_clean(people)))
    numbers = [member.phone for member in team.members if member.phone]
    assert len(numbers) == len(set(numbers))


cells = st.one_of(
    st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(),
    st.sampled_from(["Tên", "Mã", "Tổ trưởng", "Tổ phó", "Thư ký", "Tổng cộng", "0912345000", "0912345001"]),
    st.sampled_from(["Lê Lan", "LÊ LÂN", "le lan", "Mai Hoa", "Kim Đồng", "TH Kim Đồng", "Kim Đồng; Phú Thọ", "KD"]),
)  # fmt: skip
heading_rows = st.lists(
    st.sampled_from(
        ["Họ và tên", "Tên", "Họ", "Vai trò", "Đơn vị", "Tên trường", "SĐT", "Ghi chú", "Mã", "Khu vực", "STT", "Cụm"]
    ),
    max_size=6,
)


@st.composite
def any_sheets(draw: st.DrawFn) -> list[list[list[Value]]]:
    """Sheets with headings of any kind over cells of any kind."""
    bodies = draw(st.lists(st.lists(st.lists(cells, max_size=6), max_size=7), max_size=3))
    return [[list[Value](draw(heading_rows)), *body] for body in bodies]


@given(any_sheets())
def test_any_sheets_at_all_give_a_plan_that_is_carried_out_once(sheets: list[list[list[Value]]]) -> None:
    raw = [make_sheet(f"Trang {number}", *rows) for number, rows in enumerate(sheets)]
    team = FakeTeam()
    plan = team.plan(*raw)
    if not plan.has_errors:
        team.carry_out(plan)
        assert team.plan(*raw).is_empty


schools_listed = st.lists(
    st.tuples(
        st.sampled_from(["", "KD", "PT", "PT2", "kđ"]),
        st.sampled_from(["Kim Đồng", "TH KIM ĐỒNG", "Tiểu học Phú Thọ", "Phú Thọ", "Phú Tân", "Phu Tan"]),
        st.sampled_from(["", "KĐ", "KĐ; A", "B"]),
        st.sampled_from(["", "Hiệp An", "HÒA PHÚ"]),
    ),
    max_size=5,
)


@given(first=schools_listed, second=schools_listed)
def test_schools_carried_out_leave_nothing_to_do_and_no_code_twice(
    first: list[tuple[str, str, str, str]], second: list[tuple[str, str, str, str]]
) -> None:
    team = FakeTeam()
    for rows in (first, second):
        plan = team.plan(schools(*rows))
        if not plan.has_errors:
            team.carry_out(plan)
            assert team.plan(schools(*rows)).is_empty
    codes = [fold(school.code) for school in team.schools]
    assert len(codes) == len(set(codes))
