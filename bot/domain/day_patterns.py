"""The words and patterns of days, written over the skeleton of a text (no marks, lower case)."""

from __future__ import annotations

import re

# Words of the grammar with their marks: a word typed with other marks is another word ("một" is not "mốt").
MARKED = {
    "hom": ("hôm",), "nay": ("nay", "nãy", "này"), "qua": ("qua",), "kia": ("kia", "kìa"), "bua": ("bữa",),
    "ngay": ("ngày",), "sang": ("sáng",), "trua": ("trưa",), "chieu": ("chiều",), "toi": ("tối", "tới"),
    "dem": ("đêm",), "mai": ("mai",), "thu": ("thứ",), "hai": ("hai",), "ba": ("ba",), "tu": ("tư",),
    "nam": ("năm",), "sau": ("sáu", "sau"), "bay": ("bảy", "bẩy"), "chu": ("chủ",), "chua": ("chúa",),
    "nhat": ("nhật",), "tuan": ("tuần",), "thang": ("tháng",), "truoc": ("trước",), "roi": ("rồi",),
    "vua": ("vừa",), "dau": ("đầu",), "giua": ("giữa",), "cuoi": ("cuối",), "mung": ("mùng",), "mong": ("mồng",),
    "hoi": ("hồi",), "luc": ("lúc",), "ban": ("ban",), "cach": ("cách",), "day": ("đây",), "nua": ("nữa",),
    "no": ("nọ",),
}  # fmt: skip

NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
NUMBER = rf"(?P<count>[0-9]{{1,2}}|{'|'.join(NUMBERS)})"
WEEKDAYS = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "nhat": 6, "cn": 6,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip

RELATIVE = re.compile(
    r"\b(?:(?P<today>(?:hom|bua|sang|trua|chieu|toi|dem) nay|(?:hoi|luc|ban) (?:sang|trua|chieu)"
    r"|(?:hoi|luc) nay|h ?nay)"
    r"|(?P<yesterday>(?:sang |trua |chieu |toi |dem )?(?:hom|bua) qua|(?:sang|trua|chieu|toi|dem) qua|h ?qua)"
    r"|(?P<before>(?:hom|bua) kia)"
    r"|(?P<other>(?:hom|bua) (?:truoc|roi|no)|hom bua)"
    r"|(?P<later>(?:ngay|sang|trua|chieu|toi) mot|ngay kia)"
    r"|(?P<tomorrow>(?:ngay|sang|trua|chieu|toi|dem) mai))\b"
)
ALONE = re.compile(r"\b(?:nay|mai|mot)\b")
WEEKDAY = re.compile(
    r"\b(?:thu ?(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<short>[2-7])|chu[a]? (?P<sunday>nhat)|(?P<cn>cn))\b"
    r"(?![/.-][0-9])"
    r"(?:[ ,]{1,2}(?:cua )?(?:(?P<week>tuan (?:truoc nua|truoc|nay|sau|toi|vua roi|vua qua|roi|qua))"
    r"|(?P<last>vua roi|vua qua|roi|qua)|(?P<this>nay)|(?P<next>(?:toi|sau|truoc)(?= ?(?:$|[,.;\n(]|luc|[0-9]))))\b)?"
)
WEEK_FIRST = re.compile(
    r"\b(?P<week>tuan (?:truoc|nay|sau|toi|vua roi|vua qua))[ ,]{1,2}(?:vao )?"
    r"(?:thu ?(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<short>[2-7])|chu (?P<sunday>nhat))\b"
)
ORDINAL_OF = re.compile(
    r"\b(?:tiet|lan|buoi|bai|nguoi|em|cau|ki|ky|phan|y|diem|tri|hang|dot|nhom|day|ban|to|cai|chiec|nam|hoc sinh"
    r"|hoat dong|loai|muc|so|diem|loi|co|thay|chi|la|va) $"
)
AGO = re.compile(rf"\b(?:cach (?:day )?)?{NUMBER} (?P<unit>ngay|hom|bua|tuan|thang) (?P<way>truoc|nua|roi)\b")
SINCE = re.compile(rf"\bcach (?:day|nay) {NUMBER} (?P<unit>ngay|hom|bua|tuan|thang)\b")
DAY_MONTH = re.compile(
    r"\b(?:ngay |mung |mong |hom )?(?P<day>[0-9]{1,2}) thang (?:(?P<month>[0-9]{1,2})|(?P<which>nay|truoc|sau|toi))\b"
    r"(?! (?:lan|ngay|buoi|nua)\b)(?:[ ,]{1,2}(?:nam )?(?P<year>20[0-9]{2})\b)?"
)
MONTH_DAY = re.compile(r"\bthang (?P<month>[0-9]{1,2}),? ngay (?P<day>[0-9]{1,2})\b(?![/.-][0-9])")
DAY_ALONE = re.compile(
    r"\b(?:ngay|mung|mong|hom) ?(?P<day>[0-9]{1,2})\b(?![/.-][0-9]| ?(?:buoi|tiet|lan|thang|ngay|hs|h|gio)\b|%)"
)
FIRST_OF_RANGE = re.compile(
    r"(?<![\w/.,-])(?P<day>[0-9]{1,2}) ?(?:-|–|va|&|,|den) ?(?P<last>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})"
    r"(?:[/.](?P<year>20[0-9]{2}))?(?![0-9/]|[.,-][0-9])"
)
PART_OF = re.compile(
    r"\b(?P<part>dau|giua|cuoi) (?P<unit>thang|tuan)\b"
    r"(?: (?:(?P<which>nay|truoc|sau|toi|vua roi|vua qua|roi)|(?P<month>[0-9]{1,2})(?:/(?P<year>20[0-9]{2}))?)\b)?"
)
WHOLE = re.compile(
    r"\b(?P<unit>tuan|thang) (?:(?P<which>nay|truoc|sau|toi|vua roi|vua qua|roi|qua)"
    r"|(?P<month>(?<=thang )[0-9]{1,2}))\b(?![/.-][0-9])"
)
STEPS = {"nay": 0, "truoc": -1, "truoc nua": -2, "roi": -1, "qua": -1, "vua roi": -1, "vua qua": -1, "sau": 1, "toi": 1}

LEAD_IN = re.compile(r"(?:\b(?:vao|luc|ngay|hom|buoi|sang|trua|chieu|toi|dem|thu [2-7]|thu (?:hai|ba|tu|nam|sau|bay)|"
                      r"chu nhat|t[2-7]|cn)[ ,:(]{1,2})+$")  # fmt: skip
CEREMONY = re.compile(
    r"\b(?:mung|ki niem|ky niem|huong ve|nha giao(?: viet nam| vn)?|phu nu(?: viet nam| vn)?|quan doi[^.,;\n]{0,20}"
    r"|thanh lap[^.,;\n]{0,20}|dip|le|nhan)(?: (?:ngay|le|dip))? ?$"
)
THEME = re.compile(r"\bchu (?:de|diem)\b[^.;\n]{0,40}$")
REPORTING = re.compile(r"(?: \w+){0,3} (?:bao cao|bc|gui|nop|nhap)\b")
AFTER_NAME = re.compile(r"\b(?:co|thay|chi|anh|em|ban|be|thi|hoang|bach|truc|tuyet|phuong|thanh|sao|ngoc) $")
