"""A team on Zalo that lives through ten days: every capability is used once, and much is left waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import ChatEvent
from bot.domain.vocabulary import ActivityKind, ChannelName, Role
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Phone
from tests.screens.parcels import (
    BROKEN_SHEET,
    LETTER,
    LOST_PHOTO,
    PHOTO,
    PICTURE_AS_FILE,
    PLAN,
    ROSTER,
    TOO_BIG,
    VIDEO,
    VOICE,
    WRONG_PLAN,
    WRONG_ROSTER,
    Parcel,
)
from tests.screens.walk import Walk, Watched

REPORT = "Dự giờ Toán lớp 4A trường Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi. Tư vấn: tăng thời gian nhóm đôi"
ROLES = {
    "Bùi Quốc Hiếu": Role.LEADER,
    "Đỗ Thị Nga": Role.DEPUTY,
    "Bùi Mỹ Quyên": Role.SECRETARY,
    "Trần Thị Lan": Role.MEMBER,
    "Phạm Văn Hùng": Role.MEMBER,
    "Lê Chuyên Viên": Role.OFFICER,
}

ANSWERS: dict[tuple[str, str], str] = {
    ("absence", "reason"): "đưa con đi khám",
    ("add-members", "names"): "Trịnh Thị Xuân; Vương Văn Yên",
    ("agenda-proposal", "text"): "bàn việc đổi mới kiểm tra",
    ("announcement", "audience"): "cả tổ trừ cô Lan",
    ("announcement", "send_at"): "7h sáng mai",
    ("announcement", "text"): "Mời thầy/cô xem kế hoạch tháng",
    ("announcement-edit", "text"): "Họp dời sang 16h",
    ("assignment", "confidential"): "không",
    ("assignment", "due"): "thứ sáu tuần sau 17h",
    ("assignment", "kind"): "chấm thi",
    ("assignment", "place"): "hội trường phường",
    ("assignment", "send"): "7h sáng mai",
    ("assignment", "start"): "thứ sáu tuần sau 8h",
    ("assignment", "title"): "Viết bài cho trang web",
    ("assignment", "who"): "Lan, Hùng",
    ("cancel-meeting", "reason"): "trùng lịch Sở",
    ("delegation", "kinds"): "dự giờ, chấm thi",
    ("delegation", "until"): "31/12",
    ("delegation", "who"): "Nga",
    ("heir", "heir"): "Hùng",
    ("leave", "days"): "từ 14/12 đến 18/12",
    ("leave", "reason"): "con ốm",
    ("meeting", "agenda"): "dự 2 tiết; góp ý",
    ("meeting", "board"): "Ban giám hiệu: cô Hạnh",
    ("meeting", "holiday"): "14h ngày 18/12",
    ("meeting", "kind"): "chuyên đề",
    ("meeting", "place"): "hội trường",
    ("meeting", "school"): "Phú Hòa 2",
    ("meeting", "title"): "Toán lớp 4",
    ("meeting", "when"): "14h ngày 18/12",
    ("member-charge", "words"): "Phú Hòa 1; Phú Hòa 2",
    ("member-leave", "words"): "từ 1/1 đến 31/5 thai sản",
    ("member-name", "words"): "Trần Thị Thu Lan",
    ("member-phone", "words"): "0912.345.678",
    ("member-school", "words"): "Phú Hòa 2",
    ("minutes-line", "text"): "Thầy Hiếu khai mạc lúc 14 giờ",
    ("minutes-which-line", "words"): "1",
    ("own-correction", "words"): "sai tên đơn vị",
    ("paper", "code"): "TML",
    ("paper", "copies"): "Như trên; Lưu: Hồ sơ tổ",
    ("paper", "issuer"): "Tổ mạng lưới chuyên môn",
    ("paper", "parent"): "UBND phường Thủ Dầu Một",
    ("paper", "place"): "Thủ Dầu Một",
    ("paper", "seal"): "không",
    ("paper", "signer_title"): "Tổ trưởng",
    ("paper", "given"): "12",
    ("paper", "signer"): "Bùi Quốc Hiếu",
    ("paper", "to"): "Phòng Văn hóa – Xã hội",
    ("photos", "about"): "báo cáo mới",
    ("plan-line", "words"): "Chấm thi học sinh giỏi",
    ("plan-lines", "lines"): "Tháng 12: chấm thi",
    ("plan-lines", "month"): "tháng 12",
    ("plan-return", "words"): "Thêm một tiết Toán",
    ("proposal", "words"): "mỗi tháng một chuyên đề",
    ("proposal-answer", "words"): "Đồng ý, bàn ở cuộc họp tới",
    ("report", "advice"): "Tư vấn: chia nhóm nhỏ",
    ("report", "class_or_grade"): "4A",
    ("report", "companions"): "cô Nga",
    ("report", "date"): "hôm qua",
    ("report", "difficulties"): "vài em còn nhút nhát",
    ("report", "encouragement"): "dự lại sau hai tuần",
    ("report", "follow_up_on"): "15/12",
    ("report", "kind"): "dự giờ tiết dạy",
    ("report", "school"): "Phú Hòa 2",
    ("report", "strengths"): "lớp sôi nổi",
    ("report", "subject"): "Toán",
    ("report", "topic"): "Dạy học theo dự án",
    ("report", "twin"): "hoạt động khác",
    ("report", "which_companion"): "Lê Thị Hoa",
    ("report-request", "due"): "10/12",
    ("summary-period", "words"): "từ 1/9 đến 20/11",
    ("report-request", "note"): "nêu rõ các trường chưa đến",
    ("resolution-person", "person"): "cô Lan",
    ("return-minutes", "note"): "thiếu ý kiến của cô Nga",
    ("setting", "since"): "tháng sau",
    ("setting", "value"): "2",
    ("school-add", "aliases"): "VTS; Sáu Võ",
    ("school-add", "area"): "phường Phú Lợi",
    ("school-add", "names"): "Trường Tiểu học Võ Thị Sáu",
    ("school-aliases", "words"): "Hoa Mai; HM",
    ("school-area", "words"): "cụm 2",
    ("school-charge", "words"): "Hùng, Nga",
    ("school-name", "words"): "Trường Tiểu học Hoa Mai",
    ("school-turn", "into"): "Phú Hòa 12",
    ("school-turn", "new_name"): "Trường Tiểu học Hoa Sen",
    ("school-turn", "on"): "1/1/2027",
    ("vote", "closes_at"): "20h ngày mai",
    ("vote", "quorum"): "15 người",
    ("vote", "who"): "tất cả",
    ("work-add", "words"): "Nga",
    ("work-answer", "words"): "Được nhé",
    ("work-busy", "words"): "trùng tiết dạy",
    ("work-due", "words"): "thứ sáu tuần sau",
    ("work-place", "words"): "Phú Hòa 3",
    ("work-question", "words"): "Em đi cùng xe được không?",
    ("work-replace", "words"): "Nga",
    ("work-request", "words"): "chấm thi TH Phú Hòa 1 thứ năm 8h",
    ("work-request-answer", "words"): "Tuần này tổ đã kín lịch ạ",
    ("work-result", "words"): "Đã đăng bài",
    ("work-time", "words"): "thứ sáu tuần sau 9h",
}
"""What people type when a form asks for this."""

SAID: dict[str, dict[Role, tuple[str | Parcel, ...]]] = {
    "monday": {
        Role.DEPUTY: (
            REPORT,
            REPORT.replace("hôm nay", "hôm nay, cùng cô Hoa"),
            "Báo gấp: dự giờ Phú Hòa hôm nay",
            "sửa báo cáo",
            "zzz",
        ),
        Role.LEADER: ("/thanhvien lan", "/thanhvien zzz", "/truong Phú Hòa", "/tonghop năm học", "/hoatdong học kì 1"),
        Role.SECRETARY: (
            *("/thanhvien lan", "/tonghop", "/truong Phú Hòa 1", "/caidat"),
            *(ROSTER, WRONG_ROSTER, BROKEN_SHEET),
        ),
        Role.OFFICER: ("chào em", "cảm ơn em nhé", "/tonghop tháng 10", "/truong Phú Hòa 1", "/dieudong"),
        Role.MEMBER: (
            *("/toi", "/hoatdong", "/baocao", "/nghi từ 25/11 đến 31/11"),
            *(PHOTO, PHOTO.saying(REPORT), PICTURE_AS_FILE, LETTER, VOICE, VIDEO, TOO_BIG, LOST_PHOTO, ROSTER),
        ),
    },
    "tuesday": {
        Role.LEADER: (
            "/uyquyen",
            "/bangviec",
            "/bangviec 1",
            "/thugui 1",
            "/thongbao 1",
            "/giaoviec",
            "giao chấm thi: Lan",
            PHOTO.saying("/giaoviec"),
            PHOTO.saying("giao chấm thi: Lan"),
            LETTER.saying("/thongbao Mời thầy/cô xem công văn"),
        ),
        Role.DEPUTY: ("/giaoviec dự giờ Kim Đồng thứ năm 9h: Lan", "/uyquyen"),
        Role.MEMBER: ("/nhiemvu", "/toi", "/nhiemvu phu hoa", PHOTO.saying("/dexuat mua thêm bảng nhóm")),
        Role.SECRETARY: ("/bangviec", "/thongbao"),
    },
    "wednesday": {
        Role.LEADER: (
            "/hop",
            "/dexuat",
            "/hop họp chung 8h ngày 1/1/2027 tại phòng họp",
            "/hop họp chuyên đề Toán lớp 4 lúc 14h ngày 4/12 tại TH Phú Hòa 2",
        ),
        Role.MEMBER: ("/hop", "/dexuat", "/toi"),
        Role.OFFICER: ("/hop",),
    },
    "plans": {
        Role.DEPUTY: ("Kế hoạch tháng 12\n- dự giờ TH Phú Hòa 1\n- chấm thi",),
        Role.LEADER: (
            *("/kehoach tổ tháng 11", "/kehoach tổ: họp liên tịch", "/kehoach tháng 13: họp", "/toi"),
            *(ROSTER, PLAN, WRONG_PLAN),
            *(PLAN.saying("/kehoach tổ"), ROSTER.saying("/kehoach"), BROKEN_SHEET.saying("/kehoach")),
        ),
        Role.MEMBER: ("/kehoach tháng 12", "/kehoach tổ", "/kehoach tháng 1: chấm thi"),
        Role.SECRETARY: ("/kehoach tổ", "/kehoach"),
    },
    "settings": {
        Role.LEADER: (
            "/caidat",
            "/caidat định mức 3",
            "/caidat tháng tính 8-5",
            "/caidat loại trừ ra đề, chấm thi",
            "/caidat lịch nhắc 10 ngày 18h, ngày cuối 16h30",
            "/caidat lịch nhắc 7 ngày 22h",
            "/caidat họp chung 4",
            "/caidat nhắc họp 2 ngày, 3 giờ",
            "/caidat giờ yên tĩnh 20h đến 7h",
            "/caidat giờ yên tĩnh 17h đến 7h",
            "/caidat cơ quan Sở GDĐT",
            "/caidat màu sắc",
        )
    },
    "evening": {Role.SECRETARY: ("/bienban",)},
    "more_of_each": {
        Role.LEADER: ("/thongbao xem", "/bangviec", "/thanhvien nga"),
        Role.DEPUTY: ("/bangviec", "/dexuat"),
        Role.MEMBER: ("/bienban", "/dexuat"),
    },
    "friday": {
        Role.DEPUTY: ("sen27",),
        Role.SECRETARY: ("/diemdanh", PHOTO, PHOTO.saying("Toàn cảnh cuộc họp"), PICTURE_AS_FILE),
        Role.MEMBER: ("/diemdanh", "/hop"),
        Role.LEADER: ("/hop",),
    },
}
"""What somebody says or sends for trial after a scene."""


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of the story, autumn 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=HOME_ZONE)


@dataclass
class World:
    """Everybody's phone, all on Zalo."""

    office: Watched
    make: Make
    clock: FakeClock
    walk: Walk
    people: dict[Role, Phone]
    joined: dict[Role, Joined]
    hung: Phone
    newcomer: Phone
    """Somebody with a code who has not used it."""
    code: str

    @property
    def leader(self) -> Phone:
        """Who decides."""
        return self.people[Role.LEADER]

    @property
    def secretary(self) -> Phone:
        """Who writes."""
        return self.people[Role.SECRETARY]

    @property
    def lan(self) -> Phone:
        """A plain member."""
        return self.people[Role.MEMBER]

    @property
    def officer(self) -> Phone:
        """From the office."""
        return self.people[Role.OFFICER]

    @property
    def group(self) -> Phone:
        """The leader in the team's group."""
        return self.leader.in_group("9a1c")


