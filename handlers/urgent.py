""" "Báo gấp": the leader learns of it at once, also at night, and passes it to the office with one press."""

from __future__ import annotations

from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.hidden_names import hide_names
from bot.domain.messages import Choice, Priority
from bot.domain.permissions import Act, may
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import urgent as texts
from handlers.conversation import Conversation
from handlers.report_draft import ReportContext
from handlers.report_filing import draft_of
from handlers.report_form import preview
from handlers.talk import Rows, Talk
from storage.tables import Activity

_SAID = ("topic", "strengths", "difficulties", "advice", "encouragement")


class Urgent:
    """Raising the alarm and passing it on."""

    def conversation(self) -> Conversation:
        """The press of the leader."""
        return Conversation(name="urgent", presses={texts.ACTION: self._pressed})

    async def raise_alarm(self, talk: Talk, activity: Activity) -> tuple[Markup | None, Rows]:
        """Tell the leader, or the deputies where the leader cannot be reached; what the receipt says of it."""
        member = talk.member()
        if may(talk.role, Act.FORWARD_URGENT):
            return None, [[texts.pass_on_choice(activity.id, member.id)]]
        text = texts.alarm(member.name, activity.number, await _whole(talk, activity))
        if await _tell(talk, activity, Role.LEADER, text):
            return texts.leader_has_it(), ()
        told = await _tell(talk, activity, Role.DEPUTY, text)
        return (texts.deputies_have_it() if told else texts.nobody_has_it()), ()

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, about = value.partition(":")
        activity_id, _, member_id = about.partition(":")
        if verb != "pass" or not (activity_id.isdecimal() and member_id.isdecimal()):
            raise StaleChoice(value=value)
        await talk.act_as(int(member_id))
        member = talk.member()
        await _require_passing_on(talk)
        activity = await talk.uow.activities.get(int(activity_id), team_id=member.team_id)
        if activity.urgent_passed_at is not None:
            talk.say(texts.passed_already(activity.urgent_passed_at.astimezone(talk.settings.zone)))
            return
        officers = [each.id for each in await talk.uow.members.with_roles(member.team_id, Role.OFFICER)]
        team = talk.team.name if talk.team else ""
        text = texts.to_office(team, member.name, await _whole(talk, activity, outside=True))
        unread = await talk.tell(officers, text, key=f"urgent:{activity.id}:office", priority=Priority.ANSWER)
        if len(unread) == len(officers):
            talk.say(texts.no_officer())
            return
        activity.urgent_passed_at = talk.now
        await talk.note("pass_on_urgent", f"activity:{activity.id}")
        if activity.reporter_id != member.id:
            passed = texts.reporter_told(activity.number)
            await talk.tell([activity.reporter_id], passed, key=f"urgent:{activity.id}:passed")
        talk.say(texts.passed_on(len(officers) - len(unread)))


async def _tell(talk: Talk, activity: Activity, role: Role, text: Markup) -> bool:
    """Tell those of a role, each with their button; whether anybody could be reached."""
    people = await talk.uow.members.with_roles(activity.team_id, role)
    reached = False
    for each in people:
        choice: list[Choice] = [texts.pass_on_choice(activity.id, each.id)]
        unread = await talk.tell([each.id], text, [choice], key=f"urgent:{activity.id}", priority=Priority.ANSWER)
        reached = reached or not unread
    return reached


async def _require_passing_on(talk: Talk) -> None:
    """The leader may; a deputy may while the leader cannot be reached."""
    if may(talk.role, Act.FORWARD_URGENT):
        return
    leaders = [each.id for each in await talk.uow.members.with_roles(talk.member().team_id, Role.LEADER)]
    if talk.role is not Role.DEPUTY or await talk.uow.accounts.private_chats(leaders):
        raise NotPermitted(action="forward_urgent")


async def _whole(talk: Talk, activity: Activity, *, outside: bool = False) -> Markup:
    """The report as its card; names of companions are left to the team, `outside` it those of observed teachers too."""
    schools = await talk.uow.schools.names(activity.team_id)
    draft = (await draft_of(talk, activity)).model_copy(update={"companions": ()})
    if outside and not talk.settings.office_sees_observed:
        said = {name: getattr(draft, name) for name in _SAID}
        draft = draft.model_copy(update={name: hide_names(text) for name, text in said.items() if text})
    return preview(draft, ReportContext(now=talk.local_now, schools=schools))
