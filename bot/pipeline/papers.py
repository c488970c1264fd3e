"""Draws the files that people wait for, outside every transaction: taken, read, drawn in a thread, kept with a message.

A crash leaves the order waiting; a drawing that takes too long or fails three times is given up and said so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog

from bot.documents.official import thaw
from bot.documents.report_files import DrawnFile, ReportFormat, draw_document, draw_to_send
from bot.documents.school_paper import school_document
from bot.domain.clock import Clock
from bot.domain.messages import Attachment, Delivery, Outgoing, Priority
from bot.domain.paper_orders import OrderKind, PaperWish, TakenOrder
from bot.domain.periods import Period
from bot.domain.report_readers import for_office
from bot.domain.rich_text import Markup
from bot.domain.school_page import build_school_page
from bot.domain.vocabulary import Role
from bot.pipeline.signals import Signals
from bot.report_sections import draft_paper, frozen_paper, read_report
from bot.texts import papers as texts
from bot.texts.periods import period_name
from storage.engine import Database
from storage.tables import SummaryReport, Team
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
_AT_ONCE = 2
_SECONDS = 20.0
_OFFICIAL = (ReportFormat.DOCX, ReportFormat.PDF)

Drawing = Callable[[], Sequence[DrawnFile]]


class PaperWorker:
    """Takes orders one after another."""

    def __init__(self, *, database: Database, clock: Clock, signals: Signals, seconds: float = _SECONDS) -> None:
        """A drawing may take so many seconds."""
        self._database = database
        self._clock = clock
        self._signals = signals
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="papers")

    async def run(self) -> None:
        """Draw for ever."""
        try:
            while True:
                try:
                    taken = await self.run_once()
                except Exception:
                    log.exception("papers_failed")
                    taken = False
                if not taken:
                    await self._signals.papers.wait(2.0)
        finally:
            self.close()

    def close(self) -> None:
        """No more drawings."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run_once(self) -> bool:
        """One order; False when none waits."""
        async with self._database.begin() as uow:
            order = await uow.paper_orders.take(now=self._clock())
        if order is None:
            return False
        try:
            async with self._database.read() as uow:
                caption, drawing = await _read(uow, order, self._clock())
            async with asyncio.timeout(self._seconds):
                files = await asyncio.get_running_loop().run_in_executor(self._threads, drawing)
            async with self._database.begin() as uow:
                if await uow.paper_orders.finish(order.id):
                    await _hand_over(uow, order, caption, files, now=self._clock())
        except Exception as error:
            log.exception("paper_not_drawn", order=order.id)
            await self._count_failure(order, error)
        self._signals.outbox.set()
        return True

    async def _count_failure(self, order: TakenOrder, error: Exception) -> None:
        now = self._clock()
        async with self._database.begin() as uow:
            if await uow.paper_orders.fail(order.id, error=f"{type(error).__name__}: {error}", now=now):
                apology = Outgoing(chat=order.chat, text=str(texts.not_drawn()))
                await uow.outbox.put(apology, Delivery(dedupe_key=f"paper:{order.id}:failed"), now=now)


async def _read(uow: UnitOfWork, order: TakenOrder, now: datetime) -> tuple[Markup, Drawing]:
    """What will be said with the files, and the drawing, which needs no database any more."""
    team, wish = await uow.teams.get(order.team_id), order.wish
    if wish.kind is OrderKind.CONFIRMED:
        report = await uow.summary_reports.get(wish.number, team_id=team.id)
        model, paper = frozen_paper(report)
        return Markup(""), lambda: [
            file for kind in (*_OFFICIAL, ReportFormat.XLSX) for file in draw_to_send(model, paper, kind)
        ]
    if wish.kind is OrderKind.SCHOOL:
        return await _read_school(uow, team, wish, now)
    if wish.kind is OrderKind.OFFICIAL:
        document = thaw(wish.document)
        return Markup(wish.caption), lambda: draw_document(document, wish.stem, *_OFFICIAL)
    model = await read_report(uow, team, Period.parse(wish.period), now)
    paper = await draft_paper(uow, team)
    shown = for_office(model, settings=paper.settings) if wish.for_office else model
    kind = ReportFormat(wish.format)
    caption = texts.file_ready(
        period_name(model.period, model.first, model.last), is_draft=kind in {ReportFormat.DOCX, ReportFormat.PDF}
    )
    return caption, lambda: draw_to_send(shown, paper, kind)


async def _read_school(uow: UnitOfWork, team: Team, wish: PaperWish, now: datetime) -> tuple[Markup, Drawing]:
    """For the school's board: observed teachers are not named, whatever the team's setting for the office."""
    school = await uow.schools.get(wish.number, team_id=team.id)
    visits = await uow.report_facts.at_school(team.id, school.id)
    paper = await draft_paper(uow, team)
    charge = await uow.members.schools_in_charge(team.id)
    names = await uow.members.names([each for each, schools in charge.items() if school.id in schools])
    page = build_school_page(school.name, visits, in_charge=sorted(names.values()), hide_observed=True)
    day = now.astimezone(paper.settings.zone).date()
    document = school_document(page, paper.settings, team=team.name, leader=paper.leader, day=day)
    kind = ReportFormat(wish.format)
    return texts.school_page_ready(school.name), lambda: draw_document(document, f"truong-{school.code}", kind)


async def _hand_over(
    uow: UnitOfWork, order: TakenOrder, caption: Markup, files: Sequence[DrawnFile], *, now: datetime
) -> None:
    attachments = [
        Attachment(
            stored_id=await uow.files.keep(data=file.data, name=file.name, mime=file.mime, now=now),
            name=file.name,
            mime=file.mime,
            as_photo=file.mime == "image/png",
        )
        for file in files
    ]
    if order.wish.kind is OrderKind.CONFIRMED:
        report = await uow.summary_reports.get(order.wish.number, team_id=order.team_id, for_change=True)
        await uow.summary_reports.keep_files(report, [each.stored_id for each in attachments], now=now)
        await _send_to_office(uow, report, attachments, now=now)
        return
    message = Outgoing(chat=order.chat, text=str(caption), attachments=tuple(attachments))
    await uow.outbox.put(message, Delivery(dedupe_key=f"paper:{order.id}", member_id=order.member_id), now=now)


async def _send_to_office(
    uow: UnitOfWork, report: SummaryReport, attachments: Sequence[Attachment], *, now: datetime
) -> None:
    """To the officers of the team's office; leader and secretary get the same files and read who got them."""
    team = await uow.teams.get(report.team_id)
    period = Period.between(report.first, report.last)
    name = period_name(period.kind, period.first, period.last)
    officers = await uow.members.with_roles(team.id, Role.OFFICER)
    chats = await uow.accounts.private_chats([each.id for each in officers])
    _, paper = frozen_paper(report)
    number = f"{report.number:02d}/BC-{paper.settings.paper.code}"
    unread = sum(1 for each in officers if each.id not in chats)
    to_office = texts.for_office(number, name, team.name)
    to_team = texts.sent(number, name, officers=len(officers), unread=unread)
    own = await uow.members.with_roles(team.id, Role.LEADER, Role.SECRETARY)
    chats |= await uow.accounts.private_chats([each.id for each in own])
    for member, text in (*((each, to_office) for each in officers), *((each, to_team) for each in own)):
        if member.id not in chats:
            continue
        message = Outgoing(chat=chats[member.id][0], text=str(text), attachments=tuple(attachments))
        delivery = Delivery(
            dedupe_key=f"report:{report.id}:sent:member-{member.id}", priority=Priority.REMINDER, member_id=member.id
        )
        await uow.outbox.put(message, delivery, now=now)
