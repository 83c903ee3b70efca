"""Count what a system finds in labelled ads, unit by unit, so that figures can be given with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES
from scanner.training.evaluation import Evaluation, GoldAd, Labelled, Score, score_ad
from scanner.training.intervals import Rates, gains, rates
from scanner.training.systems import System

FIGURES: tuple[str, ...] = (
    "ads",
    "spans",
    *(f"ads/{category.value}" for category in CATEGORY_NAMES),
    *(f"spans/{category.value}" for category in CATEGORY_NAMES),
    *(f"spans/{direction.value}" for direction in DIRECTION_NAMES),
)
"""The figures taken: whole ads, words, and both again for each category, words for each direction."""
HEADLINES = FIGURES[:2]
"""The figures over everything."""


@dataclass(frozen=True, slots=True)
class Measured:
    """`counts` (units, FIGURES, 3), and what came of each ad."""

    counts: Any
    ads: tuple[Evaluation, ...]

    def rates(self) -> dict[str, Rates]:
        """Figure → its rates."""
        return dict(zip(FIGURES, rates(self.counts), strict=True))

    def record(self, figures: Sequence[str] = FIGURES) -> dict[str, Any]:
        """`rates` of some figures as plain data."""
        return {figure: asdict(found) for figure, found in self.rates().items() if figure in figures}

    def gains(self, base: Measured) -> dict[str, Any]:
        """Figure → by how much its F1 exceeds the one of `base` on the same ads, as plain data."""
        return dict(zip(FIGURES, map(asdict, gains(self.counts, base.counts)), strict=True))

    def judged(self) -> list[tuple[float, bool]]:
        """Confidence of each predicted span, and whether it is right."""
        return [pair for ad in self.ads for pair in ad.judged]


def measure(system: System, gold: Sequence[GoldAd], units: Sequence[str] | None = None) -> Measured:
    """Score `system`; ads with the same name in `units` (a wording family) are drawn together."""
    found = system.find([item.ad for item in gold])
    evaluations = []
    for item, spans in zip(gold, found, strict=True):
        evaluation = Evaluation()
        score_ad(evaluation, item, spans if system.words else _seen(item, spans))
        evaluations.append(evaluation)
    return Measured(_summed([_counts(e) for e in evaluations], units), tuple(evaluations))


def _summed(rows: list[list[list[int]]], units: Sequence[str] | None) -> Any:
    counts = np.array(rows, dtype=float).reshape(len(rows), len(FIGURES), 3)
    if units is None:
        return counts
    names, place = np.unique(np.array(units), return_inverse=True)
    together = np.zeros((len(names), *counts.shape[1:]))
    np.add.at(together, place, counts)
    return together


def _counts(evaluation: Evaluation) -> list[list[int]]:
    named = {"ads": evaluation.ads, "spans": evaluation.spans}
    named |= {f"ads/{name}": score for name, score in evaluation.ads_by_category.items()}
    named |= {f"spans/{name}": score for name, score in evaluation.by_category.items()}
    named |= {f"spans/{name}": score for name, score in evaluation.by_direction.items()}
    scores = (named.get(figure, Score()) for figure in FIGURES)
    return [[score.right, score.predicted, score.gold] for score in scores]


def _seen(item: GoldAd, spans: Iterable[Labelled]) -> Iterator[Labelled]:
    """Whole windows cut down to what the annotators read of them."""
    for span in spans:
        if span.field != "text" or not item.windows:
            yield span
            continue
        for start, end in item.windows:
            if span.start < end and start < span.end:
                yield replace(span, start=max(start, span.start), end=min(end, span.end))
