"""Learn the gate: the cheapest set of character pairs and singles that lets the flagged clauses through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scanner.training.clauses import LabelledClause

_LONGEST = 2


def grams(text: str) -> set[str]:
    """The single ideographs and pairs of ideographs in `text`."""
    found = set()
    for size in range(1, _LONGEST + 1):
        for at in range(len(text) - size + 1):
            gram = text[at : at + size]
            if all("\u4e00" <= char <= "\u9fff" for char in gram):
                found.add(gram)
    return found


def learn_gate(clauses: Iterable[LabelledClause], corpus: Sequence[str], budget: float) -> list[str]:
    """Grams such that at most `budget` of the `corpus` windows hold one, chosen greedily by what each adds.

    A gram is worth the flagged clauses that it newly lets through, copies in other frames not counted, per
    corpus window that it costs.
    """
    flagged = [grams(clause.text) for clause in clauses if clause.spans and clause.origin != "generated"]
    costs = Counter(gram for window in corpus for gram in grams(window))
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for number, held in enumerate(flagged):
        for gram in held:
            holders[gram].add(number)
    chosen: list[str] = []
    spent, limit = 0, budget * len(corpus)
    while holders:
        best = max(holders, key=lambda gram: (len(holders[gram]) / (costs[gram] + _PRIOR), gram))
        if not holders[best] or spent + costs[best] > limit:
            break
        chosen.append(best)
        spent += costs[best]
        covered = holders.pop(best)
        for gram in list(holders):
            holders[gram] -= covered
            if len(holders[gram]) < _LEAST:
                del holders[gram]
    return chosen


_PRIOR = 5
"""Counted on top of a gram's cost, since a rare one may be commoner elsewhere."""
_LEAST = 2
"""Flagged clauses that a gram must add."""
