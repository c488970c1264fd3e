"""GET /files/{signed}: what the address leads to, for how long, and for whom."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.downloads import serve_files
from bot.web.file_links import VALID_FOR, FileLinks
from storage.engine import Database
from tests.clock import FakeClock

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def links(clock: FakeClock) -> FileLinks:
    """Addresses under http://to."""
    return FileLinks(secret=b"secret", public_url="http://to", clock=clock)


@pytest.fixture
async def browser(database: Database, links: FileLinks) -> AsyncGenerator[httpx.AsyncClient]:
    """Plain requests to the endpoint."""
    surface = Starlette(routes=[Route("/files/{signed}", serve_files(database, links))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(surface), base_url="http://to") as client:
        yield client


@pytest.fixture
async def address(database: Database, links: FileLinks, clock: FakeClock) -> str:
    """The address of a stored sheet."""
    async with database.begin() as uow:
        stored = await uow.files.keep(data=b"PK sheet", name="tổng hợp.xlsx", mime=SHEET, now=clock.now)
    return links.make(stored)


async def test_the_file_comes_with_its_name_and_type(browser: httpx.AsyncClient, address: str) -> None:
    got = await browser.get(address)
    assert (got.content, got.headers["content-type"]) == (b"PK sheet", SHEET)
    assert "filename*=UTF-8''t%E1%BB%95ng%20h%E1%BB%A3p.xlsx" in got.headers["content-disposition"]
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_neither_page_nor_file_is_kept_found_or_passed_on_by_others(
    browser: httpx.AsyncClient, address: str
) -> None:
    for headers in ({}, BROWSER):
        got = (await browser.get(address, headers=headers)).headers
        assert "no-store" in got["cache-control"]
        assert "noindex" in got["x-robots-tag"]
        assert got["referrer-policy"] == "no-referrer"


async def test_people_get_a_page_whose_button_gets_the_file(browser: httpx.AsyncClient, address: str) -> None:
    page = await browser.get(address, headers=BROWSER)
    assert "tổng hợp.xlsx" in page.text
    assert 'href="?tai=1"' in page.text
    assert (await browser.get(f"{address}?tai=1", headers=BROWSER)).content == b"PK sheet"


async def test_a_changed_address_leads_nowhere(browser: httpx.AsyncClient, address: str) -> None:
    other_end = "B" if address.endswith("A") else "A"
    for changed in (address[:-1] + other_end, address.replace("/files/1-", "/files/2-"), f"{address}x"):
        assert (await browser.get(changed)).status_code == 404


async def test_an_address_expires(browser: httpx.AsyncClient, address: str, clock: FakeClock) -> None:
    clock.advance(VALID_FOR - timedelta(seconds=1))
    assert (await browser.get(address)).status_code == 200
    clock.advance(1)
    assert (await browser.get(address)).status_code == 404


@pytest.mark.parametrize("all_files", [True, False])
async def test_addresses_can_be_revoked_and_given_anew(
    browser: httpx.AsyncClient, address: str, database: Database, links: FileLinks, clock: FakeClock, all_files: bool
) -> None:
    async with database.begin() as uow:
        await uow.files.revoke_links(None if all_files else 1, now=clock.now)
    assert (await browser.get(address)).status_code == 404
    clock.advance(1)
    assert (await browser.get(links.make(1))).status_code == 200


def test_without_a_public_url_there_is_no_address(clock: FakeClock) -> None:
    assert FileLinks(secret=b"s", public_url="", clock=clock).make(1) == ""