async def gather(office: Watched, make: Make, clock: FakeClock, walk: Walk) -> World:
    """A big team: lists have more than one page."""
    team = await make.team()
    schools = [
        await make.school(team, code=f"PH{number}", name=f"Trường Tiểu học Phú Hòa {number}") for number in range(1, 19)
    ]
    joined: list[Joined] = [
        await make.joined_member(team, name=name, role=role, school=schools[index], channel=ChannelName.ZALO)
        for index, (name, role) in enumerate(ROLES.items())
    ]
    for number in range(20):
        await make.member(team, name=f"Nguyễn Văn {chr(ord('A') + number)}n", school=schools[number % 18])
    for name in ("Nguyễn Thị Hoa", "Lê Thị Hoa"):
        await make.member(team, name=name)
    for number, kind in enumerate(ActivityKind):
        reporter = joined[number % 5].member
        await make.activity(reporter, on=date(2026, 10, 5 + number), kind=kind, school=schools[number], advice="Nhóm")
    for day in range(1, 18):
        await make.activity(joined[1].member, on=date(2026, 11, day), school=schools[0], advice="Nhóm đôi")
    phones = [office.phone(each) for each in joined]
    for phone, role in zip(phones, ROLES.values(), strict=True):
        walk.know(phone, role)
    member = await make.member(team, name="Võ Thị Mới")
    async with office.database.begin() as uow:
        code = await uow.join_codes.issue(member.id, now=clock())
    newcomer = office.stranger("new", channel=ChannelName.ZALO)
    walk.know(newcomer, None)
    people = {role: phone for phone, role in reversed(list(zip(phones, ROLES.values(), strict=True)))}
    by_role = {Role(each.member.role): each for each in reversed(joined)}
    return World(office, make, clock, walk, people, by_role, phones[4], newcomer, code)


