"""Bring rules and model together: one piece of evidence for each stretch of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scanner.classifier.reading import ModelSpan, Reading
from scanner.decide.resolve import same_kind
from scanner.findings import Category, Direction
from scanner.lexicon import Hit
from scanner.lexicon.reading import read_data
from scanner.lexicon.schema import Statement, StatementFile
from scanner.paths import shipped
from scanner.text.segment import Clause

DOUBT = 0.2
"""A rule's words to which the model gives less than this are in doubt."""
WindowReading = tuple[Clause, Reading]
"""Where a window lies in the normalised text, and what the model says of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit and the model's view of its words.

    `model` is the probability that the model gives to a violation here, of whatever category; None where it
    did not read the clause. `by_rule` is False where no rule found the words.
    """

    hit: Hit
    model: float | None = None
    by_rule: bool = True

    @property
    def doubted(self) -> bool:
        """Whether a rule found what the model, which read the clause, does not see."""
        return self.by_rule and self.model is not None and self.model < DOUBT


@cache
def statements(folder: Path | None = None) -> dict[tuple[Category, Direction], Statement]:
    """What a finding of the model alone says, by kind. Raises PingzhaoError E301/E302."""
    file = (folder or shipped("lexicons")) / "model.yaml"
    return {(s.category, Direction(s.direction)): s for s in read_data(file, StatementFile).statements}


def fuse(
    hits: list[Hit],
    readings: Sequence[WindowReading],
    says: dict[tuple[Category, Direction], Statement],
    accepts: Callable[[Clause, ModelSpan], bool],
) -> list[Evidence]:
    """The resolved `hits` with the model's view of them, and what only the model found, in text order.

    A span of the model counts on its own where `accepts` it and no hit of its kind stands there.
    """
    found = [Evidence(hit, _view(hit, readings)) for hit in hits]
    for window, reading in readings:
        for span in reading.spans:
            hit = _hit(window, span, says)
            if not any(_meets(hit, other) for other in hits) and accepts(window, span):
                found.append(Evidence(hit, span.score, by_rule=False))
    return sorted(found, key=lambda evidence: (evidence.hit.start, evidence.hit.end))


def _hit(window: Clause, span: ModelSpan, says: dict[tuple[Category, Direction], Statement]) -> Hit:
    start, end = window.start + span.start, window.start + span.end
    return Hit(start, end, window, says[span.category, span.direction], span.direction)


def _view(hit: Hit, readings: Sequence[WindowReading]) -> float | None:
    """The best score of a span on the hit's words; 0 where the model read and saw none."""
    read = [(w, reading) for w, reading in readings if w.start < hit.end and hit.start < w.end]
    scores = [span.score for w, reading in read for span in reading.spans if _on(hit, w, span)]
    return max(scores, default=0.0) if read else None


def _on(hit: Hit, window: Clause, span: ModelSpan) -> bool:
    return window.start + span.start < hit.end and hit.start < window.start + span.end


def _meets(a: Hit, b: Hit) -> bool:
    """Whether both speak of the same words, or of words that touch."""
    return a.start <= b.end and b.start <= a.end and same_kind(a, b)
