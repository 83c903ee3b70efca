"""Train a model for one experiment: what it was not shown for training sets its calibration and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scanner.classifier.model import Classifier
from scanner.training.clauses import LabelledClause
from scanner.training.export import seal
from scanner.training.finetune import FinetuneSettings
from scanner.training.fit import Sources, gates, told, train_judged
from scanner.training.worth import load_scratch


def train_scratch(
    clauses: Sequence[LabelledClause],
    encoder: str,
    work: Path,
    sources: Sources,
    settings: FinetuneSettings | None = None,
) -> Classifier:
    """A classifier trained on two thirds of the groups in `clauses`, its gates on the corpus.

    An interrupted run goes on in `work`.
    """
    output = train_judged(clauses, encoder, work, settings)
    seal(output, {"name": "scratch", **told(work, clauses), **gates(output, sources)})
    return load_scratch(output)
