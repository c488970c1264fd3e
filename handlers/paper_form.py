"""What stands on the team's official papers: asked the first time one is made, which then goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel

from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.team_settings import PaperSettings
from bot.domain.text import fold
from bot.texts import paper_form as texts
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk

_LONGEST = 150
_MOST_GIVEN = 9999
GoOn = Callable[[Talk, str], Awaitable[None]]
"""Goes on with what was interrupted; the text says about what."""


class PaperDraft(BaseModel):
    """Answers so far; `wanted` names the paper that was being made, if any, and `about` says about what."""

    paper: PaperSettings = PaperSettings()
    answered: tuple[str, ...] = ()
    wanted: str = ""
    about: str = ""
    given: int | None = None
    """How many reports of this year had their number on paper before the bot gave any."""


@dataclass(frozen=True, slots=True)
class PaperContext:
    """What is shown where nothing was said."""

    team: str
    office: str


async def _load(talk: Talk) -> PaperContext:
    require(talk.role, Act.DRAFT_REPORT)
    team = await talk.uow.teams.get(talk.member().team_id)
    return PaperContext(team.name, talk.settings.office_name)


class PaperHead:
    """The head of the team's papers: known, asked for, or changed."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues, to which its form is added."""
        self._forms = forms
        self._papers: dict[str, GoOn] = {}
        self._form = _form(submit=self._submit)
        forms.add(self._form)

    def add(self, paper: str, go_on: GoOn) -> None:
        """A paper that is made as `go_on` says; ValueError when the name is taken."""
        if paper in self._papers:
            raise ValueError(f"{paper} is claimed twice")
        self._papers[paper] = go_on

    async def asks_first(self, talk: Talk, paper: str, about: object) -> bool:
        """Whether the head is being asked now, and the paper made after that.

        False: it is known, or whoever talks is not the one to say; then the paper is made with what there is.
        """
        if talk.settings.paper.is_filled or not may(talk.role, Act.DRAFT_REPORT):
            return False
        draft = PaperDraft(paper=talk.settings.paper, wanted=paper, about=str(about))
        await self._forms.start(talk, self._form, draft, opening=texts.opening())
        return True

    async def edit(self, talk: Talk) -> None:
        """Beginning with what is known; for /caidat."""
        require(talk.role, Act.DRAFT_REPORT)
        paper = talk.settings.paper
        answered = ("parent", "place", "seal") if paper.is_filled else ()
        opening = None if paper.is_filled else texts.opening()
        await self._forms.start(talk, self._form, PaperDraft(paper=paper, answered=answered), opening=opening)

    async def _submit(self, talk: Talk, draft: PaperDraft, context: PaperContext, serial: str) -> None:
        del context, serial
        require(talk.role, Act.DRAFT_REPORT)
        member = talk.member()
        team = await talk.uow.teams.get(member.team_id)
        paper = draft.paper.model_copy(update={"is_filled": True})
        changed = [name for name, was in talk.settings.paper if getattr(paper, name) != was and name in texts.FIELDS]
        settings = talk.uow.teams.settings(team).model_copy(update={"paper": paper})
        talk.uow.teams.change_settings(team, settings)
        talk.settings = settings
        await talk.note("change_paper_settings", field=", ".join(texts.FIELDS[name] for name in changed))
        talk.say(texts.kept())
        if draft.given and not await _begin_series(talk, draft.given):
            talk.say(texts.series_goes_on(await talk.uow.summary_reports.last_number(member.team_id, talk.today.year)))
        if draft.wanted:
            await self._papers[draft.wanted](talk, draft.about)


