"""Lawful text in bulk: windows of unlabelled ads in which the rules find nothing.

The rules teach the model no violation, only what boards are full of (男女不限, 产假, 李女士, 小伙伴, and all the
rest of an ad). Where they miss a violation the example is wrong; in ads read by hand that was 1 in 400.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from scanner.training.clauses import LabelledClause
from scanner.training.corpus import distinct_windows
from scanner.training.examples import MENTION


def silver(corpus: Path, *, mentions: int, others: int, seed: int) -> list[LabelledClause]:
    """At most `mentions` windows that name sex, marriage or birth and `others` that do not."""
    named: list[LabelledClause] = []
    plain: list[LabelledClause] = []
    for clause in _silent(corpus):
        (named if clause.lawful else plain).append(clause)
    draw = random.Random(seed)
    return draw.sample(named, min(mentions, len(named))) + draw.sample(plain, min(others, len(plain)))


def _silent(corpus: Path) -> Iterator[LabelledClause]:
    from scanner.lexicon import Lexicon
    from scanner.lexicon.matcher import Matcher

    matcher = Matcher(Lexicon.load())
    for number, words in enumerate(distinct_windows(corpus)):
        if not matcher.match(words, "text"):
            yield LabelledClause(words, (), f"silver-{number}", "generated", bool(MENTION & set(words)))
