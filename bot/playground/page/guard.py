"""Only this page may talk to this server: Host and Origin are checked, and what browsers may do is cut down.

A server on localhost can be reached by every website that is open in the same browser; a name that is made to point to
127.0.0.1 (DNS rebinding) is told by its Host, a foreign page that posts by its Origin.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LOOKING = frozenset({"GET", "HEAD"})


class LocalOnly:
    """ASGI middleware around a page that listens on one port of this machine."""

    def __init__(self, app: ASGIApp) -> None:
        """Answers nobody before the port is known."""
        self._app = app
        self._hosts: frozenset[str] = frozenset()

    def use_port(self, port: int) -> None:
        """The port that the page is served on."""
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403 what does not come from the page itself."""
        if scope["type"] != "http":
            return
        complaint = self._complaint(str(scope["method"]), Headers(scope=scope))
        if complaint:
            await JSONResponse({"error": complaint}, 403, dict(_HEADERS))(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _complaint(self, method: str, headers: Headers) -> str:
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return "unknown host"
        if origin is not None and origin != f"http://{host}":
            return "foreign origin"
        is_visit = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if not is_visit and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "foreign site"
        if method in _LOOKING:
            return ""
        if origin is None:
            return "no origin"
        kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
        return "" if kind == "application/json" else "JSON is expected"
