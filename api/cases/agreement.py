"""How far reviewers agree: Cohen's kappa of every two who decided on the same findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from api.store.ads import Review

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers: findings that both decided on, the share on which they agree, kappa.

    `kappa` is None where chance alone would agree always (both said one and the same of everything).
    """

    first_id: str
    second_id: str
    findings: int
    observed: float
    kappa: float | None


def agreements(reviews: Iterable[Review]) -> list[Agreement]:
    """One entry for every two reviewers with a finding in common; `reviews` are those that hold."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for review in reviews:
        said[review.finding_id][review.reviewer_id] = review.decision
    together: dict[Pair, list[Pair]] = defaultdict(list)
    for by_reviewer in said.values():
        for first, second in combinations(sorted(by_reviewer), 2):
            together[first, second].append((by_reviewer[first], by_reviewer[second]))
    return [_agreement(pair, decisions) for pair, decisions in sorted(together.items())]


def _agreement(pair: Pair, decisions: Sequence[Pair]) -> Agreement:
    observed = sum(first == second for first, second in decisions) / len(decisions)
    return Agreement(*pair, len(decisions), observed, cohens_kappa(decisions))


def cohens_kappa(decisions: Sequence[Pair]) -> float | None:
    """Agreement beyond chance, at most 1 (Cohen 1960); None where chance agrees always.

    `decisions` holds what the two said of each finding and must not be empty.
    """
    total = len(decisions)
    firsts = Counter(first for first, _ in decisions)
    seconds = Counter(second for _, second in decisions)
    agreed = sum(first == second for first, second in decisions) * total
    chance = sum(times * seconds[label] for label, times in firsts.items())
    return None if chance == total**2 else (agreed - chance) / (total**2 - chance)
