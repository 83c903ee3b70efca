"""Narratives and written clauses as rows to train the complaint model on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from datasets import Dataset

from scanner.complaint.labels import KINDS, LABELS, Label
from scanner.complaint.passages import passages
from scanner.complaint.understanding import Fact, Matter
from scanner.findings import Category
from scanner.text.normalise import Normalised, normalise
from scanner.text.segment import Clause
from scanner.training.clauses import LabelledClause
from scanner.training.finetune import encode_rows
from scanner.training.narratives import MarkedPassage, Narrative

_OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """Normalised text, a tag for each of its characters, and what it tells as a whole."""

    text: str
    tags: tuple[int, ...]
    labels: frozenset[Label]


def of_narrative(narrative: Narrative) -> list[LabelledPassage]:
    """The passages of a narrative with its labels."""
    copy = normalise(narrative.text)
    return [_passage(narrative, copy, clause) for clause in passages(copy.text)]


def of_clause(clause: LabelledClause) -> LabelledPassage:
    """A written clause (normalised already) as a passage: its wrongs, and no facts."""
    tags = [_OUTSIDE] * len(clause.text)
    for span in clause.spans:
        _tag(tags, span.start, span.end, KINDS.index((span.category, span.direction)), begins=True)
    return LabelledPassage(clause.text, tuple(tags), frozenset(span.category for span in clause.spans))


def encode(rows: Sequence[LabelledPassage], tokenizer: Any) -> Dataset:
    """Rows of input_ids, attention_mask, labels (a tag for each token) and clause_labels (0 or 1 each)."""
    return encode_rows(
        [row.text for row in rows],
        lambda row, start, end: rows[row].tags[start] if start < end else _OUTSIDE,
        [[float(label in row.labels) for label in LABELS] for row in rows],
        tokenizer,
    )


def _passage(narrative: Narrative, copy: Normalised, clause: Clause) -> LabelledPassage:
    starts = [copy.to_original(at, at + 1)[0] for at in range(clause.start, clause.end)]
    tags, labels = [_OUTSIDE] * len(starts), set[Label]()
    for marked in narrative.marked:
        places = [at for at, start in enumerate(starts) if marked.start <= start < marked.end]
        if not places:
            continue
        if (kind := _kind(marked)) is not None:
            _tag(tags, places[0], places[-1] + 1, kind, begins=starts[places[0]] == marked.start)
        if 2 * len(places) >= marked.end - marked.start:
            labels |= set(_labels(marked))
    if labels & set(Category):
        labels |= narrative.stages
    return LabelledPassage(copy.text[clause.start : clause.end], tuple(tags), frozenset(labels))


def _kind(marked: MarkedPassage) -> int | None:
    kind = Matter if isinstance(marked.mark, Matter) else marked.mark
    return KINDS.index(kind) if kind in KINDS else None


def _labels(marked: MarkedPassage) -> Iterator[Label]:
    if isinstance(marked.mark, tuple):
        yield marked.mark[0]
    elif not isinstance(marked.mark, Fact):
        yield marked.mark


def _tag(tags: list[int], start: int, end: int, kind: int, *, begins: bool) -> None:
    tags[start:end] = [2 * kind + 2] * (end - start)
    if begins:
        tags[start] = 2 * kind + 1
