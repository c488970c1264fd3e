"""Photos: with the report, one after another while it is open, or after its receipt; other media are refused."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Protocol

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.messages import IncomingFile
from bot.domain.permissions import Act, may
from bot.domain.report_parser import looks_like_report
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import ActivityStatus
from bot.texts import photos as texts
from handlers.forms.form import AnyForm, Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.report_draft import ReportDraft
from handlers.report_filing import content_of
from handlers.talk import Talk
from storage.dialogues import OpenDialogue
from storage.tables import Activity

MOST_PHOTOS = 20
_RECENT = timedelta(minutes=10)
_LONGEST_LINE = 4000


class FromMessage(Protocol):
    """Makes a report of a message and the photos that came before it."""

    def __call__(self, talk: Talk, text: str, *, files: Sequence[int]) -> Awaitable[None]:
        """Start the form."""
        ...


class PhotoDraft(BaseModel):
    """Photos that wait to be told what they show; `recent` is the report filed just before."""

    files: tuple[int, ...] = ()
    recent: int | None = None
    recent_number: int = 0
    about: str | None = None
    adds: bool = False


def _ask(draft: PhotoDraft, context: None) -> Question:
    del context
    options = [Option("Báo cáo mới", "new")]
    if draft.recent is not None:
        options.insert(0, Option(f"Thêm vào báo cáo số {draft.recent_number}", "add"))
    return Question(texts.ask_what(len(draft.files), draft.recent_number), tuple(options))


def _read(text: str, draft: PhotoDraft, context: None) -> PhotoDraft:
    del context
    return draft.model_copy(update={"about": text[:_LONGEST_LINE]})


def _pick(value: str, draft: PhotoDraft, context: None) -> PhotoDraft | Refusal:
    del context
    if value == "add" and draft.recent is not None:
        return draft.model_copy(update={"about": "", "adds": True})
    return draft.model_copy(update={"about": ""}) if value == "new" else Refusal(Markup(""))


async def _load(talk: Talk) -> None:
    talk.member()


class Photos:
    """Takes photos wherever the conversation stands."""

    def __init__(
        self,
        forms: Forms,
        *,
        report_form: AnyForm,
        from_message: FromMessage,
    ) -> None:
        """`report_form` is the form that photos belong to, `from_message` makes a report of a line and photos."""
        self._forms = forms
        self._report_form = report_form
        self._from_message = from_message
        self.form: Form[PhotoDraft, None] = Form(
            name="photos",
            title="ảnh chờ báo cáo",
            draft_type=PhotoDraft,
            version=1,
            fields=(Field("about", "Hoạt động", _ask, _read, _pick, missing=_is_untold, optional=False),),
            preview=lambda draft, context: texts.preview(len(draft.files)),
            load=_load,
            submit=self._submit,
            asks_to_confirm=False,
        )

    async def file_given(self, talk: Talk, text: str) -> bool:
        """Take what came along; False when the file, or the words that came with it, are for somebody else."""
        file = talk.incoming.files[0]
        if not may(talk.role, Act.REPORT):
            return False
        if file.kind in {"voice", "other"}:
            talk.say(texts.only_photos_and_text())
            return not text
        if not _is_photo(file):
            return False
        if file.refusal:
            return False  # why a file is not kept is said in one place for all of them
        if file.stored_id is None:
            talk.say(texts.unavailable())
            return not text
        return await self._take(talk, file.stored_id, text)

    async def _take(self, talk: Talk, file_id: int, text: str) -> bool:
        if text and looks_like_report(text):
            return False  # a report of its own, which takes its photo along
        dialogue = await self._forms.active(talk)
        name = dialogue.name.partition("#")[0] if dialogue is not None else ""
        if dialogue is not None and name in {self._report_form.name, self.form.name}:
            await self._add(talk, dialogue, file_id, quietly=bool(text))
            return not text
        recent = await talk.uow.participations.latest_of(talk.member().id, since=talk.now - _RECENT)
        draft = PhotoDraft(
            files=(file_id,), recent=recent.id if recent else None, recent_number=recent.number if recent else 0
        )
        await self._forms.start(talk, self.form, draft)
        return True

    async def _add(self, talk: Talk, dialogue: OpenDialogue, file_id: int, *, quietly: bool) -> None:
        """One more photo for the open draft; its buttons stay good."""
        count = 0

        def with_photo(draft: ReportDraft | PhotoDraft) -> BaseModel:
            nonlocal count
            files = tuple(dict.fromkeys((*draft.files, file_id)))
            count = len(files)
            return draft.model_copy(update={"files": files}) if count <= MOST_PHOTOS else draft

        if not await self._forms.change(talk, dialogue, with_photo):
            return
        if count > MOST_PHOTOS:
            talk.say(texts.too_many(MOST_PHOTOS))
        elif not quietly:
            is_report = dialogue.name.startswith(f"{self._report_form.name}#")
            await self._forms.remark(talk, dialogue, texts.added(count) if is_report else None)

    async def _submit(self, talk: Talk, draft: PhotoDraft, context: None, serial: str) -> None:
        del context, serial
        if draft.adds:
            await _keep_with(talk, draft)
        elif draft.about:
            await self._from_message(talk, draft.about, files=draft.files)
        else:
            await self._forms.start(talk, self._report_form, ReportDraft(files=draft.files), guided=True)


def _is_untold(draft: PhotoDraft) -> bool:
    return draft.about is None


def _is_photo(file: IncomingFile) -> bool:
    return file.kind == "photo" or file.mime.startswith("image/")


async def _keep_with(talk: Talk, draft: PhotoDraft) -> None:
    """Add to the report that was filed, with its history kept."""
    member = talk.member()
    activity: Activity = await talk.uow.activities.get(draft.recent or 0, team_id=member.team_id)
    if activity.reporter_id != member.id or activity.status != ActivityStatus.FILED:
        raise StaleChoice(activity=activity.id)
    before = await content_of(talk, activity)
    await talk.uow.activities.keep_revision(activity, before, by=member.id, now=talk.now)
    kept = await talk.uow.participations.files_of(activity.id)
    await talk.uow.participations.set_files(activity.id, [*kept, *draft.files][:MOST_PHOTOS])
    talk.say(texts.kept_with(len(draft.files), activity.number))
