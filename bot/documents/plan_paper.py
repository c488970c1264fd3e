"""Plans as official documents (Decree 30/2020/NĐ-CP, type KH): the team's year by month, and a member's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.documents.official import Block, Head, Heading, OfficialDocument, Paragraph, Signature, Table
from bot.domain.plans import PlanLine
from bot.domain.school_year import Month, SchoolYear
from bot.domain.team_settings import PaperSettings, TeamSettings
from bot.texts.periods import month_name
from bot.texts.vocabulary import KIND_NAMES

_BASIS = "Căn cứ Quy chế hoạt động tổ mạng lưới chuyên môn cấp tiểu học;"


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What stands around the lines. No number: a draft. `adjusted`: an earlier one was issued."""

    team: str
    leader: str
    settings: TeamSettings
    day: date
    number: int | None = None
    adjusted: bool = False

    @property
    def issuer(self) -> str:
        """The team as it stands on paper."""
        return self.settings.paper.issuer or self.team


def plan_code(settings: PaperSettings) -> str:
    """What follows the number: "KH-TML"."""
    return f"KH-{settings.code}" if settings.code else "KH"


def team_plan_document(year: SchoolYear, lines: Sequence[PlanLine], paper: PlanPaper) -> OfficialDocument:
    """The year's plan of the team, month by month."""
    settings = paper.settings.paper
    titles = (f"TM. {paper.issuer}", settings.signer_title) if settings.has_seal else (settings.signer_title,)
    adjusted = " (điều chỉnh)" if paper.adjusted else ""
    blocks: list[Block] = [
        Paragraph(_BASIS),
        Paragraph(f"Căn cứ nhiệm vụ năm học {year.name} và sự chỉ đạo của {paper.settings.office_name},"),
        Paragraph(f"{paper.issuer} xây dựng kế hoạch hoạt động năm học {year.name} như sau:"),
        Heading("Nội dung công tác theo tháng"),
    ]
    for month, of_month in groupby(lines, key=lambda line: line.month):
        blocks += [Heading(f"Tháng {month_name(month)}", 2), _table(list(of_month))]
    blocks += [
        Heading("Tổ chức thực hiện"),
        Paragraph(
            "Căn cứ kế hoạch này, mỗi thành viên cụ thể hóa thành kế hoạch hoạt động cá nhân từng tháng, tham dự tối "
            f"thiểu {paper.settings.activities_a_month:02d} hoạt động mỗi tháng và báo cáo kết quả với tổ."
        ),
    ]
    return OfficialDocument(
        head=_head(paper),
        type_name="Kế hoạch",
        subject=f"Hoạt động của {paper.issuer} năm học {year.name}{adjusted}",
        blocks=tuple(blocks),
        closing=f"Trên đây là kế hoạch hoạt động năm học {year.name} của {paper.issuer}./.",
        signatures=(Signature(titles, settings.signer or paper.leader),),
        copies=(f"{paper.settings.office_name} (để báo cáo)", "Các thành viên tổ (để thực hiện)", *_kept(settings)),
        remark=_remark(paper),
    )


def personal_plan_document(
    month: Month, lines: Sequence[PlanLine], paper: PlanPaper, *, name: str, role: str
) -> OfficialDocument:
    """A member's plan of a month; the leader signs left, the member right."""
    return OfficialDocument(
        head=_head(paper),
        type_name="Kế hoạch",
        subject=f"Hoạt động cá nhân tháng {month_name(month)}",
        blocks=(
            Paragraph(_BASIS),
            Paragraph(f"Căn cứ kế hoạch hoạt động của {paper.issuer},"),
            Paragraph(f"{name}, {role}", lead="Người lập:"),
            Heading("Nội dung công tác"),
            _table(lines),
        ),
        closing=f"Trên đây là kế hoạch hoạt động cá nhân tháng {month_name(month)}./.",
        signatures=(
            Signature((paper.settings.paper.signer_title,), paper.settings.paper.signer or paper.leader),
            Signature(("Người lập kế hoạch",), name),
        ),
        copies=tuple(_kept(paper.settings.paper)),
        remark=_remark(paper),
    )


def _head(paper: PlanPaper) -> Head:
    settings = paper.settings.paper
    return Head(
        parent=settings.parent,
        issuer=paper.issuer,
        code=plan_code(settings),
        number=paper.number,
        place=settings.place,
        day=paper.day,
    )


def _remark(paper: PlanPaper) -> str:
    return "DỰ THẢO" if paper.number is None else ""


def _table(lines: Sequence[PlanLine]) -> Table:
    rows = tuple(
        (str(number), line.text, KIND_NAMES[line.kind] if line.kind else "", line.school or "")
        for number, line in enumerate(lines, 1)
    )
    return Table(("TT", "Nội dung", "Loại hoạt động", "Trường, đơn vị"), rows, (1, 7, 4, 4), (0,))


def _kept(settings: PaperSettings) -> tuple[str, ...]:
    return tuple(each for each in settings.copies if not each.lower().startswith("như trên")) or ("Lưu: Hồ sơ tổ",)
