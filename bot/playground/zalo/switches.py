"""What is unknown or changeable about the real Zalo, so that a bot can be tried under each of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Switches:
    """All may be turned while the server runs; the defaults are the likeliest."""

    wrapped: bool = True
    """Updates come inside {"ok", "result"}; else flat."""
    photo_field: str = "photo_url"
    """The name of the field that holds a picture's address: photo_url in reality, photo in the documents."""
    queues: bool = True
    """Whether messages wait while nobody polls, and are pushed again when the webhook did not take them."""
    duplicates: bool = False
    """The webhook gets everything twice."""
    mention_gate: bool = True
    """From groups only mentions and replies arrive."""
    loses_group_voice: bool = True
    """Spoken messages in groups never arrive."""
    https_only: bool = True
    """Pictures and webhooks must have https addresses."""
    user_quota: int = 50
    """How many people one bot may write to."""
    message_quota: int = 3000
    """How many messages the bot may send a month."""
    counts_incoming: bool = False
    """Whether what people write counts as well."""
    error_field: str = "error_code"
    """error_code, or errorCode."""
    codes_as_text: bool = False
    """Error codes come as text."""
