"""Given names of Vietnamese teachers as they are typed without capitals: "cô lan" names somebody, "cô nên" does not."""

from __future__ import annotations

from bot.domain.text import fold

_NOTHING_ELSE = (
    "ánh bích châu cường cúc diễm diệp diệu dũng giang hân hà hải hằng hiếu hiệp hoa hoài hoàng huế huệ huyền "
    "hùng hương hường khánh kiều lan lâm lệ liễu loan lụa ly mận mỹ nga ngà ngân ngọc nguyên nguyệt nhàn nhi "
    "nhung oanh phúc phượng quân quế quyên quỳnh sen thắm thoa thơm thùy thúy thủy trà trâm trinh trúc tuấn tuyết "
    "tú uyên vân việt vy xuân yến"
)
_WORDS_TOO = (
    "an anh bảo bình chi dung duyên dương đào đạt đức hạnh hiền hoan hòa hồng huy khoa kiên kim lam liên linh "
    "long lợi lương mai mến minh mơ my nam nghĩa như phong phú phương quang sang sơn tâm tân thanh thành thái "
    "thảo thắng thi thơ thu thuận thư thương tiên tiến toàn trang trung tươi vi vinh vũ yên"
)
_FOLLOWERS = (
    "dạy nên cần có đã rất còn chưa tổ giảng nói viết hướng sử cho giới chốt và là được phải hơi quá thì vẫn cũng "
    "khá bị lớp trường đang biết làm mới"
)
ONLY_NAMES = frozenset(_NOTHING_ELSE.split())
"""Words that name somebody wherever they follow "cô" or "thầy"."""
NAMES = ONLY_NAMES | frozenset(_WORDS_TOO.split())
FOLLOWERS = frozenset(_FOLLOWERS.split())
"""What comes after a name and hardly after the same word that is none."""
FOLDED_NAMES = frozenset(fold(name) for name in NAMES)
FOLDED_FOLLOWERS = frozenset(fold(word) for word in FOLLOWERS)
