"""The letter that asks a school to make time for one of its teachers (regulation II.2: "được đơn vị tạo điều kiện").

A công văn after Decree 30/2020/NĐ-CP: no type name, its subject under the number, addressed to the head of the school.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.documents.official import Block, Bullets, Head, OfficialDocument, Paragraph, Signature
from bot.domain.team_settings import TeamSettings
from bot.texts.fragments import weekday


@dataclass(frozen=True, slots=True)
class SchoolLetter:
    """What is asked of whom. Times in the team's zone; no number: a draft.

    `school` is where the teacher works, `place` where the work is; `work` says what it is, in the team's words.
    """

    team: str
    school: str
    teacher: str
    work: str
    day: date
    leader: str
    settings: TeamSettings
    place: str = ""
    starts_at: datetime | None = None
    all_day: bool = False
    due_at: datetime | None = None
    role: str = "tổ viên"
    number: int | None = None


def letter_document(letter: SchoolLetter) -> OfficialDocument:
    """The letter, ready to be drawn."""
    paper = letter.settings.paper
    issuer = paper.issuer or letter.team
    titles = paper.titles(issuer)
    return OfficialDocument(
        head=Head(
            parent=paper.parent,
            issuer=issuer,
            code=paper.code or "TML",
            number=letter.number,
            place=paper.place,
            day=letter.day,
        ),
        type_name="",
        subject="",
        letter_subject=f"V/v tạo điều kiện cho {_addressed(letter.teacher)} thực hiện nhiệm vụ của tổ mạng lưới",
        to=(f"Hiệu trưởng {letter.school}",),
        blocks=tuple(_blocks(letter, issuer)),
        closing=f"{issuer} trân trọng cảm ơn sự phối hợp của nhà trường./.",
        signatures=(Signature(titles, paper.signer or letter.leader),),
        copies=("Như trên", f"Thầy (cô) {letter.teacher}", *_kept(paper.copies)),
        remark="DỰ THẢO" if letter.number is None else "",
    )


def letter_file_stem(letter: SchoolLetter) -> str:
    """A short name without marks that would trouble a file system; its suffix is to follow."""
    number = "du-thao" if letter.number is None else f"{letter.number:02d}"
    return f"thu-gui-truong-{number}"


def _blocks(letter: SchoolLetter, issuer: str) -> list[Block]:
    facts = [
        Paragraph(letter.work, lead="Nội dung:"),
        Paragraph(_when(letter), lead="Thời gian:") if letter.starts_at else None,
        Paragraph(letter.place, lead="Địa điểm:") if letter.place else None,
        Paragraph(_moment(letter.due_at), lead="Thời hạn hoàn thành:") if letter.due_at else None,
    ]
    return [
        Paragraph(
            "Căn cứ Quy chế hoạt động tổ mạng lưới chuyên môn cấp tiểu học, theo đó các thành viên được đơn vị "
            "tạo điều kiện về thời gian để thực hiện nhiệm vụ của tổ;"
        ),
        Paragraph(
            f"{issuer} phân công {_addressed(letter.teacher)}, giáo viên của nhà trường, {letter.role} của tổ, "
            "thực hiện nhiệm vụ sau:"
        ),
        Bullets(tuple(fact for fact in facts if fact is not None)),
        Paragraph(
            f"{issuer} kính đề nghị nhà trường sắp xếp giờ dạy và tạo điều kiện về thời gian để "
            f"{_addressed(letter.teacher)} hoàn thành nhiệm vụ."
        ),
    ]


def _addressed(name: str) -> str:
    return f"thầy (cô) {name}"


def _when(letter: SchoolLetter) -> str:
    if letter.starts_at is None:
        return ""
    return _day(letter.starts_at) if letter.all_day else _moment(letter.starts_at)


def _moment(moment: datetime) -> str:
    return f"{moment.hour} giờ {moment.minute:02d}, {_day(moment)}"


def _day(moment: datetime) -> str:
    return f"{weekday(moment)} ngày {moment.day:02d}/{moment.month:02d}/{moment.year}"


def _kept(copies: tuple[str, ...]) -> tuple[str, ...]:
    """The team's own lines, without the one that says "as above"."""
    return tuple(each for each in copies if not each.lower().startswith("như trên"))
