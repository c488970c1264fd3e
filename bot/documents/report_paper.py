"""The summary as an official report: the order of a monthly báo cáo, an empty section in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.official import Block, Bullets, Head, Heading, OfficialDocument, Paragraph, Signature, Table
from bot.domain.duty import Standing
from bot.domain.periods import PeriodKind
from bot.domain.report_model import Figure, Quote, ReportModel, Section, SectionKind
from bot.domain.report_readers import for_paper
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind
from bot.texts.fragments import first_upper
from bot.texts.periods import month_name, period_name, short_day
from bot.texts.summary import theme_name
from bot.texts.vocabulary import KIND_NAMES

_QUOTES_A_THEME = 3
_PLAN_NAMES = {
    PeriodKind.MONTH: "Kế hoạch: thực hiện và tháng tới",
    PeriodKind.SEMESTER: "Kế hoạch: thực hiện và học kì tới",
    PeriodKind.YEAR: "Kế hoạch: thực hiện và năm học tới",
    PeriodKind.RANGE: "Kế hoạch: thực hiện và thời gian tới",
}
_REASONS_NOT_GIVEN = "chưa báo cáo"


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What a report needs besides its figures. No number: a draft. `supplement`: an earlier one was confirmed."""

    settings: TeamSettings
    leader: str
    number: int | None = None
    day: date | None = None
    supplement: bool = False


def report_document(model: ReportModel, paper: ReportPaper) -> OfficialDocument:
    """The báo cáo of a period."""
    model, settings = for_paper(model, settings=paper.settings), paper.settings.paper
    issuer = settings.issuer or model.team
    kind = "Tổng hợp hoạt động " + period_name(model.period, model.first, model.last)
    titles = settings.titles(issuer)
    return OfficialDocument(
        head=Head(
            parent=settings.parent,
            issuer=issuer,
            code=f"BC-{settings.code}" if settings.code else "BC",
            number=paper.number,
            place=settings.place,
            day=paper.day or model.made_on,
        ),
        type_name="Báo cáo",
        subject=f"{kind} (bổ sung)" if paper.supplement else kind,
        to=settings.to or (paper.settings.office_name,),
        blocks=tuple(_blocks(model, names=paper.settings.report_names_members)),
        closing=f"Trên đây là báo cáo {kind[0].lower()}{kind[1:]} của {issuer}./.",
        signatures=(Signature(titles, settings.signer or paper.leader),),
        copies=settings.copies,
        remark="DỰ THẢO" if paper.number is None else "",
    )


def _blocks(model: ReportModel, *, names: bool) -> list[Block]:
    return [
        *([Paragraph(f"Số liệu tính đến ngày {short_day(model.made_on)}.")] if model.is_partial else []),
        Heading("Thực hiện định mức"),
        *_duty(model, names=names),
        Heading("Hoạt động theo loại, môn, trường"),
        *_activities(model),
        Heading("Điển hình cần nhân rộng"),
        *_quotes(model.exemplary, "Không có điển hình nào được ghi nhận."),
        Heading("Khó khăn, nhu cầu hỗ trợ"),
        *_quotes(model.needs, "Không có đề nghị hỗ trợ nào được ghi nhận."),
        Heading("Nội dung tư vấn, thúc đẩy và theo dõi"),
        *_advice(model),
        Heading("Phân công, điều động"),
        *_section(model.section(SectionKind.ASSIGNMENTS), "Không có phân công nào được ghi nhận."),
        Heading("Họp và nghị quyết"),
        *_section(model.section(SectionKind.MEETINGS), "Không có cuộc họp nào được ghi nhận."),
        Heading("Đề xuất, kiến nghị"),
        *_section(model.section(SectionKind.PROPOSALS), "Không có đề xuất, kiến nghị."),
        Heading(_PLAN_NAMES[model.period]),
        *_section(model.section(SectionKind.PLAN), "Chưa có kế hoạch được ghi nhận."),
    ]


def _duty(model: ReportModel, *, names: bool) -> list[Block]:
    duty = model.duty
    if not duty.months:
        return [Paragraph("Thời gian này không thuộc các tháng thực hiện định mức.")]
    was = "; ".join(f"trước tháng {month_name(month)}: {required:02d}" for month, required in duty.was)
    before = f" ({was})" if was else ""
    rule = f"Định mức: mỗi thành viên tham dự tối thiểu {duty.required:02d} hoạt động mỗi tháng{before}."
    if len(duty.months) == 1:
        blocks: list[Block] = [Paragraph(f"{rule} {_month_sentence(model, 0)}")]
    else:
        columns = ("Tháng", "Số người thực hiện", "Đạt", "Chưa đạt", "Được nghỉ")
        rows = tuple(
            (
                month_name(month),
                str(duty.bound(index)),
                *(str(duty.count(index, each)) for each in (Standing.MET, Standing.OWES, Standing.ON_LEAVE)),
            )
            for index, month in enumerate(duty.months)
        )
        blocks = [Paragraph(rule), Table(columns, rows, (3, 4, 2, 2, 2), (0, 1, 2, 3, 4))]
    missing = _missing(model)
    if not missing:
        return [*blocks, Paragraph("Không có thành viên nào thiếu hoạt động.")]
    if not names:
        reasons = "; ".join(f"{count} người {reason}" for reason, count in Counter(each[2] for each in missing).items())
        return [*blocks, Paragraph(f"Lý do chưa có hoạt động: {reasons}.")]
    columns = ("TT", "Họ và tên", "Tháng", "Lý do")
    numbered = tuple((str(number), *row) for number, row in enumerate(missing, 1))
    return [*blocks, Paragraph("Các thành viên chưa có hoạt động:"), Table(columns, numbered, (1, 4, 2, 5), (0, 2))]


