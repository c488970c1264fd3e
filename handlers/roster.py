"""The roster in chat: seen, extended by an Excel file or by typing names, and invitations given out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from pydantic import BaseModel

from bot.documents.roster_sheet import read_workbook
from bot.documents.roster_template import build
from bot.domain.errors import NotPermitted, StaleChoice
from bot.domain.messages import Attachment, Choice, IncomingFile
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.roster import RosterPlan, UnreadableWorkbook, plan_roster
from bot.domain.roster_words import write_person
from bot.domain.text import fold
from bot.domain.vocabulary import ChannelName, Role
from bot.texts import joining as joining_texts
from bot.texts import people as people_texts
from bot.texts import roster as texts
from bot.texts.lists import turns
from bot.texts.vocabulary import ROLE_NAMES
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk
from storage.roster_changes import apply_plan, roster_state

ACTION = "roster"
_PAGE = 8
_LONGEST_NAME = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NamesDraft(BaseModel):
    """Members to add by name."""

    names: tuple[str, ...] = ()


async def _load(talk: Talk) -> frozenset[str]:
    """The names that are there, folded."""
    require(talk.role, Act.MANAGE_ROSTER)
    return frozenset(fold(each.name) for each in await talk.uow.members.current(talk.member().team_id))


def _read_names(text: str, draft: NamesDraft, there: frozenset[str]) -> NamesDraft | Refusal:
    del there
    names = tuple(write_person(" ".join(part.split())) for part in re.split(r"[\n;,]", text) if part.strip())
    wrong = next((each for each in names if not any(map(str.isalpha, each)) or len(each) > _LONGEST_NAME), None)
    if wrong is not None:
        return Refusal(texts.name_wrong(wrong))
    return draft.model_copy(update={"names": names}) if names else Refusal(texts.names_missing())


async def _add_names(talk: Talk, draft: NamesDraft, there: frozenset[str], serial: str) -> None:
    del there, serial
    team = await talk.uow.teams.get(talk.member().team_id)
    since = await talk.uow.members.newcomer_since(team, added=len(draft.names), today=talk.today)
    for name in draft.names:
        await talk.uow.members.add(team_id=team.id, name=name, role=Role.MEMBER, since=since)
    await talk.note("add_members", members=len(draft.names))
    talk.say(texts.names_added(len(draft.names)))


def _ask_names(draft: NamesDraft, there: frozenset[str]) -> Question:
    del draft, there
    return Question(texts.ask_names())


def _preview_names(draft: NamesDraft, there: frozenset[str]) -> Markup:
    return texts.names_preview(draft.names, there=[each for each in draft.names if fold(each) in there])


NAMES_FORM: Form[NamesDraft, frozenset[str]] = Form(
    name="add-members",
    title="thêm tổ viên",
    draft_type=NamesDraft,
    version=1,
    fields=(Field("names", "Họ tên", _ask_names, _read_names, missing=lambda draft: not draft.names, optional=False),),
    preview=_preview_names,
    load=_load,
    submit=_add_names,
    confirm_label="Thêm",
)


class Rosters:
    """/thanhvien and the files that leaders send."""

    def __init__(
        self,
        forms: Forms,
        *,
        join_link: Callable[[ChannelName, str], str],
        find: Callable[[Talk, str], Awaitable[None]],
    ) -> None:
        """`join_link` makes the link that carries a code; `find` shows the page of a member by name."""
        self._find = find
        self._forms = forms
        self._join_link = join_link

    def conversation(self) -> Conversation:
        """Commands and presses."""
        return Conversation(
            name="roster",
            commands=(CommandSpec("thanhvien", "danh sách tổ và mã mời", self.show, act=Act.MANAGE_ROSTER),),
            presses={ACTION: self.pressed},
        )

    async def show(self, talk: Talk, argument: str) -> None:
        """The members, with buttons to invite those who have not joined, a page of them at a time."""
        if argument:
            await self._find(talk, argument)
        else:
            await self._show_page(talk, 0)

    async def _show_page(self, talk: Talk, start: int) -> None:
        members = await talk.uow.members.current(talk.member().team_id)
        rows = [(each.name, ROLE_NAMES[Role(each.role)], each.person_id is not None) for each in members]
        waiting = [each for each in members if each.person_id is None]
        choices = [
            [Choice(label=f"Mời {each.name}", action=ACTION, value=f"invite:{each.id}")]
            for each in waiting[start : start + _PAGE]
        ]
        choices.append(
            [
                Choice(label=label, action=ACTION, value=f"page:{to}", numbered=False)
                for label, to in turns(start, len(waiting), step=_PAGE)
            ]
        )
        choices.append([Choice(label="➕ Thêm tổ viên", action=ACTION, value="add")])
        choices.append([Choice(label="🏫 Trường phụ trách", action="member", value="charges:0")])
        choices.append([Choice(label="📄 Tải danh sách (Excel)", action=ACTION, value="file")])
        talk.say(texts.roster(talk.team.name if talk.team else "", rows), choices, in_place=True)

    async def pressed(self, talk: Talk, value: str) -> None:
        """Invite somebody, add names, or carry out an import."""
        require(talk.role, Act.MANAGE_ROSTER)
        verb, _, argument = value.partition(":")
        match verb:
            case "invite":
                await self._invite(talk, int(argument))
            case "page":
                await self._show_page(talk, int(argument))
            case "add":
                await self._forms.start(talk, NAMES_FORM, NamesDraft(), guided=True)
            case "file":
                await _give_file(talk)
            case "import":
                stored_id, _, team_id = argument.partition(":")
                if team_id != str(talk.member().team_id):
                    raise StaleChoice(value=value)  # offered to them in another team, or to somebody else
                await self._import(talk, int(stored_id))
            case _:
                raise NotPermitted(action=value)

    async def _invite(self, talk: Talk, member_id: int) -> None:
        member = await talk.uow.members.get(member_id, team_id=talk.member().team_id)
        await talk.note("invite", f"member:{member.id}")
        code = await talk.uow.join_codes.issue(member.id, now=talk.now)
        link = self._join_link(talk.chat.channel, code)
        attachments: list[Attachment] = []
        if link:
            stored = await talk.uow.files.keep(data=_qr(link), name="ma-moi.png", mime="image/png", now=talk.now)
            attachments.append(Attachment(stored_id=stored, name="ma-moi.png", mime="image/png", as_photo=True))
        talk.say(joining_texts.invitation(member.name, code, link), attachments=attachments)

    async def file_given(self, talk: Talk, text: str) -> bool:
        """A file in a private chat; False when it is for somebody else (a photo with a report)."""
        file = talk.incoming.files[0]
        if file.refusal and file.kind != "other":
            talk.say(texts.file_refused(file.refusal))
            return not (file.kind == "photo" and text)  # the words beside a refused photo are still a report
        if file.kind == "photo" and text:
            return False
        is_sheet = file.name.lower().endswith((".xlsx", ".xls", ".xlsm"))
        if not is_sheet or file.stored_id is None or not may(talk.role, Act.MANAGE_ROSTER):
            talk.say(texts.file_not_wanted())
            return True
        await self._offer(talk, file, file.stored_id)
        return True

    async def _offer(self, talk: Talk, file: IncomingFile, stored_id: int) -> None:
        plan = await self._plan(talk, stored_id, file.name)
        if plan is None:
            return
        if plan.is_empty and not plan.has_errors and not plan.members_absent and not plan.schools_absent:
            talk.say(texts.nothing_to_import())
            return
        not_yours = _changes_roles(plan) and not may(talk.role, Act.CHANGE_ROLES)
        rows: list[list[Choice]] = []
        if not (plan.has_errors or plan.is_empty or not_yours):
            value = f"import:{stored_id}:{talk.member().team_id}"
            rows.append([Choice(label="Nhập danh sách", action=ACTION, value=value)])
        leaving = [each for each in plan.members_absent if each.role is not Role.LEADER]
        rows += [
            [Choice(label=texts.end_label(each.name), action="member", value=f"end:{each.id}")]
            for each in leaving[:_PAGE]
        ]
        talk.say(texts.plan_offered(plan, roles_not_yours=not_yours), rows)

    async def _plan(self, talk: Talk, stored_id: int, name: str) -> RosterPlan | None:
        kept = await talk.uow.files.load(stored_id)
        try:
            workbook = await asyncio.to_thread(read_workbook, kept.data)
        except UnreadableWorkbook as error:
            talk.say(Markup.escape(texts.unreadable(error.reason)))
            return None
        members, schools = await roster_state(talk.uow, talk.member().team_id)
        return plan_roster(workbook.sheets, existing_members=members, existing_schools=schools, file_name=name)

    async def _import(self, talk: Talk, stored_id: int) -> None:
        plan = await self._plan(talk, stored_id, "")
        if plan is None or plan.has_errors:
            return
        if plan.is_empty:
            talk.say(texts.nothing_to_import(), in_place=True)
            return
        if _changes_roles(plan):
            require(talk.role, Act.CHANGE_ROLES)
        mine = talk.member()
        await apply_plan(talk.uow, plan, team_id=mine.team_id, now=talk.now, actor=mine.id)
        talk.say(texts.imported(len(plan.members_to_add)), in_place=True)


def _changes_roles(plan: RosterPlan) -> bool:
    return any(each.field == "role" for change in plan.members_to_change for each in change.changes)


async def _give_file(talk: Talk) -> None:
    """The roster as it is, to be edited and sent in again."""
    members, schools = await roster_state(talk.uow, talk.member().team_id)
    await talk.note("export", format="danh sách tổ")
    data = await asyncio.to_thread(build, members, [each for each in schools if each.is_active])
    stored = await talk.uow.files.keep(data=data, name="danh-sach-to.xlsx", mime=_XLSX, now=talk.now)
    file = Attachment(stored_id=stored, name="danh-sach-to.xlsx", mime=_XLSX)
    talk.say(people_texts.roster_file(), attachments=[file])


def _qr(link: str) -> bytes:
    import io

    import segno

    buffer = io.BytesIO()
    segno.make(link, error="m").save(buffer, kind="png", scale=8, border=3)
    return buffer.getvalue()
