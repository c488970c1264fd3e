"""One message, one meeting: "họp chung 14h thứ sáu 27/11 tại TH Lê Hồng Phong, nội dung: sơ kết; phân công"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.day_patterns import WEEKDAY, WEEKDAYS
from bot.domain.day_phrases import ImpossibleDate, find_date
from bot.domain.meetings import MeetingKind
from bot.domain.moments import FoundMoment, find_moment, find_time
from bot.domain.phrases import PhraseList, Source
from bot.domain.school_matching import SchoolName, find_school
from bot.domain.text import agrees, normalise

_AGENDA = re.compile(
    r"(?:^|[\n.,;:]|(?<=\s))[ \t]*(?P<lead>(?:noi dung|chuong trinh|nd)(?: (?:hop|cuoc hop|gom|chinh))*[ \t]*[:\-–]+)"
)
_LINK = re.compile(r"(?:https?://|(?<![\w.@])(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com)/)[^\s,;]+")
_PLACE = re.compile(
    r"(?:^|[\s,;.])(?:tai|o|dia diem|noi hop|phong hop:?)[ \t:]+(?P<place>[^\n;]+?)"
    r"(?=[ \t]*(?:,[ \t]|[;\n\x1f]|\.(?:\s|$)|[ \t](?:luc|vao)[ \t\x1f]|[ \t]voi (?:su |ban |bgh)|$))"
)
_BOARD = re.compile(
    r"(?:(?:voi|cung|co) (?:su tham gia cua |su tham du cua )?)?"
    r"(?P<board>(?:ban giam hieu|bgh)(?:[^\S\n]*:)?[^\S\n]*[^\n;.,\x1f]*"
    r"(?:,[^\S\n]*(?:co|thay|ong|ba|anh|chi|hieu|pho|ht|pht)\b[^\n;.,\x1f]*)*)"
)
_OPENING = re.compile(r"^(?:(?:kinh )?moi|thong bao|lich|trieu tap|bao)?[ \t]*(?P<word>hop)\b")
_TITLE_END = re.compile(r"[,;.\n\x1f]|\b(?:luc|vao|tai|ngay|voi su|voi ban|o truong|o th)\b")
_ALTERNATIVES = re.compile(r"[;\n]|\b(?:hoac|hay)\b")
_COMMAS = re.compile(r"[,;\n]|\b(?:hoac|hay)\b")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}|\bthang \d")
_END_OF_MEETING = re.compile(r"[\s,]*(?:ket thuc|den|xong|be mac)\b")
_POINT_IN_LINE = re.compile(r"(?:^|\s)\d{1,2}[.)]\s")
_NUMBERING = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)/])\s*")
_GENERAL = PhraseList(("họp chung", "họp toàn tổ", "họp tổ", "họp định kỳ", "họp định kì", "toàn thể"))
_TOPICAL = PhraseList(("chuyên đề", "sinh hoạt chuyên môn", "hội thảo"))


@dataclass(frozen=True, slots=True)
class ParsedMeeting:
    """What a message says; None or empty where it says nothing. `has_time` is False where only a day is named."""

    kind: MeetingKind | None = None
    title: str = ""
    starts_at: datetime | None = None
    has_time: bool = False
    slots: tuple[datetime, ...] = ()
    """Two or more times that people are to choose from; `starts_at` is the first."""
    weekday_differs: bool = False
    """The weekday that is written is not the one of the day that is written."""
    place: str = ""
    school_codes: tuple[str, ...] = ()
    board: str = ""
    agenda: tuple[str, ...] = ()
    impossible_date: str | None = None


def looks_like_meeting(text: str, *, now: datetime) -> bool:
    """Whether a message calls a meeting: it begins with "họp" and names a day or a time."""
    source = Source.of(normalise(text))
    opening = _OPENING.match(source.plain)
    if opening is None or text.rstrip().endswith("?"):
        return False
    if not agrees(source.text[opening.start("word") : opening.end("word")].lower(), "họp"):
        return False
    try:
        return find_moment(source.text, now=now) is not None
    except ImpossibleDate:
        return True


def parse_meeting(text: str, *, now: datetime, schools: Sequence[SchoolName]) -> ParsedMeeting:
    """Read a message as of `now` (aware, in the team's zone). Never raises."""
    whole = Source.of(normalise(text))
    lead = _AGENDA.search(whole.plain)
    head = Source.of(whole.text[: lead.start()]) if lead else whole
    agenda = split_agenda(whole.text[lead.end() :]) if lead else ()
    link = _LINK.search(head.text)
    without_link = head.without([link.span()] if link else [])
    found, spans, impossible = _moments(without_link, now)
    rest = without_link.without(spans)
    board = _BOARD.search(rest.plain)
    kind = _kind(rest)
    place = _place(rest, link)
    topical = kind is MeetingKind.TOPICAL
    return ParsedMeeting(
        kind=kind,
        title=_title(rest) if topical else "",
        starts_at=found[0].moment if found else None,
        has_time=bool(found) and found[0].time is not None,
        slots=tuple(dict.fromkeys(each.moment for each in found)) if len(found) > 1 else (),
        weekday_differs=bool(found) and _weekday_differs(found[0]),
        place=place,
        school_codes=find_school(place or rest.text, schools).best if topical else (),
        board=rest.text[board.start("board") : board.end("board")].strip(" \x1f") if board else "",
        agenda=agenda,
        impossible_date=impossible,
    )


def read_slots(text: str, *, now: datetime) -> tuple[FoundMoment, ...]:
    """The times that a text offers, parted by ";", "hoặc" or lines; empty when a part names none.

    Raises ImpossibleDate.
    """
    source = Source.of(normalise(text))
    parts = [(start, end) for start, end in _parts(source, _ALTERNATIVES) if source.text[start:end].strip(" .,")]
    found = [_moment_in(source.text, part, now) for part in _with_days(source.text, parts, now)]
    return tuple(each[0] for each in found if each is not None) if all(found) else ()


def split_agenda(text: str) -> tuple[str, ...]:
    """The points of an agenda, one a line, parted by ";" or numbered in one line; without their numbering."""
    whole = normalise(text)
    parts = re.split(r"[;\n]+", whole)
    if len(parts) == 1 and len(_POINT_IN_LINE.findall(whole)) > 1:
        parts = re.split(r"\s+(?=\d{1,2}[.)]\s)", whole)
    points = (_NUMBERING.sub("", part).strip(" .\t") for part in parts)
    return tuple(point for point in points if point)


_Span = tuple[int, int]


def _moments(source: Source, now: datetime) -> tuple[list[FoundMoment], list[_Span], str | None]:
    """The moment a text names, or several to choose from; where they stand; a day that is on no calendar."""
    try:
        several = _several(source, now)
        if len(several) > 1:
            return [each for each, _ in several], [span for _, span in several], None
        found = find_moment(source.text, now=now)
    except ImpossibleDate as error:
        return [], [], str(error.facts.get("text", ""))
    return ([found], [(found.start, found.end)], None) if found else ([], [], None)


def _several(source: Source, now: datetime) -> list[tuple[FoundMoment, _Span]]:
    """Times parted by ";" or "hoặc"; by commas only where each names its day too: "14h, ngày 27/11" is one."""
    text = source.text
    dated = [
        each
        for each in _parts(source, _COMMAS)
        if _names_day(text[slice(*each)], now) and not _END_OF_MEETING.match(source.plain, each[0], each[1])
    ]
    found = [_moment_in(text, (span, ""), now) for span in dated]
    several = [each for each in found if each is not None and each[0].time is not None]
    if len(several) > 1:
        return several
    parts = [each for each in _parts(source, _ALTERNATIVES) if find_time(text[slice(*each)])]
    found = [_moment_in(text, part, now) for part in _with_days(text, parts, now)]
    return [each for each in found if each is not None and each[0].time is not None]


def _weekday_differs(found: FoundMoment) -> bool:
    plain = Source.of(found.text).plain
    named = WEEKDAY.search(plain)
    if named is None or _DAY.search(plain) is None:
        return False
    word = named["day"] or named["short"] or named["sunday"] or named["cn"]
    return WEEKDAYS[word] != found.date.weekday()


def _parts(source: Source, between: re.Pattern[str]) -> list[_Span]:
    ends = [(match.start(), match.end()) for match in between.finditer(source.plain)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(source.text)], strict=True))