def _form(
    *, submit: Callable[[Talk, PaperDraft, PaperContext, str], Awaitable[None]]
) -> Form[PaperDraft, PaperContext]:
    return Form(
        name="paper",
        title="thông tin văn bản",
        draft_type=PaperDraft,
        version=2,
        fields=(
            _field("parent", "Cơ quan chủ quản", texts.ask_parent(), options=(texts.NO_PARENT,), required=True),
            _field("place", "Địa danh", texts.ask_place(), required=True),
            _seal(),
            _field("issuer", "Tên tổ", texts.ask_issuer()),
            _field("code", "Chữ viết tắt", texts.ask_code()),
            _field("to", "Kính gửi", texts.ask_to(), lines=True),
            _field("copies", "Nơi nhận", texts.ask_copies(), lines=True),
            _field("signer_title", "Chức danh người ký", texts.ask_title(), lines=True),
            _field("signer", "Họ tên người ký", texts.ask_signer(), options=(texts.LEADER_SIGNS,)),
            _given(),
        ),
        preview=lambda draft, context: texts.preview(
            draft.paper, team=context.team, office=context.office, given=draft.given
        ),
        load=_load,
        submit=submit,
        confirm_label="Lưu",
    )


def _field(
    name: str,
    label: str,
    question: Markup,
    *,
    options: tuple[str, ...] = (),
    required: bool = False,
    lines: bool = False,
) -> Field[PaperDraft, PaperContext]:
    def read(text: str, draft: PaperDraft, context: PaperContext) -> PaperDraft | Refusal:
        del context
        given = "" if text in options else text.strip()
        if len(given) > _LONGEST * (5 if lines else 1) or (not given and text not in options):
            return Refusal(texts.too_long(_LONGEST))
        found = tuple(" ".join(line.split()) for line in given.splitlines() if line.strip())
        value = _framed(found) if name == "copies" else found if name == "to" else "\n".join(found)
        return _answered(draft, name, value if lines else " ".join(given.split()))

    return Field(
        name,
        label,
        lambda draft, context: Question(question, tuple(Option(each, each) for each in options)),
        read,
        missing=lambda draft: required and name not in draft.answered,
        optional=not required,
    )


async def _begin_series(talk: Talk, given: int) -> bool:
    return await talk.uow.summary_reports.begin_numbers(talk.member().team_id, talk.today.year, last=given)


def _framed(copies: tuple[str, ...]) -> tuple[str, ...]:
    """As the decree has it: "Như trên" first, "Lưu: …" last."""
    first = () if copies and fold(copies[0]).startswith("nhu tren") else ("Như trên",)
    last = () if copies and fold(copies[-1]).startswith("luu") else ("Lưu: Hồ sơ tổ",)
    return (*first, *copies, *last)


def _given() -> Field[PaperDraft, PaperContext]:
    def read(text: str, draft: PaperDraft, context: PaperContext) -> PaperDraft | Refusal:
        del context
        number = text.strip()
        if not number.isdecimal() or not number.isascii() or int(number) > _MOST_GIVEN:
            return Refusal(texts.number_wanted(_MOST_GIVEN))
        return draft.model_copy(update={"given": int(number)})

    return Field(
        "given",
        "Số báo cáo đã cấp trong năm",
        lambda draft, context: Question(texts.ask_given()),
        read,
        optional=True,
    )


def _seal() -> Field[PaperDraft, PaperContext]:
    def read(text: str, draft: PaperDraft, context: PaperContext) -> PaperDraft | Refusal:
        del context
        words = fold(text)
        if words in {"khong", fold(texts.WITHOUT_SEAL)}:
            return _answered(draft, "seal", False)
        if words in {"co", fold(texts.WITH_SEAL), "dong dau"}:
            return _answered(draft, "seal", True)
        return Refusal(texts.choose_seal())

    labels = (texts.WITHOUT_SEAL, texts.WITH_SEAL)
    return Field(
        "seal",
        "Con dấu",
        lambda draft, context: Question(texts.ask_seal(), tuple(Option(each, each) for each in labels)),
        read,
        missing=lambda draft: "seal" not in draft.answered,
        optional=False,
    )


def _answered(draft: PaperDraft, name: str, value: str | bool | tuple[str, ...]) -> PaperDraft:
    field = "has_seal" if name == "seal" else name
    paper = draft.paper.model_copy(update={field: value})
    return draft.model_copy(update={"paper": paper, "answered": (*draft.answered, name)})
