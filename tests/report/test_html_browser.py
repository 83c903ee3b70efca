"""The page in a real browser: filters, script in ads, requests, paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scanner.ad import Ad
from scanner.findings import Category, Direction
from tests.report.conftest import feed, finding, flagged, reported

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
ATTACK = '<img src="http://x.example/i.png" onerror="document.title=1"><script>document.title=1</script>'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mine, theirs = (
        Ad("招前台，限女性", title="前台", employer="甲厂", id="2"),
        Ad("孕妇勿扰，妈妈岗", employer="乙厂", id="3"),
    )
    attack = Ad(f"限男性{ATTACK}", title=ATTACK, employer=ATTACK, url="javascript:document.title=1", id="4")
    items = [
        flagged(title="保安", employer="甲厂"),
        reported(mine, finding(mine, "限女性", disposition="review", direction=Direction.FEMALE)),
        reported(
            theirs,
            finding(theirs, "孕妇勿扰", category=Category.PREGNANCY_EXCLUSION, direction=Direction.NONE),
            finding(theirs, "妈妈岗", disposition="exempt", severity="S3"),
        ),
        reported(attack, finding(attack, "限男性", severity="S2")),
    ]
    return feed(tmp_path_factory.mktemp("page") / "报告.html", items)


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1366, "height": 768})
        browser.close()


@pytest.fixture
def page(browser_page: Page, report: Path) -> Iterator[Page]:
    """The report, opened afresh; anything on the console or any request but the file fails the test."""
    said: list[str] = []
    asked: list[str] = []
    listeners = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    for event, listener in listeners.items():
        browser_page.on(event, listener)
    browser_page.goto(report.as_uri())
    yield browser_page
    for event, listener in listeners.items():
        browser_page.remove_listener(event, listener)
    assert said == []
    assert asked == [report.as_uri()]


def shown(page: Page) -> list[str]:
    return page.locator(".card:visible .origin li:first-child").all_inner_texts()


@pytest.mark.parametrize(
    ("choices", "words", "expected"),
    [
        ({}, "", ["a1", "2", "3", "4"]),
        ({"disposition": "review"}, "", ["2"]),
        ({"category": "pregnancy_exclusion"}, "", ["3"]),
        ({"severity": "S2"}, "", ["4"]),
        ({"direction": "male"}, "", ["a1", "3", "4"]),
        ({}, "甲厂", ["a1", "2"]),
        ({}, "  前台 ", ["2"]),
        ({"direction": "male"}, "甲", ["a1"]),
        ({"category": "pregnancy_exclusion", "disposition": "exempt"}, "", []),
        ({}, "丙", []),
        ({}, "<IMG", ["4"]),
    ],
)
def test_page_filters(page: Page, choices: dict[str, str], words: str, expected: list[str]) -> None:
    for name, value in choices.items():
        page.locator(f"select[name={name}]").select_option(value)
    page.get_by_label("单位或职位").fill(words)
    assert shown(page) == [f"编号 {name}" for name in expected]
    assert page.locator(".status").inner_text() == f"显示 {len(expected)} / 4 条广告"
    assert page.locator(".empty").is_visible() == (not expected)
    page.get_by_role("button", name="清除").click()
    expect(page.locator("output")).to_have_text("4")


def test_page_enter_in_the_search_does_not_leave_it(page: Page) -> None:
    page.get_by_label("单位或职位").fill("乙")
    page.keyboard.press("Enter")
    assert shown(page) == ["编号 3"]


def test_page_script_in_ads_stays_text(page: Page) -> None:
    card = page.locator(".card", has_text="编号 4")
    assert card.locator("h2").inner_text() == ATTACK
    assert page.locator("img, main script").count() == 0
    assert "javascript:document.title=1" in card.inner_text()
    assert card.locator("a[href^=javascript]").count() == 0
    assert page.title().startswith("招聘信息性别歧视线索报告")


def test_page_law_links_lead_to_the_text(page: Page) -> None:
    page.locator(".finding a").first.click()
    law = page.locator(".laws li").first
    assert law.evaluate("node => node === document.querySelector(':target')")
    assert "条文原文" in law.inner_text()


@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_page_fits_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert overflow == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_contrast_is_readable(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    ratios = page.evaluate(
        CONTRAST, ["body", ".status", "mark", "mark.review", "mark.exempt", ".state", ".card a"]
    )
    page.emulate_media(color_scheme="light")
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_page_prints_on_a4_without_filters(page: Page) -> None:
    page.emulate_media(media="print")
    hidden = page.locator(".filters").is_hidden()
    page.emulate_media(media="screen")
    assert hidden
    paper = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 594.95996 841.91998]" in paper or b"/MediaBox [0 0 595" in paper


CONTRAST = """names => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = parts(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return Object.fromEntries(names.map(name => {
    const node = document.querySelector(name);
    const [high, low] = [light(parts(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
    return [name, (high + .05) / (low + .05)];
  }));
}"""
