"""From labelled clauses to the model in `models/`: folds for calibration, then the final fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.training.clauses import LabelledClause
from scanner.training.corpus import shuffled_windows
from scanner.training.examples import gold, real, written
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, finetune
from scanner.training.folds import Judged, fold_of, judge, load_scratch, worth
from scanner.training.gate import learn_gate
from scanner.training.silver import silver

NAME = "pingzhao-3x192"
FOLDS = 3
PRECISION = 0.85
"""What spans of the model alone must reach on the folds."""
GATE_BUDGET = 0.015
"""Share of a board's distinct windows that the gate may let through."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where labelled and unlabelled text lies. `real` and `corpus` may be missing (a user has no shared ads)."""

    clauses: Path
    gold: Path
    real: Path | None = None
    corpus: Path | None = None
    silver: tuple[int, int] = (4000, 4000)
    """Lawful windows taken from `corpus`: with a mention of sex, marriage or birth, and without."""
    seed: int = 20260101


def gather(sources: Sources) -> list[LabelledClause]:
    """Every labelled clause of `sources`."""
    found = written(sources.clauses) + gold(sources.gold)
    if sources.real:
        found += real(sources.real)
    if sources.corpus:
        mentions, others = sources.silver
        found += silver(sources.corpus, mentions=mentions, others=others, seed=sources.seed)
    return found


def fit(
    clauses: Sequence[LabelledClause], encoder: str, work: Path, settings: FinetuneSettings | None = None
) -> None:
    """Fine-tune on all of `clauses` into `work/tagger`, after folds have said what its scores are worth."""
    for number in range(FOLDS):
        seen = [clause for clause in clauses if fold_of(clause, FOLDS) != number]
        train_to_onnx(seen, encoder, work / f"fold-{number}", settings)
    finetune(clauses, encoder, work / "tagger", settings)


def ship(sources: Sources, clauses: Sequence[LabelledClause], work: Path, output: Path) -> None:
    """Export `work/tagger` with calibration, thresholds and gate into `output` (`models/`)."""
    judged = Judged()
    for number in range(FOLDS):
        unseen = [clause for clause in clauses if fold_of(clause, FOLDS) == number]
        told = judge(load_scratch(work / f"fold-{number}" / "onnx"), unseen)
        judged.spans += told.spans
        judged.hits += told.hits
    windows = shuffled_windows(sources.corpus, 60_000, sources.seed) if sources.corpus else []
    export(work / "tagger", output)
    seal(
        output,
        {
            "name": NAME,
            **worth(judged, PRECISION),
            "gate": learn_gate(clauses, windows, GATE_BUDGET),
        },
    )


def train_to_onnx(
    clauses: Sequence[LabelledClause], encoder: str, place: Path, settings: FinetuneSettings | None = None
) -> Path:
    """A model of `clauses`, exported but not calibrated: the folder `place / "onnx"`."""
    finetune(clauses, encoder, place, settings)
    output = place / "onnx"
    export(place, output)
    seal(output, {"name": place.name})
    return output
