"""What may be chosen below the question of a form, row by row."""

from __future__ import annotations

from typing import Any

from bot.domain.messages import Choice
from handlers.forms.engine import State, correctable
from handlers.forms.form import AnyForm, Option, Question
from handlers.forms.moves import CORRECT, PREVIEW, Back, Cancel, Confirm, Correct, Finish, Move, Pick, Skip, to_value

ACTION = "form"
_OPTIONS_A_ROW = 2
_SHORT_LABEL = 18


def options_of(form: AnyForm, state: State[Any], asked: Question) -> tuple[Option, ...]:
    """What may be picked: the question's own options, or the fields that may be corrected."""
    if state.step == CORRECT:
        return tuple(Option(field.label_in(state.draft), field.name) for field in correctable(form, state.draft))
    return asked.options


def rows_of(form: AnyForm, state: State[Any], asked: Question) -> list[list[Choice]]:
    """The buttons below a question: its options, and the ways around it."""

    def choice(label: str, move: Move, *, numbered: bool = True) -> Choice:
        return Choice(label=label, action=ACTION, value=f"{state.serial}|{to_value(move)}", numbered=numbered)

    if state.step == PREVIEW:
        return [
            [choice(f"✅ {form.confirm_label}", Confirm())],
            [choice("✏️ Sửa", Correct()), choice(f"🗑 {form.drop_label}", Cancel())],
        ]
    offered = [choice(option.label, Pick(option.value)) for option in options_of(form, state, asked)]
    around: list[Choice] = []
    if state.trail or state.correcting or state.step == CORRECT:
        around.append(choice("‹ Quay lại", Back(), numbered=False))
    if state.step != CORRECT and form.field(state.step).optional:
        around.append(choice("Bỏ qua", Skip(), numbered=False))
        if state.guided and not state.correcting:
            around.append(choice("Xem lại & gửi", Finish(), numbered=False))
    around.append(choice("Hủy", Cancel(), numbered=False))
    return [*_in_rows(offered), around]


def _in_rows(choices: list[Choice]) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    for choice in choices:
        fits = (
            rows
            and len(rows[-1]) < _OPTIONS_A_ROW
            and len(choice.label) <= _SHORT_LABEL
            and all(len(other.label) <= _SHORT_LABEL for other in rows[-1])
        )
        if fits:
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return rows
