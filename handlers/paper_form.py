"""The form for what stands on the team's official papers; asked the first time a paper is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel

from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.team_settings import PaperSettings
from bot.domain.text import fold
from bot.texts import paper_form as texts
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk

_LONGEST = 150
Then = Callable[[Talk, str], Awaitable[None]]
"""Goes on with what was interrupted: the period's key."""


class PaperDraft(BaseModel):
    """Answers so far; `period` is what the paper was wanted for, if any."""

    paper: PaperSettings = PaperSettings()
    answered: tuple[str, ...] = ()
    period: str = ""


@dataclass(frozen=True, slots=True)
class PaperContext:
    """What is shown where nothing was said."""

    team: str
    office: str


async def _load(talk: Talk) -> PaperContext:
    require(talk.role, Act.DRAFT_REPORT)
    team = await talk.uow.teams.get(talk.member().team_id)
    return PaperContext(team.name, talk.settings.office_name)


def paper_form(*, then: Then) -> Form[PaperDraft, PaperContext]:
    """The form; `then` is called after the answers are kept."""

    async def submit(talk: Talk, draft: PaperDraft, context: PaperContext, serial: str) -> None:
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
        if draft.period:
            await then(talk, draft.period)

    return Form(
        name="paper",
        title="thông tin văn bản",
        draft_type=PaperDraft,
        version=1,
        fields=(
            _field("parent", "Cơ quan chủ quản", texts.ask_parent(), options=(texts.NO_PARENT,), required=True),
            _field("place", "Địa danh", texts.ask_place(), required=True),
            _seal(),
            _field("issuer", "Tên tổ", texts.ask_issuer()),
            _field("code", "Chữ viết tắt", texts.ask_code()),
            _field("to", "Kính gửi", texts.ask_to(), lines=True),
            _field("copies", "Nơi nhận", texts.ask_copies(), lines=True),
            _field("signer_title", "Người ký", texts.ask_title()),
        ),
        preview=lambda draft, context: texts.preview(draft.paper, team=context.team, office=context.office),
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
        value = tuple(line.strip() for line in given.splitlines() if line.strip()) if lines else " ".join(given.split())
        return _answered(draft, name, value)

    return Field(
        name,
        label,
        lambda draft, context: Question(question, tuple(Option(each, each) for each in options)),
        read,
        missing=lambda draft: required and name not in draft.answered,
        optional=not required,
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
