"""The public face: offsets that hold in the original for any text, order, fields, the ad's date."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scanner
from scanner import Ad, Scanner
from scanner.findings import AdReport, Category, Finding, Span
from scanner.training.gold import load_gold, to_ad

GOLD = [to_ad(item) for item in load_gold(Path(__file__).parents[1] / "data" / "gold") if item.spans]
SCANNER = Scanner.load()


def _spans(report: AdReport) -> Iterator[Span]:
    for finding in report.findings:
        yield from finding.spans


def _assert_offsets_hold(ad: Ad, report: AdReport) -> None:
    values = dict(ad.parts())
    for span in _spans(report):
        value = values[span.field]
        units = value.encode("utf-16-le", "surrogatepass")[2 * span.utf16_start : 2 * span.utf16_end]
        assert 0 <= span.start < span.end <= len(value)
        assert value[span.start : span.end] == span.quote
        assert units.decode("utf-16-le", "surrogatepass") == span.quote


def _only(report: AdReport) -> Finding:
    assert len(report.findings) == 1
    return report.findings[0]


DISGUISED = [
    ("限男性", "限男性"),
    ("🚹🚹，限男性", "限男性"),
    ("𠮷屋招人，男士优先🎉", "男士优先"),
    ("僅限男性，學歷不拘", "僅限男性"),
    ("🎉男士優先🎉", "男士優先"),
    ("孕婦勿擾", "孕婦勿擾"),
    ("限·男·性", "限·男·性"),
    ("🎉限 男 性", "限 男 性"),
    ("限\u200b男\u200b性", "限\u200b男\u200b性"),
    ("限钕性", "限钕性"),
    ("🎉限♂性", "限♂性"),
    ("限nan性", "限nan性"),
    ("限<b>男</b>性", "限<b>男</b>性"),
    ("限&#8203;男性", "限&#8203;男性"),
    ("文员&lt;br&gt;限男性", "限男性"),
    ("\ud83d限男性\udc00", "限男性"),
    ("\x00限男性\x00", "限男性"),
]


@pytest.mark.parametrize(("text", "quote"), DISGUISED)
def test_engine_span_is_the_original_wording(text: str, quote: str) -> None:
    ad = Ad(text=text)
    report = SCANNER.scan(ad)
    assert [span.quote for span in _spans(report)] == [quote]
    _assert_offsets_hold(ad, report)


@pytest.mark.parametrize("ad", GOLD, ids=lambda ad: ad.id)
def test_engine_offsets_hold_on_gold(ad: Ad) -> None:
    _assert_offsets_hold(ad, SCANNER.scan(ad))


NOISE = st.text(st.one_of(st.sampled_from("🎉🚹𠮷·. \u3000\u200b<b>&nbsp;\n，；1、(2)僅女\ud800\x00"), st.characters(exclude_categories=[])), max_size=30)  # fmt: skip
FLAGGED = st.sampled_from([value for ad in GOLD for _, value in ad.parts()])


@settings(max_examples=300, deadline=None)
@given(NOISE, FLAGGED, NOISE, FLAGGED, st.sampled_from(["性别要求", "备注", "岗位🎉", "a.b"]))
def test_engine_offsets_hold_with_noise_around(
    before: str, wording: str, after: str, other: str, name: str
) -> None:
    ad = Ad(text=before + wording + after, title=after + other, fields={name: before + other + after})
    _assert_offsets_hold(ad, SCANNER.scan(ad))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(FLAGGED, st.integers(0, 60), NOISE), max_size=4))
def test_engine_offsets_hold_with_noise_inside(parts: list[tuple[str, int, str]]) -> None:
    ad = Ad(text="".join(wording[:at] + noise + wording[at:] for wording, at, noise in parts))
    _assert_offsets_hold(ad, SCANNER.scan(ad))


NEUTRAL = st.text(st.sampled_from("🎉𠮷🧰，。、车间包吃住仓库电脑 \n"), max_size=30)
SURE = [
    "限男性",
    "男士优先",
    "孕妇勿扰",
    "男士優先",
    "孕婦勿擾",
    "限·男·性",
    "孕\u200b妇\u200b勿\u200b扰",
    "限<i>男</i>性",
]


@settings(max_examples=200, deadline=None)
@given(NEUTRAL, st.sampled_from(SURE), NEUTRAL)
def test_engine_finds_sure_wording_where_it_stands(before: str, wording: str, after: str) -> None:
    ad = Ad(text=f"{before}\n{wording}\n{after}")
    found = [(span.start, span.end, span.quote) for span in _spans(SCANNER.scan(ad))]
    assert found == [(len(before) + 1, len(before) + 1 + len(wording), wording)]


def test_engine_scan_many_keeps_order_and_streams() -> None:
    ads = [
        Ad(text=text, id=str(n)) for n, text in enumerate(["限男性", "会开车", "孕妇勿扰", "", "男士优先"])
    ]
    reports = SCANNER.scan_many(ad for ad in ads)
    assert next(reports).id == "0"
    rest = list(reports)
    assert [report.id for report in rest] == ["1", "2", "3", "4"]
    assert [len(report.findings) for report in rest] == [0, 1, 0, 1]
    assert rest == [SCANNER.scan(ad) for ad in ads[1:]]


def test_engine_fields_are_scanned_under_their_names() -> None:
    ad = Ad(
        text="会开车", title="司机（限男性）", fields={"性别要求": "男", "备注": "🎉孕妇勿扰", "学历": "高中"}
    )
    report = SCANNER.scan(ad)
    assert [(span.field, span.quote) for span in _spans(report)] == [
        ("title", "限男性"),
        ("fields.性别要求", "男"),
        ("fields.备注", "孕妇勿扰"),
    ]
    _assert_offsets_hold(ad, report)
    assert [(span.start, span.utf16_start) for span in _spans(report)] == [(3, 3), (0, 0), (1, 2)]


@pytest.mark.parametrize("value", ["", "不限", "男女不限"])
def test_engine_unrestricted_field_is_silent(value: str) -> None:
    assert SCANNER.scan(Ad(text="会开车", fields={"性别要求": value})).findings == ()


@pytest.mark.parametrize(
    ("posted_on", "numbering"),
    [(date(2022, 12, 31), "第二十三条"), (date(2023, 1, 1), "第四十三条"), (None, "第四十三条")],
)
def test_engine_cites_the_law_of_the_ads_day(posted_on: date | None, numbering: str) -> None:
    finding = _only(SCANNER.scan(Ad(text="限男性", posted_on=posted_on)))
    womens_law = [basis.article for basis in finding.legal_basis if "妇女权益保障法" in basis.law_name]
    assert any(numbering in article for article in womens_law)
    other = {"第二十三条": "第四十三条", "第四十三条": "第二十三条"}[numbering]
    assert not any(other in article for article in womens_law)


def test_engine_report_can_be_recomputed() -> None:
    report = SCANNER.scan(Ad(text="限男性\ud800", id="A1"))
    assert report.id == "A1"
    assert report.text_sha256 == hashlib.sha256("限男性\ud800".encode("utf-8", "surrogatepass")).hexdigest()
    assert report.versions == SCANNER.versions
    assert report.versions.scanner == scanner.__version__
    assert report == Scanner.load().scan(Ad(text="限男性\ud800", id="A1"))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("限男性", Category.GENDER_RESTRICTION),
        ("男士优先", Category.GENDER_PREFERENCE),
        ("孕妇勿扰", Category.PREGNANCY_EXCLUSION),
    ],
)
def test_engine_finding_is_complete(text: str, category: Category) -> None:
    finding = _only(SCANNER.scan(Ad(text=text)))
    assert finding.category is category
    assert finding.legal_basis
    assert finding.sources
    assert text in finding.message
    assert finding.suggestion


@pytest.mark.parametrize(
    "ad", [Ad(text=""), Ad(text=" \n"), Ad(text="\x00"), Ad(text="", fields={"性别": ""})]
)
def test_engine_nothing_to_find(ad: Ad) -> None:
    assert SCANNER.scan(ad).findings == ()


def test_engine_public_face_is_lazy_and_complete() -> None:
    assert scanner.__all__ == ["Ad", "Scanner", "__version__"]
    assert (scanner.Ad, scanner.Scanner) == (Ad, Scanner)
    with pytest.raises(AttributeError, match="Nothing"):
        _ = scanner.Nothing
    loaded = (
        "import sys, scanner; print([m for m in ('jieba', 'opencc', 'pydantic', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_engine_scanning_does_not_load_heavy_libraries() -> None:
    heavy = "('torch', 'transformers', 'spacy', 'datasets', 'pandas')"
    code = f"import sys; from scanner import Ad, Scanner; Scanner.load().scan(Ad(text='限男性')); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
