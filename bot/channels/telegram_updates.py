"""The part of Telegram's updates that is read, with the types the Bot API promises; what breaks them is a ValueError.

The library's own update objects take any value for any field, so a malformed update would fail far from its cause.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _check_encodable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a zero character, which no database keeps")
    text.encode()  # half a surrogate pair can be written in JSON but kept nowhere
    return text


_Time = Annotated[int, Field(ge=0, le=253_402_300_799)]  # to the end of the year 9999, which datetime can hold
_Opaque = Annotated[str, AfterValidator(_check_encodable)]
_Size = Annotated[int, Field(ge=0)] | None


class _Raw(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class RawUser(_Raw):
    """Somebody, person or bot."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""


class RawChat(_Raw):
    """A chat; `type` is private, group, supergroup or channel."""

    id: int
    type: str
    title: str = ""


class RawFile(_Raw):
    """A file of any sort; photos have a size in pixels and no name."""

    file_id: _Opaque
    file_name: str = ""
    mime_type: _Opaque = ""
    file_size: _Size = None
    width: int = 0
    height: int = 0


class RawEntity(_Raw):
    """A stretch of text with a meaning, counted in UTF-16 units."""

    type: str
    offset: int
    length: int
    user: RawUser | None = None


class RawReply(_Raw):
    """As much of a replied-to message as is needed; in forums the first message of the topic stands here."""

    message_id: int
    sender: RawUser | None = Field(default=None, alias="from")
    forum_topic_created: object = None


class RawMessage(_Raw):
    """A message, or the notice of something that happened in a chat."""

    message_id: int
    date: _Time
    chat: RawChat
    sender: RawUser | None = Field(default=None, alias="from")
    sender_chat: RawChat | None = None
    is_automatic_forward: bool = False
    forward_origin: object = None
    reply_to_message: RawReply | None = None
    text: str = ""
    caption: str = ""
    entities: list[RawEntity] = Field(default_factory=list[RawEntity])
    caption_entities: list[RawEntity] = Field(default_factory=list[RawEntity])
    photo: list[RawFile] = Field(default_factory=list[RawFile])
    document: RawFile | None = None
    voice: RawFile | None = None
    audio: RawFile | None = None
    video: RawFile | None = None
    video_note: RawFile | None = None
    animation: RawFile | None = None
    sticker: RawFile | None = None
    left_chat_member: RawUser | None = None
    migrate_to_chat_id: int | None = None

    @property
    def other_file(self) -> RawFile | None:
        """A file of a sort that the bot has no use for."""
        return self.animation or self.audio or self.video or self.video_note or self.sticker


class RawPressedMessage(_Raw):
    """The message under a pressed button; of one that Telegram no longer shows, nothing else is known."""

    message_id: int
    chat: RawChat


class RawPress(_Raw):
    """A pressed button."""

    id: _Opaque
    sender: RawUser = Field(alias="from")
    message: RawPressedMessage | None = None
    data: _Opaque = ""


class RawMember(_Raw):
    """What somebody is in a chat."""

    status: str
    user: RawUser
    is_member: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they can read the chat."""
        if self.status == "restricted":
            return self.is_member
        return self.status in {"creator", "administrator", "member"}


class RawMemberChange(_Raw):
    """Somebody came, left, or became something else; in a private chat: blocked the bot or took it back."""

    chat: RawChat
    sender: RawUser = Field(alias="from")
    date: _Time
    old: RawMember = Field(alias="old_chat_member")
    new: RawMember = Field(alias="new_chat_member")
