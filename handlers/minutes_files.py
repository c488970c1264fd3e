"""Confirmed minutes: the list of them, the files of each version, the way to a correction."""

from __future__ import annotations

from bot.domain.errors import StaleChoice
from bot.domain.messages import Attachment, Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup, join_lines
from bot.texts import minutes as texts
from bot.texts import papers as paper_texts
from handlers.meeting_news import facts_of
from handlers.minutes_publishing import order_files
from handlers.minutes_reading import label_of
from handlers.talk import Talk
from storage.tables import Minutes

PAGE = 8


async def rows_of(talk: Talk, page: int = 0) -> list[list[Choice]]:
    """Confirmed minutes, the latest first, and the ways to earlier and later ones."""
    found = await talk.uow.minutes.confirmed(talk.member().team_id, limit=PAGE + 1, offset=page * PAGE)
    rows = [
        [texts.files_choice(minutes.id, minutes.number or 0, label_of(await facts_of(talk, meeting)))]
        for minutes, meeting in found[:PAGE]
    ]
    return [*rows, texts.turn_choices(page, more=len(found) > PAGE)]


async def show_list(talk: Talk, page: int) -> None:
    """Turned to by a press."""
    require(talk.role, Act.JOIN_MEETINGS)
    rows = await rows_of(talk, page)
    talk.say(texts.confirmed_ones(some=any(rows)), rows, in_place=True)


async def give(talk: Talk, minutes: Minutes, version: str = "") -> None:
    """The files of the latest version, or of an earlier one, drawn if they are not yet; the others are a press away."""
    require(talk.role, Act.JOIN_MEETINGS)
    versions = await talk.uow.minutes.versions(minutes.id)
    given = next((each for each in reversed(versions) if version in ("", str(each.version))), None)
    if given is None:
        raise StaleChoice(minutes=minutes.id)
    meeting = await talk.uow.meetings.get(minutes.meeting_id, team_id=minutes.team_id)
    files: list[Attachment] = []
    for file_id in filter(None, (given.word_id, given.pdf_id)):
        kept = await talk.uow.files.load(file_id)
        files.append(Attachment(stored_id=kept.id, name=kept.name, mime=kept.mime))
    if not files:
        await order_files(talk, minutes, given.version)
    others = [[texts.version_choice(minutes.id, each.version)] for each in versions if each.version != given.version]
    text = texts.given(minutes.number or 0, label_of(await facts_of(talk, meeting)), version=given.version)
    text = text if files else join_lines(text, Markup(paper_texts.being_drawn()))
    talk.say(text, [*others, _writers_row(talk, minutes)], attachments=files)


def _writers_row(talk: Talk, minutes: Minutes) -> list[Choice]:
    if not may(talk.role, Act.WRITE_MINUTES):
        return []
    return [
        texts.correct_choice(minutes.id) if minutes.status == "confirmed" else texts.open_choice(minutes.meeting_id)
    ]