async def do(phone: Phone, *steps: str) -> None:
    """Say each step; "> Gửi" takes the choice of this name on the latest list that has it."""
    for step in steps:
        if step.startswith("> "):
            await phone.press(step.removeprefix("> "))
        else:
            await phone.say(step)


async def monday(world: World) -> None:
    """Somebody joins, a group is bound, reports come in."""
    await do(world.newcomer, "xin chào", world.code)
    world.walk.know(world.group, Role.LEADER)
    await do(world.group, "chào em", "/noinhom", "/hop", "hôm nay thế nào", "/tonghop", "/toi")
    await do(world.lan, f"Báo gấp: {REPORT.replace('hôm nay', 'hôm nay, cùng thầy Hùng, kiểm tra lại 25/11')}", "> Gửi")
    await do(world.hung, REPORT.replace("4A", "5B"), "> Gửi", "/hoatdong", "> Số")
    await world.lan.send_file(b"jpeg", name="", mime="image/jpeg", kind="photo")


async def tuesday(world: World) -> None:
    """Leave, work, an announcement, a proposal and a request wait for an answer."""
    world.clock.set(at(24, 8))
    await do(world.hung, "/nghi từ 8/12 đến 12/12 con ốm")
    await do(world.officer, "/dieudong chấm thi TH Phú Hòa 1 thứ năm 8h; hạn báo cáo 30/11")
    await do(world.lan, "/dexuat mỗi tháng một chuyên đề Toán 4")
    await do(world.leader, "giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn báo cáo 27/11", "> Gửi")
    await do(world.leader, "giao ra đề Toán HK1: Lan; hạn 10/12", "> Gửi")
    await do(world.leader, "/thugui 1")
    await world.walk.take_everything()
    await do(world.hung, "> Báo bận", "Trùng tiết dạy")
    await do(world.lan, "> Hỏi người giao", "Em đi cùng xe thầy Hùng được không?")
    await do(world.leader, "/thongbao Chiều thứ sáu họp chuyên môn", "> Cả tổ", "> Gửi")
    await do(world.leader, "/uyquyen Nga: dự giờ, chấm thi đến 30/11", "> Ủy quyền")
    await do(world.leader, "/thanhvien lan", "> Bàn giao tổ trưởng")
    await do(world.lan, "/quyenriengtu", "> Xin xóa", "> Tôi chắc chắn")
    await do(world.hung, "/quyenriengtu", "> Xin sửa", "đơn vị của tôi là TH Phú Hòa 2")


