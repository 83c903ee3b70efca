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
"""C of the logistic regression."""
OPEN = -100.0
"""A score that every window reaches."""


def fit_linear(clauses: Sequence[LabelledClause]) -> Linear:
    """Learn which runs of characters make a clause one at fault; a rare run counts for more than a common one."""
    places, owners, sizes = _runs_of(clauses)
    rarity = _rarity(places, owners, len(clauses))
    values = rarity[places] * scale(sizes)[owners]
    table = csr_matrix((values, (owners, places)), shape=(len(clauses), NOWHERE))
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    model.fit(table, [bool(clause.spans) for clause in clauses])
    weights = np.append(model.coef_[0] * rarity, 0.0)
    return Linear(weights.astype(np.float16).astype(np.float32), float(model.intercept_[0]))


def _runs_of(clauses: Sequence[LabelledClause]) -> tuple[Any, Any, Any]:
    """(place, number of its clause) for each run, and the size of each clause."""
    places, sizes = runs([clause.text for clause in clauses])
    owners = np.tile(np.repeat(np.arange(len(clauses)), sizes), LONGEST)
    flat = places.ravel()
    return flat[flat != NOWHERE], owners[flat != NOWHERE], sizes


def _rarity(places: Any, owners: Any, clauses: int) -> Any:
    """The inverse document frequency of each place."""
    once = np.unique(owners << BITS | places)
    holders = np.bincount(once & (NOWHERE - 1), minlength=NOWHERE)
    return np.log((1 + clauses) / (1 + holders)) + 1


def gate_at(linear: Linear, corpus: Sequence[str], budget: float) -> float:
    """The score that the share `budget` of the `corpus` windows reaches; OPEN where there is no corpus."""
    return round(float(np.quantile(linear.scores(corpus), 1 - budget)), 3) if corpus else OPEN
