"""Whatever strangers send is read or refused, and nothing else: briefly here, for a long time by `make fuzz`."""

from __future__ import annotations

import copy
import json
import zipfile
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.zalo_reading import read_update
from bot.documents.roster_sheet import read_workbook
from bot.documents.sniffing import inspect_file
from bot.domain.clock import HOME_ZONE
from bot.domain.day_phrases import ImpossibleDate, Prefer, find_date
from bot.domain.leave_request import read_leave_days
from bot.domain.moments import find_moment
from bot.domain.periods import find_period
from bot.domain.phones import find_phones
from bot.domain.report_parser import looks_like_report, parse_report
from bot.domain.roster import RawCell, RawSheet, UnreadableWorkbook, plan_roster
from bot.domain.text import normalise
from bot.log_masking import mask_text
from tests.channels.test_telegram_reading import (
    GROUP,
    LAN,
    bot_is,
    membership,
    mention,
    message,
    press,
    read_or_refuse,
)
from tests.channels.test_zalo import SAID

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
WORDS = (
    "dự giờ", "du gio", "hôm nay", "hôm qua", "thứ ba", "thứ hai tuần sau", "20/11", "31/2", "29-2-2027", "8h", "14h30",
    "lớp", "4A", "5/2", "trường", "TH Kim Đồng", "ưu điểm:", "hạn chế:", "tư vấn:", "thúc đẩy:", "học kỳ 1", "tháng 13",
    "tháng 11", "năm học 2026-2027", "từ", "đến", "cuối tháng", "nghỉ", "0912 345 678", "báo gấp", "cùng cô Lan",
    "\u0301",
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=25).map(" ".join),
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ZALO_KEYS = (
    "event_name",
    "message",
    "from",
    "chat",
    "id",
    "date",
    "text",
    "chat_type",
    "message_id",
    "display_name",
    "photo_url",
)


@given(texts)
def test_any_text_is_parsed_without_failing(text: str) -> None:
    said = normalise(text)
    for prefer in get_args(Prefer):
        with suppress(ImpossibleDate):
            find_date(said, now=NOW, prefer=prefer)
    with suppress(ImpossibleDate):
        find_moment(said, now=NOW)
    with suppress(ImpossibleDate):
        find_period(said, today=NOW.date())
    read_leave_days(said, now=NOW)
    looks_like_report(said)
    parse_report(said, now=NOW, schools=[], members=[])
    find_phones(said)


@given(texts)
def test_masking_never_fails_and_is_done_once(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@given(
    st.dictionaries(
        st.sampled_from(["update_id", "message", "callback_query", "chat_member", "my_chat_member"]), json_values
    )
)
def test_any_telegram_update_is_read_or_refused(raw: dict[str, Any]) -> None:
    read_or_refuse(raw)


TELEGRAM: list[dict[str, Any]] = [
    message(text="@MangLuoiBot x", entities=[mention("@MangLuoiBot x")], reply_to_message=message()["message"]),
    message(GROUP, photo=[{"file_id": "A", "width": 1, "height": 1, "file_size": 1}], caption="x"),
    message(document={"file_id": "B", "file_name": "a.pdf", "mime_type": "application/pdf"}),
    message(GROUP, left_chat_member=LAN),
    message(GROUP, migrate_to_chat_id=-100),
    press(),
    membership("my_chat_member", GROUP, bot_is("left"), bot_is("member")),
    membership("chat_member", GROUP, bot_is("member"), bot_is("left")),
]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a JSON value with each of its keys."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        for key, inner in list(value.items()):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] -- any JSON
            found += [(value, key), *places(inner)]
    elif isinstance(value, list):
        for index, inner in enumerate(value):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] -- any JSON
            found += [(value, index), *places(inner)]
    return found


def spoilt(data: st.DataObject, specimen: Any) -> Any:
    """The specimen with anything else in one to three places."""
    raw = copy.deepcopy(specimen)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(raw)))
        if key in container or isinstance(container, list):
            container[key] = data.draw(json_values)
    return raw


@given(st.data())
def test_a_telegram_update_with_anything_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    read_or_refuse(spoilt(data, data.draw(st.sampled_from(TELEGRAM))))


@given(st.data())
def test_a_zalo_update_with_anything_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    raw = spoilt(data, {"ok": True, "result": SAID} if data.draw(st.booleans()) else SAID)
    with suppress(ValueError):
        read_update(raw, bot_names=("Mạng lưới",))


@given(
    st.recursive(
        json_values,
        lambda inner: st.dictionaries(st.sampled_from(ZALO_KEYS), inner, max_size=6),
        max_leaves=20,
    ).filter(lambda value: isinstance(value, dict))
)
def test_any_zalo_update_is_read_or_refused(raw: Any) -> None:
    with suppress(ValueError):
        read_update(raw, bot_names=("Mạng lưới",))


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_as_a_roster_are_read_or_refused(data: bytes, zipped: bool) -> None:
    if zipped:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("[Content_Types].xml", data)
            archive.writestr("xl/workbook.xml", data)
        data = packed.getvalue()
    try:
        read_workbook(data)
    except UnreadableWorkbook:
        return


ROSTER = (Path(__file__).parents[1] / "data" / "roster-clean.xlsx").read_bytes()
with zipfile.ZipFile(BytesIO(ROSTER)) as whole:
    PARTS = {name: whole.read(name) for name in whole.namelist()}


@given(st.data())
def test_a_roster_damaged_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PARTS)))
    part = PARTS[name]
    at = data.draw(st.integers(0, len(part)))
    scraps = st.one_of(st.binary(max_size=8), st.sampled_from([b"<", b">", b'"', b"&#0;", b"-1", b"1e309", b"<row>"]))
    damaged = part[:at] + data.draw(scraps) + part[at + data.draw(st.integers(0, 40)) :]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for each, content in PARTS.items():
            archive.writestr(each, damaged if each == name else content)
    try:
        workbook = read_workbook(packed.getvalue())
    except UnreadableWorkbook:
        return
    plan_roster(workbook.sheets, existing_members=[], existing_schools=[], file_name="a.xlsx")


cells = st.one_of(
    texts, st.integers(), st.floats(allow_nan=False), st.booleans(), st.sampled_from(["Họ và tên", "SĐT"])
)


@given(st.lists(st.lists(cells, max_size=6), max_size=12))
def test_any_sheet_is_planned_or_its_problems_named(rows: list[list[Any]]) -> None:
    raw = tuple(
        tuple(RawCell(row + 1, column + 1, value) for column, value in enumerate(values) if value != "")
        for row, values in enumerate(rows)
    )
    plan = plan_roster(
        [RawSheet("Danh sách", raw, False)], existing_members=[], existing_schools=[], file_name="a.xlsx"
    )
    assert plan.has_errors or plan.members_to_add is not None


@given(st.binary(max_size=300), st.sampled_from(["photo", "document"]), st.sampled_from(["", "a.xlsx", "a.jpg", "a"]))
def test_any_file_is_judged(data: bytes, kind: str, name: str) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF"):
        assert inspect_file(start + data, kind=kind, name=name, mime="") in ("", "wrong_type", "too_many_pixels")


@pytest.mark.only_on("sqlite")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=200), json_values.map(json.dumps).map(str.encode)))
async def test_any_webhook_body_is_answered_and_nothing_odd_is_stored(site: Any, body: bytes) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "right"}
    answer: httpx.Response = await site.http.post("/telegram/webhook", content=body, headers=headers)
    assert answer.status_code in (200, 400)
    assert await site.waiting() == 0
