"""Methods by which the bot gets what it is told, fetches files and answers presses."""

from __future__ import annotations

import re
from typing import Any, cast
from urllib.parse import urlsplit

from bot.playground.changes import Change
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Json, present
from bot.playground.telegram.errors import bad_request, conflict
from bot.playground.telegram.webhook import Webhook
from bot.playground.telegram.world import World

LONGEST_POLL = 50
_WEBHOOK_IS_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, arguments: Arguments) -> list[Json]:
    """getUpdates, waiting when asked to."""
    if world.webhook.current is not None:
        raise conflict(_WEBHOOK_IS_ACTIVE)
    world.updates.allow(_allowed(arguments))
    found = await world.updates.fetch(
        offset=arguments.whole("offset"),
        limit=arguments.whole("limit", 100, low=1, high=100),
        timeout=arguments.whole("timeout", low=0, high=LONGEST_POLL),
    )
    return [update.as_json() for update in found]


async def set_webhook(world: World, arguments: Arguments) -> bool:
    """setWebhook. Unlike the real one it takes http:// on this machine, where no certificate is to be had."""
    url = arguments.text("url")
    if not url:
        return await delete_webhook(world, arguments)
    secret = arguments.text("secret_token")
    _check_webhook(url, secret)
    world.updates.allow(_allowed(arguments))
    world.updates.interrupt("terminated by setWebhook request")
    if arguments.flag("drop_pending_updates"):
        world.updates.clear()
    webhook = Webhook(url, secret, arguments.whole("max_connections", 40, low=1, high=100))
    if webhook != world.webhook.current:
        await world.webhook.use(webhook)
    return True


async def delete_webhook(world: World, arguments: Arguments) -> bool:
    """deleteWebhook."""
    await world.webhook.use(None)
    if arguments.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _arguments: Arguments) -> Json:
    """getWebhookInfo."""
    return world.webhook.info()


def get_file(world: World, arguments: Arguments) -> Json:
    """getFile."""
    return world.files.grant(arguments.text("file_id"))


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """answerCallbackQuery, once."""
    answer = present(text=arguments.text("text"), url=arguments.text("url"), show_alert=arguments.flag("show_alert"))
    if len(arguments.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press = world.presses.answer(arguments.text("callback_query_id"), answer)
    world.changes.announce(Change("answer", press.message.chat.id, {"press": press.id, **answer}))
    return True


def _allowed(arguments: Arguments) -> list[str] | None:
    value: Any = arguments.parsed("allowed_updates", "can't parse allowed_updates JSON object")
    return [str(kind) for kind in cast(list[Any], value)] if isinstance(value, list) else None


def _check_webhook(url: str, secret: str) -> None:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not here:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not here and (parts.port or 443) not in (80, 88, 443, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
