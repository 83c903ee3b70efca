"""The legal basis by act, direction, party and day: one table."""

from __future__ import annotations

from datetime import date

import pytest

from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction
from scanner.law import LawBook, Party

NOW = date(2026, 11, 23)
NEUTRAL = {"EPL3", "EPL26", "LL12", "HRM24", "NR15", "ESR4", "ESR20", "HRM43", "NR34", "N17", "JL"}
REFUSAL = {"EPL27.2", "LL13", "ESR16", "WL83"}
NOTICES = {"N17", "JL"}

ACTS = [
    (Category.GENDER_RESTRICTION, "sex_limit_male", Direction.MALE, {"WL43.1"} | REFUSAL | NEUTRAL),
    (Category.GENDER_RESTRICTION, "a_finer_subtype", Direction.MALE, {"WL43.1"} | REFUSAL | NEUTRAL),
    (Category.GENDER_RESTRICTION, "sex_limit_female", Direction.FEMALE, NEUTRAL),
    (Category.GENDER_RESTRICTION, "sex_quota_split", Direction.BOTH, NEUTRAL),
    (Category.GENDER_RESTRICTION, "gendered_title", Direction.NONE, NEUTRAL),
    (Category.GENDER_RESTRICTION, "objectifying_content", Direction.FEMALE, {"WL28.3", "WL82"} | NEUTRAL),
    (Category.GENDER_PREFERENCE, "sex_suit_male", Direction.MALE, {"WL43.1", "WL43.5"} | REFUSAL | NOTICES),
    (Category.GENDER_PREFERENCE, "female_discouraged", Direction.MALE, {"WL43.5"} | REFUSAL | NOTICES),
    (Category.GENDER_PREFERENCE, "sex_pref_female", Direction.FEMALE, NEUTRAL),
    (
        Category.MARITAL_BIRTH_CONDITION,
        "marital_status_condition",
        Direction.NONE,
        {"WL43.4", "WL83"} | NEUTRAL,
    ),
    (
        Category.BIRTH_RESTRICTION,
        "birth_restriction",
        Direction.NONE,
        {"WL43.4", "WL83", "WL44.1", "EPL27.3", "ESR16", "LCL26.3", "CC1042"} | NOTICES,
    ),
    (
        Category.BIRTH_RESTRICTION,
        "birth_plan_condition",
        Direction.NONE,
        {"WL43.2", "WL43.4", "WL83", "EPL26", "EPL27.2"} | NOTICES,
    ),
    (
        Category.MARITAL_BIRTH_INQUIRY,
        "marital_birth_inquiry",
        Direction.NONE,
        {"WL43.2", "WL83", "EPL26", "PIPL6"} | NOTICES,
    ),
    (
        Category.PREGNANCY_TEST,
        "pregnancy_test",
        Direction.NONE,
        {"WL43.3", "WL83", "EPL26", "EPL27.2"} | NOTICES,
    ),
    (
        Category.PREGNANCY_EXCLUSION,
        "pregnancy_exclusion",
        Direction.NONE,
        {"WL43.4", "WL43.5", "WL48", "WL83", "EPL27.2", "SPW5"} | NOTICES,
    ),
    (Category.DIFFERENTIAL_STANDARD, "diff_standard_age", Direction.MALE, {"WL43.5"} | REFUSAL | NOTICES),
    (Category.DIFFERENTIAL_STANDARD, "diff_standard_age", Direction.FEMALE, NEUTRAL),
    (Category.DIFFERENTIAL_STANDARD, "diff_standard_age", Direction.BOTH, NEUTRAL),
    (Category.DIFFERENTIAL_STANDARD, "pay_diff_by_sex", Direction.BOTH, {"WL45", "LL46", "LL12", "WL84.3"}),
    (Category.DIFFERENTIAL_STANDARD, "pay_diff_by_sex", Direction.FEMALE, {"WL45", "LL46", "LL12"}),
]


@pytest.mark.parametrize(("category", "subtype", "direction", "expected"), ACTS)
def test_basis_act_rests_on(
    book: LawBook, category: Category, subtype: str, direction: Direction, expected: set[str]
) -> None:
    refs = book.refs(category, subtype, direction, posted_on=NOW)
    assert set(refs) == expected
    assert len(refs) == len(set(refs))


