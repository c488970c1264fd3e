"""A website in the same browser, or a name that points to 127.0.0.1, gets nothing from the page and can do nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.director import Director, read_code
from bot.playground.page.guard import LocalOnly

JSON = {"Content-Type": "application/json"}
OWN = {"Origin": "http://127.0.0.1:8899", **JSON}


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Requests to a guarded application on port 8899."""

    async def answer(_request: Request) -> Response:
        return JSONResponse({"secret": 1})

    guarded = LocalOnly(Starlette(routes=[Route("/", answer, methods=["GET", "POST"])]))
    guarded.use_port(8899)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url="http://127.0.0.1:8899") as requests:
        yield requests


@pytest.mark.parametrize(
    "host", ["evil.example:8899", "127.0.0.1:8900", "127.0.0.1", "", "127.0.0.1:8899.evil.example"]
)
async def test_another_host_gets_nothing(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "secret" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8899", "localhost:8899"])
async def test_the_page_itself_is_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"Host": host})).status_code == 200
    own = {"Host": host, "Origin": f"http://{host}", **JSON}
    assert (await client.post("/", json={}, headers=own)).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8899", "https://127.0.0.1:8899"])
async def test_another_origin_can_neither_look_nor_act(client: httpx.AsyncClient, origin: str) -> None:
    headers = {**JSON, "Origin": origin}
    assert (await client.get("/", headers=headers)).status_code == 403
    assert (await client.post("/", content=b"{}", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        JSON,
        {**OWN, "Content-Type": "text/plain"},
        {**OWN, "Content-Type": "application/x-www-form-urlencoded"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
async def test_what_a_form_of_another_page_could_send_changes_nothing(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await client.post("/", content=b"{}", headers=headers)).status_code == 403


async def test_a_link_from_elsewhere_may_open_the_page_but_not_read_it(client: httpx.AsyncClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert (await client.get("/", headers={**foreign, "Sec-Fetch-Mode": "navigate"})).status_code == 200
    assert (await client.get("/", headers={**foreign, "Sec-Fetch-Mode": "no-cors"})).status_code == 403


async def test_every_answer_forbids_foreign_scripts_frames_and_guessing(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/"), await client.get("/", headers={"Host": "evil.example"})):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["../../etc/passwd.py", "/etc/passwd", "tests/conftest.py", "README.md", "bot/../.env"]
)
def test_only_modules_of_the_program_can_be_read(path: str) -> None:
    assert read_code(path) is None


def test_a_module_of_the_program_can_be_read() -> None:
    assert "class Router" in (read_code("handlers/router.py") or "")


@pytest.mark.endtoend
@pytest.mark.asyncio(loop_scope="session")
async def test_the_demo_listens_on_this_machine_only_and_offers_no_control_of_the_playgrounds(demo: Director) -> None:
    assert demo.url.startswith("http://127.0.0.1:")
    async with httpx.AsyncClient() as requests:
        for url in demo.platform_urls:
            assert url.startswith("http://127.0.0.1:")
            assert (await requests.get(f"{url}/playground/state")).status_code == 404
