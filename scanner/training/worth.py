"""What the model's scores are worth on wording it was not trained on: calibration and thresholds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from scanner.classifier.model import Classifier
from scanner.classifier.reading import ModelSpan
from scanner.decide.fusion import DOUBT
from scanner.decide.resolve import resolve
from scanner.findings import Category
from scanner.lexicon import Hit, Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.training.clauses import LabelledClause
from scanner.training.evaluation import OVERLAP, overlap

_KNOTS = 21


@dataclass(frozen=True, slots=True)
class JudgedSpan:
    """A span of the model on a clause it was not trained on.

    `right`: the clause does break the law somewhere, so that a person who is sent there finds something.
    `alone`: no rule found these words.
    """

    category: Category
    score: float
    right: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class JudgedHit:
    """A rule's hit on such a clause; `view`: the best raw score of a span there."""

    right: bool
    view: float
    real: bool


@dataclass(slots=True)
class Judged:
    """What model and rules report on unseen clauses, each right or wrong by the labels."""

    spans: list[JudgedSpan] = field(default_factory=list)
    hits: list[JudgedHit] = field(default_factory=list)


def held_out(clause: LabelledClause) -> bool:
    """Whether the clause belongs to the third by which scores are judged; a group is never split."""
    return int(hashlib.sha256(clause.group.encode()).hexdigest(), 16) % 3 == 0


def judge(classifier: Classifier, clauses: Sequence[LabelledClause]) -> Judged:
    """What model and rules report on `clauses`."""
    matcher = Matcher(Lexicon.load())
    readings = classifier.read_many(clause.text for clause in clauses)
    judged = Judged()
    for clause in clauses:
        spans, hits = readings[clause.text].spans, resolve(matcher.match(clause.text, "text"))
        judged.spans += [_judged_span(clause, span, hits) for span in spans]
        judged.hits += [_judged_hit(clause, hit, spans) for hit in hits]
    return judged


def _judged_span(clause: LabelledClause, span: ModelSpan, hits: Sequence[Hit]) -> JudgedSpan:
    alone = not any(hit.start < span.end and span.start < hit.end for hit in hits)
    return JudgedSpan(span.category, span.score, bool(clause.spans), alone)


def _judged_hit(clause: LabelledClause, hit: Hit, spans: Sequence[ModelSpan]) -> JudgedHit:
    category = hit.rule.category
    views = (s.score for s in spans if s.start < hit.end and hit.start < s.end)
    right = _best_overlap(clause, hit.start, hit.end, category) >= OVERLAP
    return JudgedHit(right, max(views, default=0.0), clause.origin == "real")


def _best_overlap(clause: LabelledClause, start: int, end: int, category: Category) -> float:
    own = (s for s in clause.spans if s.category is category)
    return max((overlap((s.start, s.end), (start, end)) for s in own), default=0.0)


def worth(judged: Judged, precision: float) -> dict[str, object]:
    """What config.json says of a model's scores; nothing for a model that tags nothing."""
    if not judged.spans:
        return {}
    curve = calibration(judged.spans)
    agreed, doubted = agreement(judged.hits, curve)
    least = {c.value: score for c, score in thresholds(judged.spans, curve, precision).items()}
    return {"calibration": curve, "thresholds": least, "agreed": agreed, "doubted": doubted}


def calibration(spans: Sequence[JudgedSpan]) -> list[tuple[float, float]]:
    """Raw score → probability that the clause breaks the law, by isotonic regression."""
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    fitted.fit([s.score for s in spans], [s.right for s in spans])
    raw = np.unique(np.quantile([s.score for s in spans], np.linspace(0, 1, _KNOTS)))
    return [(round(float(r), 4), round(float(p), 4)) for r, p in zip(raw, fitted.predict(raw), strict=True)]


def thresholds(
    spans: Sequence[JudgedSpan], curve: Sequence[tuple[float, float]], precision: float
) -> dict[Category, float]:
    """For each category the least probability from where spans of the model alone reach `precision`."""
    found = {}
    for category in Category:
        own = [s for s in spans if s.category is category and s.alone]
        ranked = sorted(((_worth(s.score, curve), s.right) for s in own), reverse=True)
        found[category] = _least(ranked, precision)
    return found


def _worth(score: float, curve: Sequence[tuple[float, float]]) -> float:
    raw, worth = zip(*curve, strict=True)
    return float(np.interp(score, raw, worth))


def _least(ranked: Sequence[tuple[float, bool]], precision: float) -> float:
    """The lowest score at which the spans from there up are right often enough; 1.01 if at none."""
    best, right = 1.01, 0
    for number, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        last_of_its_score = number == len(ranked) or ranked[number][0] < score
        if last_of_its_score and right / number >= precision:
            best = score
    return round(best, 4)


def agreement(hits: Sequence[JudgedHit], curve: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """How often a rule is right where the model agrees, and where it gives the words less than DOUBT.

    Told by real ads where there are any: written clauses are hard on purpose.
    """
    told = [hit for hit in hits if hit.real] or list(hits)
    agreed = [hit.right for hit in told if _worth(hit.view, curve) >= DOUBT]
    doubted = [hit.right for hit in told if _worth(hit.view, curve) < DOUBT]
    return _share(agreed), _share(doubted)


def _share(right: Sequence[bool]) -> float:
    """How many are right, by Laplace's rule: few cases never make certainty."""
    return round((sum(right) + 1) / (len(right) + 2), 4)


def load_scratch(folder: Path) -> Classifier:
    """A classifier that was just exported, past the cache of `Classifier.load`."""
    return Classifier.load.__wrapped__(folder)
