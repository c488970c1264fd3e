"""The subjects of Vietnam's primary curriculum (Thông tư 32/2018) and what teachers call them."""

from __future__ import annotations

SUBJECT_NAMES: dict[str, str] = {
    form: subject
    for subject, forms in {
        "Toán": ("toán", "toán học"),
        "Tiếng Việt": (
            "tiếng việt",
            "t.việt",
            "t. việt",
            "tviệt",
            "tập đọc",
            "học vần",
            "chính tả",
            "luyện từ và câu",
            "ltvc",
            "lt&c",
            "ltc",
            "tập làm văn",
            "tlv",
            "kể chuyện",
            "tập viết",
        ),
        "Tiếng Anh": ("tiếng anh", "t.anh", "t. anh", "tanh", "anh văn", "ngoại ngữ"),
        "Đạo đức": ("đạo đức", "đ.đức", "đđức"),
        "Tự nhiên và Xã hội": (
            "tự nhiên và xã hội",
            "tự nhiên & xã hội",
            "tự nhiên xã hội",
            "tự nhiên - xã hội",
            "tnxh",
            "tn&xh",
            "tn-xh",
            "tnvxh",
        ),
        "Khoa học": ("khoa học",),
        "Lịch sử và Địa lí": (
            "lịch sử và địa lí",
            "lịch sử và địa lý",
            "lịch sử & địa lí",
            "lịch sử & địa lý",
            "lịch sử - địa lí",
            "lịch sử - địa lý",
            "lịch sử địa lí",
            "lịch sử địa lý",
            "lịch sử",
            "địa lí",
            "địa lý",
            "ls&đl",
            "ls & đl",
            "ls và đl",
            "ls-đl",
            "lsđl",
            "ls đl",
            "sử địa",
        ),
        "Tin học": ("tin học", "tin"),
        "Công nghệ": ("công nghệ",),
        "Tin học và Công nghệ": ("tin học và công nghệ", "tin học & công nghệ"),
        "Giáo dục thể chất": ("giáo dục thể chất", "thể dục", "gdtc", "gd thể chất"),
        "Âm nhạc": ("âm nhạc", "nhạc", "hát nhạc"),
        "Mĩ thuật": ("mĩ thuật", "mỹ thuật", "mt"),
        "Hoạt động trải nghiệm": (
            "hoạt động trải nghiệm",
            "hđ trải nghiệm",
            "trải nghiệm",
            "hđtn",
        ),
    }.items()
    for form in forms
}
"""What people write, in lower case, and the subject they mean; a strand of Tiếng Việt means Tiếng Việt."""

SHORT_NAMES: dict[str, str] = {
    "TV": "Tiếng Việt",
    "TĐ": "Tiếng Việt",
    "CT": "Tiếng Việt",
    "KC": "Tiếng Việt",
    "TA": "Tiếng Anh",
    "AV": "Tiếng Anh",
    "ĐĐ": "Đạo đức",
    "KH": "Khoa học",
    "TH": "Tin học",
    "CN": "Công nghệ",
    "TD": "Giáo dục thể chất",
    "ÂN": "Âm nhạc",
    "AN": "Âm nhạc",
    "MT": "Mĩ thuật",
}
"""Two letters that mean other things elsewhere: they count only beside a class, môn or tiết, or in capitals."""
