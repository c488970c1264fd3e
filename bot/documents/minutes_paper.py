"""Biên bản as an official document (Decree 30/2020/NĐ-CP, form 1.9): no place and date line at the head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.documents.official import Block, Head, Heading, OfficialDocument, Paragraph, Picture, Signature, Table
from bot.documents.photo_cleaning import for_print
from bot.domain.team_settings import PaperSettings


@dataclass(frozen=True, slots=True)
class PaperResolution:
    """One row of the decisions."""

    work: str
    people: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper:
    """Everything the minutes say; moments in the team's zone."""

    team: str
    number: int | None
    version: int
    name: str
    starts_at: datetime
    ends_at: datetime
    place: str
    host: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    chair: str
    chair_title: str
    secretary: str
    agenda: tuple[str, ...]
    lines: tuple[str, ...]
    spread: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()
    resolutions: tuple[PaperResolution, ...] = ()
    photos: int = 0


def freeze_minutes(paper: MinutesPaper) -> dict[str, Any]:
    """What they say, as JSON."""
    return TypeAdapter(MinutesPaper).dump_python(paper, mode="json")


def thaw_minutes(content: dict[str, Any]) -> MinutesPaper:
    """What they said when they were frozen; whatever else is kept with it is left alone."""
    return TypeAdapter(MinutesPaper).validate_python(content)


def code_of(settings: PaperSettings) -> str:
    """What follows the number: "BB-TML"."""
    return f"BB-{settings.code}" if settings.code else "BB"


def minutes_document(
    paper: MinutesPaper, settings: PaperSettings, *, photos: Sequence[tuple[str, bytes]] = ()
) -> OfficialDocument:
    """The document to be drawn as Word and PDF; `photos` with their captions, of which unreadable ones are left out."""
    name = paper.name[:1].lower() + paper.name[1:]
    return OfficialDocument(
        head=Head(
            parent=settings.parent,
            issuer=settings.issuer or paper.team,
            code=code_of(settings),
            number=paper.number,
        ),
        type_name="Biên bản",
        subject=paper.name,
        blocks=tuple(_blocks(paper)),
        closing=f"Cuộc {name} kết thúc vào {_moment(paper.ends_at)}./."
        if name.startswith("họp")
        else f"Cuộc họp kết thúc vào {_moment(paper.ends_at)}./.",
        signatures=(Signature(("Thư ký",), paper.secretary), Signature(("Chủ tọa",), paper.chair)),
        copies=tuple(each for each in settings.copies if each != "Như trên") or ("Lưu: Hồ sơ tổ",),
        remark=f"BẢN ĐÍNH CHÍNH LẦN {paper.version - 1}" if paper.version > 1 else "",
        pictures=tuple(_pictures(photos)),
    )


def _pictures(photos: Sequence[tuple[str, bytes]]) -> Iterator[Picture]:
    for number, (words, data) in enumerate(photos, 1):
        printed = for_print(data)
        if printed is not None:
            yield Picture(printed, f"Ảnh {number}. {words}" if words else f"Ảnh {number}")


def _blocks(paper: MinutesPaper) -> list[Block]:
    invited = len(paper.present) + len(paper.absent)
    blocks: list[Block] = [
        Paragraph(_moment(paper.starts_at), lead="Thời gian bắt đầu:"),
        Paragraph(paper.place or "Không ghi", lead="Địa điểm:"),
        Paragraph(f"{len(paper.present)}/{invited} thành viên: {_names(paper.present)}", lead="Thành phần tham dự:"),
    ]
    if paper.host:
        blocks.append(Paragraph(paper.host, lead="Phối hợp tham dự:"))
    blocks += [
        Paragraph(_names(paper.absent) or "Không có", lead="Vắng mặt:"),
        Paragraph(f"{paper.chair} ({paper.chair_title})", lead="Chủ trì (chủ tọa):"),
        Paragraph(paper.secretary, lead="Thư ký (người ghi biên bản):"),
    ]
    if paper.agenda:
        blocks += [
            Heading("Chương trình"),
            *(Paragraph(f"{index}) {each}") for index, each in enumerate(paper.agenda, 1)),
        ]
    blocks += [Heading("Nội dung"), *(Paragraph(each) for each in paper.lines)]
    if not paper.lines:
        blocks.append(Paragraph("Không có ý kiến nào khác ngoài các nội dung dưới đây."))
    if paper.photos:
        blocks.append(Paragraph(f"Kèm theo {paper.photos} ảnh (phụ lục)."))
    if paper.spread or paper.mend:
        blocks.append(Heading("Bài học từ chuyên đề"))
        blocks += [Paragraph(each, lead="Cần nhân rộng:") for each in paper.spread]
        blocks += [Paragraph(each, lead="Cần khắc phục:") for each in paper.mend]
    blocks.append(Heading("Quyết định, nghị quyết"))
    if paper.resolutions:
        rows = tuple((str(index), each.work, each.people, each.due) for index, each in enumerate(paper.resolutions, 1))
        blocks.append(Table(("TT", "Việc", "Người thực hiện", "Thời hạn"), rows, (1, 7, 5, 3), (0, 3)))
    else:
        blocks.append(Paragraph("Cuộc họp không có nghị quyết giao việc."))
    return blocks


def _moment(at: datetime) -> str:
    """ "14 giờ 00 phút, ngày 04 tháng 12 năm 2026": as figures of dates are written in documents."""
    month = f"{at.month:02d}" if at.month <= 2 else str(at.month)
    return f"{at.hour:02d} giờ {at.minute:02d} phút, ngày {at.day:02d} tháng {month} năm {at.year}"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names)
