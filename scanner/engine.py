"""The scanner: an ad in, a report out."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
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
from scanner.classifier.windows import cut, windows
from scanner.decide.decide import Decider
from scanner.decide.resolve import resolve
from scanner.findings import AdReport, Finding, Versions
from scanner.law import LawBook
from scanner.lexicon import Hit, Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.text.normalise import Normalised, normalise
from scanner.text.segment import Clause, touched

if TYPE_CHECKING:
    from scanner.classifier.model import Classifier
    from scanner.classifier.reading import Reading

CHUNK = 256
"""Ads whose windows the model reads together."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One scanned string on its way: its copy, what the rules hit, the windows that the model is to read."""

    name: str
    copy: Normalised
    hits: list[Hit]
    windows: list[Clause]


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
        self._matcher = Matcher(lexicon)
        self._decider = Decider(laws, self._matcher, classifier, lexicon.folder)
        self._background = ThreadPoolExecutor(1, "scanner")

    @classmethod
    def load(cls, lexicons: Path | None = None, *, model: bool | Path = True, deep: bool = False) -> Scanner:
        """The scanner with the shipped lexicon, law and model, or with those in `lexicons` and `model`.

        `model=False` leaves the lexicon alone; `deep=True` lets the model read every clause, not just those
        that its gate lets through. Raises PingzhaoError E301/E302 (lexicon), E401/E402 (model).
        """
        laws = LawBook.load(lexicons / "law" if lexicons else None)
        classifier = None
        if model:
            from scanner.classifier.model import Classifier

            classifier = Classifier.load(None if model is True else model)
        return cls(Lexicon.load(lexicons), laws, classifier, deep=deep)

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
        if not ad.fields and not self._may_find(f"{ad.title}\n{ad.text}"):
            return []
        parts = (self._part(name, value) for name, value in ad.parts())
        return [part for part in parts if part is not None]

    def _part(self, name: str, value: str) -> _Part | None:
        """The string prepared, or None where neither a rule nor the model could find anything."""
        if not self._may_find(value):
            return None
        where, _, column = name.partition(".")
        copy = normalise(value)
        label = normalise(f"{column}:").text if column else ""
        hits = resolve(_without_label(self._matcher.match(label + copy.text, where), len(label)))
        return _Part(name, copy, hits, self._windows(copy.text, hits) if self.classifier else [])

    def _may_find(self, raw: str) -> bool:
        """Whether a rule or the model could find anything in `raw`; False settles the matter, cheaply."""
        gated = self.classifier is not None and (self._deep or self.classifier.gate.may_open(raw))
        return gated or self._matcher.may_hit(raw)

    def _windows(self, text: str, hits: list[Hit]) -> list[Clause]:
        """What the model reads: every window, or those that hold a gram of the gate or a hit."""
        if self.classifier is None or self._deep:
            return windows(text)
        places = sorted([*self.classifier.gate.places(text), *(hit.start for hit in hits)])
        near = cut(text, touched(text, places))
        return [w for w in near if bisect_left(places, w.end) > bisect_left(places, w.start)]

    def _read(self, chunk: _Chunk) -> Mapping[str, Reading]:
        if self.classifier is None:
            return {}
        return self.classifier.read_many(
            part.copy.text[w.start : w.end] for _, parts in chunk for part in parts for w in part.windows
        )

    def _reports(self, chunk: _Chunk, reading: Future[Mapping[str, Reading]]) -> Iterator[AdReport]:
        readings = reading.result()
        for ad, parts in chunk:
            yield self._report(ad, parts, readings)

    def _report(self, ad: Ad, parts: list[_Part], readings: Mapping[str, Reading]) -> AdReport:
        findings: list[Finding] = []
        for part in parts:
            read = [(w, readings[part.copy.text[w.start : w.end]]) for w in part.windows]
            findings += self._decider.decide(ad, part.name, part.copy, part.hits, read)
        digest = hashlib.sha256(ad.text.encode("utf-8", "surrogatepass")).hexdigest()
        return AdReport(ad.id, tuple(findings), digest, self.versions)


def _without_label(hits: list[Hit], length: int) -> list[Hit]:
    """Hits in a column's value: a column's name gives context (性别要求: 男) but is no part of the span."""
    if not length:
        return hits
    return [hit.shifted(length) for hit in hits if hit.end > length]
