"""The sample ads that `pingzhao demo` scans: all are read, and the lexicon alone finds what they were written for."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from scanner import Ad, Scanner
from scanner.batch.source import open_source
from scanner.errors import ERRORS
from scanner.findings import AdReport, Category, Direction, Disposition, RowError
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.paths import shipped

ADS_PER_FILE = {
    "board_ads.jsonl": 20,
    "changchun_fair.xlsx": 26,
    "entry_form.txt": 1,
    "factory_notice.txt": 1,
    "fair_table.html": 5,
    "jilin_agency.csv": 20,
    "night_market.txt": 4,
    "siping_public.json": 5,
    "workshop_notice.html": 1,
    "yanbian_posts.tsv": 8,
}
BROKEN_ROWS = [
    ("board_ads.jsonl", 17, "E103"),
    ("changchun_fair.xlsx", 24, "E104"),
    ("jilin_agency.csv", 20, "E111"),
]
# (id, words reported, category, direction, disposition); an ad may stand here more than once
FINDINGS = [
    ("CC-01", "男", "gender_restriction", "male", "violation"),
    ("CC-03", "女", "gender_restriction", "female", "violation"),
    ("CC-03", "未婚", "marital_birth_condition", "none", "violation"),
    ("CC-05", "男6500元/月，女5500元/月", "differential_standard", "both", "violation"),
    ("CC-06", "男45周岁以下，女40周岁以下", "differential_standard", "both", "violation"),
    ("CC-09", "男", "gender_restriction", "male", "review"),
    ("CC-11", "女性优先", "gender_preference", "female", "violation"),
    ("CC-12", "男", "gender_restriction", "male", "review"),
    ("CC-15", "女", "gender_restriction", "female", "review"),
    ("CC-18", "限男性", "gender_restriction", "male", "violation"),
    ("CC-20", "限女性", "gender_restriction", "female", "review"),
    ("JL-02", "近期无生育计划", "birth_restriction", "none", "violation"),
    ("JL-06", "限女性", "gender_restriction", "female", "exempt"),
    ("JL-08", "孕检", "pregnancy_test", "none", "violation"),
    ("JL-09", "男性优先", "gender_preference", "male", "violation"),
    ("JL-12", "请注明婚育情况", "marital_birth_inquiry", "none", "violation"),
    ("JL-15", "限女性", "gender_restriction", "female", "exempt"),
    ("JL-18", "孕期勿投", "pregnancy_exclusion", "none", "violation"),
    ("b03", "限·男", "gender_restriction", "male", "violation"),
    ("b04", "钕士优先", "gender_preference", "female", "violation"),
    ("b05", "只招nan生", "gender_restriction", "male", "violation"),
    ("b07", "三年内不得怀孕", "birth_restriction", "none", "violation"),
    ("b08", "限男", "gender_restriction", "male", "violation"),
    ("b09", "未婚", "marital_birth_condition", "none", "violation"),
    ("b09", "女性", "gender_restriction", "female", "violation"),
    ("b12", "限男性", "gender_restriction", "male", "review"),
    ("b15", "男", "gender_restriction", "male", "violation"),
    ("b15", "女", "gender_restriction", "female", "violation"),
    ("b18", "男生本科，女生研究生", "differential_standard", "both", "violation"),
    ("b20", "限男性", "gender_restriction", "male", "violation"),
    ("FT-4", "男3名女3名", "gender_restriction", "both", "violation"),
    ("SP-2", "限女性", "gender_restriction", "female", "exempt"),
    ("entry_form.txt:1", "是否备孕", "marital_birth_inquiry", "none", "violation"),
    ("night_market.txt:2", "限女性", "gender_restriction", "female", "exempt"),
    ("workshop_notice.html:1", "女性勿扰", "gender_restriction", "male", "violation"),
    ("yanbian_posts.tsv:5", "适合男性", "gender_preference", "male", "violation"),
    ("yanbian_posts.tsv:6", "女", "gender_restriction", "female", "review"),
]
LAWFUL_LOOKALIKES = {
    "CC-02": "形象气质佳, no sex named",
    "CC-07": "女装 is what the shop sells",
    "CC-10": "产假 and 婚假 are what the clerk deals with",
    "CC-13": "男女不限 in the column",
    "CC-14": "李女士 is the contact",
    "CC-16": "妇产 is the ward",
    "CC-19": "退役军人 may be of either sex",
    "CC-25": "帅哥美女多 describes the team",
    "CC-26": "夫妻 is about rooms",
    "JL-05": "女性用品 is the counter",
    "JL-13": "都市女性 are the customers",
    "JL-14": "同工同酬，男女不限",
    "JL-16": "不限性别",
    "b06": "男女不限，婚否不限",
    "b10": "leave and nursing room are benefits",
    "b13": "女性专场招聘会 is the event",
    "b14": "a promise not to discriminate",
    "b19": "李女士 is the contact",
    "b21": "子女 are the teacher's own",
    "SP-1": "妇联 is the partner",
    "FT-2": "男女不限",
    "FT-5": "男装、女装 are sold",
    "night_market.txt:3": "男女老少 are the customers",
    "factory_notice.txt:1": "benefits for women and men, no limit",
    "yanbian_posts.tsv:3": "男女同工同酬",
}


@pytest.fixture(scope="module")
def read() -> list[Ad | RowError]:
    return list(open_source(shipped("samples")))


@pytest.fixture(scope="module")
def ads(read: list[Ad | RowError]) -> dict[str, Ad]:
    return {item.id: item for item in read if isinstance(item, Ad)}


@pytest.fixture(scope="module")
def reports(ads: dict[str, Ad]) -> dict[str, AdReport]:
    scanner = Scanner(Lexicon.load(), LawBook.load())
    return {name: scanner.scan(ad) for name, ad in ads.items()}


def test_samples_read_every_ad(read: list[Ad | RowError]) -> None:
    counts = Counter(item.source for item in read if isinstance(item, Ad))
    assert counts == ADS_PER_FILE


def test_samples_broken_rows_are_the_planned_ones(read: list[Ad | RowError]) -> None:
    errors = [item for item in read if isinstance(item, RowError)]
    assert [(error.source, error.row, error.code) for error in errors] == BROKEN_ROWS
    assert all(error.code in ERRORS for error in errors)


def test_samples_ids_are_unique(read: list[Ad | RowError], ads: dict[str, Ad]) -> None:
    assert len(ads) == sum(isinstance(item, Ad) for item in read)


@pytest.mark.parametrize("name", sorted({row[0] for row in FINDINGS}))
def test_samples_findings(name: str, reports: dict[str, AdReport]) -> None:
    found = [
        (name, f.spans[0].quote, f.category.value, f.direction.value, f.disposition.value)
        for f in reports[name].findings
    ]
    assert sorted(found) == sorted(row for row in FINDINGS if row[0] == name)


@pytest.mark.parametrize("name", LAWFUL_LOOKALIKES)
def test_samples_lookalikes_are_silent(name: str, reports: dict[str, AdReport]) -> None:
    assert reports[name].findings == (), LAWFUL_LOOKALIKES[name]


@pytest.mark.parametrize(
    ("attribute", "values"),
    [("category", Category), ("direction", Direction), ("disposition", Disposition)],
)
def test_samples_show_everything(
    attribute: str, values: type[Category | Direction | Disposition], reports: dict[str, AdReport]
) -> None:
    shown = {getattr(finding, attribute) for report in reports.values() for finding in report.findings}
    assert shown == set(values)


def test_samples_show_lawful_and_unlawful_ads(reports: dict[str, AdReport]) -> None:
    flagged = sum(bool(report.findings) for report in reports.values())
    assert 0.35 <= flagged / len(reports) <= 0.5


def test_samples_date_decides_which_law_is_cited(ads: dict[str, Ad], reports: dict[str, AdReport]) -> None:
    """Before 2023-01-01 the old numbering of 妇女权益保障法 was in force."""
    for name in ("CC-18", "b09"):
        posted = ads[name].posted_on
        laws = {basis.law for finding in reports[name].findings for basis in finding.legal_basis}
        assert posted is not None
        assert posted < date(2023, 1, 1)
        assert "WL_OLD" in laws
        assert "WL" not in laws


@pytest.mark.parametrize(
    ("name", "law"),
    [("JL-02", "HRM26"), ("JL-09", "HRM45"), ("b07", "NR34")],
    ids=["agency", "public-service-agency", "platform"],
)
def test_samples_publisher_is_liable_too(name: str, law: str, reports: dict[str, AdReport]) -> None:
    article = LawBook.load().article(law)
    cited = {(basis.law, basis.article) for f in reports[name].findings for basis in f.legal_basis}
    assert (article.law, article.number) in cited


def test_samples_hold_no_personal_data(ads: dict[str, Ad]) -> None:
    """Contact columns are never read, and every address is in a domain that cannot exist."""
    for ad in ads.values():
        assert not {"联系人", "联系电话"} & set(ad.fields)
        assert not ad.url or ad.url.startswith("https://jobs.example.com/")
