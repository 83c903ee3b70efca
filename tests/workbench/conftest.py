"""One service and one browser for all tests of the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.store.accounts import Role
from tests.workbench.browsing import CHROMIUM, PageAs, Watch, context_of
from tests.workbench.service import Served, seed, serving


@pytest.fixture
def database() -> str:
    """What pages show does not depend on the database; their queries are tested on both with the API."""
    return "sqlite"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`pingzhao serve` with a user per role (named as the role) and ads with findings of every category."""
    data = tmp_path_factory.mktemp("workbench")
    with serving(data, PINGZHAO_RULE_TEST_ADS="20000") as (url, _):
        running = Served(url, data)
        seed(running)
        yield running
        running.store.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; without it the test is skipped."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page_as(browser: Browser, served: Served) -> Iterator[PageAs]:
    """`page_as(Role.INSPECTOR, "/check")` opens a page, logged in (None: as a visitor).

    The test fails if any page says an error on the console, throws one, or asks another host for anything.
    `refusals=True` where the server is meant to refuse something. Further options are Playwright's, as
    `viewport=PHONE` or `color_scheme="dark"`.
    """
    watches: list[Watch] = []
    contexts = []

    def opened(role: Role | str | None, path: str = "/", *, refusals: bool = False, **options: Any) -> Page:
        context, watch = context_of(browser, served, role, refusals=refusals, **options)
        watches.append(watch)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [line for watch in watches for line in watch.noticed] == []
