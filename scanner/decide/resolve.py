"""Choose among overlapping hits: each stretch of text gets one finding per kind of problem."""

from __future__ import annotations

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
    for hit in sorted(hits, key=_rank):
        if not any(_same_kind(hit, k) and hit.start < k.end and k.start < hit.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))


def _rank(hit: Hit) -> tuple[int, int, float, int]:
    return (hit.start - hit.end, -_STRONGER.get(hit.rule.category, 0), -hit.rule.confidence, hit.start)


def _same_kind(a: Hit, b: Hit) -> bool:
    return (a.rule.category in _SEX) == (b.rule.category in _SEX)
