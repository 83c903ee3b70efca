"""What a report may belong to, with the reasons; a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from api.store.complaints import LinkKind

LEAST = 0.5
"""Suggestions with a lower score are not made."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely link; `score` is 0 to 1, `reasons` are Chinese and never about the reporter."""

    kind: LinkKind
    target_id: str
    score: float
    reasons: tuple[str, ...]


def summed(kind: LinkKind, target_id: str, signs: dict[str, float]) -> Suggestion | None:
    """A suggestion whose score is the sum of its signs, by reason; None where that is too little."""
    score = round(min(1.0, sum(signs.values())), 2)
    return Suggestion(kind, target_id, score, tuple(signs)) if score >= LEAST else None
