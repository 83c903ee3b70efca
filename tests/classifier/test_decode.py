"""Tag logits become spans with offsets in the window and a score."""

import numpy as np
import pytest

from scanner.classifier.decode import read
from scanner.classifier.labels import CLAUSE_LABELS, LAWFUL_MENTION, OUTSIDE, TAGS, tag_of
from scanner.findings import Category, Direction

MALE = (Category.GENDER_RESTRICTION, Direction.MALE)
FEMALE = (Category.GENDER_RESTRICTION, Direction.FEMALE)
B, I = tag_of(*MALE, begins=True), tag_of(*MALE, begins=False)  # noqa: E741 - the tags' usual names
F = tag_of(*FEMALE, begins=True)


def _logits(tags: list[int]) -> np.ndarray:
    rows = np.full((len(tags), len(TAGS)), -8.0)
    rows[np.arange(len(tags)), tags] = 8.0
    return rows


def _offsets(length: int) -> list[tuple[int, int]]:
    """[CLS], one token a character, [SEP]."""
    return [(0, 0), *((at, at + 1) for at in range(length - 2)), (0, 0)]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([OUTSIDE] * 5, []),
        ([OUTSIDE, B, I, OUTSIDE, OUTSIDE], [(0, 2, "male")]),
        ([OUTSIDE, B, I, B, OUTSIDE], [(0, 2, "male"), (2, 3, "male")]),
        ([OUTSIDE, B, F, OUTSIDE, OUTSIDE], [(0, 1, "male"), (1, 2, "female")]),
        ([OUTSIDE, I, I, OUTSIDE, OUTSIDE], [(0, 2, "male")]),
        ([B, OUTSIDE, OUTSIDE, B, B], [(2, 3, "male")]),
    ],
)
def test_decode_joins_tags_into_spans(tags: list[int], spans: list[tuple[int, int, str]]) -> None:
    reading = read(_logits(tags), np.zeros(len(CLAUSE_LABELS)), _offsets(len(tags)))
    assert [(s.start, s.end, s.direction.value) for s in reading.spans] == spans


def test_decode_scores_a_span_by_its_characters_and_its_clause() -> None:
    clause = np.full(len(CLAUSE_LABELS), -8.0)
    tags = _logits([OUTSIDE, B, I, OUTSIDE])
    doubted = read(tags, clause, _offsets(4)).spans[0].score
    clause[CLAUSE_LABELS.index(Category.GENDER_RESTRICTION.value)] = 8.0
    sure = read(tags, clause, _offsets(4)).spans[0].score
    assert doubted < 0.1
    assert sure > 0.99


def test_decode_says_how_lawful_the_mention_is() -> None:
    clause = np.zeros(len(CLAUSE_LABELS))
    clause[CLAUSE_LABELS.index(LAWFUL_MENTION)] = 8.0
    assert read(_logits([OUTSIDE, OUTSIDE]), clause, _offsets(2)).lawful > 0.99