def _month_sentence(model: ReportModel, index: int) -> str:
    duty = model.duty
    met, owing, away = (duty.count(index, each) for each in (Standing.MET, Standing.OWES, Standing.ON_LEAVE))
    return (
        f"Tháng {month_name(duty.months[index])} có {met}/{duty.bound(index)} thành viên đạt định mức; "
        f"{owing} thành viên chưa đạt; {away} thành viên được nghỉ."
    )


def _missing(model: ReportModel) -> list[tuple[str, str, str]]:
    """Name, month and reason of everybody who did not meet a month."""
    found: list[tuple[str, str, str]] = []
    for index, month in enumerate(model.duty.months):
        for person, stands in model.duty.those(index, Standing.OWES):
            reason = f"xin nghỉ, chưa duyệt: {stands.reason}" if stands.waits else stands.reason
            found.append((person.name, month_name(month), reason or _REASONS_NOT_GIVEN))
        for person, stands in model.duty.those(index, Standing.ON_LEAVE):
            found.append((person.name, month_name(month), f"được nghỉ: {stands.reason}".rstrip(": ")))
    return found


def _activities(model: ReportModel) -> list[Block]:
    if not model.visits:
        return [Paragraph("Không có hoạt động nào được ghi nhận."), *_coverage(model)]
    late = sum(visit.late for visit in model.visits)
    total = f"Tổng số {len(model.visits)} hoạt động" + (f", trong đó {late} hoạt động ghi nhận muộn." if late else ".")
    kinds = tuple((KIND_NAMES[ActivityKind(each.key)], str(each.count)) for each in model.by_kind)
    blocks: list[Block] = [
        Paragraph(total),
        Heading("Theo loại", 2),
        _counts("Loại hoạt động", kinds),
    ]
    if model.by_subject:
        blocks += [Heading("Theo môn", 2), _counts("Môn", _labelled(model.by_subject))]
    if model.by_school:
        blocks += [Heading("Theo trường", 2), _counts("Trường", _labelled(model.by_school))]
    return [*blocks, *_coverage(model)]


def _labelled(figures: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    return tuple((each.label, str(each.count)) for each in figures)


def _counts(title: str, rows: tuple[tuple[str, str], ...]) -> Table:
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return Table(("TT", title, "Số hoạt động"), numbered, (1, 7, 3), (0, 2))


def _coverage(model: ReportModel) -> list[Block]:
    if not model.schools:
        return []
    if not model.not_visited:
        return [Paragraph(f"Đã tới đủ {model.schools}/{model.schools} trường.")]
    visited = model.schools - len(model.not_visited)
    return [Paragraph(f"Đã tới {visited}/{model.schools} trường. Chưa tới: {', '.join(model.not_visited)}.")]


def _quotes(quotes: Sequence[Quote], nothing: str) -> list[Block]:
    return [Bullets(tuple(_quoted(quote) for quote in quotes))] if quotes else [Paragraph(nothing)]


def _quoted(quote: Quote) -> Paragraph:
    where = f"{quote.school or 'Không ghi trường'} ({short_day(quote.day)}):"
    return Paragraph(f"“{quote.text.strip()}”" if quote.text else "không ghi nội dung.", lead=where)


def _advice(model: ReportModel) -> list[Block]:
    if not model.themes:
        return [Paragraph("Không có nội dung tư vấn nào được ghi nhận.")]
    blocks: list[Block] = []
    if model.phrases:
        phrases = "; ".join(f"“{each.words}” ({len(each.visits)} lượt)" for each in model.phrases)
        blocks.append(Paragraph(f"Các nội dung được nhắc tới nhiều lần: {phrases}."))
    for theme in model.themes:
        name = first_upper(theme_name(theme.subject, theme.grade))
        blocks.append(Paragraph(f"{len(theme.quotes)} lượt tư vấn.", lead=f"{name}:"))
        blocks.append(Bullets(tuple(_quoted(quote) for quote in theme.quotes[-_QUOTES_A_THEME:])))
    if model.follow_ups:
        blocks.append(Paragraph("Các nội dung hẹn kiểm tra lại:"))
        blocks.append(Bullets(tuple(_quoted(quote) for quote in model.follow_ups)))
    return blocks


def _section(section: Section, nothing: str) -> list[Block]:
    if section.is_empty:
        return [Paragraph(nothing)]
    blocks: list[Block] = [Paragraph(line) for line in section.lines]
    if section.rows:
        widths = section.widths or tuple(3 for _ in section.columns)
        blocks.append(Table(section.columns, section.rows, widths, (*section.numbers, *section.dates)))
    return blocks
