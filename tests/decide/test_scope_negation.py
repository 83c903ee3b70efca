"""Negation, scope, quoted law and several posts in one ad: the golden cases, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import Scanner
from scanner.training.gold import GoldItem, read_items, to_ad

ITEMS = list(read_items(Path(__file__).parents[2] / "data" / "gold" / "scope_negation.yaml"))


@pytest.mark.parametrize("item", ITEMS)
def test_scope_finds_what_is_said_and_nothing_else(scanner: Scanner, item: GoldItem) -> None:
    found = [
        (f.spans[0].field, f.spans[0].start, f.spans[0].end, f.category, f.direction)
        for f in scanner.scan(to_ad(item)).findings
    ]
    expected = [
        (*place, span.category, span.direction) for place, span in zip(item.places(), item.spans, strict=True)
    ]
    assert [(f, c, d) for f, _, _, c, d in found] == [(f, c, d) for f, _, _, c, d in expected]
    for (_, start, end, *_), (_, gold_start, gold_end, *_) in zip(found, expected, strict=True):
        assert start < gold_end
        assert gold_start < end
