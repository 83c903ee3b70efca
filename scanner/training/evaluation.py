"""Measure a scanner against labelled ads: ad level, span level, per category, direction accuracy.

A predicted span is right when category and direction agree with a gold span and the two overlap by at
least half (intersection over union, in code points). Only text inside an ad's `windows` was read by the
annotators, so predictions outside are not counted; spans marked unsure count neither way.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.ad import Ad
from scanner.findings import AdReport, Disposition

OVERLAP = 0.5
"""Intersection over union from which a span counts as found."""


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two half-open stretches."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span, gold or predicted; `confidence` is the prediction's."""

    field: str
    start: int
    end: int
    category: str
    direction: str
    unsure: bool = False
    confidence: float = 1.0

    def overlap(self, other: Labelled) -> float:
        """Intersection over union; 0 in different fields."""
        if self.field != other.field:
            return 0.0
        return overlap((self.start, self.end), (other.start, other.end))


@dataclass(frozen=True, slots=True)
class GoldAd:
    """A labelled ad; empty `windows` means that the whole text was read."""

    ad: Ad
    spans: tuple[Labelled, ...]
    windows: tuple[tuple[int, int], ...] = ()

    def was_read(self, span: Labelled) -> bool:
        """Whether the annotators saw where `span` lies."""
        if span.field != "text" or not self.windows:
            return True
        return any(start <= span.start and span.end <= end for start, end in self.windows)


def read_gold(path: Path) -> list[GoldAd]:
    """Labelled ads from JSON lines (`id, title, text, windows, spans`; see the gold card)."""
    with path.open(encoding="utf-8") as lines:
        return [_gold_ad(json.loads(line)) for line in lines if line.strip()]


def _gold_ad(row: dict[str, Any]) -> GoldAd:
    ad = Ad(
        row["text"],
        row.get("title") or "",
        str(row.get("id", "")),
        row.get("fields") or {},
        row.get("employer") or row.get("company") or "",
    )
    spans = tuple(
        Labelled(s["field"], s["start"], s["end"], s["category"], s["direction"], bool(s.get("unsure")))
        for s in row["spans"]
    )
    return GoldAd(ad, spans, tuple((a, b) for a, b in row.get("windows") or ()))


@dataclass
class Score:
    """Counts and what follows from them."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that are right (1 where nothing was predicted)."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that was found (1 where there is none)."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Evaluation:
    """What `pingzhao evaluate` prints, and what `pingzhao train evaluate` resamples.

    `judged`: confidence of each predicted span and whether it is right.
    """

    ads: Score = field(default_factory=Score)
    spans: Score = field(default_factory=Score)
    by_category: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_direction: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    ads_by_category: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    direction: Score = field(default_factory=Score)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[tuple[str, str, Labelled, str]] = field(default_factory=list)
    dispositions: Counter[str] = field(default_factory=Counter)


def evaluate(gold: Iterable[GoldAd], scan: Callable[[Ad], AdReport]) -> Evaluation:
    """Score `scan` on labelled ads."""
    result = Evaluation()
    for item in gold:
        report = scan(item.ad)
        result.dispositions.update(f.disposition.value for f in report.findings)
        score_ad(result, item, predictions(report))
    return result


def predictions(report: AdReport) -> list[Labelled]:
    """The spans of a report's findings, those that an exception clears left out."""
    return [
        Labelled(s.field, s.start, s.end, f.category.value, f.direction.value, confidence=f.confidence)
        for f in report.findings
        if f.disposition is not Disposition.EXEMPT
        for s in f.spans
    ]


def score_ad(result: Evaluation, item: GoldAd, found: Iterable[Labelled]) -> None:
    """Count into `result` what was `found` in one ad."""
    sure = [g for g in item.spans if not g.unsure]
    unsure = [g for g in item.spans if g.unsure]
    read = (p for p in found if item.was_read(p))
    predicted = [p for p in read if not any(p.overlap(u) > 0 for u in unsure)]
    if sure or not unsure:
        _count_ad(result.ads, bool(sure), bool(predicted))
        for category in {s.category for s in (*sure, *predicted)}:
            of_it = [any(s.category == category for s in spans) for spans in (sure, predicted)]
            _count_ad(result.ads_by_category[category], *of_it)
    matched = _pair(sure, predicted)
    _count_spans(result, item, sure, predicted, matched)
    for gold in sure:
        found = [p for p in predicted if p.category == gold.category and p.overlap(gold) >= OVERLAP]
        if found:
            result.direction.gold += 1
            result.direction.predicted += 1
            result.direction.right += any(p.direction == gold.direction for p in found)


def _count_ad(score: Score, gold: bool, predicted: bool) -> None:
    score.gold += gold
    score.predicted += predicted
    score.right += gold and predicted


def _pair(gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> dict[int, int]:
    """Gold index → predicted index, one to one, best overlap first."""
    candidates = [
        (g.overlap(p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if (g.category, g.direction) == (p.category, p.direction) and g.overlap(p) >= OVERLAP
    ]
    matched: dict[int, int] = {}
    for _, i, j in sorted(candidates, reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _count_spans(
    result: Evaluation, item: GoldAd, gold: list[Labelled], predicted: list[Labelled], matched: dict[int, int]
) -> None:
    for index, span in enumerate(gold):
        for score in _scores(result, span):
            score.gold += 1
            score.right += index in matched
        if index not in matched:
            result.errors.append(("missed", item.ad.id, span, _context(item.ad, span)))
    for index, span in enumerate(predicted):
        for score in _scores(result, span):
            score.predicted += 1
        result.judged.append((span.confidence, index in matched.values()))
        if index not in matched.values():
            result.errors.append(("false", item.ad.id, span, _context(item.ad, span)))


def _scores(result: Evaluation, span: Labelled) -> tuple[Score, Score, Score]:
    return result.spans, result.by_category[span.category], result.by_direction[span.direction]


def _context(ad: Ad, span: Labelled, width: int = 14) -> str:
    text = dict(ad.parts()).get(span.field, "")
    before, quote = text[max(0, span.start - width) : span.start], text[span.start : span.end]
    return f"{before}[{quote}]{text[span.end : span.end + width]}".replace("\n", "⏎")
