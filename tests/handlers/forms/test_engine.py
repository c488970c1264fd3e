"""The dialogue engine: from any state, any input leads to a valid state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.clock import HOME_ZONE
from bot.domain.school_matching import SchoolName
from handlers.forms.engine import Ask, Cancelled, State, Submitted, advance, begin, correctable, question
from handlers.forms.moves import (
    CORRECT,
    PREVIEW,
    Back,
    Cancel,
    Confirm,
    Correct,
    Finish,
    Move,
    Pick,
    Say,
    Skip,
    from_value,
    to_value,
    understand,
)
from handlers.forms.session import Forms
from handlers.report_draft import ReportContext, ReportDraft
from handlers.reporting import Reporting
from handlers.urgent import Urgent

FORM = Reporting(Forms({}), urgent=Urgent()).form
CONTEXT = ReportContext(
    now=datetime(2026, 11, 23, 10, tzinfo=HOME_ZONE),
    schools=(
        SchoolName(code="PH1", name="Trường Tiểu học Phú Hòa 1", aliases=()),
        SchoolName(code="PH2", name="Trường Tiểu học Phú Hòa 2", aliases=()),
    ),
)
_TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "hôm qua", "31/11", "ngày mai", "Phú Hòa 1", "phu hoa", "4A", "Toán", "dự giờ", "xếp loại giỏi", "",
            "Hạn chế: nói nhanh", "ngày 20/11", "lớp 5B môn Khoa học", "em Nguyễn Văn An", "9,5 điểm",
        ]
    ),
)  # fmt: skip
_MOVES: st.SearchStrategy[Move] = st.one_of(
    _TEXTS.map(Say),
    st.sampled_from(["hôm nay", "PH1", "PH2", "lesson_observation", "paper", "Toán", "nonsense"]).map(Pick),
    st.sampled_from([None, *(field.name for field in FORM.fields), "nonsense"]).map(Correct),
    st.sampled_from([Back(), Skip(), Finish(), Confirm()]),
)


class FormWalk(RuleBasedStateMachine):
    """Walks through the report form with whatever people do."""

    state: State[ReportDraft]

    @initialize(guided=st.booleans())
    def start(self, guided: bool) -> None:
        self.state = begin(FORM, ReportDraft(), serial="s", guided=guided)

    @rule(move=_MOVES)
    def move(self, move: Move) -> None:
        self._take(move)

    @rule(text=_TEXTS)
    def type(self, text: str) -> None:
        options = question(FORM, self.state, CONTEXT).options
        move = understand(text, form=FORM, step=self.state.step, options=options)
        if not isinstance(move, Cancel):
            self._take(move)

    @rule()
    def confirm_only_what_is_complete(self) -> None:
        outcome = advance(FORM, self.state, Confirm(), CONTEXT)
        missing = [
            field.name for field in FORM.fields if field.applies(self.state.draft) and field.missing(self.state.draft)
        ]
        if isinstance(outcome, Submitted):
            assert not missing
            assert self.state.step == PREVIEW

    @rule()
    def cancelling_is_always_possible(self) -> None:
        assert isinstance(advance(FORM, self.state, Cancel(), CONTEXT), Cancelled)

    def _take(self, move: Move) -> None:
        before = self.state
        outcome = advance(FORM, before, move, CONTEXT)
        if isinstance(outcome, Submitted):
            assert outcome.state == before
            return
        assert isinstance(outcome, Ask)
        if outcome.refusal is not None:
            assert outcome.state.draft == before.draft, "a refused answer changes nothing"
        if outcome.state != before:
            assert outcome.state.version == before.version + 1, "old buttons must be known as old"
        self.state = outcome.state

    @invariant()
    def the_state_is_valid(self) -> None:
        step = self.state.step
        names = {field.name for field in FORM.fields}
        assert step in names | {PREVIEW, CORRECT}
        assert set(self.state.trail) <= names
        assert ReportDraft.model_validate(self.state.draft.model_dump()) == self.state.draft
        assert question(FORM, self.state, CONTEXT) is not None
        assert len(self.state.trail) <= 20
        if self.state.draft.date is not None:
            assert self.state.draft.date <= CONTEXT.now.date()
        if self.state.draft.school is not None:
            assert self.state.draft.school in {"PH1", "PH2"}

    @invariant()
    def it_can_be_finished_from_here(self) -> None:
        """Plain answers lead to a filed report, wherever somebody is."""
        state: State[ReportDraft] = self.state
        answers: dict[str, Move] = {
            "kind": Pick("lesson_observation"),
            "date": Say("hôm nay"),
            "school": Pick("PH1"),
            PREVIEW: Confirm(),
            CORRECT: Back(),
        }
        for _ in range(12):
            outcome = advance(FORM, state, answers.get(state.step, Finish()), CONTEXT)
            if isinstance(outcome, Submitted):
                return
            assert isinstance(outcome, Ask)
            if outcome.state == state:
                outcome = advance(FORM, state, Skip(), CONTEXT)
                assert isinstance(outcome, Ask)
            state = outcome.state
        raise AssertionError(f"stuck at {state.step}")


FormWalk.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestFormWalk = FormWalk.TestCase


def _answered(*moves: Move) -> State[ReportDraft]:
    state = begin(FORM, ReportDraft(), serial="s", guided=True)
    for move in moves:
        outcome = advance(FORM, state, move, CONTEXT)
        assert isinstance(outcome, Ask)
        state = outcome.state
    return state


def test_going_back_returns_to_the_step_before_with_its_answer_kept() -> None:
    state = _answered(Pick("lesson_observation"), Say("hôm qua"), Back())
    assert state.step == "date"
    assert state.draft.date is not None
    assert state.draft.date.day == 22


def test_correcting_one_field_returns_to_the_preview() -> None:
    at_preview = _answered(Pick("lesson_observation"), Say("hôm qua"), Pick("PH1"), Finish())
    assert at_preview.step == PREVIEW
    asked = advance(FORM, at_preview, Correct("school"), CONTEXT)
    assert isinstance(asked, Ask)
    corrected = advance(FORM, asked.state, Say("Phú Hòa 2"), CONTEXT)
    assert isinstance(corrected, Ask)
    assert (corrected.state.step, corrected.state.draft.school) == (PREVIEW, "PH2")


def test_an_ambiguous_school_is_asked_with_its_candidates() -> None:
    state = _answered(Pick("lesson_observation"), Say("hôm nay"), Say("Phú Hòa"))
    assert state.step == "school"
    assert {option.value for option in question(FORM, state, CONTEXT).options} == {"PH1", "PH2"}


def test_only_fields_that_make_sense_are_offered_for_correction() -> None:
    draft = ReportDraft(kind=None)
    assert "advice" not in {field.name for field in correctable(FORM, draft)}


def test_a_button_carries_every_move_there_and_back() -> None:
    for move in (Pick("a:b"), Correct("date"), Correct(None), Back(), Skip(), Finish(), Confirm(), Cancel()):
        assert from_value(to_value(move)) == move


def test_words_without_diacritics_are_commands_too() -> None:
    for words, move in (
        ("gui", Confirm()),
        ("GỬI", Confirm()),
        ("sua", Correct()),
        ("bo", Cancel()),
        ("huy", Cancel()),
    ):
        assert understand(words, form=FORM, step=PREVIEW, options=()) == move


def test_a_version_grows_with_every_change() -> None:
    state = _answered(Pick("paper"))
    assert state.version == 2
    assert replace(state, version=1) != state