def _names_day(text: str, now: datetime) -> bool:
    return find_date(text, now=now, prefer="future") is not None


def _with_days(text: str, parts: Sequence[_Span], now: datetime) -> list[tuple[_Span, str]]:
    """Each part with the day it borrows where it names an hour alone: of the next one that has one, else the last."""
    days = [find_date(text[slice(*part)], now=now, prefer="future") for part in parts]

    def borrowed(index: int) -> str:
        if days[index] is not None or find_time(text[slice(*parts[index])]) is None:
            return ""
        return next((each.text for each in [*days[index:], *reversed(days[:index])] if each), "")

    return [(part, borrowed(index)) for index, part in enumerate(parts)]


def _moment_in(text: str, part: tuple[_Span, str], now: datetime) -> tuple[FoundMoment, _Span] | None:
    (start, end), borrowed = part
    found = find_moment(f"{text[start:end]} {borrowed}" if borrowed else text[start:end], now=now)
    return (found, (start + found.start, min(end, start + found.end))) if found else None


def _kind(source: Source) -> MeetingKind | None:
    if _TOPICAL.find_first(source) is not None:
        return MeetingKind.TOPICAL
    return MeetingKind.GENERAL if _GENERAL.find_first(source) is not None else None


def _title(source: Source) -> str:
    hit = _TOPICAL.find_first(source)
    if hit is None:
        return ""
    end = _TITLE_END.search(source.plain, hit.end)
    words = source.text[hit.start : end.start() if end else len(source.text)]
    title = " ".join(words.split()).strip(" :-–")
    return title[:1].upper() + title[1:]


def _place(source: Source, link: re.Match[str] | None) -> str:
    """ "tại …" up to a comma, and the link; a place that is only a link is the link."""
    match = _PLACE.search(source.plain)
    words = source.text[match.start("place") : match.end("place")].replace("\x1f", " ") if match else ""
    place = " ".join(words.split()).strip(" ,.:")
    address = link.group() if link else ""
    if place and address:
        return f"{place} ({address})"
    return place or address
