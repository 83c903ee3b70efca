"""Every source of labelled text as one list of clauses: real ads, hand-written families, gold items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scanner.ad import Ad
from scanner.classifier.windows import windows
from scanner.findings import Category, Direction
from scanner.text.normalise import Normalised, normalise
from scanner.training.clauses import LabelledClause, LabelledSpan, read_clauses
from scanner.training.evaluation import GoldAd, Labelled, read_gold
from scanner.training.gold import gold_ads

MENTION = frozenset("男女婚孕育胎娃妇妈嫂姑娘妹姐哥汉")
"""Characters that make an unmarked window worth a `lawful_mention`."""


def written(folder: Path) -> list[LabelledClause]:
    """The hand-written families as the model reads them: normalised, cut into windows."""
    return [part for clause in read_clauses(folder) for part in _windows_of(clause)]


def real(file: Path) -> list[LabelledClause]:
    """Labelled real ads as windows; grouped by board and employer. Windows not read or unsure are left out."""
    return [clause for gold in read_gold(file) for clause in _of_ad(gold, _group(gold), "real")]


def gold(folder: Path) -> list[LabelledClause]:
    """The gold items of `data/gold`, each its own group."""
    return [clause for item in gold_ads(folder) for clause in _of_ad(item, item.ad.id, "written")]


def as_ad(line: LabelledClause) -> GoldAd:
    """A hand-written line as a labelled ad, named by its family."""
    spans = (Labelled("text", s.start, s.end, s.category.value, s.direction.value) for s in line.spans)
    return GoldAd(Ad(line.text, id=line.group), tuple(spans))


def _group(gold_ad: GoldAd) -> str:
    return gold_ad.ad.employer or gold_ad.ad.id


def _of_ad(item: GoldAd, group: str, origin: str) -> Iterator[LabelledClause]:
    for field, value in item.ad.parts():
        if not field.startswith("fields."):
            copy = normalise(value)
            yield from _cut(copy, field, item, group, origin)


def _cut(copy: Normalised, field: str, item: GoldAd, group: str, origin: str) -> Iterator[LabelledClause]:
    for window in windows(copy.text):
        start, end = copy.to_original(window.start, window.end)
        around = Labelled(field, start, end, "", "")
        inside = [s for s in item.spans if s.field == field and s.start < end and start < s.end]
        if any(s.unsure for s in inside) or not item.was_read(around):
            continue
        words = copy.text[window.start : window.end]
        spans = tuple(_placed(copy, s, window.start, window.end) for s in inside)
        yield LabelledClause(words, spans, group, origin, not spans and bool(MENTION & set(words)))


def _placed(copy: Normalised, span: Labelled, start: int, end: int) -> LabelledSpan:
    """An original span in the window's own offsets."""
    covered = [i for i in range(start, end) if _within(copy, i, span)]
    return LabelledSpan(
        covered[0] - start, covered[-1] + 1 - start, Category(span.category), Direction(span.direction)
    )


def _within(copy: Normalised, index: int, span: Labelled) -> bool:
    start, end = copy.to_original(index, index + 1)
    return start < span.end and span.start < end


def _windows_of(clause: LabelledClause) -> Iterable[LabelledClause]:
    for part in _of_ad(as_ad(clause), clause.group, "written"):
        lawful = part.lawful or (clause.lawful and not part.spans)
        yield LabelledClause(part.text, part.spans, part.group, part.origin, lawful)
