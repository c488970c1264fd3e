"""Tells the operator's own chat what is wrong: each thing once a day, and once when all is well again."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.join_codes import GUESS_WINDOW
from bot.domain.messages import Chat, Delivery, Outgoing
from bot.domain.rich_text import Markup
from bot.domain.vitals import QueueFigures, alerts
from bot.texts import operator as texts
from scheduler.jobs import Counts, JobContext
from storage.unit_of_work import UnitOfWork

TOPIC = "operator-alert"
ALL_CLEAR = "operator-all-clear"
_RECENT = timedelta(days=1)


async def run(context: JobContext) -> Counts:
    """Look, and write what has not been told today; nothing without OPERATOR_CHAT."""
    if context.operator is None:
        return {"wrong": 0, "told": 0}
    async with context.database.begin() as uow:
        queues = await figures(uow, context)
        wrong = alerts(context.vitals, queues, now=context.now)
        if not wrong:
            return {"wrong": 0, "told": await _all_clear(uow, context.operator, context)}
        day = context.now.astimezone(HOME_ZONE).date()
        messages = [
            _message(context.operator, texts.alert(kind, context.vitals, queues), f"{TOPIC}:{day}:{kind}", TOPIC)
            for kind in wrong
        ]
        return {"wrong": len(wrong), "told": await uow.outbox.put_many(messages, now=context.now)}


async def figures(uow: UnitOfWork, context: JobContext) -> QueueFigures:
    """What the database tells of the queues."""
    _, lag = await uow.inbox.lag(now=context.now)
    unhappy = await uow.queues.unhappy(since=context.now - _RECENT)
    return QueueFigures(
        dead_letters=await uow.queues.dead_letters(),
        lag=lag,
        failed=unhappy.get("failed", 0),
        uncertain=unhappy.get("uncertain", 0),
        guesses=await uow.join_codes.all_wrong_guesses(since=context.now - GUESS_WINDOW),
    )


async def _all_clear(uow: UnitOfWork, chat: Chat, context: JobContext) -> int:
    last = await uow.queues.newest_of(TOPIC)
    if last is None:
        return 0
    message = _message(chat, texts.all_clear(), f"{ALL_CLEAR}:{last}", ALL_CLEAR)
    return await uow.outbox.put_many([message], now=context.now)


def _message(chat: Chat, text: Markup, key: str, topic: str) -> tuple[Outgoing, Delivery]:
    return Outgoing(chat=chat, text=str(text)), Delivery(dedupe_key=key, topic=topic)