async def wednesday(world: World) -> None:
    """A vote, a meeting to answer, one whose time is voted on."""
    world.clock.set(at(25, 8))
    for job in ("follow-ups", "assignment-reminders", "broadcast-cards", "message-budget"):
        await world.office.run_job(job)
    await do(world.leader, "> Biểu quyết công khai", "20h ngày mai", "> Tất cả", "2 người", "> Mở biểu quyết")
    await do(world.leader, "/hop", "> Mời họp", "> Chuyên đề", "Toán lớp 4", "Phú Hòa 2")
    await world.walk.take_everything()
    await do(world.leader, "/huy", "họp chung 14h thứ sáu 27/11 tại phòng họp, nội dung: sơ kết; phân công", "> Gửi")
    await do(world.leader, "/hop họp chung tại phòng họp, nội dung: kế hoạch", "14h thứ năm 10/12; 8h thứ sáu 11/12")
    await do(world.leader, "> Gửi")
    await do(world.lan, "/hop", "> Xem", "> Đề xuất nội dung", "Bàn việc đổi mới kiểm tra")
    await do(world.lan.in_group("9a1c"), "/hop", "> Vắng")


async def plans(world: World) -> None:
    """The year is planned, a member's plan waits for the leader, everybody is reminded of December."""
    await do(world.leader, "/kehoach tổ\nTháng 11: dự giờ TH Phú Hòa 1; họp tổ\nTháng 12: chấm thi\nSơ kết", "> Lưu")
    await do(world.hung, "/kehoach tháng 11: dự giờ TH Phú Hòa 3\nviết bài", "> Lưu")
    await do(world.lan, "/kehoach tháng 12: dự giờ TH Phú Hòa 2", "> Lưu", "> Nộp kế hoạch")
    await do(world.leader, "/kehoach tổ", "> Tháng 12", "/kehoach", "> Kế hoạch tổ viên", "> Trần Thị Lan")
    world.clock.set(at(25, 18, 45))
    await world.office.run_job("plan-nudges")


