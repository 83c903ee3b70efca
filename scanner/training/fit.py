"""From labelled clauses to the model in `models/`: a third held out for calibration, then the final fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.training.augment import augmented
from scanner.training.clauses import LabelledClause
from scanner.training.corpus import shuffled_windows
from scanner.training.examples import gold, real, written
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, finetune
from scanner.training.gate import learn_gate
from scanner.training.silver import silver
from scanner.training.worth import held_out, judge, load_scratch, worth

NAME = "pingzhao-3x192"
PRECISION = 0.9
"""What spans of the model alone must reach on the held-out third."""
GATE_BUDGET = 0.02
"""Share of a board's distinct windows that the gate may let through."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where labelled and unlabelled text lies. `real` and `corpus` may be missing (a user has no shared ads)."""

    clauses: Path
    gold: Path
    real: Path | None = None
    corpus: Path | None = None
    silver: tuple[int, int] = (5000, 8000)
    """Lawful windows taken from `corpus`: with a mention of sex, marriage or birth, and without."""
    seed: int = 20260101


def gather(sources: Sources) -> list[LabelledClause]:
    """Every labelled clause of `sources`."""
    found = written(sources.clauses)
    found += augmented(found, sources.seed) + gold(sources.gold)
    if sources.real:
        found += real(sources.real)
    if sources.corpus:
        mentions, others = sources.silver
        found += silver(sources.corpus, mentions=mentions, others=others, seed=sources.seed)
    return found


def fit(
    clauses: Sequence[LabelledClause], encoder: str, work: Path, settings: FinetuneSettings | None = None
) -> None:
    """Fine-tune on all of `clauses` into `work/tagger`, and on two thirds into `work/judged`, whose scores on
    the last third say what scores are worth."""
    train_to_onnx([c for c in clauses if not held_out(c)], encoder, work / "judged", settings)
    finetune(clauses, encoder, work / "tagger", settings)


def ship(sources: Sources, clauses: Sequence[LabelledClause], work: Path, output: Path) -> None:
    """Export `work/tagger` with calibration, thresholds and gate into `output` (`models/`)."""
    judged = judge(load_scratch(work / "judged" / "onnx"), [c for c in clauses if held_out(c)])
    windows = shuffled_windows(sources.corpus, 60_000, sources.seed) if sources.corpus else []
    export(work / "tagger", output, [clause.text for clause in clauses])
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
    export(place, output, [clause.text for clause in clauses])
    seal(output, {"name": place.name})
    return output
