"""One line of a plan: changed, dropped, ticked off, by the leader (the team's) or its member."""

from __future__ import annotations

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.plan_parser import PlanTrouble, PlanTroubleKind, recognise
from bot.domain.plans import LONGEST_LINE, PlanLine, may_change_own
from bot.domain.rich_text import Markup
from bot.texts import plans as texts
from handlers.conversation import Conversation
from handlers.forms.session import Forms
from handlers.plan_form import note_team_plan
from handlers.plan_views import button, show_own_month, show_team_month
from handlers.talk import Rows, Talk
from handlers.words import WordsDraft, words_form
from storage.plans import WORK, NewLine


class PlanLines:
    """The presses on a line and the question for its new words."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms
        self._form = words_form("plan-line", "sửa mục kế hoạch", self._rewritten)
        forms.add(self._form)

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="plan-lines", presses={texts.LINE_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, number = value.partition(":")
        line = await _own_or_team(talk, int(number))
        if verb == "show":
            talk.say(texts.one_line(line), _choices(line))
            return
        if line.report is not None:
            talk.say(texts.closed_by_report(line.report), in_place=True)
            return
        match verb:
            case "edit" if line.source.startswith(WORK):
                talk.say(texts.from_work())
            case "edit":
                prompt = str(texts.ask_line(line.text))
                await self._forms.start(talk, self._form, WordsDraft(about=line.id, prompt=prompt))
            case "drop":
                await _drop(talk, line)
            case "done" | "open":
                item = await talk.uow.plans.item(line.id, team_id=talk.member().team_id)
                await talk.uow.plans.tick(item, done=verb == "done", now=talk.now)
                after = await _own_or_team(talk, line.id)
                talk.say(texts.one_line(after), _choices(after), in_place=True)
            case _:
                raise StaleChoice(value=value)

    async def _rewritten(self, talk: Talk, draft: WordsDraft, words: str) -> None:
        line = await _own_or_team(talk, draft.about)
        said = " ".join(words.split())
        if line.report is not None or line.source.startswith(WORK):
            raise StaleChoice(line=line.id)
        if len(said) > LONGEST_LINE:
            trouble = texts.trouble(PlanTrouble(PlanTroubleKind.TOO_LONG, said[:60]))
            await self._forms.start(talk, self._form, draft.model_copy(update={"words": None}), opening=trouble)
            return
        team_id = talk.member().team_id
        kind, code = recognise(said, await talk.uow.schools.names(team_id))
        school = await talk.uow.schools.by_code(team_id, code) if code else None
        item = await talk.uow.plans.item(line.id, team_id=team_id)
        await talk.uow.plans.rewrite(item, NewLine(line.month, said, kind, school.id if school else None))
        await _after_change(talk, line)


async def _own_or_team(talk: Talk, item_id: int) -> PlanLine:
    """The line, if whoever talks may change it: the team's by the leader, a member's by that member."""
    mine = talk.member()
    line = await talk.uow.plans.line(item_id, team_id=mine.team_id)
    require(talk.role, Act.PLAN_TEAM if line.member_id is None else Act.PLAN_OWN)
    if line.member_id not in (None, mine.id):
        raise NotPermitted(action=texts.LINE_ACTION)
    if line.member_id is not None and not may_change_own(line.month, today=talk.today):
        raise StaleChoice(line=item_id)
    return line


def _choices(line: PlanLine) -> Rows:
    tick = ("↩️ Chưa xong", "open") if line.is_done else ("✅ Đã xong", "done")
    edit = [] if line.source.startswith(WORK) else [("✏️ Sửa lời", "edit")]
    verbs = [*edit, ("🗑 Xóa", "drop"), tick] if line.report is None else []
    return [[button(label, f"{verb}:{line.id}", action=texts.LINE_ACTION) for label, verb in verbs]]


async def _drop(talk: Talk, line: PlanLine) -> None:
    await talk.uow.plans.remove(await talk.uow.plans.item(line.id, team_id=talk.member().team_id))
    await _after_change(talk, line, before=texts.dropped())


async def _after_change(talk: Talk, line: PlanLine, *, before: Markup | None = None) -> None:
    """Settle the month anew and show it."""
    mine = talk.member()
    await talk.uow.plan_closing.settle(mine.team_id, member_id=line.member_id, month=line.month)
    if line.member_id is None:
        await note_team_plan(talk, [line.month])
        await show_team_month(talk, line.month, before=before)
    else:
        await talk.uow.plans.begin(mine.id, line.month)
        await show_own_month(talk, line.month, before=before)
