"""Teachers who were observed are not named outside the team, however their names were typed."""

from __future__ import annotations

import pytest

from bot.domain.hidden_names import hide_names


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Cô Lan dạy tốt, thầy Trần Văn Hùng còn nói nhanh", "Cô … dạy tốt, thầy … còn nói nhanh"),
        ("Nguyễn Thị Hoa Mai dạy ở trường Nguyễn Du", "… dạy ở trường Nguyễn Du"),
        ("Phùng Thị Hoài dạy Toán", "… dạy Toán"),
        ("cô lan dạy tốt", "cô … dạy tốt"),
        ("cô thu hà tổ chức nhóm tốt", "cô … tổ chức nhóm tốt"),
        ("cô hiền dạy chắc", "cô … dạy chắc"),
        ("chị hoa cần chú ý; cô cúc: tốt", "chị … cần chú ý; cô …: tốt"),
        ("co lan day tot", "co … day tot"),
        ("thay hung can noi cham", "thay … can noi cham"),
        ("🌸 cô nga\ncần nói chậm", "🌸 cô …\ncần nói chậm"),
    ],
)
def test_names_are_left_out(typed: str, shown: str) -> None:
    assert hide_names(typed) == shown


@pytest.mark.parametrize(
    "harmless",
    [
        *("cô giáo nhẹ nhàng", "GV Toán khối 4", "TH Lê Hồng Phong", "học sinh tích cực", "Tiếng Việt"),
        *("cô tiến hành hoạt động nhóm", "cô linh hoạt, cô liên hệ thực tế", "thầy bình tĩnh", "cô hiền với học sinh"),
        *("cô bảo học sinh", "cô thảo luận với học sinh", "anh em đồng nghiệp", "các anh chị khối 5"),
        *("co hai hoc sinh yeu", "co hieu bai", "gv huong dan tot", "A & B <x> “trích” 🌸"),
    ],
)
def test_other_words_stay(harmless: str) -> None:
    assert hide_names(harmless) == harmless
