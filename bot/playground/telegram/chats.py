"""Who is there and where they talk: accounts, chats and standing in a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.playground.telegram.messages import Message

Json = dict[str, Any]


def present(**fields: Any) -> Json:
    """The fields that say something: the Bot API leaves out what is empty or false."""
    return {name: value for name, value in fields.items() if value not in (None, "", False, [], {})}


@dataclass(eq=False, slots=True)
class Account:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def as_json(self) -> Json:
        """A `User`."""
        required: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return required | present(last_name=self.last_name, username=self.username, language_code=self.language_code)


class ChatType(StrEnum):
    """The kinds of chat in this world."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Standing(StrEnum):
    """What an account is in a chat, with the Bot API's names."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


INSIDE = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER})
LEADING = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR})


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat of one person with the bot, a basic group or a supergroup; counts its own message ids."""

    id: int
    type: ChatType
    title: str = ""
    person: Account | None = None
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    standings: dict[int, Standing] = field(default_factory=dict[int, Standing])
    messages: dict[int, Message] = field(default_factory=dict[int, "Message"])
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list[int])
    keyboards: dict[int, Json] = field(default_factory=dict[int, Json])

    @property
    def is_private(self) -> bool:
        """Whether it is one person's chat with the bot."""
        return self.type is ChatType.PRIVATE

    def standing(self, account: Account) -> Standing:
        """What the account is here; LEFT for somebody never seen."""
        return self.standings.get(account.id, Standing.LEFT)

    def has(self, account: Account) -> bool:
        """Whether the account reads along."""
        return self.standing(account) in INSIDE

    def as_json(self) -> Json:
        """A `Chat`."""
        named: Json = {"id": self.id, "type": self.type.value}
        if self.person is not None:
            person = self.person
            return named | present(first_name=person.first_name, last_name=person.last_name, username=person.username)
        if self.type is ChatType.GROUP:
            named["all_members_are_administrators"] = False
        return named | {"title": self.title}


def member_json(account: Account, standing: Standing) -> Json:
    """A `ChatMember`."""
    member: Json = {"user": account.as_json(), "status": standing.value}
    if standing is Standing.KICKED:
        return member | {"until_date": 0}
    if standing is Standing.CREATOR:
        return member | {"is_anonymous": False}
    if standing is Standing.ADMINISTRATOR:
        return member | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
    return member


RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
