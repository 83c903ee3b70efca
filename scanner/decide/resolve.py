"""Choose among overlapping hits: each stretch of text gets one finding per kind of problem."""

from __future__ import annotations

from collections import defaultdict

from scanner.findings import Category
from scanner.lexicon import Hit

_SEX = {Category.GENDER_RESTRICTION, Category.GENDER_PREFERENCE, Category.DIFFERENTIAL_STANDARD}
_STRONGER = {Category.DIFFERENTIAL_STANDARD: 2, Category.GENDER_PREFERENCE: 1}


def resolve(hits: list[Hit]) -> list[Hit]:
    """Hits in text order without overlaps inside one kind (sex wording; marriage and birth wording).

    The longer span wins; at equal length different standards beat preference beats restriction, then the
    more confident rule.
    """
    kept: list[Hit] = []
    standing: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=_rank):
        places = range(hit.start, hit.end)
        if not any(_covers(k, hit) for at in places for k in standing.get(at, ())):
            kept.append(hit)
            for at in places:
                standing[at].append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))


def _rank(hit: Hit) -> tuple[int, int, float, int]:
    return (hit.start - hit.end, -_STRONGER.get(hit.rule.category, 0), -hit.rule.confidence, hit.start)


def same_kind(a: Hit, b: Hit) -> bool:
    """Whether both speak of sex, or both of marriage and birth."""
    return (a.rule.category in _SEX) == (b.rule.category in _SEX)


def _covers(kept: Hit, hit: Hit) -> bool:
    """Whether `kept`, which overlaps it, says what `hit` does; 孕期女性勿扰 says one thing, 未婚女性 two."""
    return same_kind(kept, hit) or kept.rule.category is Category.PREGNANCY_EXCLUSION