async def settings(world: World) -> None:
    """The duty grows in December; the group hears less."""
    world.clock.set(at(26, 9))
    await do(world.leader, "/caidat định mức 2", "> Từ tháng 12", "> Lưu", "/caidat")


async def friday(world: World) -> None:
    """The meeting: reminders, attendance, minutes with a resolution, sent to the chair."""
    world.clock.set(at(27, 12, 30))
    for job in ("meeting-reminders", "vote-closing", "assignment-reminders"):
        await world.office.run_job(job)
    world.clock.set(at(27, 14))
    await do(world.secretary, "/diemdanh", "> Từ điểm danh")
    await do(world.secretary, "/bienban", "Thầy Hiếu khai mạc", "Soạn đề cương – cô Lan – 15/12", "> Đúng")
    await do(world.secretary, "Dự giờ khối 4 – cô Xuyến – 10/12")


async def evening(world: World) -> None:
    """The minutes go to the chair, once it is known what stands on papers; nudges go out."""
    await do(world.secretary, "> Chỉ là ghi chép", "/bienban", "> Gửi chủ tọa duyệt")
    await do(world.secretary, "UBND phường Thủ Dầu Một", "Thủ Dầu Một", "> Không đóng dấu", "> Lưu")
    world.clock.set(at(27, 18, 30))
    await world.office.run_job("monthly-nudges")


async def december(world: World) -> None:
    """Minutes are confirmed, the month is closed, reports are drafted, one goes to the leader."""
    await do(world.leader, "> Xác nhận biên bản")
    await do(world.secretary, "/nghiquyet", "/bienban", "> Biên bản 01")
    world.clock.set(at(30, 17))
    await world.office.run_job("monthly-nudges")
    world.clock.set(at(1, 9, month=12))
    for job in ("month-closing", "periodic-summaries", "meeting-reminders", "assignment-reminders"):
        await world.office.run_job(job)
    await world.office.draw_papers()
    await world.office.deliver()
    await do(world.secretary, "/tonghop tháng 11", "> Lập báo cáo", "> Trình tổ trưởng")
    await do(world.secretary, "/tonghop tháng 11", "> PDF", "/tonghop tháng 11", "> Ảnh", "/truong Phú Hòa 1")


