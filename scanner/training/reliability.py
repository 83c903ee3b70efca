"""Whether findings are as often right as their confidence says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings with a confidence from `low` up to `high`: how many, how sure on average, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """(confidence, right) pairs → the BINS equally wide bins that hold any; 1.0 belongs to the last."""
    pairs = np.array(judged, dtype=float).reshape(-1, 2)
    places = np.minimum((pairs[:, 0] * BINS + 1e-9).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        own = pairs[places == number]
        if len(own):
            sure, right = own.mean(axis=0).round(4).tolist()
            bins.append(Bin(number / BINS, (number + 1) / BINS, len(own), sure, right))
    return bins


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean gap between confidence and share right; 0 without findings."""
    total = sum(b.count for b in bins)
    return round(sum(b.count * abs(b.right - b.confidence) for b in bins) / total, 4) if total else 0.0
