"""How urgent a report is: points of explicit factors, added up and explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scanner.complaint.factors import FactorFile, FactorRule, load_factors
from scanner.complaint.timing import last_event, nearest_deadline
from scanner.complaint.understanding import SIGNAL_NAMES, Passage, Signal, Understanding

MOST = 100


class Level(StrEnum):
    """How soon a person must look at a report."""

    URGENT = "urgent"
    SOON = "soon"
    NORMAL = "normal"


LEVEL_NAMES: dict[Level, str] = {Level.URGENT: "急", Level.SOON: "较急", Level.NORMAL: "一般"}


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that counts; `passage` is None where the store says it, not the report."""

    signal: Signal
    points: int
    passage: Passage | None
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Urgency:
    """The score (0 to 100), the level that follows from it, and what it is made of."""

    score: int
    level: Level
    factors: tuple[Factor, ...]

    @property
    def explanation(self) -> str:
        """`期限临近 60 分 + 受害人多 30 分 = 90 分：急`."""
        if not self.factors:
            return f"没有发现紧急情形，0 分：{LEVEL_NAMES[self.level]}"
        parts = " + ".join(f"{SIGNAL_NAMES[factor.signal]} {factor.points} 分" for factor in self.factors)
        total = sum(factor.points for factor in self.factors)
        capped = f"（按满分 {MOST} 分计）" if total > MOST else ""
        return f"{parts} = {total} 分{capped}：{LEVEL_NAMES[self.level]}"


def urgency(understanding: Understanding, *, today: date, text: str = "", repeat_reports: int = 0) -> Urgency:
    """The urgency of a report that came in on `today`.

    `text` is the report itself, for days that the understanding does not mark; `repeat_reports` is how many
    earlier ones the store holds about the same employer.
    """
    file = load_factors()
    told = _told(understanding, today)
    weak = _lost_their_edge(file, understanding, text, today)
    factors = [
        _factor(rule, told[rule.signal], weak=rule.signal in weak)
        for rule in file.factors
        if rule.signal in told
    ]
    if repeat_reports and Signal.REPEAT_EMPLOYER not in told:
        factors += [
            _from_store(r, repeat_reports) for r in file.factors if r.signal is Signal.REPEAT_EMPLOYER
        ]
    factors.sort(key=lambda factor: (-factor.points, tuple(Signal).index(factor.signal)))
    score = min(MOST, sum(factor.points for factor in factors))
    return Urgency(score, _level(file, score), tuple(factors))


def _told(understanding: Understanding, today: date) -> dict[Signal, Passage]:
    """Each signal with the first words that tell it; a deadline with those of the one that presses most."""
    told: dict[Signal, Passage] = {}
    for signal in sorted(understanding.signals, key=lambda signal: signal.passage.start):
        told.setdefault(signal.kind, signal.passage)
    if deadline := nearest_deadline(understanding, today):
        told[Signal.DEADLINE] = deadline.passage
    return told


def _lost_their_edge(file: FactorFile, understanding: Understanding, text: str, today: date) -> set[Signal]:
    """The deadline that is far off, the dismissal that is long past."""
    deadline = nearest_deadline(understanding, today)
    event = last_event(understanding, text, today)
    lost = set()
    if deadline and not deadline.is_near(today, file.near_days):
        lost.add(Signal.DEADLINE)
    if event and (today - event).days > file.fresh_days:
        lost.add(Signal.PREGNANCY_DISMISSAL)
    return lost


def _factor(rule: FactorRule, passage: Passage, *, weak: bool) -> Factor:
    counted = rule.weakened if weak and rule.weakened else rule
    return Factor(rule.signal, counted.points, passage, counted.reason, rule.cited)


def _from_store(rule: FactorRule, reports: int) -> Factor:
    reason = f"{rule.reason}（此前已有 {reports} 件反映同一单位）"
    return Factor(rule.signal, rule.points, None, reason, rule.cited)


def _level(file: FactorFile, score: int) -> Level:
    if score >= file.urgent_from:
        return Level.URGENT
    return Level.SOON if score >= file.soon_from else Level.NORMAL
