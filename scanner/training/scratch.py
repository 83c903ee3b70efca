"""Train a model for one experiment: what it was not shown for training sets its calibration and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scanner.classifier.model import Classifier
from scanner.training.clauses import LabelledClause
from scanner.training.export import seal
from scanner.training.finetune import FinetuneSettings
from scanner.training.fit import GATE_BUDGET, PRECISION, train_to_onnx
from scanner.training.gate import learn_gate
from scanner.training.worth import held_out, judge, load_scratch, worth

_FOLDS = 5


def train_scratch(
    clauses: Sequence[LabelledClause],
    encoder: str,
    work: Path,
    windows: Sequence[str] = (),
    settings: FinetuneSettings | None = None,
) -> Classifier:
    """A classifier trained on four fifths of the groups in `clauses`; `windows` of a board teach its gate.

    An interrupted run goes on in `work`.
    """
    seen = [clause for clause in clauses if not held_out(clause)]
    unseen = [clause for clause in clauses if held_out(clause)]
    output = train_to_onnx(seen, encoder, work, settings)
    told = worth(judge(load_scratch(output), unseen), PRECISION)
    seal(output, {"name": "scratch", **told, "gate": learn_gate(seen, windows, GATE_BUDGET)})
    return load_scratch(output)
