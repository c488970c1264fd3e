"""Make the one call of a part: send, edit, delete, attach, or set a chat's commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommandScopeChat, InputFile, LinkPreviewOptions, Message

from bot.channels.base import Capabilities, ChannelError, FileContent, Rejected, Sent, Unreachable
from bot.channels.telegram_drawing import draw_choices, draw_commands, draw_entities, draw_keyboard
from bot.channels.telegram_errors import (
    carry,
    is_gone,
    is_not_a_picture,
    is_not_deletable,
    is_not_editable,
    is_not_text,
    is_unmodified,
)
from bot.domain.messages import Attachment, Chat, Outgoing
from bot.domain.rich_text import SpannedText, to_spans, utf16_length

_PHOTO_LIMIT = 10 * 1024 * 1024
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class PartSender:
    """Sends through one Bot; `upload_timeout` is how long Telegram may take to digest a file, in seconds."""

    bot: Bot
    capabilities: Capabilities
    upload_timeout: float

    async def send(self, part: Outgoing, *, files: Mapping[int, FileContent]) -> Sent:
        """Make the call; an empty message id when there was nothing to edit and nothing else to do."""
        if part.commands is not None:
            return await self._set_commands(part)
        if part.deletes:
            return await self._delete(part)
        if part.replaces or part.only_if_editable:
            return await self._edit(part)
        if part.attachments:
            return await self._send_file(part, part.attachments[0], files)
        return await self._send_text(part)

    async def _set_commands(self, part: Outgoing) -> Sent:
        scope = BotCommandScopeChat(_number(part.chat))
        await carry(self.bot.set_my_commands(draw_commands(part.commands or ()), scope=scope), repeatable=True)
        return Sent(message_id="")

    async def _send_text(self, part: Outgoing) -> Sent:
        spanned = _read_markup(part.text)
        message = await carry(
            self.bot.send_message(
                _number(part.chat),
                spanned.text,
                entities=draw_entities(spanned),
                reply_markup=draw_keyboard(part),
                link_preview_options=_NO_PREVIEW,
            )
        )
        return Sent(message_id=str(message.message_id))

    async def _delete(self, part: Outgoing) -> Sent:
        """Take a message out of the chat; one older than 48 hours stays, but says something else."""
        try:
            if part.deletes.isdecimal():
                await carry(self.bot.delete_message(_number(part.chat), int(part.deletes)), repeatable=True)
        except ChannelError as error:
            if is_gone(error):
                return Sent(message_id="")
            if not is_not_deletable(error):
                raise
            instead = Outgoing(chat=part.chat, text=part.text, replaces=part.deletes, only_if_editable=True)
            return await self._edit(instead)
        return Sent(message_id="")

    async def _edit(self, part: Outgoing) -> Sent:
        """Edit in place; what can no longer be edited is sent anew, unless the edit only tidies up."""
        try:
            if not part.replaces.isdecimal():
                raise Rejected(reason="message identifier is not specified")
            await self._change(part, int(part.replaces))
        except ChannelError as error:
            if is_unmodified(error):
                return Sent(message_id=part.replaces)
            if not (is_not_editable(error) or is_not_text(error)):
                raise
            if part.only_if_editable:
                return Sent(message_id="")
            return await self._send_text(part)
        return Sent(message_id=part.replaces)

    async def _change(self, part: Outgoing, message_id: int) -> None:
        spanned = _read_markup(part.text)
        if not spanned.text.strip():
            await self._change_keyboard(part, message_id)
            return
        try:
            await self._change_text(part, message_id, spanned)
        except Rejected as error:
            fits = utf16_length(spanned.text) <= self.capabilities.caption_limit
            if not (is_not_text(error) and fits):
                raise
            await self._change_caption(part, message_id, spanned)

    async def _change_text(self, part: Outgoing, message_id: int, spanned: SpannedText) -> None:
        await carry(
            self.bot.edit_message_text(
                spanned.text,
                chat_id=_number(part.chat),
                message_id=message_id,
                entities=draw_entities(spanned),
                reply_markup=draw_choices(part),
                link_preview_options=_NO_PREVIEW,
            ),
            repeatable=True,
        )

    async def _change_caption(self, part: Outgoing, message_id: int, spanned: SpannedText) -> None:
        await carry(
            self.bot.edit_message_caption(
                chat_id=_number(part.chat),
                message_id=message_id,
                caption=spanned.text,
                caption_entities=draw_entities(spanned),
                reply_markup=draw_choices(part),
            ),
            repeatable=True,
        )

    async def _change_keyboard(self, part: Outgoing, message_id: int) -> None:
        await carry(
            self.bot.edit_message_reply_markup(
                chat_id=_number(part.chat), message_id=message_id, reply_markup=draw_choices(part)
            ),
            repeatable=True,
        )

    async def _send_file(self, part: Outgoing, attachment: Attachment, files: Mapping[int, FileContent]) -> Sent:
        content = files.get(attachment.stored_id)
        if content is None:
            raise Rejected(reason="file missing")
        message = await self._by_reference_or_bytes(part, attachment, content)
        reference = _reference(message)
        references = {attachment.stored_id: reference} if reference else {}
        return Sent(message_id=str(message.message_id), file_references=references)

    async def _by_reference_or_bytes(self, part: Outgoing, attachment: Attachment, content: FileContent) -> Message:
        if content.reference:
            try:
                return await self._post(part, content.reference, as_photo=attachment.as_photo)
            except Rejected:
                if not content.data:
                    raise
        upload = InputFile(content.data, filename=attachment.name or content.name)
        as_photo = attachment.as_photo and len(content.data) <= _PHOTO_LIMIT
        try:
            return await self._post(part, upload, as_photo=as_photo)
        except Rejected as error:
            if not (as_photo and is_not_a_picture(error)):
                raise
            return await self._post(part, upload, as_photo=False)

    async def _post(self, part: Outgoing, file: InputFile | str, *, as_photo: bool) -> Message:
        caption = _read_markup(part.text)
        chat_id, words, entities = _number(part.chat), caption.text or None, draw_entities(caption)
        keyboard = draw_keyboard(part)
        if as_photo:
            sending = self.bot.send_photo(
                chat_id,
                file,
                caption=words,
                caption_entities=entities,
                reply_markup=keyboard,
                read_timeout=self.upload_timeout,
            )
        else:
            sending = self.bot.send_document(
                chat_id,
                file,
                caption=words,
                caption_entities=entities,
                reply_markup=keyboard,
                disable_content_type_detection=True,
                read_timeout=self.upload_timeout,
            )
        return await carry(sending)


def _number(chat: Chat) -> int:
    try:
        return int(chat.chat_id)
    except ValueError:
        raise Unreachable(reason="chat not found") from None


def _read_markup(text: str) -> SpannedText:
    try:
        return to_spans(text)
    except ValueError as error:
        raise Rejected(reason="markup") from error


def _reference(message: Message) -> str:
    if message.photo:
        return message.photo[-1].file_id
    if message.document:
        return message.document.file_id
    return ""
