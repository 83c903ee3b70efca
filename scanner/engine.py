"""The scanner: an ad in, a report out."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scanner import __version__
from scanner.ad import Ad
from scanner.classifier.windows import windows
from scanner.decide.decide import Decider
from scanner.decide.resolve import resolve
from scanner.findings import AdReport, Finding, Versions
from scanner.law import LawBook
from scanner.lexicon import Hit, Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.text.normalise import Normalised, normalise
from scanner.text.segment import Clause

if TYPE_CHECKING:
    from scanner.classifier.model import Classifier
    from scanner.classifier.reading import Reading

CHUNK = 1024
"""Ads whose windows the model reads together."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One scanned string on its way: its copy, what the rules hit, the windows that the model reads."""

    name: str
    copy: Normalised
    hits: list[Hit]
    windows: list[tuple[Clause, str]]
    """Where they lie in the copy, and their words."""

    def is_hit(self, window: Clause) -> bool:
        """Whether a hit lies in the window, if only in part."""
        return any(hit.start < window.end and window.start < hit.end for hit in self.hits)


_Chunk = list[tuple[Ad, list[_Part]]]
"""Ads with their prepared parts."""


class Scanner:
    """Scans ads. Build one with `load()` and keep it: it is costly to make, cheap to use."""

    def __init__(
        self,
        lexicon: Lexicon,
        laws: LawBook,
        classifier: Classifier | None = None,
        *,
        deep: bool = False,
    ) -> None:
        self.lexicon = lexicon
        self.laws = laws
        self.classifier = classifier
        self._deep = deep
        self.matcher = Matcher(lexicon)
        self._decider = Decider(laws, self.matcher, classifier, lexicon.folder)
        self._background = ThreadPoolExecutor(1, "scanner")

    @classmethod
    def load(cls, lexicons: Path | None = None, *, model: bool | Path = True, deep: bool = False) -> Scanner:
        """The scanner with the shipped lexicon, law and model, or with those in `lexicons` and `model`.

        `model=False` leaves the lexicon alone; `deep=True` lets the network read all but the clauses that
        hold no trace of a fault, at twice the cost. Raises PingzhaoError E301/E302 (lexicon), E401/E402 (model).
        """
        laws = LawBook.load(lexicons / "law" if lexicons else None)
        classifier = None
        if model:
            from scanner.classifier.model import Classifier

            classifier = Classifier.load(None if model is True else model)
        return cls(Lexicon.load(lexicons), laws, classifier, deep=deep)

    def with_lexicon(self, lexicon: Lexicon) -> Scanner:
        """The same law, model and depth over another lexicon."""
        return Scanner(lexicon, self.laws, self.classifier, deep=self._deep)

    @cached_property
    def versions(self) -> Versions:
        """What a finding was made with."""
        model = self.classifier.version if self.classifier else None
        return Versions(__version__, self.lexicon.version, self.laws.version, model)

    def scan(self, ad: Ad) -> AdReport:
        """The findings of one ad, in order of appearance."""
        return next(self.scan_many((ad,)))

    def scan_many(self, ads: Iterable[Ad]) -> Iterator[AdReport]:
        """Reports in the order of `ads`; up to twice CHUNK ads are held: the model reads one chunk while the
        rules read the next."""
        stream = iter(ads)
        waiting: deque[tuple[_Chunk, Future[Mapping[str, Reading]]]] = deque()
        while chunk := [(ad, self._prepared(ad)) for ad in islice(stream, CHUNK)]:
            waiting.append((chunk, self._background.submit(self._read, chunk)))
            if len(waiting) > 1:
                yield from self._reports(*waiting.popleft())
        for read in waiting:
            yield from self._reports(*read)

    def _prepared(self, ad: Ad) -> list[_Part]:
        if self.classifier is None and not ad.fields and not self.matcher.may_hit(f"{ad.title}\n{ad.text}"):
            return []
        parts = (self._part(name, value) for name, value in ad.parts())
        return [part for part in parts if part is not None]

    def _part(self, name: str, value: str) -> _Part | None:
        """The string prepared, or None where neither a rule nor the model could find anything."""
        may_hit = self.matcher.may_hit(value)
        if self.classifier is None and not may_hit:
            return None
        copy = normalise(value)
        hits = self._hits(name, copy.text) if may_hit else []
        return _Part(name, copy, hits, self._windows(copy.text))

    def _windows(self, text: str) -> list[tuple[Clause, str]]:
        return [(w, text[w.start : w.end]) for w in windows(text)] if self.classifier else []

    def _hits(self, name: str, text: str) -> list[Hit]:
        where, _, column = name.partition(".")
        label = normalise(f"{column}:").text if column else ""
        return resolve(_without_label(self.matcher.match(label + text, where), len(label)))

    def _read(self, chunk: _Chunk) -> Mapping[str, Reading]:
        """The network's reading of the windows that hold a hit or a trace of a fault."""
        if self.classifier is None:
            return {}
        parts = [part for _, parts in chunk for part in parts]
        hit = [words for part in parts if part.hits for w, words in part.windows if part.is_hit(w)]
        distinct = dict.fromkeys(words for part in parts for _, words in part.windows)
        return self.classifier.read_many([*hit, *self.classifier.worth_reading([*distinct], deep=self._deep)])

    def _reports(self, chunk: _Chunk, reading: Future[Mapping[str, Reading]]) -> Iterator[AdReport]:
        readings = reading.result()
        for ad, parts in chunk:
            yield self._report(ad, parts, readings)

    def _report(self, ad: Ad, parts: list[_Part], readings: Mapping[str, Reading]) -> AdReport:
        findings: list[Finding] = []
        for part in parts:
            read = [(w, readings[words]) for w, words in part.windows if words in readings]
            if part.hits or read:
                findings += self._decider.decide(ad, part.name, part.copy, part.hits, read)
        digest = hashlib.sha256(ad.text.encode("utf-8", "surrogatepass")).hexdigest()
        return AdReport(ad.id, tuple(findings), digest, self.versions)


def _without_label(hits: list[Hit], length: int) -> list[Hit]:
    """Hits in a column's value: a column's name gives context (性别要求: 男) but is no part of the span."""
    if not length:
        return hits
    return [hit.shifted(length) for hit in hits if hit.end > length]
