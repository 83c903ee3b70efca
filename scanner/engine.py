"""The scanner: an ad in, a report out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from scanner import __version__
from scanner.ad import Ad
from scanner.decide.decide import Decider
from scanner.findings import AdReport, Finding, Versions
from scanner.law import LawBook
from scanner.lexicon import Hit, Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.text.normalise import normalise


class Scanner:
    """Scans ads with the lexicon. Build one with `load()` and keep it: it is costly to make, cheap to use."""

    def __init__(self, lexicon: Lexicon, laws: LawBook) -> None:
        self.lexicon = lexicon
        self.laws = laws
        self._matcher = Matcher(lexicon)
        self._decider = Decider(laws, lexicon.folder)

    @classmethod
    def load(cls, lexicons: Path | None = None) -> Scanner:
        """The scanner with the shipped lexicon and law, or with those in `lexicons`."""
        return cls(Lexicon.load(lexicons), LawBook.load(lexicons / "law" if lexicons else None))

    @cached_property
    def versions(self) -> Versions:
        """What a finding was made with."""
        return Versions(scanner=__version__, lexicon=self.lexicon.version, law=self.laws.version)

    def scan(self, ad: Ad) -> AdReport:
        """The findings of one ad, in order of appearance."""
        findings: list[Finding] = []
        for name, value in ad.parts():
            findings += self._scan_part(ad, name, value)
        digest = hashlib.sha256(ad.text.encode("utf-8", "surrogatepass")).hexdigest()
        return AdReport(ad.id, tuple(findings), digest, self.versions)

    def scan_many(self, ads: Iterable[Ad]) -> Iterator[AdReport]:
        """Reports in the order of `ads`, as they come."""
        return map(self.scan, ads)

    def _scan_part(self, ad: Ad, name: str, value: str) -> list[Finding]:
        if not self._matcher.may_hit(value):
            return []
        where, _, column = name.partition(".")
        label = f"{column}:" if column else ""
        copy = normalise(value)
        shown = normalise(label).text if label else ""
        hits = self._matcher.match(shown + copy.text, where)
        return self._decider.decide(ad, name, copy, _without_label(hits, len(shown)))


def _without_label(hits: list[Hit], length: int) -> list[Hit]:
    """Hits in a column's value: a column's name gives context (性别要求: 男) but is no part of the span."""
    if not length:
        return hits
    return [hit.shifted(length) for hit in hits if hit.end > length]
