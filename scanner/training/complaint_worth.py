"""From which probability on a label of the complaint model counts: told by narratives it was not trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from scanner.complaint.labels import LABELS, Label
from scanner.complaint.model import ComplaintModel
from scanner.complaint.reader import Report
from scanner.complaint.understanding import Matter, Signal
from scanner.findings import Category
from scanner.training.narratives import Narrative

_STEPS = 1 / (1 + np.exp(-np.linspace(-5, 3, 65)))
_PRESSING = frozenset({Signal.DEADLINE, Signal.PREGNANCY_DISMISSAL, Signal.RETALIATION, Signal.HEALTH_RISK})
_CARE = 2.0
"""How much more a pressing report that is missed weighs than one that is called so wrongly."""


def judge_narratives(model: ComplaintModel, narratives: Sequence[Narrative]) -> Any:
    """The score of every label in every narrative (narratives, labels)."""
    reports = [Report.of(model, narrative.text) for narrative in narratives]
    return np.array([[report.score(label) for label in LABELS] for report in reports])


def thresholds(scores: Any, narratives: Sequence[Narrative]) -> dict[str, object]:
    """What config.json says of the scores: the best threshold of each label, and of being in scope at all.

    The categories share one: apart, each would rest on a few dozen narratives.
    """
    gold = np.array([[_tells(narrative, label) for label in LABELS] for narrative in narratives])
    wrongs = slice(len(Category))
    in_scope = gold[:, wrongs].any(axis=1)
    scope = _best(lambda step: float(((scores[:, wrongs].max(axis=1) >= step) == in_scope).mean()))
    common = _best(lambda step: _f(scores[:, wrongs] >= step, gold[:, wrongs], 1.0))
    found = {label.value: common for label in Category}
    for at, label in enumerate(LABELS):
        if label.value not in found:
            found[label.value] = _of_label(scores[:, at], gold[:, at], _CARE if label in _PRESSING else 1.0)
    return {"scope": scope, "thresholds": found}


def _of_label(scores: Any, gold: Any, weight: float) -> float:
    return _best(lambda step: _f(scores >= step, gold, weight))


def _tells(narrative: Narrative, label: Label) -> bool:
    if isinstance(label, Category):
        return label in narrative.categories
    if isinstance(label, Signal):
        return label in narrative.signals
    return label in (narrative.matters if isinstance(label, Matter) else narrative.stages)


def _f(found: Any, gold: Any, weight: float) -> float:
    """F with recall weighing `weight` times as much as precision; 0 where nothing is right."""
    right = (found & gold).sum()
    missed, wrong = gold.sum() - right, found.sum() - right
    square = weight**2
    return float((1 + square) * right / max(1.0, (1 + square) * right + square * missed + wrong))


def _best(value: Callable[[float], float]) -> float:
    """The step in the middle of those that are about as good as the best: a lucky edge is not chosen."""
    values = [value(float(step)) for step in _STEPS]
    good = [step for step, reached in zip(_STEPS, values, strict=True) if reached >= max(values) - 0.003]
    return round(float(good[len(good) // 2]), 4)
