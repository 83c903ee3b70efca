"""Precision, recall and F1 with bootstrap intervals: whole ads are drawn again, so that no span stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

RESAMPLES = 1000
_SEED = 20260101
_BOUNDS = (2.5, 97.5)
RIGHT, PREDICTED, GOLD = range(3)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rates:
    """How much of the `gold` spans or ads was found, by `predicted` ones."""

    precision: Estimate
    recall: Estimate
    f1: Estimate
    right: int
    predicted: int
    gold: int


def rates(counts: Any) -> list[Rates]:
    """Counts (units, figures, 3: RIGHT, PREDICTED, GOLD) → the rates of each figure."""
    total = counts.sum(axis=0)
    values, draws = _rates(total), _rates(_drawn(counts))
    found = []
    for i, (right, predicted, gold) in enumerate(total.astype(int).tolist()):
        precision, recall, f1 = (_estimate(v[i], d[:, i]) for v, d in zip(values, draws, strict=True))
        found.append(Rates(precision, recall, f1, right, predicted, gold))
    return found


def gains(counts: Any, base: Any) -> list[Estimate]:
    """By how much the F1 of each figure in `counts` exceeds that in `base`, over the same units drawn."""
    value = _rates(counts.sum(axis=0))[2] - _rates(base.sum(axis=0))[2]
    draws = _rates(_drawn(counts))[2] - _rates(_drawn(base))[2]
    return [_estimate(value[i], draws[:, i]) for i in range(len(value))]


def share(kept: Any) -> Estimate:
    """The share of true values in `kept`; 1 where there are none."""
    flags = np.asarray(kept, dtype=float)
    counts = np.stack([flags, flags, np.ones_like(flags)], axis=-1)[:, None, :]
    return rates(counts)[0].recall


def _drawn(counts: Any) -> Any:
    """Total counts (RESAMPLES, figures, 3) of units drawn with replacement; the same for as many units."""
    units = len(counts)
    if not units:
        return np.zeros((RESAMPLES, *counts.shape[1:]))
    weights = np.random.default_rng(_SEED).multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    return np.tensordot(weights.astype(float), counts, axes=1)


def _rates(totals: Any) -> tuple[Any, Any, Any]:
    """Precision, recall and F1 along the last axis; 1 where nothing was predicted, or there is no gold."""
    right, predicted, gold = (totals[..., i].astype(float) for i in (RIGHT, PREDICTED, GOLD))
    precision = np.divide(right, predicted, out=np.ones_like(right), where=predicted > 0)
    recall = np.divide(right, gold, out=np.ones_like(right), where=gold > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return precision, recall, f1


def _estimate(value: float, draws: Any) -> Estimate:
    low, high = np.percentile(draws, _BOUNDS)
    return Estimate(round(float(value), 4), round(float(low), 4), round(float(high), 4))
