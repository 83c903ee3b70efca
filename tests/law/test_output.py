"""What is printed: no fabricated citation, no quotation of unverified wording, anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from scanner import Ad, Scanner
from scanner.findings import Finding
from scanner.law import LawBook
from scanner.paths import shipped
from scanner.report.wording import cited, ground, provision
from scanner.training.gold import load_gold, to_ad
from tests.law.reference import FABRICATED, strings

ROOT = Path(__file__).parents[2]
NAMES = [
    ("", ""),
    ("某某劳务派遣公司", ""),
    ("某某厂", "江城招聘网"),
    ("某某厂", "某县就业服务中心"),
    ("某县财政局", ""),
]
DAYS = [date(2019, 6, 1), date(2022, 6, 1), None]
QUOTED = re.compile("“([^”]+)”")
LAW_TALK = re.compile("不得|应当|禁止|责令|处.{0,6}罚款")


@cache
def findings() -> list[Finding]:
    """Every gold item once, and every kind of finding for every party and day."""
    scanner = Scanner.load(model=False)
    ads = [to_ad(item) for item in load_gold(ROOT / "data" / "gold")]
    found = [finding for ad in ads for finding in scanner.scan(ad).findings]
    texts = {(f.subtype, f.direction): f.spans[0].quote for f in found}
    for text in texts.values():
        for employer, publisher in NAMES:
            for day in DAYS:
                ad = Ad(text=text, employer=employer, publisher=publisher, posted_on=day)
                found += scanner.scan(ad).findings
    return found


def printed(finding: Finding) -> Iterator[str]:
    yield json.dumps(asdict(finding), ensure_ascii=False, default=str)
    for basis in finding.legal_basis:
        yield f"{cited(basis)}：{provision(basis)}"
    for hint in finding.exceptions:
        yield ground(hint)


def test_output_is_wide_enough_to_tell() -> None:
    assert len({(f.subtype, f.direction) for f in findings()}) >= 22
    assert len({basis for f in findings() for basis in f.legal_basis}) >= 40


def test_output_never_holds_a_fabricated_citation() -> None:
    assert [line for f in findings() for line in printed(f) if FABRICATED.search(line)] == []


def test_output_quotes_only_verified_wording() -> None:
    verified = {a.quotation for a in LawBook.load().articles() if a.status.quotable and a.quotation}
    for basis in {basis for f in findings() for basis in f.legal_basis}:
        assert basis.quotation is None or (
            basis.quotation in verified and basis.status in ("VERIFIED-1", "VERIFIED-2")
        )
        line = provision(basis)
        assert ("“" in line) is (basis.quotation is not None)
        assert basis.quotation or "待核原文" in line


def test_output_calls_no_finding_a_verdict() -> None:
    for f in findings():
        assert not re.search("已构成违法|认定违法|违法事实", f.message)


def _documents() -> list[Path]:
    texts = [*ROOT.glob("*.md"), *(ROOT / "data").rglob("*.md"), *(ROOT / "models").rglob("*.md")]
    return texts + list(shipped("lexicons").rglob("*.yaml"))


@pytest.mark.parametrize("file", _documents(), ids=lambda file: file.name)
def test_output_documents_hold_no_fabricated_citation(file: Path) -> None:
    assert not FABRICATED.search(file.read_text("utf-8"))


def _own_words() -> Iterator[str]:
    """Messages, advice, conditions and questions of the lexicons, and the prose of the readmes."""
    for file in shipped("lexicons").rglob("*.yaml"):
        if "articles" not in file.parts:
            yield from strings(yaml.safe_load(file.read_text("utf-8")))
    for file in ROOT.glob("*.md"):
        yield from file.read_text("utf-8").splitlines()


def test_output_own_words_quote_no_statute_but_verified_ones() -> None:
    verified = re.sub(r"\s", "", "".join(a.quotation or "" for a in LawBook.load().articles()))
    quotes = [quote for words in _own_words() for quote in QUOTED.findall(words)]
    assert quotes
    assert [q for q in quotes if len(q) > 12 and LAW_TALK.search(q) and q not in verified] == []
