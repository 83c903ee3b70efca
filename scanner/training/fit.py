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
    train_judged(clauses, encoder, work / "judged", settings)
    finetune(clauses, encoder, work / "tagger", settings)


def ship(sources: Sources, clauses: Sequence[LabelledClause], work: Path, output: Path) -> None:
    """Export `work/tagger` with calibration, thresholds and gate into `output` (`models/`)."""
    export(work / "tagger", output, [clause.text for clause in clauses])
    seal(output, {"name": NAME, **told(work / "judged", clauses), "gate": gate_of(clauses, sources)})


def train_judged(
    clauses: Sequence[LabelledClause], encoder: str, place: Path, settings: FinetuneSettings | None = None
) -> Path:
    """A model of the two thirds of `clauses` that are not held out, not calibrated: the folder `place / "onnx"`."""
    seen = [clause for clause in clauses if not held_out(clause)]
    finetune(seen, encoder, place, settings)
    output = place / "onnx"
    export(place, output, [clause.text for clause in seen])
    seal(output, {"name": place.name})
    return output


def told(place: Path, clauses: Sequence[LabelledClause]) -> dict[str, object]:
    """What the scores of the model that `train_judged` left in `place` are worth on the third held out."""
    unseen = [clause for clause in clauses if held_out(clause)]
    return worth(judge(load_scratch(place / "onnx"), unseen), PRECISION)


def gate_of(clauses: Sequence[LabelledClause], sources: Sources) -> list[str]:
    """The gate for `clauses`, at its cost on a sample of the corpus."""
    windows = shuffled_windows(sources.corpus, 60_000, sources.seed) if sources.corpus else []
    return learn_gate(clauses, windows, GATE_BUDGET)
