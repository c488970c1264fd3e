"""HTTP requests read as the Bot API takes them: query, form, multipart or JSON, by GET or POST."""

from __future__ import annotations

import json
from typing import Any, cast

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.telegram.arguments import Arguments, plain_values
from bot.playground.telegram.errors import Refused, bad_request
from bot.playground.telegram.files import Upload
from bot.playground.telegram.limits import UPLOAD_LIMIT

_ROOM_FOR_FIELDS = 1024 * 1024


async def read_arguments(request: Request) -> Arguments:
    """The parameters of a request wherever they stand; 413 for more than may be uploaded."""
    await _check_size(request)
    values, uploads = dict(request.query_params), dict[str, Upload]()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= _json_values(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form_values, uploads = await _form_values(request)
        values |= form_values
    return Arguments(values, uploads)


async def _check_size(request: Request) -> None:
    if int(request.headers.get("content-length", "0")) <= UPLOAD_LIMIT + _ROOM_FOR_FIELDS:
        return
    async for _ in request.stream():  # read to the end, or the client would not read the answer
        pass
    raise _too_large()


def _too_large() -> Refused:
    return Refused(413, "Request Entity Too Large")


def _json_values(body: bytes) -> dict[str, str]:
    try:
        value: Any = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse request: Can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse request: JSON object expected")
    return plain_values(cast(dict[str, Any], value))


async def _form_values(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    values, uploads = dict[str, str](), dict[str, Upload]()
    async with request.form(max_part_size=_ROOM_FOR_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read()
                uploads[name] = Upload(data, value.filename or "file", value.content_type or "")
            else:
                values[name] = value
    if sum(len(upload.data) for upload in uploads.values()) > UPLOAD_LIMIT:
        raise _too_large()
    return values, uploads
