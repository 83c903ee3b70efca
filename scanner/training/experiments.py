"""The experiments that train: draws of the unforeseen-term test, and the learning curve."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scanner.classifier.model import Classifier
from scanner.training.clauses import LabelledClause, read_families
from scanner.training.evaluation import GoldAd
from scanner.training.finetune import FinetuneSettings
from scanner.training.fit import Sources, gather
from scanner.training.labelled_sets import LabelledSet
from scanner.training.measure import HEADLINES, Measured, measure
from scanner.training.scratch import train_scratch
from scanner.training.systems import CLASSIFIER, System, reading
from scanner.training.unforeseen import draw, lexicon_without, lines_in_need, measure_unforeseen

SHARES = (0.125, 0.25, 0.5, 1.0)
"""Parts of the training data that the learning curve is drawn through."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What the experiments train on and from; every run has its own folder in `work` and goes on there."""

    sources: Sources
    encoder: str
    work: Path
    settings: FinetuneSettings | None = None

    def train(self, clauses: Sequence[LabelledClause], name: str) -> Classifier:
        """A classifier trained on `clauses`, its gates on the windows of the corpus."""
        return train_scratch(clauses, self.encoder, self.work / name, self.sources, self.settings)


def experiment(
    bench: Bench, sets: Sequence[LabelledSet], draws: int, tell: Tell, *, curve: bool
) -> dict[str, Any]:
    """What the experiments add to the record of an assessment."""
    done: dict[str, Any] = {"unforeseen": unforeseen(bench, draws, tell)}
    if curve:
        done["curve"] = learning_curve(bench, {s.name: s.ads for s in sets}, tell)
    return done


def unforeseen(bench: Bench, draws: int, tell: Tell) -> list[dict[str, Any]]:
    """For each draw what was hidden and every system's figures on the lines that need it; then all together."""
    families, clauses = read_families(bench.sources.clauses), gather(bench.sources)
    rows, pooled = [], []
    for number in range(draws):
        tell(f"未见词测试 {number + 1}/{draws}：训练中")
        hidden = draw(families, clauses, bench.sources.seed + number)
        lexicon = lexicon_without(hidden, bench.work / f"unforeseen-{number}" / "lexicons")
        lines = lines_in_need(hidden, lexicon)
        kept = [clause for clause in clauses if hidden.leaves(clause)]
        found = measure_unforeseen(lexicon, bench.train(kept, f"unforeseen-{number}"), lines)
        rows.append(_row(str(number + 1), len(hidden.terms), lines, found))
        pooled.append((lines, found))
    if pooled:
        together = {name: _pooled([found[name] for _, found in pooled]) for name in pooled[0][1]}
        terms = sum(row["terms"] for row in rows)
        rows.append(_row("合计", terms, [line for lines, _ in pooled for line in lines], together))
    return rows


def learning_curve(
    bench: Bench, gold: dict[str, Sequence[GoldAd]], tell: Tell, shares: Sequence[float] = SHARES
) -> list[dict[str, Any]]:
    """The classifier's figures on each set of `gold` after training on each of `shares` of the groups."""
    clauses = gather(bench.sources)
    rows = []
    for share in shares:
        tell(f"学习曲线 {share:.1%}：训练中")
        part = [clause for clause in clauses if _rank(clause.group) < share]
        system = System(CLASSIFIER, reading(bench.train(part, f"curve-{share}")))
        figures = {name: measure(system, ads).record(HEADLINES) for name, ads in gold.items()}
        rows.append({"share": share, "clauses": len(part), "sets": figures})
    return rows


def _row(name: str, terms: int, lines: Sequence[GoldAd], found: dict[str, Measured]) -> dict[str, Any]:
    flagged = sum(bool(line.spans) for line in lines)
    systems = {name: measured.record(HEADLINES) for name, measured in found.items()}
    return {
        "draw": name,
        "terms": terms,
        "flagged": flagged,
        "lawful": len(lines) - flagged,
        "systems": systems,
    }


def _pooled(parts: Sequence[Measured]) -> Measured:
    counts = np.concatenate([part.counts for part in parts])
    return Measured(counts, tuple(ad for part in parts for ad in part.ads))


def _rank(group: str) -> float:
    """Where a group stands between 0 and 1; the same whatever else there is."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:12], 16) / 16**12
