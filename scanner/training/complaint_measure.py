"""Measure a complaint reader on labelled narratives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from scanner.complaint.reader import ComplaintReader
from scanner.complaint.understanding import Signal, Understanding
from scanner.complaint.urgency import Level, urgency
from scanner.findings import Category
from scanner.training.intervals import GOLD, PREDICTED, RIGHT, Estimate, Rates, rates, share
from scanner.training.narratives import Narrative

RECEIVED = date(2026, 6, 15)
"""The day on which every narrative is taken to have come in; the words for days are read from it."""
_Told = Callable[[Narrative], Set[Any]]
_Found = Callable[[Understanding], Set[Any]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a reader gets right; precision, recall and F1 by narrative, with 95 % intervals."""

    categories: Rates
    by_category: dict[Category, Rates]
    directions: Rates
    stages: Rates
    signals: dict[Signal, Rates]
    urgent: Rates
    scope: Estimate
    employer: Estimate


def measure_reader(reader: ComplaintReader, narratives: Sequence[Narrative]) -> Measured:
    """The figures of `reader` on `narratives`."""
    read = [reader.read(narrative.text) for narrative in narratives]
    pairs = list(zip(narratives, read, strict=True))
    by_category = _counts(
        pairs, lambda n: n.categories, lambda u: {j.category for j in u.judgements}, Category
    )
    signals = _counts(pairs, lambda n: n.signals, lambda u: {s.kind for s in u.signals}, Signal)
    return Measured(
        categories=_pooled(pairs, lambda n: n.categories, lambda u: {j.category for j in u.judgements}),
        by_category=dict(zip(Category, rates(by_category), strict=True)),
        directions=_pooled(
            pairs, lambda n: n.wrongs, lambda u: {(j.category, j.direction) for j in u.judgements}
        ),
        stages=_pooled(pairs, lambda n: n.stages, lambda u: set(u.stages)),
        signals=dict(zip(Signal, rates(signals), strict=True)),
        urgent=_pooled(pairs, lambda n: {True} & {n.urgent}, lambda u: {True} & {is_urgent(u)}),
        scope=share([n.in_scope == u.in_scope for n, u in pairs]),
        employer=share([n.employer == u.employer for n, u in pairs]),
    )


def is_urgent(understanding: Understanding) -> bool:
    """Whether the score of urgency makes it an urgent one."""
    return urgency(understanding, today=RECEIVED).level is Level.URGENT


def _pooled(pairs: Sequence[tuple[Narrative, Understanding]], told: _Told, found: _Found) -> Rates:
    counts = np.zeros((len(pairs), 1, 3))
    for row, (narrative, understanding) in enumerate(pairs):
        gold, predicted = told(narrative), found(understanding)
        counts[row, 0, [RIGHT, PREDICTED, GOLD]] = len(gold & predicted), len(predicted), len(gold)
    return rates(counts)[0]


def _counts(
    pairs: Sequence[tuple[Narrative, Understanding]], told: _Told, found: _Found, kinds: Iterable[Any]
) -> Any:
    """Counts (narratives, kinds, 3) as `rates` wants them."""
    columns = list(kinds)
    counts = np.zeros((len(pairs), len(columns), 3))
    for row, (narrative, understanding) in enumerate(pairs):
        gold, predicted = told(narrative), found(understanding)
        for column, kind in enumerate(columns):
            here = kind in gold, kind in predicted
            counts[row, column, [RIGHT, PREDICTED, GOLD]] = all(here), here[1], here[0]
    return counts
