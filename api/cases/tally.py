"""Findings counted in several ways while they are read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.findings import Disposition

Facts = tuple[str, str | None, str | None, str]
"""Of an ad: its near-duplicate group, employer, publisher, region."""
Said = tuple[str, str | None]
"""Of a finding: its disposition, and what people last said of it."""
Row = tuple[str, Facts, Said, Sequence[Any]]
"""A finding: its ad, the ad's facts, what is said of it, its key in each way of grouping."""
_FACTS = ("groups", "employers", "publishers", "regions")
_UNKNOWN = {None, ""}
LEFT_OUT: Any = object()
"""The key of a finding that is not counted in this way of grouping."""


@dataclass(slots=True)
class Tally:
    """What is counted of one group of findings."""

    said: Counter[Said] = field(default_factory=Counter)
    ads: dict[str, Facts] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """By name. `groups` are ads without their near-copies; what is not known is not counted."""
        said = self.said.items()
        reach = {
            name: len(set(column) - _UNKNOWN)
            for name, column in zip(_FACTS, zip(*self.ads.values(), strict=True), strict=True)
        }
        return {
            "findings": self.said.total(),
            "violations": sum(n for (kind, _), n in said if kind == Disposition.VIOLATION),
            "pending": sum(n for (kind, _), n in said if kind == Disposition.REVIEW),
            "reviewed": sum(n for (_, decision), n in said if decision is not None),
            "ads": len(self.ads),
            **reach,
        }


def tallied(rows: Iterable[Row], ways: int) -> list[dict[Any, Tally]]:
    """For each way of grouping, key → its tally."""
    groups: list[dict[Any, Tally]] = [{} for _ in range(ways)]
    for ad_id, facts, said, keys in rows:
        for group, key in zip(groups, keys, strict=True):
            if key is LEFT_OUT:
                continue
            tally = group.get(key)
            if tally is None:
                tally = group[key] = Tally()
            tally.said[said] += 1
            tally.ads[ad_id] = facts
    return groups
