"""One message, one piece of work: "giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn báo cáo 30/11"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.dates import FoundMoment, ImpossibleDate, find_moment
from bot.domain.phrases import PhraseList, Source
from bot.domain.recurrence import Recurrence
from bot.domain.report_kinds import find_kind
from bot.domain.school_matching import SchoolName, find_school
from bot.domain.subjects import find_class, find_subject
from bot.domain.text import agrees, normalise
from bot.domain.vocabulary import ActivityKind

_LEADS = PhraseList(("giao việc", "giao", "phân công", "điều động"))
_AFTER_LEAD = re.compile(r"[\s:,]*(?:cho\b\s*)?")
_DUE = re.compile(
    r"(?<!\w)(?P<word>han|nop|bao cao|hoan thanh|xong|cham nhat)"
    r"(?: (?:chot|cuoi|nop|bao cao|hoan thanh|xong|ket qua))*(?: (?:truoc|la|den|vao|trong))*\s*:?\s*"
)
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s|$)")
_COLON = re.compile(r":(?!\d)")
_TO = re.compile(r"(?<!\w)cho\s+")
_REPEATS = {
    Recurrence.WEEKLY: PhraseList(("hằng tuần", "hàng tuần", "mỗi tuần", "tuần nào cũng")),
    Recurrence.MONTH_END: PhraseList(
        (
            "ngày làm việc cuối cùng của tháng",
            "ngày làm việc cuối cùng hằng tháng",
            "ngày làm việc cuối tháng",
            "ngày làm việc cuối cùng mỗi tháng",
            "ngày làm việc cuối mỗi tháng",
            "cuối mỗi tháng",
            "cuối tháng hằng tháng",
        )
    ),
    Recurrence.MONTHLY: PhraseList(("hằng tháng", "hàng tháng", "mỗi tháng", "tháng nào cũng")),
}
_SECRET = PhraseList(("bảo mật", "giữ kín", "việc mật"))
_SECRET_MARKED = re.compile(r"\(mật\)|(?<!\w)mật(?!\w)", re.IGNORECASE)
_LOOSE_ENDS = " \t,;.:–-·\x1f"


@dataclass(frozen=True, slots=True)
class ParsedAssignment:
    """What a message says; None or empty where it says nothing. Times are aware, in the zone of `now`."""

    kind: ActivityKind | None = None
    title: str = ""
    who: str = ""
    """Whom, as typed."""
    school_codes: tuple[str, ...] = ()
    class_or_grade: str | None = None
    subject: str | None = None
    starts_at: datetime | None = None
    all_day: bool = False
    due_at: datetime | None = None
    impossible_date: str | None = None
    recurrence: Recurrence = Recurrence.ONCE
    confidential: bool = False


def looks_like_assignment(text: str) -> bool:
    """Whether somebody who leads means to give out work."""
    source = Source.of(normalise(text))
    start = _lead(source)
    return start > 0 and len(source.plain[start:].split()) > 1 and not source.plain.endswith("?")


def _lead(source: Source) -> int:
    """Where the text goes on after "giao (cho)"; 0 when it does not begin so."""
    hit = _LEADS.find_first(source)
    if hit is None or hit.start > 0:
        return 0
    after = _AFTER_LEAD.match(source.plain, hit.end)
    return after.end() if after else hit.end


def parse_assignment(text: str, *, now: datetime, schools: Sequence[SchoolName]) -> ParsedAssignment:
    """Read a message as of `now` (aware, in the team's zone). Never raises."""
    text = normalise(text)
    text, due, bad_due = _take_due(text, now)
    text, who = _take_people(text)
    head = Source.of(text)
    recurrence, head = _take_recurrence(head)
    marks = [(hit.start, hit.end) for hit in _SECRET.find_all(head)]
    marks += [match.span() for match in _SECRET_MARKED.finditer(head.text)]
    head = head.without(marks)
    moment, bad_start = _moment(head.text, now)
    if moment is not None:
        head = head.without([(moment.start, moment.end)])
    title = " ".join(head.text.replace("\x1f", " ").split()).strip(_LOOSE_ENDS)
    school = find_school(head.text, schools)
    rest = head.without([(school.start, school.end)]) if school.best else head
    kind, subject, group = find_kind(head), find_subject(rest.text), find_class(rest.text)
    return ParsedAssignment(
        kind=kind[0] if kind else None,
        title=title,
        who=who,
        school_codes=school.best,
        class_or_grade=group.value if group else None,
        subject=subject.value if subject else None,
        starts_at=moment.moment if moment else None,
        all_day=moment is not None and moment.time is None,
        due_at=due,
        impossible_date=bad_due or bad_start,
        recurrence=recurrence,
        confidential=bool(marks),
    )


def _moment(text: str, now: datetime) -> tuple[FoundMoment | None, str | None]:
    try:
        return find_moment(text, now=now), None
    except ImpossibleDate as error:
        return None, str(error.facts.get("text", ""))


def _take_due(text: str, now: datetime) -> tuple[str, datetime | None, str | None]:
    """The text without the clause that says until when, and that moment."""
    source = Source.of(text)
    impossible: str | None = None
    for match in _DUE.finditer(source.plain):
        word = source.text[match.start("word") : match.end("word")]
        if match["word"] == "han" and not agrees(word, "hạn"):
            continue
        stop = _CLAUSE_END.search(source.plain, match.end())
        end = stop.start() if stop else len(source.text)
        found, bad = _moment(source.text[match.end() : end], now)
        impossible = impossible or bad
        is_limit = match["word"] in {"han", "cham nhat"}
        # "báo cáo chuyên đề thứ năm" is work; only a time that follows at once makes it a limit
        if not is_limit and (found is None or found.start > 1):
            continue
        if found is None and bad is None:
            continue
        end = match.end() + found.end if found is not None and not is_limit else end
        return source.text[: match.start()] + source.text[end:], found.moment if found else None, impossible
    return text, None, impossible


def _take_people(text: str) -> tuple[str, str]:
    """The text without its lead and its people, and the people as typed."""
    source = Source.of(text)
    start = _lead(source)
    colon = _COLON.search(source.plain, start)
    if colon is not None:
        stop = _CLAUSE_END.search(source.plain, colon.end())
        end = stop.start() if stop else len(text)
        who = source.text[colon.end() : end].strip(_LOOSE_ENDS)
        if who:
            return f"{source.text[start : colon.start()]} {source.text[end:]}".strip(_LOOSE_ENDS), who
    kind = find_kind(Source(source.text[start:], source.plain[start:]))
    if kind is not None and kind[1].start > 0 and (before := source.text[start : start + kind[1].start].strip(" ,")):
        return source.text[start + kind[1].start :], before.strip(_LOOSE_ENDS)
    to = list(_TO.finditer(source.plain, start))
    if to:
        stop = _CLAUSE_END.search(source.plain, to[-1].end())
        end = stop.start() if stop else len(text)
        return source.text[start : to[-1].start()] + source.text[end:], source.text[to[-1].end() : end].strip()
    return source.text[start:], ""


def _take_recurrence(head: Source) -> tuple[Recurrence, Source]:
    for recurrence, phrases in _REPEATS.items():
        if hit := phrases.find_first(head):
            return recurrence, head.without([(hit.start, hit.end)])
    return Recurrence.ONCE, head


def read_recurrence(text: str) -> Recurrence:
    """How often a text says; once when it does not say."""
    return _take_recurrence(Source.of(normalise(text)))[0]
