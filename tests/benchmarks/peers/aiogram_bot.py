"""Peer 2: the same conversation in aiogram 3 with its FSM, one SQLAlchemy commit an update."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from tests.benchmarks.peers.records import Draft, Report, open_engine


class Reporting(StatesGroup):
    """The conversation's one state."""

    confirming = State()


async def main(api_url: str, token: str, engine: AsyncEngine) -> None:
    """Poll until it is told to end."""
    dispatcher = Dispatcher()

    async def hear(message: Message, state: FSMContext) -> None:
        text = message.text or ""
        async with AsyncSession(engine) as session, session.begin():
            session.add(Draft(chat_id=message.chat.id, text=text))
        await state.set_state(Reporting.confirming)
        await state.update_data(text=text)
        buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Gửi", callback_data="send")]])
        await message.answer(f"Thầy/cô gửi báo cáo này?\n{text}", reply_markup=buttons)

    async def confirm(query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        text = (await state.get_data())["text"]
        assert query.message is not None
        async with AsyncSession(engine) as session, session.begin():
            report = Report(chat_id=query.message.chat.id, text=text)
            session.add(report)
            await session.flush()
            number = report.id
        await state.clear()
        assert isinstance(query.message, Message)
        await query.message.answer(f"Đã nhận báo cáo số {number}. Tháng này: 1/1 ✓")

    dispatcher.message.register(hear, F.text)
    dispatcher.callback_query.register(confirm, Reporting.confirming)
    server = TelegramAPIServer.from_base(api_url)
    async with Bot(token, session=AiohttpSession(api=server)) as bot:
        await dispatcher.start_polling(bot)  # pyright: ignore[reportUnknownMemberType]


if __name__ == "__main__":  # python -m tests.benchmarks.peers.aiogram_bot API_URL TOKEN DATABASE_URL
    asyncio.run(main(sys.argv[1], sys.argv[2], open_engine(sys.argv[3])))
