"""The sample team: people and schools whose names are as common as they are invented. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.vocabulary import ChannelName, Role

TEAM = "Tổ mạng lưới Tiểu học phường An Bình Đông"
GROUP = "Nhóm tổ An Bình Đông"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A member of the sample team. `diligence` is the share of months in which they meet the duty by themselves."""

    name: str
    role: Role = Role.MEMBER
    school: str = ""
    channel: ChannelName | None = ChannelName.TELEGRAM
    """Where they chat; None: invited, not joined."""
    diligence: float = 0.92
    owes_now: bool = False
    """Has reported nothing in the running month yet."""
    phone_open: int = 0
    """From 1 on: their phone lies on the table at the beginning, in this order."""


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """A school of the sample team's area."""

    code: str
    name: str
    area: str
    aliases: tuple[str, ...] = ()


_ZALO = ChannelName.ZALO

PEOPLE = (
    SamplePerson("Bùi Quốc Hiếu", Role.LEADER, "PH1", diligence=1.0, phone_open=4),
    SamplePerson("Trần Thị Thu Hà", Role.DEPUTY, "LHP", diligence=1.0),
    SamplePerson("Nguyễn Hữu Phước", Role.DEPUTY, "KD"),
    SamplePerson("Bùi Mỹ Quyên", Role.SECRETARY, "TQT", diligence=1.0, phone_open=2),
    SamplePerson("Lý Ngọc Dung", school="PH1", owes_now=True, phone_open=1),
    SamplePerson("Bùi Minh Phượng", school="PH2", channel=_ZALO, owes_now=True, diligence=0.8, phone_open=3),
    SamplePerson("Đặng Thùy Linh", school="PH2"),
    SamplePerson("Phạm Gia Bảo", school="PH3", diligence=0.85, owes_now=True),
    SamplePerson("Võ Thanh Tâm", school="LHP", channel=_ZALO),
    SamplePerson("Huỳnh Kim Ngân", school="NT"),
    SamplePerson("Lê Hoàng Nam", school="NT", diligence=0.75, owes_now=True),
    SamplePerson("Đỗ Thị Hồng Nhung", school="KD"),
    SamplePerson("Nguyễn Thị Bích Trâm", school="VTS", channel=_ZALO),
    SamplePerson("Trương Công Minh", school="VTS", diligence=0.85),
    SamplePerson("Hồ Thị Mai Anh", school="TQT"),
    SamplePerson("Phan Văn Đức", school="LVT", channel=_ZALO, diligence=0.7, owes_now=True),
    SamplePerson("Ngô Thị Lan", school="LVT"),
    SamplePerson("Dương Tuấn Kiệt", school="NH"),
    SamplePerson("Lâm Thị Cẩm Tú", school="NH", owes_now=True),
    SamplePerson("Nguyễn Văn Hùng", school="HV"),
    SamplePerson("Trần Ngọc Yến", school="HV", channel=_ZALO),
    SamplePerson("Cao Thị Thanh Thủy", school="BM"),
    SamplePerson("Lê Thị Kim Chi", school="BM", diligence=0.85),
    SamplePerson("Mai Xuân Trường", school="HS", owes_now=True),
    SamplePerson("Tô Thị Diễm My", school="HS"),
    SamplePerson("Vũ Đình Khải", school="DX", channel=_ZALO),
    SamplePerson("Nguyễn Thị Ngọc Hân", school="DX"),
    SamplePerson("Đinh Thị Phương Thảo", school="SH"),
    SamplePerson("Châu Minh Trí", school="SH", diligence=0.8, owes_now=True),
    SamplePerson("Phùng Thị Hoài Thương", school="AB1", channel=None, owes_now=True),
    SamplePerson("Lương Bá Thành", school="AB2", channel=None, owes_now=True),
    SamplePerson("Trịnh Thị Tuyết Mai", Role.OFFICER),
)

SCHOOLS = (
    SampleSchool("PH1", "Tiểu học Phú Hòa 1", "Phú Hòa", ("PH1", "Phú Hoà 1")),
    SampleSchool("PH2", "Tiểu học Phú Hòa 2", "Phú Hòa", ("PH2", "Phú Hoà 2")),
    SampleSchool("PH3", "Tiểu học Phú Hòa 3", "Phú Hòa", ("PH3", "Phú Hoà 3")),
    SampleSchool("LHP", "Tiểu học Lê Hồng Phong", "Trung tâm", ("LHP",)),
    SampleSchool("NT", "Tiểu học Nguyễn Trãi", "Trung tâm", ("NTr",)),
    SampleSchool("KD", "Tiểu học Kim Đồng", "Trung tâm"),
    SampleSchool("VTS", "Tiểu học Võ Thị Sáu", "Trung tâm", ("VTS",)),
    SampleSchool("TQT", "Tiểu học Trần Quốc Toản", "Trung tâm", ("TQT",)),
    SampleSchool("LVT", "Tiểu học Lê Văn Tám", "Trung tâm", ("LVT",)),
    SampleSchool("NH", "Tiểu học Nguyễn Huệ", "Ven sông"),
    SampleSchool("HV", "Tiểu học Hùng Vương", "Ven sông"),
    SampleSchool("BM", "Tiểu học Bình Minh", "Ven sông"),
    SampleSchool("HS", "Tiểu học Hương Sen", "Ven sông"),
    SampleSchool("DX", "Tiểu học Đồi Xanh", "Đồi Xanh"),
    SampleSchool("SH", "Tiểu học Sao Hôm", "Đồi Xanh"),
    SampleSchool("AB1", "Tiểu học An Bình Đông 1", "An Bình Đông", ("ABĐ1",)),
    SampleSchool("AB2", "Tiểu học An Bình Đông 2", "An Bình Đông", ("ABĐ2",)),
    SampleSchool("AB3", "Tiểu học An Bình Đông 3", "An Bình Đông", ("ABĐ3",)),
    SampleSchool("TL", "Tiểu học Tân Lập", "An Bình Đông"),
    SampleSchool("HB", "Tiểu học Hòa Bình", "An Bình Đông"),
    SampleSchool("NX", "Tiểu học Nắng Xuân", "Đồi Xanh"),
    SampleSchool("RĐ", "Tiểu học Rạng Đông", "Đồi Xanh"),
    SampleSchool("MTX", "Tiểu học Măng Tre Xanh", "Ven sông"),
    SampleSchool("TH-THCS-CS", "TH và THCS Cầu Sắt", "Ven sông", ("Cầu Sắt",)),
)
