"""Wording that courts, procurators and labour authorities objected to is flagged, with the right articles."""

from pathlib import Path

import pytest

from scanner import Scanner
from scanner.findings import Direction, Finding
from scanner.law import LawBook
from scanner.training.evaluation import OVERLAP, Labelled
from scanner.training.gold import GoldItem, gold_ads, load_gold, read_items, to_ad

GOLD = Path(__file__).parents[2] / "data" / "gold"
CASES = list(read_items(GOLD / "published_cases.yaml"))
LABELS = {gold.ad.id: gold.spans for gold in gold_ads(GOLD)}
LAWS = LawBook.load()
ONLY_FOR_WOMEN = ("WL43.1", "WL83", "EPL27.2", "LL13")


def _cited(finding: Finding) -> set[tuple[str, str]]:
    return {(basis.law, basis.article) for basis in finding.legal_basis}


def _article(ref: str) -> tuple[str, str]:
    article = LAWS.article(ref)
    return article.law, article.number


def _labels(finding: Finding) -> list[Labelled]:
    kind = (finding.category.value, finding.direction.value)
    return [Labelled(span.field, span.start, span.end, *kind) for span in finding.spans]


@pytest.mark.parametrize("item", CASES, ids=lambda item: item.id)
def test_published_case_is_flagged(scanner: Scanner, item: GoldItem) -> None:
    found = [label for f in scanner.scan(to_ad(item)).findings for label in _labels(f)]
    for gold in LABELS[item.id]:
        kind = (gold.category, gold.direction)
        assert any((p.category, p.direction) == kind and p.overlap(gold) >= OVERLAP for p in found), gold


@pytest.mark.parametrize("item", CASES, ids=lambda item: item.id)
def test_published_case_cites_the_expected_articles(scanner: Scanner, item: GoldItem) -> None:
    assert item.law, "every published case names its articles"
    cited = {article for f in scanner.scan(to_ad(item)).findings for article in _cited(f)}
    assert [ref for ref in item.law if _article(ref) not in cited] == []


def test_published_cases_before_2023_are_judged_by_the_law_of_their_day(scanner: Scanner) -> None:
    old = [item for item in CASES if item.posted_on and item.posted_on.year < 2023]
    assert old
    for item in old:
        laws = {law for f in scanner.scan(to_ad(item)).findings for law, _ in _cited(f)}
        assert "WL" not in laws


def test_articles_that_protect_women_are_never_cited_for_men(scanner: Scanner) -> None:
    barred = {_article(ref) for ref in ONLY_FOR_WOMEN}
    findings = [f for item in load_gold(GOLD) for f in scanner.scan(to_ad(item)).findings]
    against_men = [f for f in findings if f.direction is Direction.FEMALE]
    assert against_men
    assert [f.id for f in against_men if _cited(f) & barred] == []
