"""The unforeseen-term test: hide a third of the terms from lexicon and training, measure where they are needed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from scanner.ad import Ad
from scanner.classifier.model import Classifier
from scanner.engine import Scanner
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.paths import shipped
from scanner.text.normalise import normalise
from scanner.training.clauses import Family, LabelledClause, LabelledSpan, clauses_of
from scanner.training.evaluation import GoldAd
from scanner.training.examples import as_ad
from scanner.training.hiding import hide_terms
from scanner.training.measure import Measured, measure
from scanner.training.systems import BOTH, DEEP, LEXICON, System, scanning

COMMON = 0.005
"""A term in more than this share of all clauses, its own family aside, is a word of the trade (男, 岁, 体检), not one to be foreseen."""
_HIDDEN = 3
"""One family in so many is hidden."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What is hidden: the families, and the terms of theirs that lexicon and training must not know."""

    families: tuple[Family, ...]
    terms: tuple[str, ...]

    def leaves(self, clause: LabelledClause) -> bool:
        """Whether a clause may be trained on."""
        hidden = {family.group for family in self.families}
        return clause.group not in hidden and not self.names(clause.text)

    def names(self, text: str) -> bool:
        """Whether one of the terms stands in `text`."""
        plain = normalise(text).text
        return any(term in plain for term in self.terms)


def draw(families: Sequence[Family], clauses: Sequence[LabelledClause], seed: int) -> Draw:
    """A random third of the families that have terms of their own, those terms hidden."""
    terms = _own_terms(families, clauses)
    able = [family for family in families if terms[family.group]]
    chosen = random.Random(seed).sample(able, len(able) // _HIDDEN)
    return Draw(tuple(chosen), tuple(sorted({t for family in chosen for t in terms[family.group]})))


def _own_terms(families: Sequence[Family], clauses: Sequence[LabelledClause]) -> dict[str, list[str]]:
    """Group → the terms, normalised, that stand in its marked words and are not COMMON in other groups."""
    terms = {family.group: _marked_terms(family) for family in families}
    holders = _holders(sorted({term for own in terms.values() for term in own}), clauses)
    limit = COMMON * len(clauses)
    return {
        group: [t for t in own if sum(holders[t].values()) - holders[t][group] <= limit]
        for group, own in terms.items()
    }


def _marked_terms(family: Family) -> list[str]:
    marked = [normalise(_words(line, span)).text for line in clauses_of(family) for span in line.spans]
    return [t for t in (normalise(term).text for term in family.terms) if any(t in m for m in marked)]


def _holders(terms: Sequence[str], clauses: Sequence[LabelledClause]) -> dict[str, Counter[str]]:
    """Term → how many clauses of each group hold it."""
    found: dict[str, Counter[str]] = {term: Counter() for term in terms}
    matcher = AhoCorasick(terms, matchkind=MatchKind.Standard)
    for clause in clauses:
        for number in {match[0] for match in matcher.find_matches_as_indexes(clause.text, overlapping=True)}:
            found[terms[number]][clause.group] += 1
    return found


def _words(line: LabelledClause, span: LabelledSpan) -> str:
    return line.text[span.start : span.end]


def lexicon_without(hidden: Draw, output: Path) -> Lexicon:
    """The shipped lexicon as it would be had nobody thought of the hidden terms."""
    return Lexicon(hide_terms(shipped("lexicons"), hidden.terms, output), LawBook.load())


def lines_in_need(hidden: Draw, lexicon: Lexicon) -> list[GoldAd]:
    """The hidden families' lines: flagged ones with a hidden term that `lexicon` misses, and lawful ones."""
    lines = [line for family in hidden.families for line in clauses_of(family)]
    scanner = Scanner(lexicon, LawBook.load())
    found = scanner.scan_many(Ad(line.text) for line in lines)
    return [
        as_ad(line)
        for line, report in zip(lines, found, strict=True)
        if not line.spans
        or (not report.findings and any(hidden.names(_words(line, span)) for span in line.spans))
    ]


def measure_unforeseen(
    lexicon: Lexicon, classifier: Classifier, lines: Sequence[GoldAd]
) -> dict[str, Measured]:
    """System → its figures on `lines`; what --deep finds beyond the default is what the gate costs."""
    laws = LawBook.load()
    scanners = {
        LEXICON: Scanner(lexicon, laws),
        BOTH: Scanner(lexicon, laws, classifier),
        DEEP: Scanner(lexicon, laws, classifier, deep=True),
    }
    return {name: measure(System(name, scanning(scanner)), lines) for name, scanner in scanners.items()}