async def papers(world: World) -> None:
    """The report is confirmed, a letter goes to a school, another one is to be merged."""
    await do(world.leader, "> Duyệt")
    await do(world.secretary, "/tonghop tháng 11", "> Lập báo cáo")
    await do(world.leader, "/thugui", "/thanhvien", "> Mời Nguyễn Văn An")
    await do(world.leader, "/thanhvien", "> Tải danh sách", "/nhatky", "> Tải cả nhật ký", "/thuhoi")
    await do(world.lan, "/quyenriengtu", "> Tải mọi thứ về tôi")
    await do(world.secretary, "/truong Phú Hòa 9", "> Quản lý trường này", "> Sáp nhập", "Phú Hòa 8", "1/1/2027")
    await do(world.secretary, "> Ghi nhận", "/truong Phú Hòa 9", "> Quản lý trường này")
    await do(world.leader, "/thanhvien Trần Thị Lan", "> Kết thúc tham gia")


async def more_of_each(world: World) -> None:
    """Lists get a second page; presence at a school, and a report that fits two pieces of work, are asked about."""
    await do(world.leader, "/thongbao Thứ hai nộp kế hoạch", "> Cả tổ", "> Sửa", "> Giờ gửi", "> 7h sáng mai", "> Gửi")
    await do(world.leader, "> Tạm dừng")
    await do(world.leader, "giao dự giờ Toán 4A TH Phú Hòa 4 thứ năm 8h hằng tuần: Lan", "> Gửi")
    await do(world.leader, "giao dự giờ Toán 5A TH Phú Hòa 4 thứ sáu 8h: Lan", "> Gửi")
    for number in range(5, 12):
        await do(world.leader, f"giao chấm thi TH Phú Hòa {number} thứ năm 8h: Hùng", "> Gửi")
    await do(world.lan, REPORT.replace("Phú Hòa 1", "Phú Hòa 4"), "> Gửi", "/dexuat mua thêm bảng nhóm")
    await do(world.leader, "/hop họp chuyên đề Toán lớp 4 lúc 14h ngày 2/12 tại TH Phú Hòa 2", "> Gửi")
    world.clock.set(at(2, 14, month=12))
    await do(world.secretary, "/diemdanh", "> Còn lại có mặt")
    world.clock.set(at(2, 17, month=12))
    await world.office.run_job("meeting-reminders")
    for day in range(7, 15):
        world.clock.set(at(day - 1, 9, month=12))
        await do(world.leader, f"/hop họp chuyên đề Toán lúc 14h ngày {day}/12 tại phòng họp", "> Gửi")
        world.clock.set(at(day, 14, month=12))
        await do(world.secretary, "/bienban Thầy Hiếu khai mạc", "> Gửi chủ tọa duyệt")
        await do(world.leader, "> Xác nhận biên bản")


async def elsewhere(world: World) -> None:
    """The leader is on Telegram too and adds the bot to a group; the deputy is in a second team."""
    leader, deputy = world.joined[Role.LEADER], world.joined[Role.DEPUTY]
    telegram = world.office.phone(await world.make.join(leader.member))
    world.walk.know(telegram, Role.LEADER)
    group = telegram.in_group("-100")
    world.walk.know(group, Role.LEADER)
    await group.happens(ChatEvent.BOT_ADDED)
    await do(world.leader, "/lienket", "giao ra đề Tiếng Việt HK1: Lan; hạn 20/12", "> Gửi")
    await do(telegram, "/bangviec", "> Số 13", "> Xem nội dung")
    lan = world.office.phone(await world.make.join(world.joined[Role.MEMBER].member))
    world.walk.know(lan, Role.MEMBER)
    await do(lan, "/nhiemvu tất cả", "> Số 13")
    second = await world.make.member(await world.make.team("Tổ cụm 9"), role=Role.LEADER)
    async with world.office.database.begin() as uow:
        fresh = await uow.members.get(second.id, team_id=second.team_id)
        known = await uow.accounts.known(deputy.chat.channel, deputy.user_id)
        assert known is not None
        await uow.accounts.join(known, fresh, now=world.clock())
    await do(world.people[Role.DEPUTY], "/doito")


STORY = (monday, tuesday, wednesday, plans, settings, friday, evening, december, papers, more_of_each, elsewhere)
