"""What is compared: every system takes ads and says which words of each are at fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scanner.ad import Ad
from scanner.classifier.model import Classifier
from scanner.classifier.windows import windows
from scanner.engine import Scanner
from scanner.text.normalise import normalise
from scanner.training.baseline import LinearBaseline
from scanner.training.clauses import LabelledClause
from scanner.training.evaluation import Labelled, predictions
from scanner.training.keywords import find_keywords

Find = Callable[[Sequence[Ad]], list[list[Labelled]]]
"""Ads → the spans found in each."""


@dataclass(frozen=True, slots=True)
class System:
    """A name for the report, what it does, and whether its spans mean words (else only whole windows)."""

    name: str
    find: Find
    words: bool = True


KEYWORDS, LINEAR, LEXICON, CLASSIFIER, BOTH, DEEP = (
    "关键词表",
    "TF-IDF + 线性模型",
    "只用词库",
    "只用模型",
    "两者（默认）",
    "两者（--deep）",
)


def all_systems(scanner: Scanner, classifier: Classifier, clauses: Sequence[LabelledClause]) -> list[System]:
    """The rows of the report; `scanner` has the lexicon, the linear baseline is trained on `clauses`."""
    lexicon, laws = scanner.lexicon, scanner.laws
    return [
        System(KEYWORDS, lambda ads: [find_keywords(ad) for ad in ads]),
        System(LINEAR, LinearBaseline(clauses).find, words=False),
        System(LEXICON, scanning(Scanner(lexicon, laws))),
        System(CLASSIFIER, reading(classifier)),
        System(BOTH, scanning(Scanner(lexicon, laws, classifier))),
        System(DEEP, scanning(Scanner(lexicon, laws, classifier, deep=True))),
    ]


def scanning(scanner: Scanner) -> Find:
    """What a scanner reports."""
    return lambda ads: [predictions(report) for report in scanner.scan_many(ads)]


def reading(classifier: Classifier) -> Find:
    """What the classifier tags by itself, in every window, at its own thresholds."""

    def find(ads: Sequence[Ad]) -> list[list[Labelled]]:
        return [[span for part in ad.parts() for span in _read(classifier, *part)] for ad in ads]

    return find


def _read(classifier: Classifier, field: str, value: str) -> list[Labelled]:
    copy = normalise(value)
    cut = windows(copy.text)
    readings = classifier.read_many(copy.text[w.start : w.end] for w in cut)
    return [
        Labelled(
            field,
            *copy.to_original(window.start + span.start, window.start + span.end),
            span.category.value,
            span.direction.value,
            confidence=span.score,
        )
        for window in cut
        for span in readings[copy.text[window.start : window.end]].spans
        if span.score >= classifier.threshold(span.category)
    ]
