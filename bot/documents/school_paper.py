"""A school's page for its board: visits, what was good, advice and what became of it, needs, who is in charge.

Who said it, and what was remarked of lessons without asking for support, stays inside the team.
"""

from __future__ import annotations

from datetime import date

from bot.documents.official import Block, Bullets, Head, Heading, OfficialDocument, Paragraph, Signature, Table
from bot.domain.report_model import Visit
from bot.domain.school_page import SchoolPage, SchoolVisit
from bot.domain.team_settings import TeamSettings
from bot.texts.periods import short_day
from bot.texts.vocabulary import KIND_NAMES

_NOTHING = "Chưa có nội dung được ghi nhận."


def school_document(page: SchoolPage, settings: TeamSettings, *, team: str, leader: str, day: date) -> OfficialDocument:
    """The page. Of difficulties only those are told for which support was asked."""
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
            *([Paragraph(", ".join(page.in_charge), lead="Thành viên phụ trách:")] if page.in_charge else []),
            Heading("Các lượt hoạt động"),
            *_visits(page),
            Heading("Điểm nổi bật, điển hình"),
            *_listed([(visit, _strengths(visit)) for visit in observed], _NOTHING),
            Heading("Nội dung tư vấn, thúc đẩy và kết quả"),
            *_listed([(each.visit, _advice(each)) for each in page.visits], _NOTHING),
            Heading("Nhu cầu cần hỗ trợ"),
            *_listed(
                [(visit, visit.difficulties or visit.advice) for visit in page.needs], "Không có nhu cầu được ghi nhận."
            ),
        ),
        closing="Trân trọng cảm ơn nhà trường đã phối hợp./.",
        signatures=(Signature(paper.titles(issuer), paper.signer or leader),),
        copies=("Như trên", "Lưu: Hồ sơ tổ"),
    )


def _visits(page: SchoolPage) -> list[Block]:
    if not page.visits:
        return [Paragraph("Tổ chưa có lượt hoạt động nào tại trường.")]
    rows = tuple(
        (str(number), short_day(each.visit.day), _about(each.visit)) for number, each in enumerate(page.visits, 1)
    )
    return [Table(("TT", "Ngày", "Hoạt động"), rows, (1, 3, 10), (0, 1))]


def _strengths(visit: Visit) -> str | None:
    return f"{visit.strengths} (điển hình)" if visit.strengths and visit.exemplary else visit.strengths


def _advice(each: SchoolVisit) -> str | None:
    """What was advised, and what was good about it at the next visit."""
    said = [text for text in (each.visit.advice, each.visit.encouragement) if text]
    if said and each.next is not None:
        said.append(f"Lần sau ({short_day(each.next.day)}): {each.next.strengths or 'đã dự lại, tiếp tục theo dõi'}")
    return "\n".join(said) or None


def _listed(found: list[tuple[Visit, str | None]], nothing: str) -> list[Block]:
    items = [Paragraph(text, lead=f"{short_day(visit.day)}, {_about(visit)}:") for visit, text in found if text]
    return [Bullets(tuple(items))] if items else [Paragraph(nothing)]


def _about(visit: Visit) -> str:
    return ", ".join(part for part in (KIND_NAMES[visit.kind], visit.subject, visit.group) if part)
