"""Files that people wait for: ordered with the answer, drawn afterwards outside of its transaction."""

from __future__ import annotations

from bot.documents.official import OfficialDocument, freeze
from bot.domain.paper_orders import OrderKind, PaperWish
from bot.domain.rich_text import Markup
from bot.texts import papers as texts
from handlers.talk import Talk


async def order(talk: Talk, wish: PaperWish) -> None:
    """To be drawn for whoever talks, into this chat."""
    mine = talk.member()
    await talk.uow.paper_orders.put(wish, team_id=mine.team_id, member_id=mine.id, chat=talk.chat, now=talk.now)


async def order_official(talk: Talk, document: OfficialDocument, stem: str, caption: Markup) -> None:
    """Word and PDF of the document as it is now; `caption` is said with them."""
    content = freeze(document)
    await order(talk, PaperWish(kind=OrderKind.OFFICIAL, document=content, stem=stem, caption=str(caption)))
    announce(talk)


def announce(talk: Talk) -> None:
    """That a file comes: on the pressed button, or said where there is none."""
    talk.toast = texts.being_drawn()
    if not talk.chat.has_buttons or talk.incoming.press is None:
        talk.say(Markup(texts.being_drawn()))
