"""Advice, not inspection files: what is a score, a ranking or a pupil's name, and what only looks like one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.advice_guard import find_pupil_names, find_scoring


@pytest.mark.parametrize(
    "text",
    [
        "8 điểm", "được 8 điểm", "tiết dạy đạt 9,5 điểm", "chấm 18/20", "đạt 18/20", "18,5/20 điểm", "9/10",
        "xếp loại tốt", "Xếp loại: Khá", "xep loai gioi", "Loại: Khá", "loại giỏi", "đạt loại tốt", "giờ dạy loại A",
        "tiết loại khá", "điểm: 9", "Điểm số = 8.5", "tổng 17 điểm", "xếp hạng A", "cho 9đ", "9,5đ", "xếp loại",
        "Đánh giá loại xuất sắc", "95/100",
    ],
)  # fmt: skip
def test_scores_and_rankings_are_found(text: str) -> None:
    assert find_scoring(text)
    assert find_scoring(f"Ưu điểm: lớp vui. {unicodedata.normalize('NFD', text)}, cô dạy hay")


@pytest.mark.parametrize(
    "text",
    [
        "ưu điểm: lớp sôi nổi", "Ưu điểm: 3 nhóm làm tốt", "điểm trường Tân Lập", "điểm mạnh: tự tin",
        "3 điểm cần lưu ý", "có 2 điểm mạnh", "một số điểm cần khắc phục", "nhược điểm: ồn", "thời điểm: 8 giờ",
        "dự giờ ngày 9/10", "hôm 12/10 dự giờ", "thứ hai 5/10", "lớp 4/2", "4/10 em chưa đọc được",
        "15/20 học sinh hiểu bài",
        "dự giờ 20/11", "nhiều loại bài tập", "phân loại học sinh", "các loại hình", "loại bỏ", "loại bài toán khó",
        "cô giáo giỏi", "học sinh giỏi", "dạy tốt", "khá tốt", "đạt yêu cầu cần đạt",
        "quan điểm: lấy học sinh làm trung tâm",
        "đặc điểm lớp 35 em", "địa điểm: phòng 3", "trọng điểm", "trang 10", "lên lớp 2 tiết",
        "hội đồng công nhận giáo viên dạy giỏi", "chấm thi", "chấm bài 5 lớp", "giáo viên giỏi cấp tỉnh",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_score_is_none(text: str) -> None:
    assert find_scoring(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("em Nguyễn Văn An đọc còn chậm", ("Nguyễn Văn An",)),
        ("học sinh Trần Thị Bích Ngọc và em Lê Nam", ("Trần Thị Bích Ngọc", "Lê Nam")),
        ("HS NGUYỄN VĂN AN hay nói chuyện", ("NGUYỄN VĂN AN",)),
        ("em Ỷ Lan Phượng hát hay", ("Ỷ Lan Phượng",)),
        ("bé Đỗ Ánh, bé Đỗ Ánh", ("Đỗ Ánh",)),
        ("em đọc chậm", ()),
        ("các em Lớp Bốn chăm", ()),
        ("học sinh Tiểu Học", ()),
        ("em An", ()),
        ("cô Nguyễn Thị Hoa dạy", ()),
        ("học sinh tự phát hiện kiến thức", ()),
        ("xem Nguyễn Văn An", ()),
    ],
)
def test_pupils_full_names_are_found_and_nothing_more(text: str, names: tuple[str, ...]) -> None:
    assert find_pupil_names(text) == names
    assert find_pupil_names(unicodedata.normalize("NFD", text)) == names


@given(st.text(max_size=200))
def test_any_text_is_read_and_what_is_found_stands_there(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    words = find_scoring(text)
    assert words is None or words in composed
    assert all(word in composed for name in find_pupil_names(text) for word in name.split())
