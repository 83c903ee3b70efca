"""The sets of labelled ads that a report measures on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.text.normalise import normalise
from scanner.training.clauses import Family, clauses_of, read_families
from scanner.training.evaluation import GoldAd
from scanner.training.examples import as_ad

REAL, WRITTEN, NEW = "real", "written", "written_new"
TITLES = {
    REAL: "真实广告 Real ads",
    WRITTEN: "手写测试集 Hand-written test split",
    NEW: "手写测试集中训练集没有的用语 Wording unseen in training",
}


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Ads to measure on; those with the same name in `units` are drawn together."""

    name: str
    ads: Sequence[GoldAd]
    units: Sequence[str] | None = None


def labelled_sets(real: Sequence[GoldAd], train: Sequence[Path], test: Path) -> list[LabelledSet]:
    """The real ads, the lines of the `test` families, and those with wording that no folder of `train` flags."""
    families = read_families(test)
    return [LabelledSet(REAL, real), _of(WRITTEN, families), _of(NEW, unforeseen_families(families, train))]


def unforeseen_families(families: Sequence[Family], train: Sequence[Path]) -> list[Family]:
    """The families with terms none of which stands in a flagged line of the folders `train`."""
    trained = (family for folder in train for family in read_families(folder))
    lines = (line for family in trained for line in clauses_of(family) if line.spans)
    known = "\n".join(normalise(line.text).text for line in lines)
    return [f for f in families if f.terms and not any(normalise(term).text in known for term in f.terms)]


def _of(name: str, families: Sequence[Family]) -> LabelledSet:
    ads = [as_ad(line) for family in families for line in clauses_of(family)]
    return LabelledSet(name, ads, [item.ad.id for item in ads])
