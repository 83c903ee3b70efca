"""The gold items load, cover what they claim to cover, and the loader names what is wrong with a bad one."""

from collections import Counter
from pathlib import Path

import pytest

from scanner.decide.exceptions import ExceptionBook
from scanner.errors import PingzhaoError
from scanner.findings import Category
from scanner.law import LawBook
from scanner.training.gold import SUBTYPES, gold_ads, load_gold, to_ad

GOLD = Path(__file__).parents[2] / "data" / "gold"
ITEMS = load_gold(GOLD)
CODES = [rule.code for rule in ExceptionBook.load(LawBook.load()).rules]
NEGATIVE_CLASSES = {item.negative_class for item in ITEMS} - {None}
SPAN = "spans: [{category: gender_restriction, subtype: sex_limit_male, direction: male}]"


def _from(stem: str) -> int:
    return sum(item.id.startswith(f"{stem}-") for item in ITEMS)


@pytest.mark.parametrize("subtype", [name for names in SUBTYPES.values() for name in names])
def test_gold_has_twenty_wordings_of_each_subtype(subtype: str) -> None:
    least = 40 if subtype in ("sex_limit_male", "sex_limit_female") else 20
    assert sum(span.subtype == subtype for item in ITEMS for span in item.spans) >= least


def test_gold_has_every_category() -> None:
    assert {span.category for item in ITEMS for span in item.spans} == set(Category)


@pytest.mark.parametrize(
    ("stem", "least"),
    [
        ("lookalikes", 180),
        ("published_cases", 40),
        ("scope_negation", 60),
        ("structured_fields", 60),
        ("obfuscated", 80),
    ],
)
def test_gold_files_are_large_enough(stem: str, least: int) -> None:
    assert _from(stem) >= least


def test_gold_has_every_negative_class() -> None:
    assert len(NEGATIVE_CLASSES) == 8


@pytest.mark.parametrize("code", CODES)
def test_gold_has_each_exception_both_ways(code: str) -> None:
    given = Counter(hint for item in ITEMS for hint in item.exception)
    refused = Counter(hint for item in ITEMS for hint in item.no_exception)
    assert given[code] >= 4
    assert refused[code] >= 3


def test_gold_wordings_are_not_repeated() -> None:
    seen = Counter((ad.title, ad.text, tuple(ad.fields.items())) for ad in map(to_ad, ITEMS))
    assert [wording for wording, times in seen.items() if times > 1] == []


def test_gold_ads_mark_the_bracketed_words() -> None:
    for item, gold in zip(ITEMS, gold_ads(GOLD), strict=True):
        parts = dict(gold.ad.parts())
        bracketed = "".join(value for _, value in item.parts())
        for span in gold.spans:
            assert f"[{parts[span.field][span.start : span.end]}]" in bracketed


def test_gold_ad_counts_code_points_in_title_text_and_fields(tmp_path: Path) -> None:
    three = "{category: gender_restriction, subtype: sex_limit_male, direction: male}"
    wording = '{title: "👷[男工]", text: "[限男]，𠮷祥", fields: {性别: "[男]"}, spans: [' + ", ".join(
        [three] * 3
    )
    (tmp_path / "a.yaml").write_text(f"- {wording}]}}\n", "utf-8")
    [gold] = gold_ads(tmp_path)
    assert gold.ad.id == "a-1"
    assert [(s.field, s.start, s.end) for s in gold.spans] == [
        ("title", 1, 3),
        ("text", 0, 2),
        ("fields.性别", 0, 1),
    ]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('text: "招[男]工"', "方括号 1 处，spans 0 条"),
        (f'text: "招男工"\n  {SPAN}', "方括号 0 处，spans 1 条"),
        (f'text: "[男\n  {SPAN}', "不是有效的 YAML"),
        (f'text: "限[[男]]"\n  {SPAN}', "方括号不成对"),
        ('text: "男女不限"', "须且只须有一项"),
        (f'text: "[男]"\n  negative_class: neg_welfare\n  {SPAN}', "须且只须有一项"),
        ('text: "男女不限"\n  negative_class: neg_anything', "negative_class"),
        (f'text: "[男]"\n  {SPAN.replace("sex_limit_male", "pay_diff_by_sex")}', "没有细类 pay_diff_by_sex"),
        (f'text: "[男]"\n  {SPAN.replace("direction: male", "direction: men")}', "direction"),
        (f'text: "[男]"\n  {SPAN}\n  law: [WL99]', "没有条款 WL99"),
        (f'text: "[男]"\n  {SPAN}\n  exception: [exc_none]', "没有例外 exc_none"),
        (f'text: "[男]"\n  {SPAN}\n  comment: x', "comment"),
        ('negative_class: neg_welfare\n  title: "产假"', "text"),
    ],
)
def test_gold_refuses_a_bad_item_by_file_number_and_cure(tmp_path: Path, entry: str, problem: str) -> None:
    good = '- text: "产假"\n  negative_class: neg_welfare\n'
    (tmp_path / "bad.yaml").write_text(f"{good}- {entry}\n", "utf-8")
    with pytest.raises(PingzhaoError) as caught:
        load_gold(tmp_path)
    assert caught.value.code == "E301"
    assert problem in str(caught.value)
    assert "bad.yaml" in str(caught.value)
    assert "第 2 项" in str(caught.value) or "全文" in str(caught.value)
    assert "修改办法" in str(caught.value)


@pytest.mark.parametrize("content", ["text: 男\n", "- 男\n", "- [男, 女]\n"])
def test_gold_refuses_what_is_no_list_of_items(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.yaml").write_text(content, "utf-8")
    with pytest.raises(PingzhaoError, match=r"bad\.yaml"):
        load_gold(tmp_path)
