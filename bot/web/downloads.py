"""GET /files/{signed}: a page with one button for people, the file itself for everything else."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.domain.errors import NotFound
from bot.texts import downloads as texts
from bot.web.file_links import FileLink, FileLinks
from storage.engine import Database
from storage.files import KeptFile

DOWNLOAD = "tai"
"""The query field of the page's button."""
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_PAGE_HEADERS = {
    **_HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


def serve_files(database: Database, links: FileLinks) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; forged, expired, revoked and unknown addresses look the same."""

    async def serve(request: Request) -> Response:
        link = links.read(request.path_params["signed"])
        file = await _load(database, link) if link is not None else None
        if file is None:
            return HTMLResponse(texts.gone(), status_code=404, headers=_PAGE_HEADERS)
        if _is_person(request):
            return HTMLResponse(texts.page(file.name, len(file.data), f"?{DOWNLOAD}=1"), headers=_PAGE_HEADERS)
        return _file(file)

    return serve


async def _load(database: Database, link: FileLink) -> KeptFile | None:
    async with database.read() as uow:
        if await uow.files.is_revoked(link.file_id, issued_at=link.issued_at):
            return None
        try:
            return await uow.files.load(link.file_id)
        except NotFound:
            return None


def _is_person(request: Request) -> bool:
    """Whether a browser opens the address; the page's own button asks for the file."""
    wants_page = "text/html" in request.headers.get("accept", "")
    return wants_page and DOWNLOAD not in request.query_params


def _file(file: KeptFile) -> Response:
    kind = "inline" if file.mime in ("image/png", "image/jpeg") else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", file.name)
    disposition = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.data, media_type=file.mime, headers={**_HEADERS, "Content-Disposition": disposition})
