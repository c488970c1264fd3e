"""What an order asks for, read from the database: the words that go with the files, and how these are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.documents.minutes_paper import minutes_document, thaw_minutes
from bot.documents.official import thaw
from bot.documents.report_files import DrawnFile, ReportFormat, draw_document, draw_to_send
from bot.documents.school_paper import school_document
from bot.domain.paper_orders import OrderKind, PaperWish, TakenOrder
from bot.domain.periods import Period
from bot.domain.report_readers import for_office
from bot.domain.rich_text import Markup
from bot.domain.school_page import build_school_page
from bot.domain.team_settings import PaperSettings
from bot.report_sections import draft_paper, frozen_paper, read_report
from bot.texts import meetings as meeting_texts
from bot.texts import minutes as minutes_texts
from bot.texts import papers as texts
from bot.texts.periods import period_name
from storage.tables import Team
from storage.unit_of_work import UnitOfWork

_OFFICIAL = (ReportFormat.DOCX, ReportFormat.PDF)

Drawing = Callable[[], Sequence[DrawnFile]]
"""Needs no database any more."""


async def read_order(uow: UnitOfWork, order: TakenOrder, now: datetime) -> tuple[Markup, Drawing]:
    """What will be said to whoever ordered, and the drawing."""
    team, wish = await uow.teams.get(order.team_id), order.wish
    match wish.kind:
        case OrderKind.SUMMARY:
            return await _read_summary(uow, team, wish, now)
        case OrderKind.CONFIRMED:
            return await _read_confirmed(uow, team, wish)
        case OrderKind.SCHOOL:
            return await _read_school(uow, team, wish, now)
        case OrderKind.MINUTES:
            return await _read_minutes(uow, team, wish)
        case OrderKind.OFFICIAL:
            document = thaw(wish.document)
            return Markup(wish.caption), lambda: draw_document(document, wish.stem, *_OFFICIAL)


async def _read_summary(uow: UnitOfWork, team: Team, wish: PaperWish, now: datetime) -> tuple[Markup, Drawing]:
    model = await read_report(uow, team, Period.parse(wish.period), now)
    paper = await draft_paper(uow, team)
    shown = for_office(model, settings=paper.settings) if wish.for_office else model
    kind = ReportFormat(wish.format)
    name, is_draft = period_name(model.period, model.first, model.last), kind in _OFFICIAL
    return texts.file_ready(name, is_draft=is_draft), lambda: draw_to_send(shown, paper, kind)


async def _read_confirmed(uow: UnitOfWork, team: Team, wish: PaperWish) -> tuple[Markup, Drawing]:
    report = await uow.summary_reports.get(wish.number, team_id=team.id)
    model, paper = frozen_paper(report)
    kinds = (*_OFFICIAL, ReportFormat.XLSX)
    number = f"{report.number:02d}/BC-{paper.settings.paper.code}"
    words = texts.confirmed_already(number, period_name(model.period, model.first, model.last))
    if drawn := await uow.summary_reports.files(report.id):
        return words, await _kept(uow, drawn)
    return words, lambda: [file for kind in kinds for file in draw_to_send(model, paper, kind)]


async def _read_school(uow: UnitOfWork, team: Team, wish: PaperWish, now: datetime) -> tuple[Markup, Drawing]:
    """For the school's board: observed teachers are not named, whatever the team's setting for the office."""
    school = await uow.schools.get(wish.number, team_id=team.id)
    visits = await uow.report_facts.at_school(team.id, school.id)
    paper = await draft_paper(uow, team)
    names = await uow.members.names(await uow.members.in_charge_of(team.id, school.id))
    page = build_school_page(school.name, visits, in_charge=sorted(names.values()), hide_observed=True)
    day = now.astimezone(paper.settings.zone).date()
    document = school_document(page, paper.settings, team=team.name, leader=paper.leader, day=day)
    kind = ReportFormat(wish.format)
    return texts.school_page_ready(school.name), lambda: draw_document(document, f"truong-{school.code}", kind)


async def _read_minutes(uow: UnitOfWork, team: Team, wish: PaperWish) -> tuple[Markup, Drawing]:
    """As they were confirmed, with the photos of the lines that stood then."""
    minutes = await uow.minutes.get(wish.number, team_id=team.id)
    version = await uow.minutes.version(minutes.id, wish.version)
    meeting = await uow.meetings.get(minutes.meeting_id, team_id=team.id)
    label = meeting_texts.label(await uow.meeting_facts.read(meeting, uow.teams.settings(team).zone))
    words = minutes_texts.given(minutes.number or 0, label, version=wish.version)
    if version.word_id is not None and version.pdf_id is not None:
        return words, await _kept(uow, (version.word_id, version.pdf_id))
    paper, settings = thaw_minutes(version.content), PaperSettings.model_validate(version.content["settings"])
    photos = [
        ("" if said == minutes_texts.PHOTO else said, (await uow.files.load(file_id)).data)
        for said, file_id in await uow.minutes.pictures(version.content["line_ids"])
    ]
    again = f"-dinh-chinh-{wish.version - 1}" if wish.version > 1 else ""
    stem = f"bien-ban-{minutes.number or 0:02d}-{minutes.year}{again}"
    return words, lambda: draw_document(minutes_document(paper, settings, photos=photos), stem, *_OFFICIAL)


async def _kept(uow: UnitOfWork, file_ids: Iterable[int]) -> Drawing:
    """What was drawn for somebody else meanwhile."""
    kept = [await uow.files.load(each) for each in file_ids]
    return lambda: [DrawnFile(each.name, each.mime, each.data) for each in kept]
