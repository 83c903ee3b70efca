"""The page as a file: what it says, what it escapes, what it holds back."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scanner.ad import Ad
from scanner.findings import RowError
from scanner.report import html
from tests.report.conftest import TOLD, Write, finding, flagged, reported


def page_of(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_bytes())


def text_of(page: LexborHTMLParser, css: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(css)]


def test_html_card_shows_words_law_question_and_rewrite(write: Write) -> None:
    ad = Ad(
        "招👷保安，限男性，\n包食宿",
        title="保安",
        id="a1",
        fields={"性别": "男"},
        employer="虚拟物业",
        publisher="虚拟招聘网",
        url="https://jobs.example.com/1?a=1&b=2",
        posted_on=date(2025, 4, 2),
        source="板.csv",
        row=2,
    )
    items = [
        reported(ad, finding(ad, "限男性", disposition="review"), finding(ad, "男", "fields.性别", "exempt"))
    ]
    page = page_of(write("r.html", items, ["板.csv：编码 UTF-8"]))
    assert page.root is not None
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    (card,) = page.css("article.card")
    assert "review" in card.attributes["class"]
    assert [(mark.text(), mark.attributes["class"]) for mark in card.css("mark")] == [
        ("限男性", "review"),
        ("男", "exempt"),
    ]
    assert card.css(".words dd")[0].text() == "招👷保安，限男性1，\n包食宿"
    told = " ".join(card.text().split())
    for part in (
        "保安 虚拟物业",
        "编号 a1",
        "发布于 2025-04-02",
        "虚拟招聘网",
        "板.csv 第 2 行",
        "《妇女权益保障法》第四十三条 “条文原文”",
        "是否在井下作业？ 矿山井下作业（须证明：确在井下作业）",
        "修改建议 删去该项",
        "判断来源 规则 only-sex，置信度 0.96",
    ):
        assert part.replace(" ", "") in told.replace(" ", "")
    assert card.css_first(".origin a").attributes["href"] == ad.url
    whole = " ".join(page.body.text().split())
    assert "命中是线索，不是违法认定" in whole
    assert "编码 UTF-8" in whole
    assert "词库 lex-1" in whole
    assert re.search(r"生成时间 \d{4}-\d\d-\d\d \d\d:\d\d", whole)


def test_html_law_stands_once_in_full_and_is_linked(write: Write) -> None:
    page = page_of(write("r.html", [flagged(), flagged(id="a2")]))
    assert text_of(page, ".laws li") == [
        "《妇女权益保障法》第四十三条“条文原文”",
        "《某通知》（某发〔2019〕17号）二条文大意（待核原文）",
    ]
    targets = {link.attributes["href"] for link in page.css(".finding a")}
    assert targets == {f"#{law.attributes['id']}" for law in page.css(".laws li")}


def test_html_no_quotation_marks_around_what_is_not_verified(write: Write) -> None:
    ad = Ad("限男性")
    page = page_of(write("r.html", [reported(ad, finding(ad, "限男性", legal_basis=(TOLD,)))]))
    shown = page.css_first(".finding").text() + page.css_first(".laws").text()
    assert "待核原文" in shown
    assert not set(shown) & set("“”「」")


def test_html_counts(write: Write) -> None:
    items = [flagged(employer="甲厂"), flagged(employer="甲厂"), reported(Ad("会电脑"))]
    page = page_of(write("r.html", [*items, RowError("9", "E105", "第 9 行过大", 9, "板.csv")]))
    assert text_of(page, ".tiles li") == [
        "3已扫描广告",
        "2有线索的广告",
        "2涉嫌违法",
        "0待核",
        "0属例外",
        "1未能扫描的行",
    ]
    assert "限定性别2" in text_of(page, ".tables tr")
    assert "甲厂220" in text_of(page, ".employers tr")
    assert text_of(page, ".failed tr")[1:] == ["板.csv9E105第 9 行过大"]


def test_html_says_how_many_of_the_ads_shown_are_exempt(write: Write) -> None:
    cleared = Ad("招宿管，限女性。", id="c")
    page = page_of(
        write("r.html", [flagged(), reported(cleared, finding(cleared, "限女性", disposition="exempt"))])
    )
    assert text_of(page, ".tiles li")[1] == "1有线索的广告"
    assert text_of(page, ".status") == ["显示 2 / 2 条广告（其中 1 条只有“属例外”的）"]


def test_html_large_run_is_cut_and_says_so(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_CARDS", 3)
    monkeypatch.setattr(html, "MAX_ERRORS", 2)
    errors = [RowError(str(at), "E103", "坏", at) for at in range(5)]
    page = page_of(write("r.html", [*(flagged(id=str(at)) for at in range(7)), *errors]))
    assert len(page.css(".card")) == 3
    (notice,) = text_of(page, ".notice")
    assert "前 3 条" in notice
    assert "共 7 条" in notice
    assert len(page.css(".failed tr")) == 3
    assert "另有 3 行" in page.body.text()
    assert text_of(page, ".tiles li")[:2] == ["7已扫描广告", "7有线索的广告"]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</mark></dd><iframe src=//x.example>",
    "{{ 7*7 }}{% raw %}",
    "<!--",
    "]]></style><script>",
    "javascript:alert(1)",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_everything_stays_text(text: str, write: Write) -> None:
    ad = Ad(
        f"{text}限男性{text}",
        title=text,
        id=text,
        fields={text: f"{text}男"},
        employer=text,
        publisher=text,
        url=text,
        source=text,
        row=1,
    )
    found = finding(ad, f"{text}限男性", message=text, suggestion=text)
    in_field = finding(ad, f"{text}男", f"fields.{text}")
    page = page_of(
        write("r.html", [reported(ad, found, in_field), RowError(text, "E103", text, 1, text)], [text])
    )
    assert len(page.css("script")) == 1
    assert not page.css("img, iframe, main svg, main style, [onerror], [onload], [onmouseover]")
    assert page.css_first(".card h2").text() == text
    assert page.css_first(".card .employer").text() == text
    assert page.css_first("mark").text() == f"{text}限男性"
    assert page.css_first(".card").attributes["data-words"] == f"{text} {text} {text}".lower()
    assert {link.attributes["href"][:5] for link in page.css("a")} == {"#law-"}
    assert f"链接：{text}" in page.css_first(".origin").text()


def test_html_policy_lets_in_exactly_its_own_style_and_script(write: Write) -> None:
    page = page_of(write("r.html", [flagged()]))
    policy = page.css_first("meta[http-equiv]").attributes["content"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        (node,) = page.css(kind)
        digest = base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not page.css("[style], [src], link")


def test_html_lone_surrogates_and_controls(write: Write) -> None:
    ad = Ad("a\ud83d\x00限男性", title="\udc00题", id="\x1b1")
    page = page_of(write("r.html", [reported(ad, finding(ad, "\x00限男性"))]))
    assert page.css_first("mark").text() == "限男性"
    assert page.css_first(".card h2").text() == "\ufffd题"


def test_html_without_findings(write: Write) -> None:
    page = page_of(write("r.html", [reported(Ad("会电脑"))]))
    assert text_of(page, ".notice") == ["没有发现线索。"]
    assert not page.css(".card, .laws")
    assert "没有扫描到广告" in page_of(write("e.html", [])).body.text()
