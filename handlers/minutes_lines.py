"""Lines of minutes as they come: typed or photographed, corrected, struck out; two who write are both kept."""

from __future__ import annotations

import re
from datetime import timedelta

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, may, require
from bot.domain.resolution_line import LineKind, read_line
from bot.domain.rich_text import Markup
from bot.domain.text import fold
from bot.texts import minutes as texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.minutes_resolutions import Named, ResolutionLines, load_named, named
from handlers.talk import Talk
from handlers.words import WordsDraft, words_form
from storage.tables import Minutes, MinutesLine

_LONGEST_LINE = 4000
_WRITES_ON = timedelta(hours=12)
_WHICH = re.compile(r"(?:sua|bo|xoa) dong (?:so )?(?P<number>[0-9]{1,3})")


class LineDraft(BaseModel):
    """A line typed again."""

    line_id: int
    before: str = ""
    text: str | None = None


def _read_text(text: str, draft: LineDraft, team: Named) -> LineDraft | Refusal:
    del team
    if len(text) > _LONGEST_LINE:
        return Refusal(texts.line_too_long(_LONGEST_LINE))
    return draft.model_copy(update={"text": text.strip()})


class MinutesLines:
    """What is typed while minutes are written, and the presses under each line."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self.resolutions = ResolutionLines(forms)
        self._line_form: Form[LineDraft, Named] = Form(
            name="minutes-line",
            title="sửa dòng biên bản",
            draft_type=LineDraft,
            version=1,
            fields=(
                Field(
                    "text",
                    "Dòng",
                    lambda draft, team: Question(texts.ask_line(draft.before)),
                    _read_text,
                    missing=lambda draft: draft.text is None,
                    optional=False,
                ),
            ),
            preview=lambda draft, team: Markup("{}").format(draft.text or ""),
            load=load_named,
            submit=self._rewrite,
            asks_to_confirm=False,
        )
        self._which_form = words_form("minutes-which-line", "sửa một dòng biên bản", self._which)
        forms.add(self._line_form)
        forms.add(self._which_form)

    async def hear(self, talk: Talk, text: str) -> bool:
        """Every typed line goes into the minutes that are being written; False when none are."""
        minutes = await being_written(talk)
        if minutes is None:
            return False
        if wanted := _WHICH.fullmatch(fold(text)):
            await self._show_line(talk, minutes, wanted["number"])
            return True
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if any(len(line) > _LONGEST_LINE for line in lines):
            talk.say(texts.line_too_long(_LONGEST_LINE))
            return True
        await talk.uow.minutes.write_as(minutes.id, talk.member().id, now=talk.now)
        for index, line in enumerate(lines):
            await self._take(talk, minutes, line, said=index == len(lines) - 1, count=len(lines))
        return True

    async def ask_which(self, talk: Talk, minutes: Minutes) -> None:
        """Any earlier line, by its number."""
        draft = WordsDraft(about=minutes.id, prompt=str(texts.ask_which_line()))
        await self._forms.start(talk, self._which_form, draft)

    async def _which(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        minutes = await talk.uow.minutes.get(draft.about, team_id=talk.member().team_id)
        await self._show_line(talk, minutes, words)

    async def _show_line(self, talk: Talk, minutes: Minutes, number: str) -> None:
        """The line of this number, to be typed again or struck out."""
        require(talk.role, Act.WRITE_MINUTES)
        lines = await talk.uow.minutes.lines(minutes.id)
        digits = "".join(each for each in number if each.isdecimal())[:6]
        if minutes.status != "writing" or not digits or not 1 <= int(digits) <= len(lines):
            talk.say(texts.no_such_line(len(lines)), texts.writing_choices(minutes.id, is_empty=not lines))
            return
        line = lines[int(digits) - 1]
        talk.say(texts.one_line(int(digits), line.text), texts.line_choices(line.id, minutes.id))

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A photo goes into the minutes that are being written; False when none are."""
        minutes, file = await being_written(talk), talk.incoming.files[0]
        if minutes is None or file.stored_id is None or not (file.kind == "photo" or file.mime.startswith("image/")):
            return False
        line = await self._keep_photo(talk, minutes, file.stored_id, text)
        talk.say(texts.photo_noted(await self._number(talk, line)), texts.line_choices(line.id, minutes.id))
        return True

    async def _keep_photo(
        self, talk: Talk, minutes: Minutes, file_id: int, text: str, *, place: int | None = None
    ) -> MinutesLine:
        return await talk.uow.minutes.add_line(
            minutes.id,
            kind=LineKind.PHOTO,
            text=text or texts.PHOTO,
            author_id=talk.member().id,
            now=talk.now,
            file_id=file_id,
            place=place,
        )

    async def _take(
        self, talk: Talk, minutes: Minutes, text: str, *, said: bool = True, count: int = 1, place: int | None = None
    ) -> None:
        team = await named(talk)
        read = read_line(text, now=talk.local_now, members=team.members, roles=team.roles)
        line = await talk.uow.minutes.add_line(
            minutes.id, kind=read.kind, text=read.text, author_id=talk.member().id, now=talk.now, place=place
        )
        number = await self._number(talk, line)
        if read.resolution is not None:
            await self.resolutions.recognised(talk, minutes, line, read.resolution, number=number)
        elif said:
            talk.say(texts.noted(number, count=count), texts.line_choices(line.id, minutes.id))

    async def _number(self, talk: Talk, line: MinutesLine) -> int:
        return await talk.uow.minutes.number_of(line)

    async def change(self, talk: Talk, verb: str, line: MinutesLine) -> None:
        """Type it again, strike it out, or let it stand after all."""
        minutes = await talk.uow.minutes.get(line.minutes_id, team_id=talk.member().team_id)
        if minutes.status != "writing":
            raise StaleChoice(line=line.id)
        if verb == "fix":
            await self._forms.start(talk, self._line_form, LineDraft(line_id=line.id, before=line.text))
            return
        if verb == "keep":
            await _keep(talk, line)
            talk.say(texts.kept(), texts.line_choices(line.id, minutes.id), in_place=True)
            return
        if line.gone_at is None:
            await strike(talk, line)
        talk.say(texts.dropped(), texts.dropped_choices(line.id), in_place=True)

    async def _rewrite(self, talk: Talk, draft: LineDraft, team: Named, serial: str) -> None:
        """The new line takes the old one's place; where somebody was faster, both stay. A photo keeps its picture."""
        del team, serial
        line = await talk.uow.minutes.line(draft.line_id, team_id=talk.member().team_id)
        minutes = await talk.uow.minutes.get(line.minutes_id, team_id=talk.member().team_id)
        if minutes.status != "writing":
            raise StaleChoice(line=line.id)
        was_standing = line.gone_at is None
        if was_standing:
            await strike(talk, line)
        if line.file_id is not None and was_standing:
            photo = await self._keep_photo(talk, minutes, line.file_id, draft.text or "", place=line.place)
            talk.say(texts.photo_noted(await self._number(talk, photo)), texts.line_choices(photo.id, minutes.id))
            return
        if not was_standing:
            talk.say(texts.kept_both())
        await self._take(talk, minutes, draft.text or "", place=line.place)


async def being_written(talk: Talk) -> Minutes | None:
    """The minutes that whoever talks is writing here."""
    if not talk.chat.is_private or not may(talk.role, Act.WRITE_MINUTES):
        return None
    minutes = await talk.uow.minutes.written_by(talk.member().id, now=talk.now, within=_WRITES_ON)
    is_mine = minutes is not None and minutes.team_id == talk.member().team_id and minutes.status == "writing"
    return minutes if is_mine else None


async def _keep(talk: Talk, line: MinutesLine) -> None:
    """It stands again, and so does the decision that went with it."""
    line.gone_at = None
    resolution = await talk.uow.resolutions.of_line(line.id)
    if resolution is not None and resolution.status == "dropped" and line.kind == LineKind.RESOLUTION:
        resolution.status = "draft"
    await talk.uow.flush()


async def strike(talk: Talk, line: MinutesLine) -> None:
    """It stands no longer. A decision that is in force stays so until the chair confirms the correction."""
    line.gone_at = talk.now
    resolution = await talk.uow.resolutions.of_line(line.id)
    if resolution is not None and resolution.status == "draft":
        resolution.status = "dropped"
    await talk.uow.flush()
