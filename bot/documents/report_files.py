"""The summary as a file of any kind, from one model; libraries are loaded by the kind that needs them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.documents.official import OfficialDocument
from bot.documents.report_paper import ReportPaper, report_document
from bot.domain.periods import PeriodKind
from bot.domain.report_model import ReportModel
from bot.domain.rich_text import to_spans
from bot.domain.school_year import Month
from bot.texts.summary import digest


class ReportFormat(StrEnum):
    """The kinds of file, named as their suffix."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    PNG = "png"
    TXT = "txt"


MIMES = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFormat.PNG: "image/png",
    ReportFormat.TXT: "text/plain",
}


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file to keep or send."""

    name: str
    mime: str
    data: bytes


def draw_report(model: ReportModel, paper: ReportPaper, kind: ReportFormat) -> bytes:
    """One file; pictures are put under each other."""
    match kind:
        case ReportFormat.DOCX | ReportFormat.PDF:
            return _paper(report_document(model, paper), kind)
        case ReportFormat.XLSX:
            from bot.documents.report_sheet import draw_sheets

            return draw_sheets(model)
        case ReportFormat.PNG:
            from bot.documents.report_pictures import draw_one_picture

            return draw_one_picture(model)
        case ReportFormat.TXT:
            return f"{to_spans(digest(model, names=True)).text}\n".encode()


def draw_document(document: OfficialDocument, stem: str, *kinds: ReportFormat) -> tuple[DrawnFile, ...]:
    """Any official document as Word, as PDF, or both."""
    return tuple(DrawnFile(f"{stem}.{kind}", MIMES[kind], _paper(document, kind)) for kind in kinds)


def _paper(document: OfficialDocument, kind: ReportFormat) -> bytes:
    if kind is ReportFormat.DOCX:
        from bot.documents.official_word import draw_word

        return draw_word(document)
    from bot.documents.official_pdf import draw_pdf

    return draw_pdf(document)


def draw_to_send(model: ReportModel, paper: ReportPaper, kind: ReportFormat) -> tuple[DrawnFile, ...]:
    """What is sent into a chat: one file, or the pictures one by one."""
    is_month = model.period is PeriodKind.MONTH
    stem = f"tong-hop-{Month.of(model.first)}" if is_month else f"tong-hop-{model.first}-{model.last}"
    if kind is ReportFormat.PNG:
        from bot.documents.report_pictures import draw_pictures

        pictures = draw_pictures(model)
        return tuple(
            DrawnFile(f"{stem}-{number}.png", MIMES[kind], data) for number, data in enumerate(pictures, start=1)
        )
    return (DrawnFile(f"{stem}.{kind}", MIMES[kind], draw_report(model, paper, kind)),)
