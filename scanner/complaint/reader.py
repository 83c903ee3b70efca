"""Read a report: passages through the model, what they tell taken together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scanner.classifier.labels import KINDS as WRONGS
from scanner.complaint.labels import KINDS, Kind, Label
from scanner.complaint.model import ComplaintModel, PassageReading
from scanner.complaint.passages import passages
from scanner.complaint.understanding import (
    Fact,
    FoundFact,
    FoundMatter,
    FoundSignal,
    Judgement,
    Matter,
    Passage,
    Signal,
    Stage,
    Understanding,
)
from scanner.findings import Category, Direction
from scanner.text.normalise import Normalised, normalise
from scanner.text.segment import Clause

_QUOTES = re.compile(r"[“”‘’\"'「」『』《》]")
_CLAUSE = re.compile(r"[^,。;!?\s]+")
Sort = TypeVar("Sort", Signal, Matter, Stage)


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage of the normalised text with what the model says of it."""

    clause: Clause
    reading: PassageReading


class ComplaintReader:
    """Says what a report tells of, and by which words."""

    def __init__(self, model: ComplaintModel) -> None:
        self._model = model

    @classmethod
    def load(cls, folder: Path | None = None) -> ComplaintReader:
        """With the shipped model, or the one in `folder`. Raises PingzhaoError E401/E402."""
        return cls(ComplaintModel.load(folder))

    @property
    def version(self) -> str:
        """Name and checksum of the model."""
        return self._model.config.version

    def read(self, text: str) -> Understanding:
        """What is understood of `text`; of what is no report at all, that it is not in scope."""
        report = Report.of(self._model, text)
        facts = tuple(report.facts())
        scores = {category: report.score(category) for category in Category}
        scope = max(scores.values())
        in_scope = scope >= self._model.config.scope
        return Understanding(
            in_scope=in_scope,
            scope_confidence=scope if in_scope else 1 - scope,
            judgements=tuple(report.judgements(scores)) if in_scope else (),
            stages=tuple(report.counted(Stage)) if in_scope else (),
            employer=fullest(fact.passage.quote for fact in facts if fact.kind is Fact.EMPLOYER),
            facts=facts,
            signals=tuple(FoundSignal(s, report.telling(s)) for s in report.counted(Signal)),
            matters=tuple(FoundMatter(m, report.telling(m)) for m in report.counted(Matter)),
            model=self.version,
        )


class Report:
    """All passages of one report, as the model reads them."""

    def __init__(self, copy: Normalised, read: Sequence[_Read], model: ComplaintModel) -> None:
        self._copy = copy
        self._read = read
        self._model = model

    @classmethod
    def of(cls, model: ComplaintModel, text: str) -> Report:
        """What `model` reads in `text`."""
        copy = normalise(text)
        clauses = passages(copy.text)
        readings = model.read_many([copy.text[start:end] for start, end in clauses])
        return cls(copy, [_Read(*pair) for pair in zip(clauses, readings, strict=True)], model)

    def facts(self) -> Iterator[FoundFact]:
        """Who, where, when, in order."""
        for fact in self._model.facts(self._copy.text):
            yield FoundFact(fact.kind, self.quote(fact.start, fact.end))

    def score(self, label: Label) -> float:
        """The probability that the surest passage tells it."""
        return max((_scored(one.reading, label) for one in self._read), default=0.0)

    def counted(self, labels: type[Sort]) -> Iterator[Sort]:
        """Those of a sort of label that are told surely enough."""
        return (label for label in labels if self.score(label) >= self._model.threshold(label))

    def judgements(self, scores: dict[Category, float]) -> Iterator[Judgement]:
        """The surest first; where none is sure enough, the surest alone: the report is in scope."""
        ranked = sorted(Category, key=lambda category: -scores[category])
        sure = [c for c in ranked if scores[c] >= self._model.threshold(c)] or ranked[:1]
        for category in sure:
            yield Judgement(category, self._direction(category), scores[category], self._passages(category))

    def words(self, *kinds: Kind) -> list[Passage]:
        """The words that are marked as one of `kinds`, in order."""
        return [
            self.quote(one.clause.start + words.start, one.clause.start + words.end)
            for one in self._read
            for words in one.reading.words
            if words.kind in kinds
        ]

    def telling(self, label: Label) -> Passage:
        """The words that tell it: those marked so in the surest passage, else the most telling clause there."""
        surest = max(self._read, key=lambda one: _scored(one.reading, label))
        kinds = (Matter,) if isinstance(label, Matter) else _kinds(label)
        marked = [words for words in surest.reading.words if words.kind in kinds]
        if marked:
            best = max(marked, key=lambda words: words.score)
            return self.quote(surest.clause.start + best.start, surest.clause.start + best.end)
        pieces = [Clause(*match.span()) for match in _CLAUSE.finditer(self._copy.text, *surest.clause)]
        texts = [self._copy.text[start:end] for start, end in pieces]
        return self.quote(*(pieces[self._model.most_telling(label, texts)] if pieces else surest.clause))

    def _passages(self, category: Category) -> tuple[Passage, ...]:
        return tuple(self.words(*_kinds(category))) or (self.telling(category),)

    def _direction(self, category: Category) -> Direction:
        kinds = [kind for kind in WRONGS if kind[0] is category]
        return max(kinds, key=lambda kind: max(one.reading.kinds[kind] for one in self._read))[1]

    def quote(self, start: int, end: int) -> Passage:
        """The words at these offsets of the normalised text, as they came."""
        left, right = self._copy.to_original(start, end)
        words = self._copy.original[left:right]
        left += len(words) - len(words.lstrip())
        quote = words.strip()
        return Passage(left, left + len(quote), quote)


def fullest(names: Iterable[str]) -> str:
    """The longest of the names by which an employer is called, without quotation marks; empty for none."""
    return max((_QUOTES.sub("", name) for name in names), key=len, default="")


def _scored(reading: PassageReading, label: Label) -> float:
    """The probability that a passage tells `label`: what the quick reader says; where words can tell it, the mean
    in log odds of that and of the network's surest character."""
    chances = [reading.labels[label]]
    if kinds := _kinds(label):
        chances.append(min(1.0, sum(reading.kinds[kind] for kind in kinds)))
    mean = sum(math.log((chance + 1e-4) / (1 - chance + 1e-4)) for chance in chances) / len(chances)
    return 1 / (1 + math.exp(-mean))


def _kinds(label: Label) -> tuple[Kind, ...]:
    """The kinds of words that tell `label`; which other matter it is, and a stage, the label alone says."""
    if isinstance(label, Category):
        return tuple(kind for kind in WRONGS if kind[0] is label)
    return (label,) if isinstance(label, Signal) and label in KINDS else ()
