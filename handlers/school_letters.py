"""The letter to an assignee's school, with one press (regulation II.2: "được đơn vị tạo điều kiện")."""

from __future__ import annotations

from bot.documents.school_letter import SchoolLetter, letter_document, letter_file_stem
from bot.domain.assignments import AssigneeStatus, AssignmentStatus, may_manage
from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.permissions import Act
from bot.domain.vocabulary import Role
from bot.texts import school_letters as texts
from bot.texts.vocabulary import ROLE_NAMES
from handlers.conversation import CommandSpec, Conversation
from handlers.paper_form import PaperHead
from handlers.paper_orders import order_official
from handlers.talk import Talk
from handlers.work import view_of
from storage.tables import Assignment, Member


class SchoolLetters:
    """The command, and the presses that choose a teacher."""

    def __init__(self, *, head: PaperHead) -> None:
        """`head` stands on a letter."""
        self._head = head
        head.add("letter", self._pressed)

    def conversation(self) -> Conversation:
        """Its command and presses."""
        command = CommandSpec(
            "thugui",
            "thư đề nghị trường tạo điều kiện",
            self._asked,
            act=Act.ASSIGN,
            aliases=("thutruong",),
            example="/thugui 12",
        )
        return Conversation(name="school_letters", commands=(command,), presses={texts.LETTER_ACTION: self._pressed})

    async def _asked(self, talk: Talk, argument: str) -> None:
        number = argument.strip().removeprefix("số").strip()
        if not number.isdecimal():
            talk.say(texts.which_work())
            return
        work = await talk.uow.assignments.by_number(int(number[:9]), team_id=talk.member().team_id)
        _require(talk, work)
        await self.offer(talk, work)

    async def offer(self, talk: Talk, work: Assignment) -> None:
        """Write the letter at once where one person has the work, else ask whose school is meant."""
        people = [] if work.status == AssignmentStatus.CANCELLED else await _people(talk, work)
        if not people:
            talk.say(texts.nobody())
        elif len(people) == 1:
            await self._write(talk, work, people[0])
        else:
            talk.say(texts.whose(work.number), texts.choices(work.id, [(each.id, each.name) for each in people]))

    async def _pressed(self, talk: Talk, value: str) -> None:
        assignment_id, _, member_id = value.partition("|")
        work = await talk.uow.assignments.get(int(assignment_id), team_id=talk.member().team_id)
        _require(talk, work)
        person = next((each for each in await _people(talk, work) if each.id == int(member_id)), None)
        if person is None or work.status == AssignmentStatus.CANCELLED:
            raise StaleChoice(value=value)
        await self._write(talk, work, person)

    async def _write(self, talk: Talk, work: Assignment, person: Member) -> None:
        """The same letter keeps its number, however often it is asked for."""
        if person.school_id is None:
            talk.say(texts.no_school([person.name]))
            return
        if await self._head.asks_first(talk, "letter", f"{work.id}|{person.id}"):
            return
        letter = await _letter(talk, work, person, school_id=person.school_id)
        await talk.note("export", f"member:{person.id}", format="thư gửi trường", number=letter.number or 0)
        said = texts.written(letter.number or 0, person.name, letter.school)
        await order_official(talk, letter_document(letter), letter_file_stem(letter), said)


def _require(talk: Talk, work: Assignment) -> None:
    if not may_manage(talk.role, is_giver=work.created_by == talk.member().id):
        raise NotPermitted(action=texts.LETTER_ACTION)


async def _people(talk: Talk, work: Assignment) -> list[Member]:
    """Those in force who still have the work."""
    rows = await talk.uow.assignments.assignees(work.id)
    having = {each.member_id for each in rows if AssigneeStatus(each.status).is_active}
    return [each for each in await talk.uow.members.current(work.team_id) if each.id in having]


async def _letter(talk: Talk, work: Assignment, person: Member, *, school_id: int) -> SchoolLetter:
    view = await view_of(talk, work)
    school = await talk.uow.schools.get(school_id, team_id=work.team_id)
    leaders = await talk.uow.members.with_roles(work.team_id, Role.LEADER)
    hidden = view.confidential
    return SchoolLetter(
        team=talk.team.name if talk.team else "",
        school=school.name,
        teacher=person.name,
        work=texts.CONFIDENTIAL_WORK if hidden else view.title,
        day=talk.today,
        leader=leaders[0].name if leaders else talk.member().name,
        settings=talk.settings,
        place="" if hidden else view.school or view.place or "",
        starts_at=view.starts_at,
        all_day=view.all_day,
        due_at=None if hidden else view.due_at,
        role=ROLE_NAMES[Role(person.role)],
        number=await _number(talk, work, person),
    )


async def _number(talk: Talk, work: Assignment, person: Member) -> int:
    """Changed work is a new letter."""
    return await talk.uow.school_letters.number(
        team_id=work.team_id,
        subject=f"assignment:{work.id}:v{work.version}:member-{person.id}",
        by=talk.member().id,
        now=talk.now,
        year=talk.today.year,
    )
