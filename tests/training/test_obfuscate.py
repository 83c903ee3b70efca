"""Disguises: the same every time, offsets follow, and the normaliser sees through nearly all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.text.normalise import normalise
from scanner.training.gold import gold_ads
from scanner.training.keywords import find_keywords
from scanner.training.obfuscate import KINDS, disguise
from scanner.training.robustness import disguised, still_flagged
from scanner.training.systems import System

GOLD = Path(__file__).parents[2] / "data" / "gold"
SEEN_THROUGH = {"marks": 0.9, "traditional": 0.95, "pinyin": 0.95, "sign": 0.95}
"""Least share that the normaliser undoes; all of it for the others."""


@pytest.mark.parametrize(
    ("kind", "text", "span", "expected"),
    [
        ("lookalike", "只招女生", (0, 4), {"只招钕生", "只招籹生", "只招⼥生"}),
        ("full_width", "需查HCG", (2, 5), {"需查ＨＣＧ"}),
        ("traditional", "男士优先", (0, 4), {"男士優先"}),
        ("pinyin", "仅限男", (0, 3), {"仅限nan"}),
        ("sign", "性别：女", (0, 4), {"性别：♀", "性别：👩", "性别：🚺"}),
    ],
)
def test_obfuscate_golden(kind: str, text: str, span: tuple[int, int], expected: set[str]) -> None:
    changed = disguise(text, [span], kind)
    assert changed is not None
    assert changed.text in expected


def test_obfuscate_marks_stand_between_all_characters_of_the_span_and_nowhere_else() -> None:
    changed = disguise("招工，限男性，包住", [(3, 6)], "marks")
    assert changed is not None
    before, mark, *_ = changed.text.partition("限")[0], changed.text[4]
    assert changed.text == f"{before}限{mark}男{mark}性，包住"
    assert changed.spans == ((3, 8),)


@pytest.mark.parametrize("kind", ["full_width", "pinyin", "sign", "lookalike"])
def test_obfuscate_is_none_where_nothing_changes(kind: str) -> None:
    assert disguise("近期无打算", [(0, 5)], kind) is None


@given(st.text("限男女性，招HCG未婚 3", max_size=20), st.data(), st.sampled_from(sorted(KINDS)))
def test_obfuscate_offsets_hold_the_same_words(text: str, data: st.DataObject, kind: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    changed = disguise(text, [(start, end)], kind)
    assert changed == disguise(text, [(start, end)], kind)
    if changed is not None:
        [(left, right)] = changed.spans
        assert changed.text[:left] == text[:start]
        assert changed.text[right:] == text[end:]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_obfuscate_is_undone_by_the_normaliser(kind: str) -> None:
    pairs = [(item, changed) for item in gold_ads(GOLD) if (changed := disguised(item, kind))]
    undone = [normalise(new.ad.text).text == normalise(old.ad.text).text for old, new in pairs]
    assert len(undone) > 100
    assert sum(undone) / len(undone) >= SEEN_THROUGH.get(kind, 1.0)


def test_obfuscate_defeats_a_keyword_list() -> None:
    system = System("words", lambda ads: [find_keywords(ad) for ad in ads])
    kept = still_flagged(system, gold_ads(GOLD))
    assert len(kept["zero_width"]) > 100
    assert not any(kept["zero_width"])
