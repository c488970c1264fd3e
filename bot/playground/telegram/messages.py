"""One message in a chat, as it is stored and as the Bot API shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playground.telegram.chats import Account, Chat, Json

if TYPE_CHECKING:
    from bot.playground.telegram.polls import Poll

MEDIA_KINDS = ("photo", "document", "video", "audio", "voice", "animation")
EDITABLE_MEDIA = frozenset({"photo", "document", "video", "audio", "animation"})
SERVICE_KINDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "new_chat_title",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
    }
)


@dataclass(eq=False, slots=True)
class Message:
    """A message. `content` holds the Bot API's content fields; `markup` the inline keyboard that is under it now.

    `keyboard` is a reply keyboard, a removal or a forced reply that came with it: phones obey it, nobody can edit
    the message any more. `extra` holds fields that an edit keeps.
    """

    id: int
    chat: Chat
    sender: Account
    date: int
    content: Json
    reply_to: Message | None = None
    markup: Json | None = None
    keyboard: Json | None = None
    edit_date: int | None = None
    poll: Poll | None = None
    extra: Json = field(default_factory=dict[str, object])

    @property
    def text(self) -> str:
        """What can be read in it: the text or the caption."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def kind(self) -> str:
        """ "text", "poll", "service" or the kind of media."""
        if self.poll is not None:
            return "poll"
        if SERVICE_KINDS & self.content.keys():
            return "service"
        return next(
            (kind for kind in MEDIA_KINDS if kind in self.content), "text" if "text" in self.content else "other"
        )

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons in reading order."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def as_json(self, *, with_reply: bool = True) -> Json:
        """A `Message`; the one it replies to is shown without its own reply."""
        shown: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if with_reply and self.reply_to is not None:
            shown["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        shown |= self.content | self.extra
        if self.poll is not None:
            shown["poll"] = self.poll.as_json()
        if self.markup is not None:
            shown["reply_markup"] = self.markup
        return shown
