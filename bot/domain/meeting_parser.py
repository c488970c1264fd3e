"""One message, one meeting: "họp chung 14h thứ sáu 27/11 tại TH Lê Hồng Phong, nội dung: sơ kết; phân công"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.day_phrases import ImpossibleDate
from bot.domain.meetings import MeetingKind
from bot.domain.moments import FoundMoment, find_moment
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
    r"(?P<board>(?:ban giam hieu|bgh)(?:[^\S\n]*:)?[^\S\n]*[^\n;.,]*)"
)
_OPENING = re.compile(r"^(?:(?:kinh )?moi|thong bao|lich|trieu tap|bao)?[ \t]*(?P<word>hop)\b")
_TITLE_END = re.compile(r"[,;.\n\x1f]|\b(?:luc|vao|tai|ngay|voi su|voi ban|o truong|o th)\b")
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
    found, impossible = _moment(without_link.text, now)
    rest = without_link.without([(found.start, found.end)] if found else [])
    board = _BOARD.search(rest.plain)
    kind = _kind(rest)
    place = _place(rest, link)
    topical = kind is MeetingKind.TOPICAL
    return ParsedMeeting(
        kind=kind,
        title=_title(rest) if topical else "",
        starts_at=found.moment if found else None,
        has_time=found is not None and found.time is not None,
        place=place,
        school_codes=find_school(place or rest.text, schools).best if topical else (),
        board=rest.text[board.start("board") : board.end("board")].strip(" \x1f") if board and topical else "",
        agenda=agenda,
        impossible_date=impossible,
    )


def read_slots(text: str, *, now: datetime) -> tuple[FoundMoment, ...]:
    """The times that a text offers, parted by ";", "hoặc" or lines; empty when a part names none.

    Raises ImpossibleDate.
    """
    parts = [part for part in re.split(r"[;\n]|\b(?:hoặc|hoac)\b", normalise(text)) if part.strip(" .,")]
    found = [find_moment(part, now=now) for part in parts]
    return tuple(each for each in found if each is not None) if all(found) else ()


def split_agenda(text: str) -> tuple[str, ...]:
    """The points of an agenda, one a line or parted by ";", without their numbering."""
    parts = re.split(r"[;\n]+", normalise(text))
    points = (_NUMBERING.sub("", part).strip(" .\t") for part in parts)
    return tuple(point for point in points if point)


def read_link(text: str) -> str:
    """The address of an online meeting in a text, or nothing."""
    link = _LINK.search(text)
    return link.group() if link else ""


def is_on(moment: datetime, day: date) -> bool:
    """Whether a moment lies on this day, in its own zone."""
    return moment.date() == day


def _moment(text: str, now: datetime) -> tuple[FoundMoment | None, str | None]:
    try:
        return find_moment(text, now=now), None
    except ImpossibleDate as error:
        return None, str(error.facts.get("text", ""))


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
