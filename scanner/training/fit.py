"""From labelled clauses to the model in `models/`: a third held out for calibration, then the final fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scanner.classifier.linear import Linear
from scanner.training.augment import augmented
from scanner.training.clauses import SKIMMED, LabelledClause
from scanner.training.corpus import distinct_windows, shuffled
from scanner.training.examples import gold, real, written
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, finetune
from scanner.training.linear import fit_linear, gate_at
from scanner.training.silver import silent, silver
from scanner.training.worth import held_out, judge, load_scratch, worth

NAME = "pingzhao-3x192"
PRECISION = 0.89
"""What spans of the model alone must reach on the held-out third."""
GATE, GATE_DEEP = 0.006, 0.05
"""Share of a board's distinct windows that the network reads, by default and with --deep."""
_GATE_TOLD_BY = 40_000


@dataclass(frozen=True, slots=True)
class Sources:
    """Where labelled and unlabelled text lies. `real` and `corpus` may be missing (a user has no shared ads)."""

    clauses: Path
    gold: Path
    reported: Path | None = None
    """Sentences of complaints, in families like those of `clauses`."""
    real: Path | None = None
    corpus: Path | None = None
    silver: tuple[int, int] = (6000, 12000)
    """Lawful windows taken from `corpus`: with a mention of sex, marriage or birth, and without."""
    skimmed: int = 240_000
    """Windows of `corpus` of which the lawful ones train the quick reader."""
    seed: int = 20260101

    @property
    def families(self) -> tuple[Path, ...]:
        """The folders of hand-written wording families."""
        return (self.clauses, self.reported) if self.reported else (self.clauses,)


def gather(sources: Sources) -> list[LabelledClause]:
    """Every labelled clause of `sources`."""
    found = [clause for folder in sources.families for clause in written(folder)]
    found += augmented(found, sources.seed) + gold(sources.gold)
    if sources.real:
        found += real(sources.real)
    if sources.corpus:
        mentions, others = sources.silver
        found += silver(_windows(sources.corpus), mentions=mentions, others=others, seed=sources.seed)
        found += silent(_sample(sources)[: sources.skimmed], SKIMMED)
    return found


def fit(
    clauses: Sequence[LabelledClause], encoder: str, work: Path, settings: FinetuneSettings | None = None
) -> None:
    """Fine-tune on all of `clauses` into `work/tagger`, and on two thirds into `work/judged`, whose scores on
    the last third say what scores are worth."""
    train_judged(clauses, encoder, work / "judged", settings)
    finetune(_for_network(clauses), encoder, work / "tagger", settings)


def ship(sources: Sources, clauses: Sequence[LabelledClause], work: Path, output: Path) -> None:
    """Export `work/tagger` with calibration, thresholds and gates into `output` (`models/`)."""
    _export(work / "tagger", output, clauses)
    seal(output, {"name": NAME, **told(work / "judged", clauses), **gates(output, sources)})


def train_judged(
    clauses: Sequence[LabelledClause], encoder: str, place: Path, settings: FinetuneSettings | None = None
) -> Path:
    """A model of the two thirds of `clauses` that are not held out, not calibrated: the folder `place / "onnx"`."""
    seen = [clause for clause in clauses if not held_out(clause)]
    finetune(_for_network(seen), encoder, place, settings)
    output = place / "onnx"
    _export(place, output, seen)
    seal(output, {"name": place.name})
    return output


def _for_network(clauses: Sequence[LabelledClause]) -> list[LabelledClause]:
    return [clause for clause in clauses if clause.origin != SKIMMED]


def _export(tagger: Path, output: Path, clauses: Sequence[LabelledClause]) -> None:
    export(tagger, output, [clause.text for clause in _for_network(clauses)])
    fit_linear(clauses).save(output / "linear.npz")


def told(place: Path, clauses: Sequence[LabelledClause]) -> dict[str, object]:
    """What the scores of the model that `train_judged` left in `place` are worth on the third held out."""
    unseen = [clause for clause in clauses if held_out(clause)]
    return worth(judge(load_scratch(place / "onnx"), unseen), PRECISION)


def gates(output: Path, sources: Sources) -> dict[str, object]:
    """From where on the network in `output` reads a window, at its cost on windows that nothing was trained on."""
    linear, windows = Linear.load(output / "linear.npz"), _sample(sources)[sources.skimmed :]
    shares = {"gate": GATE, "gate_deep": GATE_DEEP}
    return {name: gate_at(linear, windows, share) for name, share in shares.items()}


@cache
def _sample(sources: Sources) -> list[str]:
    limit = sources.skimmed + _GATE_TOLD_BY
    return shuffled(_windows(sources.corpus), limit, sources.seed) if sources.corpus else []


@cache
def _windows(corpus: Path) -> tuple[str, ...]:
    """Read once for all that is drawn from it."""
    return tuple(distinct_windows(corpus))
