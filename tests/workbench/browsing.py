"""A browser page that notices everything that should not happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from api.auth.sessions import COOKIE
from api.store.accounts import Role
from tests.workbench.service import Served

CHROMIUM = Path("/usr/bin/chromium")
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 760}
PageAs = Callable[..., Page]
_REFUSED = "Failed to load resource"
_AXE = Axe()


@dataclass
class Watch:
    """Console errors, errors of scripts, and requests that left the host, of all pages of a context."""

    host: str
    refusals: bool
    noticed: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note what this page does from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.noticed.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not (self.refusals and message.text.startswith(_REFUSED)):
            self.noticed.append(f"{message.location.get('url')}: {message.text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.noticed.append(f"left the host: {url}")


def context_of(
    browser: Browser, served: Served, role: Role | str | None, *, refusals: bool = False, **options: Any
) -> tuple[BrowserContext, Watch]:
    """A fresh context, logged in as the role's user (None: as a visitor), and what watches its pages."""
    context = browser.new_context(
        base_url=served.url, locale="zh-CN", viewport=options.pop("viewport", DESK), **options
    )
    if role is not None:
        cookie, _ = served.session_of(role)
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": served.url}])
    watch = Watch(urlsplit(served.url).netloc, refusals)
    context.on("page", watch.follow)
    return context, watch


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing serious or critical, and nothing is wider than the window."""
    found = _AXE.run(page).response["violations"]
    bad = [
        f"{item['id']} ({item['help']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for item in found
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"][:3]
    ]
    assert not bad, "\n".join(bad)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the window"
