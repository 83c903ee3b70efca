"""The words of a report in pieces, each with what is understood of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from scanner.complaint.understanding import FACT_NAMES, MATTER_NAMES, SIGNAL_NAMES, Passage, Understanding
from scanner.findings import CATEGORY_NAMES


class MarkKind(StrEnum):
    """What words are marked for, the gravest first: where marks overlap, its colour is shown."""

    JUDGEMENT = "judgement"
    SIGNAL = "signal"
    MATTER = "matter"
    FACT = "fact"


MARK_NAMES: dict[MarkKind, str] = {
    MarkKind.JUDGEMENT: "歧视情形",
    MarkKind.SIGNAL: "紧急情形",
    MarkKind.MATTER: "其他事项",
    MarkKind.FACT: "单位、地点、时间、证据",
}


class Mark(NamedTuple):
    """Words and why they are marked; half-open offsets in the masked text."""

    start: int
    end: int
    kind: MarkKind
    label: str


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A run of text under the same marks. `kind` is None for plain text; `labels` are of marks that end with it."""

    text: str
    kind: MarkKind | None = None
    labels: tuple[str, ...] = ()


def marked(text: str, understanding: Understanding) -> list[MarkedPiece]:
    """The whole text in pieces, in its order."""
    marks = list(_marks(understanding))
    edges = sorted({0, len(text), *(edge for mark in marks for edge in mark[:2] if 0 <= edge <= len(text))})
    return [_piece(text, start, end, marks) for start, end in pairwise(edges)]


def _marks(understanding: Understanding) -> Iterator[Mark]:
    for one in understanding.judgements:
        name = CATEGORY_NAMES[one.category]
        yield from (_mark(passage, MarkKind.JUDGEMENT, name) for passage in one.passages)
    for signal in understanding.signals:
        yield _mark(signal.passage, MarkKind.SIGNAL, SIGNAL_NAMES[signal.kind])
    for matter in understanding.matters:
        yield _mark(matter.passage, MarkKind.MATTER, MATTER_NAMES[matter.kind])
    for fact in understanding.facts:
        yield _mark(fact.passage, MarkKind.FACT, FACT_NAMES[fact.kind])


def _mark(passage: Passage, kind: MarkKind, label: str) -> Mark:
    return Mark(passage.start, passage.end, kind, label)


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> MarkedPiece:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    kind = min((mark.kind for mark in over), key=tuple(MarkKind).index, default=None)
    labels = dict.fromkeys(mark.label for mark in over if mark.end == end)
    return MarkedPiece(text[start:end], kind, tuple(labels))
