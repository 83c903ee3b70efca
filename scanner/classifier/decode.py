"""From tag probabilities to spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scanner.classifier.labels import CLAUSE_LABELS, KINDS, LAWFUL_MENTION
from scanner.classifier.reading import ModelSpan, Reading

_LAWFUL = CLAUSE_LABELS.index(LAWFUL_MENTION)
_CATEGORIES = [CLAUSE_LABELS.index(category.value) for category, _ in KINDS]
_LEAST = 0.1
"""A window in which no character is at fault with this probability has no span."""
_MARKED = 0.5
"""From this probability on a character is marked; in weaker windows, from half of the strongest one's on."""


def read_batch(tags: Any, clauses: Any, places: Sequence[Sequence[tuple[int, int]]]) -> list[Reading]:
    """Logits of a batch (windows × tokens × TAGS, windows × CLAUSE_LABELS) → the reading of each window.

    `places` are the tokens' offsets in their window; special and padding tokens have empty ones.
    """
    odds = np.exp(tags - tags.max(axis=-1, keepdims=True))
    chances = odds / odds.sum(axis=-1, keepdims=True)
    within = np.array([[left < right for left, right in offsets] for offsets in places])
    fault = (1 - chances[:, :, 0]) * within
    labels = 1 / (1 + np.exp(-clauses))
    seen = (fault.max(axis=-1, initial=0.0) >= _LEAST).tolist()
    lawful = labels[:, _LAWFUL].tolist()
    return [
        Reading(tuple(_spans(chances[at], fault[at], labels[at], offsets)) if seen[at] else (), lawful[at])
        for at, offsets in enumerate(places)
    ]


def _spans(chances: Any, fault: Any, labels: Any, offsets: Sequence[tuple[int, int]]) -> Iterator[ModelSpan]:
    """The spans of one window."""
    for run in _runs(chances, fault):
        yield _span(run, chances, fault, labels, offsets)


def _runs(chances: Any, fault: Any) -> Iterator[tuple[int, int]]:
    """(first token, last token + 1) of each stretch of marked tokens; a sure beginning parts two spans."""
    marked = fault >= min(_MARKED, fault.max() / 2)
    begins = chances[:, 1::2].max(axis=-1) >= _MARKED
    start = None
    for at, here in enumerate([*marked, False]):
        if start is not None and (not here or begins[at]):
            yield start, at
            start = None
        if here and start is None:
            start = at


def _span(
    run: tuple[int, int], chances: Any, fault: Any, labels: Any, offsets: Sequence[tuple[int, int]]
) -> ModelSpan:
    """The span of a run: the kind that its tokens and the clause agree on best, scored by the surest of both."""
    first, last = run
    kinds = (chances[first:last, 1::2] + chances[first:last, 2::2]).mean(axis=0)
    kind = int(np.argmax(kinds * labels[_CATEGORIES]))
    sure = _odds(float(fault[first:last].max())) * _odds(float(labels[_CATEGORIES[kind]]))
    score = sure**0.5 / (1 + sure**0.5)
    return ModelSpan(offsets[first][0], offsets[last - 1][1], *KINDS[kind], score)


def _odds(chance: float) -> float:
    return (chance + 1e-4) / (1 - chance + 1e-4)
