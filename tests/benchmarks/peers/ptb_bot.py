"""Peer 1: what is usually written with python-telegram-bot — a ConversationHandler, one SQLAlchemy commit an update."""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from tests.benchmarks.peers.records import Draft, Report, open_engine

_CONFIRM = 0


def main() -> None:
    """`python -m tests.benchmarks.peers.ptb_bot API_URL TOKEN DATABASE_URL`."""
    api_url, token, database_url = sys.argv[1:4]
    engine = open_engine(database_url)

    async def hear(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        text = update.message.text or ""
        async with AsyncSession(engine) as session, session.begin():
            session.add(Draft(chat_id=update.message.chat_id, text=text))
        _data(context)["text"] = text
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data="send")]])
        await update.message.reply_text(f"Thầy/cô gửi báo cáo này?\n{text}", reply_markup=buttons)
        return _CONFIRM

    async def confirm(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        query = update.callback_query
        assert query is not None
        assert update.effective_chat is not None
        await query.answer()
        async with AsyncSession(engine) as session, session.begin():
            report = Report(chat_id=update.effective_chat.id, text=_data(context).pop("text"))
            session.add(report)
            await session.flush()
            number = report.id
        await update.effective_chat.send_message(f"Đã nhận báo cáo số {number}. Tháng này: 1/1 ✓")
        return ConversationHandler.END

    application = ApplicationBuilder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(
        ConversationHandler(
            entry_points=[MessageHandler(filters.TEXT, hear)],
            states={_CONFIRM: [CallbackQueryHandler(confirm), MessageHandler(filters.TEXT, hear)]},
            fallbacks=[],
            per_message=False,
        )
    )
    application.run_polling()


def _data(context: Any) -> dict[str, str]:
    return context.user_data


if __name__ == "__main__":
    import warnings

    warnings.filterwarnings("ignore")  # PTBUserWarning on per_message, which this conversation means
    main()
