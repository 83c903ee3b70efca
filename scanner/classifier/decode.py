"""From tag probabilities to spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scanner.classifier.labels import CLAUSE_LABELS, KINDS, LAWFUL_MENTION, OUTSIDE, kind_of
from scanner.classifier.reading import ModelSpan, Reading

_BEGINS, _LAWFUL = 1, CLAUSE_LABELS.index(LAWFUL_MENTION)


def read(tags: Any, clause: Any, offsets: Sequence[tuple[int, int]]) -> Reading:
    """Logits of one window (tokens × TAGS, CLAUSE_LABELS) → its reading.

    `offsets` are the tokens' places in the window; special tokens have empty ones.
    """
    odds = np.exp(tags - tags.max(axis=-1, keepdims=True))
    chances = odds / odds.sum(axis=-1, keepdims=True)
    labels = 1 / (1 + np.exp(-clause))
    spans = tuple(_span(run, chances, labels, offsets) for run in _runs(chances.argmax(axis=-1), offsets))
    return Reading(spans, float(labels[_LAWFUL]))


def _runs(best: Any, offsets: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(first token, last token + 1, kind) of each stretch of tokens with tags of one kind."""
    start, kind = 0, -1
    for at, (tag, (left, right)) in enumerate(zip(best, offsets, strict=True)):
        here = -1 if tag == OUTSIDE or left == right else kind_of(int(tag))
        if kind >= 0 and (here != kind or tag % 2 == _BEGINS):
            yield start, at, kind
            kind = -1
        if here >= 0 and kind < 0:
            start, kind = at, here
    if kind >= 0:
        yield start, len(offsets), kind


def _span(
    run: tuple[int, int, int], chances: Any, labels: Any, offsets: Sequence[tuple[int, int]]
) -> ModelSpan:
    first, last, kind = run
    category, direction = KINDS[kind]
    tokens = chances[first:last, 2 * kind + 1] + chances[first:last, 2 * kind + 2]
    sure = float(tokens.mean() * labels[CLAUSE_LABELS.index(category.value)]) ** 0.5
    return ModelSpan(offsets[first][0], offsets[last - 1][1], category, direction, sure)
