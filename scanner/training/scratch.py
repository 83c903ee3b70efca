"""Train a model for one experiment: what it was not shown for training sets its calibration and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scanner.classifier.model import Classifier
from scanner.training.clauses import LabelledClause
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, finetune
from scanner.training.fit import GATE_BUDGET, PRECISION
from scanner.training.folds import Judged, agreement, calibration, fold_of, judge, load_scratch, thresholds
from scanner.training.gate import learn_gate

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
    seen = [clause for clause in clauses if fold_of(clause, _FOLDS)]
    unseen = [clause for clause in clauses if not fold_of(clause, _FOLDS)]
    finetune(seen, encoder, work, settings)
    output = work / "onnx"
    export(work, output)
    seal(output, {"name": "scratch"})
    worth = _worth(judge(load_scratch(output), unseen))
    seal(output, {"name": "scratch", **worth, "gate": learn_gate(seen, windows, GATE_BUDGET)})
    return load_scratch(output)


def _worth(judged: Judged) -> dict[str, object]:
    """Calibration and thresholds; none for a model that tags nothing."""
    if not judged.spans:
        return {}
    curve = calibration(judged.spans)
    agreed, doubted = agreement(judged.hits)
    chosen = thresholds(judged.spans, curve, PRECISION)
    least = {category.value: score for category, score in chosen.items()}
    return {"calibration": curve, "thresholds": least, "agreed": agreed, "doubted": doubted}
