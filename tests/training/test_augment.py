"""Copies of hand-written clauses keep their words at fault and their group."""

from pathlib import Path

import pytest

from scanner.classifier.windows import MAX_CHARS
from scanner.training.augment import augmented
from scanner.training.clauses import LabelledClause, read_clauses

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def clauses() -> list[LabelledClause]:
    return read_clauses(ROOT / "data" / "clauses")[::10]


def test_augment_copies_mark_the_same_words(clauses: list[LabelledClause]) -> None:
    originals: dict[str, set[tuple[str, ...]]] = {}
    for clause in clauses:
        originals.setdefault(clause.group, set()).add(_words(clause))
    copies = augmented(clauses, 7)
    assert len(copies) > len(clauses) // 2
    for copy in copies:
        assert _words(copy) in originals[copy.group]
        assert len(copy.text) <= MAX_CHARS
        assert copy.origin == "generated"


def test_augment_depends_on_the_seed_alone(clauses: list[LabelledClause]) -> None:
    assert augmented(clauses, 7) == augmented(clauses, 7)
    assert augmented(clauses, 7) != augmented(clauses, 8)


def test_augment_leaves_real_ads_alone() -> None:
    assert augmented([LabelledClause("招保安一名", (), "a", "real")] * 50, 7) == []


def _words(clause: LabelledClause) -> tuple[str, ...]:
    return tuple(clause.text[span.start : span.end] for span in clause.spans)
