"""Fit the quick reader (`scanner.classifier.linear`), and say from which of its scores on the network reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scanner.classifier.linear import BITS, LONGEST, NOWHERE, Linear, runs, scale
from scanner.training.clauses import LabelledClause

_STRENGTH = 0.3
"""C of the logistic regression that tells faults."""
OPEN = -100.0
"""A score that every window reaches."""


def fit_linear(clauses: Sequence[LabelledClause]) -> Linear:
    """Learn which runs of characters make a clause one at fault; a rare run counts for more than a common one."""
    faults = [[bool(clause.spans)] for clause in clauses]
    fitted = fit_labels([clause.text for clause in clauses], np.array(faults), _STRENGTH)
    return Linear(fitted.weights[:, 0], float(fitted.bias[0]))


def fit_labels(texts: Sequence[str], labels: Any, strength: float) -> Linear:
    """Learn each column of `labels` (texts, labels; true or false) apart; `strength` is C of the regression."""
    places, owners, sizes = _runs_of(texts)
    rarity = _rarity(places, owners, len(texts))
    values = rarity[places] * scale(sizes)[owners]
    table = csr_matrix((values, (owners, places)), shape=(len(texts), NOWHERE))
    models = [LogisticRegression(C=strength, max_iter=1000).fit(table, column) for column in labels.T]
    weights = np.array([np.append(model.coef_[0] * rarity, 0.0) for model in models]).T
    return Linear(weights.astype(np.float16).astype(np.float32), np.array([m.intercept_[0] for m in models]))


def pruned(linear: Linear, keep: int) -> Linear:
    """Only the `keep` weights of each label that tell most; the others are so small that hardly a score changes."""
    size = np.abs(linear.weights)
    least = np.partition(size, -keep, axis=0)[-keep]
    return Linear(np.where(size < least, np.float32(0), linear.weights), linear.bias)


def _runs_of(texts: Sequence[str]) -> tuple[Any, Any, Any]:
    """(place, number of its text) for each run, and the size of each text."""
    places, sizes = runs(texts)
    owners = np.tile(np.repeat(np.arange(len(texts)), sizes), LONGEST)
    flat = places.ravel()
    return flat[flat != NOWHERE], owners[flat != NOWHERE], sizes


def _rarity(places: Any, owners: Any, texts: int) -> Any:
    """The inverse document frequency of each place."""
    once = np.unique(owners << BITS | places)
    holders = np.bincount(once & (NOWHERE - 1), minlength=NOWHERE)
    return np.log((1 + texts) / (1 + holders)) + 1


def gate_at(linear: Linear, corpus: Sequence[str], budget: float) -> float:
    """The score that the share `budget` of the `corpus` windows reaches; OPEN where there is no corpus."""
    return round(float(np.quantile(linear.scores(corpus), 1 - budget)), 3) if corpus else OPEN
