"""Tag logits become spans with offsets in the window and a score."""

import numpy as np
import pytest

from scanner.classifier.decode import read_batch
from scanner.classifier.labels import CLAUSE_LABELS, LAWFUL_MENTION, OUTSIDE, TAGS, tag_of
from scanner.classifier.reading import Reading
from scanner.findings import Category, Direction

MALE = (Category.GENDER_RESTRICTION, Direction.MALE)
FEMALE = (Category.GENDER_RESTRICTION, Direction.FEMALE)
B, I = tag_of(*MALE, begins=True), tag_of(*MALE, begins=False)  # noqa: E741 - the tags' usual names
F = tag_of(*FEMALE, begins=True)
OTHER = tag_of(Category.PREGNANCY_TEST, Direction.NONE, begins=False)


def _logits(tags: list[int]) -> np.ndarray:
    rows = np.full((len(tags), len(TAGS)), -8.0)
    rows[np.arange(len(tags)), tags] = 8.0
    return rows


def _offsets(length: int) -> list[tuple[int, int]]:
    """[CLS], one token a character, [SEP]."""
    return [(0, 0), *((at, at + 1) for at in range(length - 2)), (0, 0)]


def _read(tags: np.ndarray, clause: np.ndarray, quick: float = 0.0) -> Reading:
    """One window read in a batch with a longer one, so that it is padded."""
    length = len(tags) + 3
    batch = np.full((2, length, len(TAGS)), -8.0)
    batch[:, :, B] = 8.0
    batch[0, : len(tags)] = tags
    places = [_offsets(len(tags)) + [(0, 0)] * 3, _offsets(length)]
    return read_batch(batch, np.stack([clause, np.zeros_like(clause)]), np.array([quick, 0.0]), places)[0]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([OUTSIDE] * 5, []),
        ([OUTSIDE, B, I, OUTSIDE, OUTSIDE], [(0, 2, "male")]),
        ([OUTSIDE, B, I, B, OUTSIDE], [(0, 3, "male")]),
        ([OUTSIDE, B, I, *[OUTSIDE] * 4, I, OUTSIDE], [(0, 7, "male")]),
        ([OUTSIDE, B, I, *[OUTSIDE] * 5, B, OUTSIDE], [(0, 2, "male"), (7, 8, "male")]),
        ([OUTSIDE, B, F, OUTSIDE, OUTSIDE], [(0, 1, "male"), (1, 2, "female")]),
        ([OUTSIDE, I, I, OUTSIDE, OUTSIDE], [(0, 2, "male")]),
        ([B, OUTSIDE, OUTSIDE, B, B], [(2, 3, "male")]),
    ],
)
def test_decode_joins_tags_into_spans(tags: list[int], spans: list[tuple[int, int, str]]) -> None:
    reading = _read(_logits(tags), np.zeros(len(CLAUSE_LABELS)))
    assert [(s.start, s.end, s.direction.value) for s in reading.spans] == spans


def test_decode_scores_a_span_by_its_characters_its_clause_and_the_quick_reader() -> None:
    clause = np.full(len(CLAUSE_LABELS), -8.0)
    tags = _logits([OUTSIDE, B, I, OUTSIDE])
    doubted = _read(tags, clause).spans[0].score
    clause[CLAUSE_LABELS.index(Category.GENDER_RESTRICTION.value)] = 8.0
    likely, sure, contradicted = (_read(tags, clause, quick).spans[0].score for quick in (0.0, 8.0, -8.0))
    assert doubted < 0.7 < likely
    assert sure > 0.99
    assert contradicted == pytest.approx(0.5, abs=0.1)


def test_decode_marks_in_a_weak_window_what_stands_out() -> None:
    tags = np.log(np.full((6, len(TAGS)), 1e-9))
    for at, chance in enumerate([0.0, 0.04, 0.3, 0.2, 0.1, 0.0]):
        tags[at, [OUTSIDE, B]] = np.log([1 - chance + 1e-9, chance + 1e-9])
    [span] = _read(tags, np.zeros(len(CLAUSE_LABELS))).spans
    assert (span.start, span.end) == (1, 3)
    assert span.score < 0.5


def test_decode_one_stretch_has_one_kind() -> None:
    """Tags that waver between kinds within a stretch give one span, of the kind that the clause supports."""
    tags = _logits([OUTSIDE, B, I, OTHER, I, OUTSIDE])
    clause = np.full(len(CLAUSE_LABELS), -4.0)
    clause[CLAUSE_LABELS.index(Category.GENDER_RESTRICTION.value)] = 4.0
    assert [(s.start, s.end, s.direction.value) for s in _read(tags, clause).spans] == [(0, 4, "male")]


def test_decode_says_how_lawful_the_mention_is() -> None:
    clause = np.zeros(len(CLAUSE_LABELS))
    clause[CLAUSE_LABELS.index(LAWFUL_MENTION)] = 8.0
    assert _read(_logits([OUTSIDE, OUTSIDE]), clause).lawful > 0.99
