"""Drawn files kept with what they belong to, and handed over to whom they concern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.documents.minutes_paper import code_of, thaw_minutes
from bot.documents.report_files import DrawnFile
from bot.domain.messages import Attachment, Chat, Delivery, Outgoing, Priority
from bot.domain.paper_orders import OrderKind, TakenOrder
from bot.domain.periods import Period
from bot.domain.rich_text import Markup
from bot.domain.team_settings import PaperSettings
from bot.domain.vocabulary import Role
from bot.report_sections import frozen_paper
from bot.texts import meetings as meeting_texts
from bot.texts import minutes as minutes_texts
from bot.texts import papers as texts
from bot.texts.periods import period_name
from storage.tables import Minutes, MinutesVersion, SummaryReport
from storage.unit_of_work import UnitOfWork


async def hand_over(
    uow: UnitOfWork, order: TakenOrder, caption: Markup, files: Sequence[DrawnFile], *, now: datetime
) -> None:
    """To whoever ordered; what was confirmed keeps its first files for good, and these go to everybody concerned."""
    post = _Post(uow, order, [await _keep(uow, each, now=now) for each in files], now)
    match order.wish.kind:
        case OrderKind.CONFIRMED:
            report = await uow.summary_reports.get(order.wish.number, team_id=order.team_id, for_change=True)
            if report.sent_at is None:
                await uow.summary_reports.keep_files(report, post.file_ids, now=now)
                await _send_report(post, report)
                return
        case OrderKind.MINUTES:
            version = await uow.minutes.version(order.wish.number, order.wish.version, for_change=True)
            if version.word_id is None:
                version.word_id, version.pdf_id = post.file_ids
                minutes = await uow.minutes.get(order.wish.number, team_id=order.team_id)
                await _send_minutes(post, minutes, version)
                return
        case _:
            pass
    await post.answer(caption)


async def _keep(uow: UnitOfWork, file: DrawnFile, *, now: datetime) -> Attachment:
    stored = await uow.files.keep(data=file.data, name=file.name, mime=file.mime, now=now)
    return Attachment(stored_id=stored, name=file.name, mime=file.mime, as_photo=file.mime == "image/png")


@dataclass(frozen=True, slots=True)
class _Post:
    """Messages with the files of one order."""

    uow: UnitOfWork
    order: TakenOrder
    attachments: Sequence[Attachment]
    now: datetime

    @property
    def file_ids(self) -> list[int]:
        return [each.stored_id for each in self.attachments]

    async def answer(self, text: Markup) -> None:
        """To the chat in which they were ordered."""
        delivery = Delivery(dedupe_key=f"paper:{self.order.id}", member_id=self.order.member_id)
        await self._put(self.order.chat, text, delivery)

    async def tell(self, member_ids: Iterable[int], text: Markup, *, key: str, topic: str = "") -> None:
        """To members privately, once for each key and member; those who have not joined are left out."""
        for member_id, chats in (await self.uow.accounts.private_chats(list(member_ids))).items():
            delivery = Delivery(
                dedupe_key=f"{key}:member-{member_id}",
                priority=Priority.REMINDER,
                member_id=member_id,
                topic=topic,
                author_member_id=self.order.member_id,
            )
            await self._put(chats[0], text, delivery)

    async def tell_groups(self, text: Markup, *, key: str, topic: str) -> int:
        """To the team's group chats, once for each key; returns how many there are."""
        groups = await self.uow.groups.of_team(self.order.team_id)
        for chat in groups:
            delivery = Delivery(
                dedupe_key=f"{key}:{chat.key}",
                priority=Priority.REMINDER,
                topic=topic,
                author_member_id=self.order.member_id,
            )
            await self._put(chat, text, delivery)
        return len(groups)

    async def _put(self, chat: Chat, text: Markup, delivery: Delivery) -> None:
        message = Outgoing(chat=chat, text=str(text), attachments=tuple(self.attachments))
        await self.uow.outbox.put(message, delivery, now=self.now)


async def _send_report(post: _Post, report: SummaryReport) -> None:
    """To the officers of the team's office; leader and secretary get the same files and read who got them."""
    uow = post.uow
    team = await uow.teams.get(report.team_id)
    period = Period.between(report.first, report.last)
    name = period_name(period.kind, period.first, period.last)
    officers = [each.id for each in await uow.members.with_roles(team.id, Role.OFFICER)]
    reached = await uow.accounts.private_chats(officers)
    _, paper = frozen_paper(report)
    number, key = f"{report.number:02d}/BC-{paper.settings.paper.code}", f"report:{report.id}:sent"
    own = await uow.members.with_roles(team.id, Role.LEADER, Role.SECRETARY)
    await post.tell(officers, texts.for_office(number, name, team.name), key=key)
    to_team = texts.sent(number, name, officers=len(officers), unread=len(officers) - len(reached))
    await post.tell([each.id for each in own], to_team, key=key)


async def _send_minutes(post: _Post, minutes: Minutes, version: MinutesVersion) -> None:
    """To the group, or to everybody where there is none; those who wrote and the chair get it themselves anyway."""
    uow = post.uow
    team = await uow.teams.get(minutes.team_id)
    meeting = await uow.meetings.get(minutes.meeting_id, team_id=team.id)
    facts = await uow.meeting_facts.read(meeting, uow.teams.settings(team).zone)
    paper = thaw_minutes(version.content)
    text = minutes_texts.confirmed(
        minutes.number or 0,
        code_of(PaperSettings.model_validate(version.content["settings"])),
        meeting_texts.label(facts),
        version=version.version,
        resolutions=len(paper.resolutions),
    )
    key, topic = f"minutes:{minutes.id}:version-{version.version}", f"meeting:{meeting.id}"
    in_groups = await post.tell_groups(text, key=key, topic=topic)
    whom = {line.author_id for line in await uow.minutes.lines(minutes.id)} | {minutes.secretary_id}
    whom |= {meeting.chair_id} if meeting.chair_id is not None else set()
    if not in_groups:
        whom |= {each.member_id for each in await uow.meetings.invitations(meeting.id)}
    await post.tell(sorted(whom - {post.order.member_id}), text, key=key, topic=topic)
    await post.answer(text)