@pytest.mark.parametrize(
    ("party", "holds", "lacks"),
    [
        (Party.EMPLOYER, {"WL43.1", "WL83", "HRM43"}, {"HRM29", "WL84.3"}),
        (Party.AGENCY, {"HRM26", "HRM29", "NR15", "NR17", "HRM43", "LSR28", "N17.3"}, {"WL43.1", "WL83"}),
        (Party.PLATFORM, {"HRM29", "NR15", "NR17", "NR34", "N60"}, {"WL43.1", "WL83", "HRM26", "EPL27.2"}),
        (Party.PUBLIC_SERVICE_AGENCY, {"HRM45", "NR38", "N17"}, {"WL83", "HRM43", "NR34"}),
        (Party.PUBLIC_BODY, {"WL43.1", "WL84.3", "EPL26"}, {"WL83", "HRM43", "NR34"}),
    ],
)
def test_basis_party_decides_who_is_liable(
    book: LawBook, party: Party, holds: set[str], lacks: set[str]
) -> None:
    refs = set(
        book.refs(Category.GENDER_RESTRICTION, "sex_limit_male", Direction.MALE, posted_on=NOW, party=party)
    )
    assert holds <= refs
    assert not lacks & refs


@pytest.mark.parametrize("direction", [Direction.FEMALE, Direction.BOTH, Direction.NONE])
def test_basis_public_body_no_womens_sanction_where_women_are_not_barred(
    book: LawBook, direction: Direction
) -> None:
    refs = book.refs(Category.GENDER_RESTRICTION, "", direction, posted_on=NOW, party=Party.PUBLIC_BODY)
    assert "WL84.3" not in refs


def test_basis_household_is_no_employer(book: LawBook) -> None:
    for extra in ((), ("EPL3",)):
        basis = book.basis(
            Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=NOW, party=Party.HOUSEHOLD, extra=extra
        )
        assert basis == ()


@pytest.mark.parametrize(
    ("ref", "before", "since"),
    [
        ("WL43.1", date(2022, 12, 31), date(2023, 1, 1)),
        ("WL83", date(2022, 12, 31), date(2023, 1, 1)),
        ("NR15", date(2021, 2, 28), date(2021, 3, 1)),
        ("HRM24", date(2018, 9, 30), date(2018, 10, 1)),
        ("N17", date(2019, 2, 17), date(2019, 2, 18)),
        ("JL", date(2024, 10, 29), date(2024, 10, 30)),
    ],
)
def test_basis_cites_only_what_was_in_force(book: LawBook, ref: str, before: date, since: date) -> None:
    assert ref not in book.refs(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=before)
    assert ref in book.refs(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=since)


def test_basis_old_numbering_before_2023(book: LawBook) -> None:
    old = book.refs(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=date(2022, 12, 31))
    new = book.refs(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=date(2023, 1, 1))
    assert "WL_OLD23" in old
    assert not any(ref.startswith("WL_OLD") for ref in new)


def test_basis_without_a_day_is_today(book: LawBook) -> None:
    args = (Category.GENDER_RESTRICTION, "", Direction.MALE)
    assert book.basis(*args, posted_on=None) == book.basis(*args, posted_on=date.today())


def test_basis_roles_in_order(book: LawBook) -> None:
    roles = [b.role for b in book.basis(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=NOW)]
    order = ("prohibition", "sanction", "policy")
    assert roles == sorted(roles, key=order.index)


@pytest.mark.parametrize(
    ("direction", "cited"),
    [(Direction.MALE, True), (Direction.BOTH, True), (Direction.FEMALE, False)],
    ids=str,
)
def test_basis_extra_is_added_within_the_bars(book: LawBook, direction: Direction, cited: bool) -> None:
    refs = book.refs(
        Category.DIFFERENTIAL_STANDARD,
        "diff_standard_age",
        direction,
        posted_on=NOW,
        extra=("WL43.5", "WL83"),
    )
    assert ("WL43.5" in refs, "WL83" in refs) == (cited, cited)


def test_basis_extra_procedure_is_not_cited(book: LawBook) -> None:
    assert "WL74" not in book.refs(
        Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=NOW, extra=("WL74",)
    )


def test_basis_extra_unknown_article_is_refused(book: LawBook) -> None:
    with pytest.raises(PingzhaoError, match=r"E302.*WL999"):
        book.basis(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=NOW, extra=("WL999",))


@pytest.mark.parametrize(("region", "cited"), [(None, True), ("吉林省", True), ("广东省", False)])
def test_basis_local_document_only_in_its_region(book: LawBook, region: str | None, cited: bool) -> None:
    basis = book.basis(Category.GENDER_RESTRICTION, "", Direction.MALE, posted_on=NOW, region=region)
    notes = [b.note for b in basis if b.law == "JL"]
    assert notes == (["待核原文；地方文件，仅适用于吉林"] if cited else [])


def test_basis_repeat_adds_refusal_of_an_order(book: LawBook) -> None:
    assert "LSR30" in book.refs(
        Category.GENDER_RESTRICTION, "discrimination_repeat", Direction.MALE, posted_on=NOW
    )


def test_basis_is_cached(book: LawBook) -> None:
    args = (Category.GENDER_RESTRICTION, "", Direction.MALE)
    one = book.basis(*args, posted_on=date(2024, 1, 1))
    assert book.basis(*args, posted_on=date(2024, 1, 2)) is one
