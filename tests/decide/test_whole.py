from __future__ import annotations

import pytest

from scanner import Ad, Scanner
from scanner.decide.whole import Rewritten, rewritten


@pytest.fixture(scope="module")
def rules_only() -> Scanner:
    return Scanner.load(model=False)


def _rewritten(scanner: Scanner, ad: Ad) -> list[Rewritten]:
    return rewritten(ad, scanner.scan(ad).findings)


@pytest.mark.parametrize(
    "ad",
    [
        Ad("招前台文员一名，限女性，25岁以下。\n月薪四千。"),
        Ad("1、招店员两名，女士优先，会用收银机。2、未婚者优先，能上夜班。", title="店员（女）"),
        Ad("😀招保安，限\u200b男性，身体健康", fields={"性别要求": "男"}),
    ],
)
def test_rewritten_clauses_are_lawful_and_the_rest_stays(rules_only: Scanner, ad: Ad) -> None:
    for one in _rewritten(rules_only, ad):
        assert one.text != dict(ad.parts())[one.field] or not one.complete
        if one.complete:
            name = one.field.partition(".")[2]
            again = Ad("", fields={name: one.text}) if name else Ad(one.text)
            assert rules_only.scan(again).findings == ()


def test_rewritten_keeps_what_is_lawful_word_by_word(rules_only: Scanner) -> None:
    (one,) = _rewritten(rules_only, Ad("月薪四千，包住。\n招店员一名，限女性，会用收银机。\n😀电话面谈！"))
    assert one.complete
    assert one.text.startswith("月薪四千，包住。\n招店员一名")
    assert one.text.endswith("会用收银机。\n😀电话面谈！")


def test_what_cannot_be_mended_stays_and_is_said(rules_only: Scanner) -> None:
    (one,) = _rewritten(rules_only, Ad("男18-45岁，女18-40岁。"))
    assert one == Rewritten("text", "男18-45岁，女18-40岁。", complete=False)


def test_lawful_ads_need_no_rewrite(rules_only: Scanner) -> None:
    assert _rewritten(rules_only, Ad("招店员，男女不限。", title="店员")) == []
