"""From tag probabilities to spans."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scanner.classifier.labels import CLAUSE_LABELS, KINDS, LAWFUL_MENTION
from scanner.classifier.reading import ModelSpan, Reading

_LAWFUL = CLAUSE_LABELS.index(LAWFUL_MENTION)
_CATEGORIES = [CLAUSE_LABELS.index(category.value) for category, _ in KINDS]
_LEAST = 0.01
"""A window in which no character is at fault with this probability has no span."""
_MARKED = 0.5
"""From this probability on a character is marked; in weaker windows, from half of the strongest one's on."""


_GAP = 4
"""Characters between two spans of one kind that are still one wording."""


def read_batch(
    tags: Any, clauses: Any, quick: Any, places: Sequence[Sequence[tuple[int, int]]]
) -> list[Reading]:
    """Logits of a batch → the reading of each window.

    `tags` (windows × tokens × TAGS) and `clauses` (windows × CLAUSE_LABELS) are the network's, `quick` (windows,)
    the quick reader's. `places` are the tokens' offsets in their window; special and padding tokens have empty
    ones.
    """
    odds = np.exp(tags - tags.max(axis=-1, keepdims=True))
    chances = odds / odds.sum(axis=-1, keepdims=True)
    within = np.array([[left < right for left, right in offsets] for offsets in places])
    fault = (1 - chances[:, :, 0]) * within
    labels = 1 / (1 + np.exp(-clauses))
    seen = (fault.max(axis=-1, initial=0.0) >= _LEAST).tolist()
    lawful = labels[:, _LAWFUL].tolist()
    return [
        Reading(
            tuple(_spans(chances[at], fault[at], labels[at], float(quick[at]), offsets)) if seen[at] else (),
            lawful[at],
        )
        for at, offsets in enumerate(places)
    ]


def _spans(
    chances: Any, fault: Any, labels: Any, quick: float, offsets: Sequence[tuple[int, int]]
) -> Iterator[ModelSpan]:
    """The spans of one window; of one kind and hardly apart, they are one."""
    last: ModelSpan | None = None
    for run in _runs(chances, fault):
        span = _span(run, chances, fault, labels, quick, offsets)
        if last is not None and not _continues(last, span):
            yield last
            last = None
        last = span if last is None else replace(span, start=last.start, score=max(last.score, span.score))
    if last is not None:
        yield last


def _continues(last: ModelSpan, span: ModelSpan) -> bool:
    same = (last.category, last.direction) == (span.category, span.direction)
    return same and span.start - last.end <= _GAP


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
    run: tuple[int, int],
    chances: Any,
    fault: Any,
    labels: Any,
    quick: float,
    offsets: Sequence[tuple[int, int]],
) -> ModelSpan:
    """The span of a run: the kind that its tokens and the clause agree on best.

    Its score is the mean, in log odds, of what the network says (surest token and clause) and `quick`.
    """
    first, last = run
    kinds = (chances[first:last, 1::2] + chances[first:last, 2::2]).mean(axis=0)
    kind = int(np.argmax(kinds * labels[_CATEGORIES]))
    network = (_log_odds(float(fault[first:last].max())) + _log_odds(float(labels[_CATEGORIES[kind]]))) / 2
    score = 1 / (1 + math.exp(-(network + quick) / 2))
    return ModelSpan(offsets[first][0], offsets[last - 1][1], *KINDS[kind], score)


def _log_odds(chance: float) -> float:
    return math.log((chance + 1e-4) / (1 - chance + 1e-4))
