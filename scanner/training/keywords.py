"""The keyword list that offices search with today: a baseline, and what its words are taken to mean."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, MatchKind

from scanner.ad import Ad
from scanner.findings import Category, Direction
from scanner.training.evaluation import Labelled

KEYWORDS: dict[tuple[Category, Direction], tuple[str, ...]] = {
    (Category.GENDER_RESTRICTION, Direction.MALE): (
        "限男性",
        "限男",
        "仅限男性",
        "只招男",
        "只要男",
        "要求男性",
        "性别：男",
        "性别要求：男",
        "女性勿扰",
        "不招女",
    ),
    (Category.GENDER_RESTRICTION, Direction.FEMALE): (
        "限女性",
        "限女",
        "仅限女性",
        "只招女",
        "只要女",
        "要求女性",
        "性别：女",
        "性别要求：女",
        "男性勿扰",
    ),
    (Category.GENDER_PREFERENCE, Direction.MALE): ("男性优先", "男士优先", "男生优先", "适合男性"),
    (Category.GENDER_PREFERENCE, Direction.FEMALE): ("女性优先", "女士优先", "女生优先", "适合女性"),
    (Category.MARITAL_BIRTH_CONDITION, Direction.NONE): ("已婚已育", "未婚", "已婚", "已育优先"),
    (Category.BIRTH_RESTRICTION, Direction.NONE): ("不得怀孕", "不得生育", "不得结婚", "无生育计划"),
    (Category.MARITAL_BIRTH_INQUIRY, Direction.NONE): ("婚育情况", "婚育状况", "婚姻状况"),
    (Category.PREGNANCY_TEST, Direction.NONE): ("孕检", "妊娠测试", "怀孕测试", "HCG"),
    (Category.PREGNANCY_EXCLUSION, Direction.NONE): ("孕妇勿扰", "非孕期"),
}
"""As they are typed into a board's search box: no variants, no context."""

_KINDS = {word: (c.value, d.value) for (c, d), words in KEYWORDS.items() for word in words}
_WORDS = list(_KINDS)


def find_keywords(ad: Ad) -> list[Labelled]:
    """Every keyword in the ad, the longest at each place, in the original's offsets."""
    search = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)
    return [
        Labelled(field, start, end, *_KINDS[_WORDS[index]])
        for field, value in ad.parts()
        for index, start, end in search.find_matches_as_indexes(value)
    ]
