"""What a corpus teaches the lexicon: wordings that only the model flags, and hits that the model doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.ad import Ad
from scanner.decide.fusion import DOUBT
from scanner.findings import AdReport, Category, Direction, Disposition, Finding, RowError
from scanner.report.writer import Unfiled
from scanner.text.normalise import normalise

CONTEXTS = 3
"""Contexts kept of each wording."""
_WIDTH = 20
_ENDS = re.compile(r"[\r\n\t。！？!?]+")


@dataclass(slots=True)
class Wording:
    """One wording in its normalised form, how often and in how many ads it stands, and the first contexts.

    `rule` is the rule that fired, "" where only the model found the words. In a context the words stand in
    square brackets.
    """

    words: str
    category: Category
    direction: Direction
    rule: str = ""
    count: int = 0
    ads: int = 0
    contexts: list[str] = field(default_factory=list)

    def add(self, context: str) -> None:
        """Count one more place."""
        self.count += 1
        if len(self.contexts) < CONTEXTS and context not in self.contexts:
            self.contexts.append(context)


_Key = tuple[str, Category, Direction, str]


class Miner(Unfiled):
    """A writer that writes nothing: it gathers wordings while `scanner.batch.run` feeds it."""

    def __init__(self) -> None:
        self._groups: dict[_Key, Wording] = {}

    def add(self, ad: Ad, report: AdReport) -> None:
        """Gather what one scanned ad shows."""
        parts = dict(ad.parts())
        seen = set()
        for finding in report.findings:
            if _teaches(finding):
                key = _key(finding)
                group = self._groups.setdefault(key, Wording(*key))
                group.add(_context(parts[finding.spans[0].field], finding))
                seen.add(key)
        for key in seen:
            self._groups[key].ads += 1

    def add_error(self, error: RowError) -> None:
        """A row that could not be scanned shows nothing."""

    def uncovered(self) -> list[Wording]:
        """What the model flags and no rule covers, the most frequent first."""
        return _ranked(group for group in self._groups.values() if not group.rule)

    def doubted(self) -> list[Wording]:
        """Where a rule fires and the model, which read the clause, sees nothing; the most frequent first."""
        return _ranked(group for group in self._groups.values() if group.rule)


def _teaches(finding: Finding) -> bool:
    """Whether only the model found the words, or found nothing in words that a rule reports."""
    rule, score = _rule(finding), _score(finding)
    if score is None or finding.disposition is Disposition.EXEMPT:
        return False
    return not rule or score < DOUBT


def _key(finding: Finding) -> _Key:
    words = normalise(finding.spans[0].quote).text
    return words, finding.category, finding.direction, _rule(finding)


def _rule(finding: Finding) -> str:
    return next((source.id for source in finding.sources if source.kind == "rule"), "")


def _score(finding: Finding) -> float | None:
    return next((source.score for source in finding.sources if source.kind == "model"), None)


def _context(text: str, finding: Finding) -> str:
    """The words with what stands around them in their sentence, in square brackets wherever they stand."""
    span = finding.spans[0]
    before = _ENDS.split(text[max(0, span.start - _WIDTH) : span.start])[-1]
    after = _ENDS.split(text[span.end : span.end + _WIDTH])[0]
    plain, quote = (words.translate(_NO_BRACKETS) for words in (before + span.quote + after, span.quote))
    return plain.strip().replace(quote, f"[{quote}]")


_NO_BRACKETS = str.maketrans("[]", "【】")


def _ranked(groups: Iterable[Wording]) -> list[Wording]:
    return sorted(groups, key=lambda group: (-group.ads, -group.count, group.category, group.words))
