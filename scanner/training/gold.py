"""The hand-written gold items of `data/gold/*.yaml`: invented clauses with their labels.

Square brackets in `title`, `text` and the values of `fields` mark the words to report, one entry of `spans`
for each, in that order; the scanner sees the wording without the brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from scanner.ad import Ad
from scanner.decide.exceptions import ExceptionBook
from scanner.findings import Category, Direction, Disposition
from scanner.law import LawBook
from scanner.lexicon.lexicon import example_spans
from scanner.lexicon.reading import refuse
from scanner.lexicon.schema import Strict
from scanner.training.evaluation import GoldAd, Labelled

SUBTYPES: dict[Category, tuple[str, ...]] = {
    Category.GENDER_RESTRICTION: ("sex_limit_male", "sex_limit_female", "sex_quota_split", "gendered_title"),
    Category.GENDER_PREFERENCE: ("sex_pref_male", "sex_suit_male", "female_discouraged", "sex_pref_female"),
    Category.MARITAL_BIRTH_CONDITION: ("marital_status_condition",),
    Category.BIRTH_RESTRICTION: ("birth_restriction", "birth_plan_condition"),
    Category.MARITAL_BIRTH_INQUIRY: ("marital_birth_inquiry",),
    Category.PREGNANCY_TEST: ("pregnancy_test",),
    Category.PREGNANCY_EXCLUSION: ("pregnancy_exclusion",),
    Category.DIFFERENTIAL_STANDARD: (
        "diff_standard_age",
        "diff_standard_education",
        "diff_standard_other",
        "appearance_female_only",
        "pay_diff_by_sex",
    ),
}
"""The wordings of REFERENCE 10 by category."""

NegativeClass = Literal[
    "neg_unrestricted",
    "neg_policy_text",
    "neg_product_or_customer",
    "neg_applicant",
    "neg_welfare",
    "neg_statistics",
    "neg_enrolment",
    "neg_org_name",
]


class GoldSpan(Strict):
    """The label of one bracket."""

    category: Category
    subtype: str
    direction: Direction


class GoldItem(Strict):
    """One clause or ad with its labels; `id` is the file's name and the item's number, from 1.

    `exception` are hints that must be given, `no_exception` hints that must not, `law` article ids that
    must be cited, `disposition` what every finding must come to. Without spans, `negative_class` says why
    the wording is lawful.
    """

    id: str
    text: str = Field(min_length=1)
    title: str = ""
    fields: Mapping[str, str] = Field(default_factory=dict)
    spans: tuple[GoldSpan, ...] = ()
    negative_class: NegativeClass | None = None
    employer: str = ""
    publisher: str = ""
    posted_on: date | None = None
    exception: tuple[str, ...] = ()
    no_exception: tuple[str, ...] = ()
    disposition: Disposition | None = None
    law: tuple[str, ...] = ()
    note: str = ""

    def parts(self) -> list[tuple[str, str]]:
        """The bracketed strings as (field name, value), in the order in which `spans` counts them."""
        named = [("title", self.title), ("text", self.text)]
        return named + [(f"fields.{name}", value) for name, value in self.fields.items()]

    def places(self) -> list[tuple[str, int, int]]:
        """(field, start, end) of each bracket, offsets in code points of the plain wording."""
        return [(name, *offsets) for name, value in self.parts() for offsets in example_spans(value)[1]]


def load_gold(folder: Path) -> list[GoldItem]:
    """All items of a folder, file by file. Raises PingzhaoError E301 naming file, item and cure."""
    return [item for file in sorted(folder.glob("*.yaml")) for item in read_items(file)]


def read_items(file: Path) -> Iterator[GoldItem]:
    """The checked items of one file. Raises PingzhaoError E301."""
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        raise refuse(file, "全文", "不是有效的 YAML", "检查缩进、冒号和引号") from None
    if not isinstance(content, list):
        raise refuse(file, "全文", "不是列表", "每一项以“- text:”开头")
    for number, entry in enumerate(content, 1):
        yield _item(file, number, entry)


def to_ad(item: GoldItem) -> Ad:
    """The ad that the scanner reads: the same wording without brackets."""
    return Ad(
        text=_plain(item.text),
        title=_plain(item.title),
        id=item.id,
        fields={name: _plain(value) for name, value in item.fields.items()},
        employer=item.employer,
        publisher=item.publisher,
        posted_on=item.posted_on,
    )


def gold_ads(folder: Path) -> list[GoldAd]:
    """The items in the shape that `evaluate` takes.

    Findings that an exception clears are no predictions, so the spans of `exempt` items count neither way.
    """
    return [_gold_ad(item) for item in load_gold(folder)]


def _gold_ad(item: GoldItem) -> GoldAd:
    unsure = item.disposition is Disposition.EXEMPT
    spans = tuple(
        Labelled(field, start, end, span.category.value, span.direction.value, unsure)
        for span, (field, start, end) in zip(item.spans, item.places(), strict=True)
    )
    return GoldAd(to_ad(item), spans)


def _plain(bracketed: str) -> str:
    return example_spans(bracketed)[0]


def _item(file: Path, number: int, entry: object) -> GoldItem:
    name = f"第 {number} 项"
    if not isinstance(entry, dict):
        raise refuse(file, name, "不是键值对", "写成 text、spans 等键值")
    try:
        item = GoldItem.model_validate({**entry, "id": f"{file.stem}-{number}"})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise refuse(file, name, f"{key}：{first['msg']}", "对照 data/gold/README.md 的写法修改") from None
    for problem, cure in _problems(item):
        raise refuse(file, name, problem, cure)
    return item


def _problems(item: GoldItem) -> Iterator[tuple[str, str]]:
    """What is wrong with an item of the right shape, with the cure."""
    brackets = len(item.places())
    if any(mark in _plain(value) for _, value in item.parts() for mark in "[]"):
        yield "方括号不成对、套叠或为空", "每个 [ 对应一个 ]，括号内写上词句，不要套叠"
    if brackets != len(item.spans):
        yield f"方括号 {brackets} 处，spans {len(item.spans)} 条", "每处方括号在 spans 中写一条，次序相同"
    if bool(item.spans) == bool(item.negative_class):
        yield "spans 与 negative_class 须且只须有一项", "有标注写 spans，合法用语写 negative_class"
    for span in item.spans:
        if span.subtype not in SUBTYPES[span.category]:
            known = "、".join(SUBTYPES[span.category])
            yield f"{span.category.value} 没有细类 {span.subtype}", f"改用 {known}"
    yield from _unknown_references(item)


def _unknown_references(item: GoldItem) -> Iterator[tuple[str, str]]:
    laws = LawBook.load()
    codes = {rule.code for rule in ExceptionBook.load(laws).rules}
    for ref in item.law:
        if not laws.has(ref):
            yield f"没有条款 {ref}", "改用 lexicons/law/articles 中的编号"
    for code in (*item.exception, *item.no_exception):
        if code not in codes:
            yield f"没有例外 {code}", "改用 lexicons/exceptions.yaml 中的 code"
