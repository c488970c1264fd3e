"""A dialogue as it is kept between two updates: the state of a form in the row of a person and chat."""

from __future__ import annotations

from typing import Any

from handlers.forms.engine import State
from handlers.forms.form import AnyForm
from handlers.forms.moves import CORRECT, PREVIEW
from handlers.talk import Talk
from storage.dialogues import OpenDialogue


def new_row(talk: Talk, form: AnyForm, state: State[Any]) -> OpenDialogue:
    """The row of a form that begins."""
    return OpenDialogue(
        chat_key=talk.chat.key,
        user_id=talk.user_id,
        name=f"{form.name}#{state.serial}",
        active=True,
        step=state.step,
        draft=_kept(state),
        draft_version=form.version,
        version=state.version,
        updated_at=talk.now,
    )


def write(dialogue: OpenDialogue, state: State[Any], talk: Talk) -> None:
    """Let the row hold this state."""
    dialogue.step = state.step
    dialogue.version = state.version
    dialogue.updated_at = talk.now
    dialogue.draft = _kept(state)


def _kept(state: State[Any]) -> dict[str, Any]:
    return {
        "values": state.draft.model_dump(mode="json"),
        "trail": list(state.trail),
        "guided": state.guided,
        "correcting": state.correcting,
    }


def read(form: AnyForm, dialogue: OpenDialogue) -> State[Any]:
    """The state that a row holds; ValueError or KeyError when this program no longer understands it."""
    kept = dialogue.draft
    if dialogue.step not in (PREVIEW, CORRECT):
        form.field(dialogue.step)
    return State(
        step=dialogue.step,
        draft=form.draft_type.model_validate(kept["values"]),
        serial=dialogue.name.partition("#")[2],
        version=dialogue.version,
        trail=tuple(kept["trail"]),
        guided=kept["guided"],
        correcting=kept["correcting"],
    )
