"""The words of the reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.findings import Category, Direction, RowError
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.report import wording
from scanner.report.plain import clean, one_line
from scanner.report.summary import RunSummary
from scanner.training.gold import SUBTYPES
from tests.report.conftest import HINT, QUOTED, TOLD, finding, flagged


def test_quotation_marks_only_where_the_statute_is_quoted() -> None:
    assert wording.provision(QUOTED) == "“条文原文”"
    assert wording.provision(TOLD) == "条文大意（待核原文）"
    assert wording.provision(replace(TOLD, note="待核原文；地方文件")) == "条文大意（待核原文；地方文件）"
    assert wording.provision(replace(QUOTED, note="地方文件")) == "“条文原文”（地方文件）"


def test_cited_puts_a_document_number_behind_the_title() -> None:
    assert wording.cited(QUOTED) == "《妇女权益保障法》第四十三条"
    assert wording.cited(TOLD) == "《某通知》（某发〔2019〕17号）二"


def test_leading_and_further_cite_every_article_once() -> None:
    bases = (QUOTED, replace(QUOTED, article="第二条"), replace(QUOTED, article="第三条"), TOLD)
    found = replace(finding(flagged()[0], "限男性"), legal_basis=bases)
    assert wording.leading(found) == {"prohibition": QUOTED, "policy": TOLD}
    (others,) = wording.further(found)
    assert wording.cited_together(others) == "《妇女权益保障法》第二条、第三条"


def test_ground_tells_a_claim_that_is_none() -> None:
    assert wording.ground(HINT) == "矿山井下作业（须证明：确在井下作业）"
    assert wording.ground(replace(HINT, effect="none")) == "矿山井下作业（不成立：确在井下作业）"


def test_every_shipped_subtype_has_a_name() -> None:
    rules = Lexicon.load().rules.values()
    named = {str(rule.by_direction("subtype", way)) for rule in rules for way in Direction} - {"None"}
    gold = {name for names in SUBTYPES.values() for name in names}
    assert named | gold <= set(wording.SUBTYPE_NAMES)


def test_every_cited_role_has_a_name() -> None:
    book = LawBook.load()
    cited = {b.role for kind in Category for b in book.basis(kind, "", Direction.MALE, posted_on=None)}
    assert cited <= set(wording.ROLE_NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("限\x00男\x1b[31m", "限男[31m"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("x\ud83d", "x\ufffd"),
        ("👷", "👷"),
        ("\x7f\x85\x9b", ""),
        ("\ufffe\uffff", ""),
    ],
)
def test_clean_drops_what_documents_cannot_hold(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_one_line_joins_lines() -> None:
    assert one_line("a\r\n\n b\tc") == "a b c"


def test_summary_counts_open_findings_and_failed_rows() -> None:
    ad, report = flagged()
    exempt = finding(ad, "限男性", disposition="exempt")
    summary = RunSummary()
    summary.count(report)
    summary.count(replace(report, findings=(exempt,)))
    summary.count_error(RowError("1", "E103", "坏"))
    assert (summary.ads, summary.flagged, summary.failed) == (2, 1, 1)
    assert wording.counts(summary) == [
        ("处置", [("涉嫌违法", 1), ("属例外", 1)]),
        ("类别", [("限定性别", 1)]),
        ("方向", [("限男/偏男", 1)]),
        ("严重程度", [("严重", 1)]),
    ]
