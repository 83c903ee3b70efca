"""How far reviewers agree: Cohen's kappa of every two who judged the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.reviews import judgements as held
from api.store.accounts import User
from api.store.ads import Review

Pair = tuple[str, str]
Judgement = tuple[str, str, str]
"""What was judged (a finding with its copies), by whom, and how."""


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


def agreements(judgements: Iterable[Judgement]) -> list[Agreement]:
    """One entry for every two reviewers with something in common; `judgements` are those that hold."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for judged, reviewer_id, decision in judgements:
        said[judged][reviewer_id] = decision
    together: dict[Pair, list[Pair]] = defaultdict(list)
    for by_reviewer in said.values():
        for first, second in combinations(sorted(by_reviewer), 2):
            together[first, second].append((by_reviewer[first], by_reviewer[second]))
    return [_agreement(pair, decisions) for pair, decisions in sorted(together.items())]


def own_agreements(session: Session, user_id: str) -> tuple[list[Agreement], dict[str, str]]:
    """Those of one reviewer with each colleague, and the names of the people in them."""
    mine = select(Review.fold_id).where(Review.reviewer_id == user_id)
    judged = session.execute(held(Review.fold_id.in_(mine)))
    found = [one for one in agreements(judged) if user_id in (one.first_id, one.second_id)]
    people = {key for one in found for key in (one.first_id, one.second_id)}
    named = session.scalars(select(User).where(User.id.in_(people)))
    return found, {user.id: user.shown_name for user in named}


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
