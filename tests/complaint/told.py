"""Reports understood by hand, for tests of what follows from an understanding."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.complaint.understanding import (
    Fact,
    FoundFact,
    FoundMatter,
    FoundSignal,
    Matter,
    Passage,
    Signal,
    Stage,
    Understanding,
)


def told(
    *,
    in_scope: bool = True,
    stages: Sequence[Stage] = (Stage.INTERVIEW,),
    employer: str = "样例电子有限公司",
    facts: Sequence[tuple[Fact, str]] = (),
    signals: Sequence[tuple[Signal, str]] = (),
    matters: Sequence[Matter] = (),
) -> Understanding:
    """An understanding with these words, one after the other."""
    return Understanding(
        in_scope=in_scope,
        scope_confidence=0.99,
        judgements=(),
        stages=tuple(stages),
        employer=employer,
        facts=tuple(FoundFact(kind, _passage(at, words)) for at, (kind, words) in enumerate(facts)),
        signals=tuple(FoundSignal(kind, _passage(at, words)) for at, (kind, words) in enumerate(signals)),
        matters=tuple(FoundMatter(kind, _passage(at, kind.value)) for at, kind in enumerate(matters)),
        model="none",
    )


def _passage(at: int, words: str) -> Passage:
    return Passage(100 * at, 100 * at + len(words), words)
