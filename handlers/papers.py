"""Files of a summary, and the report to the office: drafted, put before the leader, confirmed, sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Choice
from bot.domain.paper_orders import OrderKind, PaperWish
from bot.domain.periods import Period
from bot.domain.permissions import Act, may, require
from bot.domain.report_readers import for_paper
from bot.domain.report_status import ReportStatus, freeze
from bot.domain.vocabulary import Role
from bot.texts import papers as texts
from bot.texts.periods import period_name
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.paper_form import PaperHead
from handlers.paper_orders import announce, order
from handlers.report_request import REQUEST_FORM, RequestDraft, close_requests, take_up
from handlers.summary import ReadReport
from handlers.talk import Rows, Talk
from storage.tables import SummaryReport

ACTION = texts.PAPER_ACTION
_FILES = (("Word", "docx"), ("PDF", "pdf"), ("Excel", "xlsx"), ("Ảnh", "png"))
_OFFERED = {suffix for _, suffix in _FILES}


class Papers:
    """Everything under the buttons of a digest that makes paper."""

    def __init__(self, forms: Forms, *, head: PaperHead, read: ReadReport) -> None:
        """`head` stands on a report, `read` computes the one that is confirmed."""
        self._forms = forms
        self._head = head
        self._read = read
        head.add("report", self._draft)
        forms.add(REQUEST_FORM)

    def conversation(self) -> Conversation:
        """Its presses."""
        return Conversation(name="papers", presses={ACTION: self._pressed})

    def buttons(self, talk: Talk, period: Period) -> Sequence[Sequence[Choice]]:
        """Under a digest: files for all who read it, the report for those who make it."""
        rows = [_file_row(period)]
        if may(talk.role, Act.DRAFT_REPORT):
            rows.append([_choice("📝 Lập báo cáo", "draft", period.key)])
        if may(talk.role, Act.CONFIRM_REPORT):
            rows[-1].append(_choice("📌 Giao thư ký lập", "request", period.key))
        return rows

    async def _pressed(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.SEE_SUMMARY)
        verb, _, rest = value.partition("|")
        match verb:
            case "file":
                await _order_file(talk, *rest.split("|"))
            case "draft":
                await self._draft(talk, rest)
            case "request":
                require(talk.role, Act.CONFIRM_REPORT)
                await self._forms.start(talk, REQUEST_FORM, RequestDraft(period=Period.parse(rest).key))
            case "submit":
                await _submit(talk, int(rest))
            case "return":
                await _return(talk, int(rest))
            case "confirm":
                await self._confirm(talk, int(rest))
            case "again":
                await _send_again(talk, int(rest))
            case _:
                raise StaleChoice(value=value)

    async def _draft(self, talk: Talk, key: str) -> None:
        """A draft of the period; the first one of a team asks what stands on its papers."""
        require(talk.role, Act.DRAFT_REPORT)
        period, member = Period.parse(key), talk.member()
        if await self._head.asks_first(talk, "report", period.key):
            return
        reports = talk.uow.summary_reports
        earlier = await reports.confirmed(member.team_id, period.first, period.last)
        report = await reports.draft(member.team_id, period.first, period.last, by=member.id, now=talk.now)
        await take_up(talk, period)
        is_leader = may(talk.role, Act.CONFIRM_REPORT)
        text = texts.draft_ready(
            _name(report), office=talk.settings.office_name, is_leader=is_leader, supplement=bool(earlier)
        )
        label, verb = ("✅ Duyệt", "confirm") if is_leader else ("📤 Trình tổ trưởng", "submit")
        again = [_choice(f"Số {each.number:02d} đã gửi", "again", each.id) for each in earlier]
        talk.say(text, [_file_row(period)[:2], [_choice(label, verb, report.id)], again])

    async def _confirm(self, talk: Talk, report_id: int) -> None:
        require(talk.role, Act.CONFIRM_REPORT)
        member = talk.member()
        report = await talk.uow.summary_reports.get(report_id, team_id=member.team_id, for_change=True)
        if report.status == ReportStatus.CONFIRMED:
            talk.say(texts.confirmed_already(_number(talk, report), _name(report)))
            return
        team = await talk.uow.teams.get(member.team_id)
        model = await self._read(talk.uow, team, Period.between(report.first, report.last), talk.now)
        settings = talk.settings.model_dump(mode="json", exclude_defaults=True)
        paper = {"settings": settings, "leader": member.name, "day": talk.today.isoformat()}
        content = freeze(for_paper(model, settings=talk.settings))
        await talk.uow.summary_reports.confirm(
            report, year=talk.today.year, content=content, paper=paper, by=member.id, now=talk.now
        )
        await talk.note("confirm_report", f"report:{report.id}")
        wish = PaperWish(kind=OrderKind.CONFIRMED, number=report.id)
        await order(talk, wish)
        talk.say(texts.confirmed(_number(talk, report), _name(report)), in_place=True)
        await close_requests(talk, Period.between(report.first, report.last), _number(talk, report))


async def _order_file(talk: Talk, key: str, suffix: str) -> None:
    period = Period.parse(key)
    if suffix not in _OFFERED:
        raise StaleChoice(format=suffix)
    wish = PaperWish(
        kind=OrderKind.SUMMARY, period=period.key, format=suffix, for_office=not may(talk.role, Act.SEE_NAMES)
    )
    await order(talk, wish)
    await talk.note("export", format=f"{texts.SUMMARY_FILE} {suffix}", months=period.key)
    announce(talk)


async def _submit(talk: Talk, report_id: int) -> None:
    require(talk.role, Act.DRAFT_REPORT)
    member = talk.member()
    report = await _open_report(talk, report_id)
    report.status = ReportStatus.SUBMITTED
    await talk.note("submit_report", f"report:{report.id}")
    leaders = await talk.uow.members.with_roles(member.team_id, Role.LEADER)
    period = Period.between(report.first, report.last)
    rows: Rows = [
        _file_row(period)[:2],
        [_choice("✅ Duyệt", "confirm", report.id), _choice("↩️ Trả lại", "return", report.id)],
    ]
    text, key = (
        texts.for_confirmation(_name(report), member.name),
        f"report:{report.id}:submitted:{talk.incoming.external_id}",
    )
    unread = await talk.tell([each.id for each in leaders], text, rows, key=key, topic=f"report:{report.id}")
    talk.say(texts.nobody_to_confirm() if len(unread) == len(leaders) else texts.submitted())


async def _return(talk: Talk, report_id: int) -> None:
    require(talk.role, Act.CONFIRM_REPORT)
    report = await _open_report(talk, report_id)
    report.status = ReportStatus.DRAFT
    await talk.note("return_report", f"report:{report.id}")
    author = report.created_by
    if author is not None:
        choice = _choice("📤 Trình tổ trưởng", "submit", report.id)
        key = f"report:{report.id}:returned:{talk.incoming.external_id}"
        await talk.tell([author], texts.returned(_name(report), talk.member().name), [[choice]], key=key)
    talk.say(texts.returned_receipt(), in_place=True)


async def _send_again(talk: Talk, report_id: int) -> None:
    """The files of a confirmed report, as they were sent; drawn and sent where that failed."""
    require(talk.role, Act.DRAFT_REPORT)
    report = await talk.uow.summary_reports.get(report_id, team_id=talk.member().team_id)
    await talk.note("export", f"report:{report.id}", format=_number(talk, report))
    attachments: list[Attachment] = []
    file_ids = await talk.uow.summary_reports.files(report.id)
    if not file_ids:
        await order(talk, PaperWish(kind=OrderKind.CONFIRMED, number=report.id))
        announce(talk)
        return
    for file_id in file_ids:
        file = await talk.uow.files.load(file_id)
        attachments.append(Attachment(stored_id=file.id, name=file.name, mime=file.mime))
    talk.say(texts.confirmed_already(_number(talk, report), _name(report)), attachments=attachments)


async def _open_report(talk: Talk, report_id: int) -> SummaryReport:
    report = await talk.uow.summary_reports.get(report_id, team_id=talk.member().team_id, for_change=True)
    if report.status == ReportStatus.CONFIRMED:
        raise StaleChoice(report=report_id)
    return report


def _name(report: SummaryReport) -> str:
    period = Period.between(report.first, report.last)
    return period_name(period.kind, period.first, period.last)


def _number(talk: Talk, report: SummaryReport) -> str:
    code = ((report.paper or {}).get("settings", {}).get("paper", {})).get("code", talk.settings.paper.code)
    return f"{report.number:02d}/BC-{code}"


def _file_row(period: Period) -> list[Choice]:
    return [_choice(label, "file", f"{period.key}|{suffix}") for label, suffix in _FILES]


def _choice(label: str, verb: str, rest: object) -> Choice:
    return Choice(label=label, action=ACTION, value=f"{verb}|{rest}")
