"""What a scanned ad is said to breach, by direction, date and party."""

from __future__ import annotations

from datetime import date

import pytest

from scanner import Ad, Scanner
from scanner.findings import Finding
from scanner.law import LawBook

LAWS = LawBook.load()


def _finding(scanner: Scanner, text: str, **given: object) -> Finding:
    [finding] = scanner.scan(Ad(text=text, **given)).findings  # type: ignore[arg-type]
    return finding


def _cites(finding: Finding, ref: str) -> bool:
    article = LAWS.article(ref)
    return (article.law, article.number) in {(b.law, b.article) for b in finding.legal_basis}


@pytest.mark.parametrize(
    ("text", "cited", "not_cited"),
    [
        ("限男性", ["WL43.1", "WL83", "EPL27.2", "HRM43"], ["WL43.5"]),
        (
            "限女性",
            ["EPL3", "EPL26", "LL12", "HRM24", "NR15", "N17", "JL"],
            ["WL43.1", "WL83", "EPL27.2", "LL13"],
        ),
        ("女士优先", ["N17", "JL", "HRM24"], ["WL43.1", "WL83"]),
        ("男性较适合", ["WL43.1", "WL43.5", "WL83"], []),
        ("女生慎投", ["WL43.5", "WL83"], ["WL43.1"]),
        ("男50岁以下，女45岁以下", ["WL43.5", "WL83"], []),
        ("男18-40岁，女18-45岁", ["EPL26", "N17"], ["WL43.5", "WL83"]),
        ("男身高170cm以上，女身高160cm以上", ["EPL26"], ["WL43.5", "WL83"]),
        ("男3名，女1名", ["WL43.5", "WL83", "EPL3"], []),
        ("男1名，女3名", ["EPL3"], ["WL43.5", "WL83"]),
        ("男200元/天，女180元/天", ["WL45", "LL46", "WL84.3"], ["WL83"]),
        ("已婚已育优先", ["WL43.4", "WL83"], []),
        ("三年内不得怀孕", ["WL43.4", "WL44.1", "EPL27.3", "LCL26.3", "CC1042"], []),
        ("近期无生育计划", ["WL43.2", "WL43.4"], ["WL44.1"]),
        ("入职体检含孕检", ["WL43.3", "WL83"], []),
        ("孕妇勿扰", ["WL43.4", "WL43.5", "WL48"], []),
        ("有无子女", ["WL43.2", "WL83"], ["WL43.4"]),
    ],
)
def test_basis_by_wording(scanner: Scanner, text: str, cited: list[str], not_cited: list[str]) -> None:
    finding = _finding(scanner, text)
    assert [ref for ref in cited if not _cites(finding, ref)] == []
    assert [ref for ref in not_cited if _cites(finding, ref)] == []


def test_basis_is_the_law_of_the_day(scanner: Scanner) -> None:
    old = _finding(scanner, "限男性", posted_on=date(2022, 12, 31))
    new = _finding(scanner, "限男性", posted_on=date(2023, 1, 1))
    assert _cites(old, "WL_OLD23")
    assert not _cites(old, "WL43.1")
    assert _cites(new, "WL43.1")
    assert not _cites(new, "WL_OLD23")
    assert not _cites(_finding(scanner, "限男性", posted_on=date(2024, 10, 29)), "JL")


@pytest.mark.parametrize(
    ("given", "cited", "not_cited"),
    [
        ({"employer": "某某电子厂"}, ["WL83", "HRM43"], ["HRM29", "WL84.3"]),
        ({"employer": "某某劳务派遣公司"}, ["WL43.1", "WL83", "HRM26", "LSR28"], []),
        ({"employer": "某某厂", "publisher": "江城招聘网"}, ["WL83", "NR17", "N60"], ["HRM26"]),
        ({"employer": "某某厂", "publisher": "某县就业服务中心"}, ["WL83", "HRM45", "NR38"], ["LSR28"]),
        ({"employer": "某县财政局"}, ["WL43.1", "WL84.3"], ["WL83", "HRM43"]),
    ],
)
def test_basis_by_party(
    scanner: Scanner, given: dict[str, str], cited: list[str], not_cited: list[str]
) -> None:
    finding = _finding(scanner, "限男性", **given)
    assert [ref for ref in cited if not _cites(finding, ref)] == []
    assert [ref for ref in not_cited if _cites(finding, ref)] == []


def test_basis_is_empty_outside_employment(scanner: Scanner) -> None:
    assert _finding(scanner, "我家请住家保姆，限女性").legal_basis == ()
    assert _finding(scanner, "征兵公告：限男性，18-22周岁").legal_basis == ()


def test_basis_of_a_cleared_finding_is_kept(scanner: Scanner) -> None:
    assert _finding(scanner, "实验小学女生宿舍管理员，限女性").legal_basis
