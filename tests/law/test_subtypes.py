"""Every code of REFERENCE 10 is found in gold ads, or stands where it belongs: a layer, a claim, no finding."""

from __future__ import annotations

from pathlib import Path

from scanner import Ad, Scanner
from scanner.decide.exceptions import ExceptionBook
from scanner.findings import Category, Direction
from scanner.law import LawBook, Party
from scanner.training.gold import SUBTYPES as WORDINGS
from scanner.training.gold import load_gold, to_ad
from tests.law.reference import SUBTYPES

GOLD = Path(__file__).parents[2] / "data" / "gold"
ELSEWHERE = {"agency_published", "discrimination_repeat", "unlawful_exception_claim", "objectifying_content"}


def test_subtypes_of_the_reference_are_all_placed() -> None:
    assert {code for codes in WORDINGS.values() for code in codes} | ELSEWHERE == set(SUBTYPES)


def test_subtypes_of_wording_are_all_found() -> None:
    scanner = Scanner.load(model=False)
    found = {f.subtype for item in load_gold(GOLD) for f in scanner.scan(to_ad(item)).findings}
    assert set(SUBTYPES) - ELSEWHERE <= found


def test_agency_published_is_a_layer_of_the_party() -> None:
    book = LawBook.load()
    refs = book.refs(Category.GENDER_RESTRICTION, "", Direction.FEMALE, posted_on=None, party=Party.AGENCY)
    assert {"HRM26", "HRM29", "LSR28"} <= set(refs)


def test_discrimination_repeat_is_a_layer_of_the_law() -> None:
    refs = LawBook.load().refs(
        Category.GENDER_RESTRICTION, "discrimination_repeat", Direction.MALE, posted_on=None
    )
    assert "LSR30" in refs


def test_unlawful_exception_claim_is_an_exception_without_effect() -> None:
    claims = [rule for rule in ExceptionBook.load(LawBook.load()).rules if rule.effect == "none"]
    assert {rule.code for rule in claims} == {"exc_period_annex_misuse", "claimed_justification"}
    [finding] = Scanner.load(model=False).scan(Ad(text="要值夜班，限男性")).findings
    assert "所称理由不成立" in finding.message


def test_objectifying_content_is_no_finding() -> None:
    for text in ("公司美女如云，等你来", "女神同事陪你加班", "团队妹子多"):
        assert Scanner.load(model=False).scan(Ad(text=text)).findings == ()
