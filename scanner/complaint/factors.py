"""The factors of urgency as they stand in `lexicons/complaint/urgency.yaml`."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from scanner.complaint.sourced import Sourced
from scanner.complaint.understanding import Signal
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Strict, Text
from scanner.paths import shipped

LOSES_EDGE = frozenset({Signal.DEADLINE, Signal.PREGNANCY_DISMISSAL})
"""A deadline may be far off, a dismissal long past."""


class Weakened(Strict):
    """What a pressing factor still counts once it has lost its edge."""

    points: int = Field(ge=1, le=100)
    reason: Text


class FactorRule(Sourced):
    """How much a signal counts, and why; see the head of the file."""

    signal: Signal
    weight: Literal["pressing", "adding"]
    points: int = Field(ge=1, le=100)
    weakened: Weakened | None = None


class FactorFile(Strict):
    """lexicons/complaint/urgency.yaml."""

    urgent_from: int = Field(ge=1, le=100)
    soon_from: int = Field(ge=1, le=100)
    near_days: int = Field(ge=0)
    fresh_days: int = Field(ge=0)
    factors: list[FactorRule]


@cache
def load_factors(folder: Path | None = None) -> FactorFile:
    """The shipped factors, or those in `folder`. Raises PingzhaoError E301/E302 naming file and cure."""
    file = (folder or shipped("lexicons")) / "complaint" / "urgency.yaml"
    factors = read_data(file, FactorFile)
    if problem := _problem(factors):
        raise refuse(file, *problem)
    return factors


def _problem(file: FactorFile) -> tuple[str, str, str] | None:
    """Rule, problem and cure of the first contradiction."""
    counts = Counter(rule.signal for rule in file.factors)
    for signal in Signal:
        if counts[signal] != 1:
            return signal, f"写了 {counts[signal]} 次", "每种情形写一次，不多不少"
    if file.soon_from >= file.urgent_from:
        return "soon_from", "不小于 urgent_from", "改小 soon_from"
    return _wrong_weight(file)


def _wrong_weight(file: FactorFile) -> tuple[str, str, str] | None:
    """That a pressing factor makes a report urgent alone, an adding one only with another."""
    adding = [rule.points for rule in file.factors if rule.weight == "adding"]
    weakened = sum(rule.weakened.points for rule in file.factors if rule.weakened)
    for rule in file.factors:
        if rule.weakened and rule.signal not in LOSES_EDGE:
            return rule.signal, "不会减弱", "删去 weakened"
        if rule.weight == "pressing" and rule.points < file.urgent_from:
            return rule.signal, "单独不足以列为急件", f"points 至少写 {file.urgent_from}"
        if rule.weight == "adding" and rule.points + weakened >= file.urgent_from:
            return rule.signal, "单独就会列为急件", f"points 与各 weakened 之和须小于 {file.urgent_from}"
        if rule.weight == "adding" and rule.points + min(adding) < file.urgent_from:
            return rule.signal, "两项相加仍不足以列为急件", f"两项 points 之和至少 {file.urgent_from}"
    return None
