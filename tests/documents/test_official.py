"""A document that waits to be drawn is kept as JSON and comes back the same."""

from __future__ import annotations

import json

from bot.documents.official import Bullets, Heading, Paragraph, Signature, Table, freeze, thaw
from tests.documents.papers import HARD, paper


def test_a_frozen_document_comes_back_with_every_kind_of_block() -> None:
    document = paper(
        Heading(HARD, 2),
        Paragraph(HARD, lead="Nội dung:"),
        Paragraph(HARD),
        Bullets((Paragraph("một"), Paragraph("hai", lead="Hai:"))),
        Table(("TT", "Việc"), (("1", HARD),), (1, 7), numeric=(0,), caption="Bảng"),
        signatures=(Signature(("TM. Tổ mạng lưới", "Tổ trưởng"), "Bùi Quốc Hiếu"),),
    )
    assert thaw(json.loads(json.dumps(freeze(document)))) == document
