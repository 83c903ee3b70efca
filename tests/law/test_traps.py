"""The traps of REFERENCE 0.3, over every combination that can be asked."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import product

import pytest
import yaml

from scanner.findings import Category, Direction, LegalBasis
from scanner.law import LawBook, Party, Role
from scanner.paths import shipped
from tests.law.reference import FABRICATED, SUBTYPES, strings

DAYS = [date(2015, 6, 1), date(2022, 6, 1), date(2024, 6, 1), date(2026, 11, 23)]
REPOSITORY = shipped("lexicons").parent
REFERENCE = REPOSITORY.parent / "shared" / "law" / "REFERENCE.md"

Query = tuple[Category, str, Direction, Party, date]


@cache
def answers() -> list[tuple[Query, tuple[str, ...], tuple[LegalBasis, ...]]]:
    book = LawBook.load()
    found = []
    for query in product(Category, ["", *SUBTYPES], Direction, Party, DAYS):
        category, subtype, direction, party, day = query
        refs = book.refs(category, subtype, direction, posted_on=day, party=party)
        basis = book.basis(category, subtype, direction, posted_on=day, party=party)
        found.append((query, refs, basis))
    return found


def test_traps_fabricated_citations_in_no_file() -> None:
    for file in (shipped("lexicons") / "law").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for string in [text, *strings(yaml.safe_load(text))]:
            assert not FABRICATED.search(string), file


def test_traps_fabricated_citations_never_printed(book: LawBook) -> None:
    assert not book.has("LL63")
    assert not book.has("EPL30")
    for basis in {b for _, _, found in answers() for b in found}:
        printed = f"《{basis.law_name}》{basis.article}：{basis.quotation}{basis.paraphrase}{basis.note}"
        assert not FABRICATED.search(printed)
        assert (basis.law, basis.article[:4]) not in {("LL", "第六十三"), ("EPL", "第三十条")}


@pytest.mark.parametrize(
    "fake",
    [
        "劳动法第六十三条: 确因工作性质…必须限制职工性别的, 用人单位可以…",
        "就业促进法第三十条: …不得以民族、种族、性别…",
        "《就业促进法》第三十条规定不得以性别为由",
    ],
)
def test_traps_the_pattern_knows_the_fakes(fake: str) -> None:
    assert FABRICATED.search(fake)


def test_traps_every_act_but_a_households_has_a_basis() -> None:
    for query, refs, _ in answers():
        assert bool(refs) is (query[3] is not Party.HOUSEHOLD), query


def test_traps_female_direction_never_rests_on_43_or_83() -> None:
    for query, refs, basis in answers():
        if query[2] is Direction.FEMALE:
            assert not [r for r in refs if r.startswith(("WL43", "WL83"))], query
            assert not [
                b for b in basis if b.law == "WL" and b.article.startswith(("第四十三条", "第八十三条"))
            ]


def test_traps_83_stands_only_beside_43_or_48() -> None:
    for query, refs, _ in answers():
        if "WL83" in refs:
            assert any(r.startswith(("WL43", "WL48")) for r in refs), query


def test_traps_employment_promotion_and_labour_law_never_a_sanction() -> None:
    for query, _, basis in answers():
        assert not [b for b in basis if b.role == "sanction" and b.law in ("EPL", "LL")], query


def test_traps_notices_are_policy_only() -> None:
    for _, _, basis in answers():
        assert all(b.role == "policy" for b in basis if b.law in ("N17", "N60", "N62", "JL"))


def test_traps_old_and_new_numbers_never_mixed() -> None:
    for query, refs, _ in answers():
        old = any(r.startswith("WL_OLD") for r in refs)
        new = any(r.startswith("WL") and not r.startswith("WL_OLD") for r in refs)
        assert not (old if query[4] >= date(2023, 1, 1) else new), query


def test_traps_agencies_and_platforms_never_under_83() -> None:
    parties = {Party.AGENCY, Party.PLATFORM, Party.PUBLIC_SERVICE_AGENCY}
    for query, refs, _ in answers():
        if query[3] in parties:
            assert not [r for r in refs if r.startswith(("WL43", "WL83"))], query


def test_traps_unverified_is_never_quoted(book: LawBook) -> None:
    for basis in {b for _, _, found in answers() for b in found}:
        if basis.status in ("VERIFIED-1", "VERIFIED-2") and basis.quotation:
            assert basis.paraphrase is None
        else:
            assert basis.quotation is None
            assert basis.paraphrase
            assert "待核原文" in (basis.note or "")
    for article in book.articles():
        assert article.status.quotable or article.quotation is None, article.id


def test_traps_annex_articles_are_never_cited_as_breach(book: LawBook) -> None:
    for article in book.articles():
        if article.id.startswith("SPWA") or article.id == "LL59":
            assert article.role is Role.EXCEPTION


def test_traps_quotations_are_the_words_of_the_reference(book: LawBook) -> None:
    if not REFERENCE.is_file():
        pytest.skip(f"{REFERENCE} is absent: the statute wording cannot be compared")
    lines = re.sub(r"^> ", "", REFERENCE.read_text(encoding="utf-8"), flags=re.M)
    reference = re.sub(r"\s|<br>", "", lines)
    for article in book.articles():
        for piece in (article.quotation or "").split("……"):
            assert re.sub(r"\s", "", piece) in reference, article.id


def test_traps_quoted_article_stands_under_its_number(book: LawBook) -> None:
    if not REFERENCE.is_file():
        pytest.skip(f"{REFERENCE} is absent: the statute numbers cannot be compared")
    text = REFERENCE.read_text(encoding="utf-8")
    section = text[text.index("## 1. ") : text.index("## 2. ")]
    for article in book.articles():
        if article.law == "WL" and article.quotation:
            number = article.number.split("条")[0] + "条"
            line = next(line for line in section.splitlines() if line.startswith(f"> **{number}**"))
            pieces = article.quotation.replace("……", "\n").split("\n")
            assert all(piece in line.replace("<br>", "") for piece in pieces), article.id
