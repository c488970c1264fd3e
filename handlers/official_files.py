"""Official documents drawn at once, to go with an answer: Word and PDF."""

from __future__ import annotations

import asyncio

from bot.documents.official import OfficialDocument
from bot.documents.official_pdf import draw_pdf
from bot.documents.official_word import draw_word
from bot.domain.messages import Attachment
from handlers.talk import Talk

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_SECONDS = 20.0


async def word_and_pdf(talk: Talk, document: OfficialDocument, stem: str) -> tuple[Attachment, Attachment]:
    """Both files, kept; TimeoutError when they cannot be drawn in time."""
    async with asyncio.timeout(_SECONDS):
        word, pdf = await asyncio.to_thread(_draw, document)
    return await _keep(talk, word, f"{stem}.docx", WORD), await _keep(talk, pdf, f"{stem}.pdf", PDF)


async def _keep(talk: Talk, data: bytes, name: str, mime: str) -> Attachment:
    stored = await talk.uow.files.keep(data=data, name=name, mime=mime, now=talk.now)
    return Attachment(stored_id=stored, name=name, mime=mime)


def _draw(document: OfficialDocument) -> tuple[bytes, bytes]:
    return draw_word(document), draw_pdf(document)
