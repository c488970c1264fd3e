"""A school's page for its board: what was good and what was advised; who said it and what was remarked stays inside."""

from __future__ import annotations

from datetime import date

from bot.documents.official import Block, Bullets, Head, Heading, OfficialDocument, Paragraph, Signature
from bot.domain.report_model import Visit
from bot.domain.school_page import SchoolPage
from bot.domain.team_settings import TeamSettings
from bot.texts.periods import short_day
from bot.texts.vocabulary import KIND_NAMES


def school_document(page: SchoolPage, settings: TeamSettings, *, team: str, leader: str, day: date) -> OfficialDocument:
    """The page; difficulties that were remarked on and the members' names are no part of it."""
    paper = settings.paper
    issuer = paper.issuer or team
    observed = [each.visit for each in page.visits if each.visit.kind.is_observation or each.visit.advice]
    return OfficialDocument(
        head=Head(parent=paper.parent, issuer=issuer, place=paper.place, day=day),
        type_name="Thông tin tư vấn chuyên môn",
        subject=page.school,
        to=(f"Ban giám hiệu {page.school}",),
        blocks=(
            Paragraph(
                f"{issuer} đã có {len(page.visits)} lượt hoạt động tại trường. Nội dung mang tính tư vấn, thúc đẩy, "
                "không xếp loại tiết dạy."
            ),
            Heading("Điểm nổi bật"),
            *_listed([(visit, visit.strengths) for visit in observed], "Chưa có nội dung được ghi nhận."),
            Heading("Nội dung tư vấn, thúc đẩy"),
            *_listed([(visit, _advice(visit)) for visit in observed], "Chưa có nội dung được ghi nhận."),
        ),
        closing="Trân trọng cảm ơn nhà trường đã phối hợp./.",
        signatures=(Signature(paper.titles(issuer), paper.signer or leader),),
        copies=("Như trên", "Lưu: Hồ sơ tổ"),
    )


def _advice(visit: Visit) -> str | None:
    return "\n".join(text for text in (visit.advice, visit.encouragement) if text) or None


def _listed(found: list[tuple[Visit, str | None]], nothing: str) -> list[Block]:
    items = [Paragraph(text, lead=f"{short_day(visit.day)}, {_about(visit)}:") for visit, text in found if text]
    return [Bullets(tuple(items))] if items else [Paragraph(nothing)]


def _about(visit: Visit) -> str:
    return ", ".join(part for part in (KIND_NAMES[visit.kind], visit.subject, visit.group) if part)
