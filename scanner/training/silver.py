"""Lawful text in bulk: windows of unlabelled ads in which the rules find nothing.

The rules teach the model no violation, only what boards are full of (男女不限, 产假, 李女士, 小伙伴, and all the
rest of an ad). Where they miss a violation the example is wrong; in ads read by hand that was 1 in 400.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from scanner.training.clauses import LabelledClause
from scanner.training.examples import MENTION


def silver(windows: Iterable[str], *, mentions: int, others: int, seed: int) -> list[LabelledClause]:
    """At most `mentions` of `windows` that name sex, marriage or birth and `others` that do not."""
    named: list[LabelledClause] = []
    plain: list[LabelledClause] = []
    for clause in silent(windows):
        (named if clause.lawful else plain).append(clause)
    draw = random.Random(seed)
    return draw.sample(named, min(mentions, len(named))) + draw.sample(plain, min(others, len(plain)))


def silent(windows: Iterable[str], origin: str = "generated") -> Iterator[LabelledClause]:
    """Those of `windows` in which no rule finds anything, as lawful clauses of `origin`."""
    from scanner.lexicon import Lexicon
    from scanner.lexicon.matcher import Matcher

    matcher = Matcher(Lexicon.load())
    for number, words in enumerate(windows):
        if not matcher.match(words, "text"):
            yield LabelledClause(words, (), f"{origin}-{number}", origin, bool(MENTION & set(words)))
