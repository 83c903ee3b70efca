"""From hits to findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.ad import Ad
from scanner.decide.exceptions import ExceptionBook, Surroundings
from scanner.decide.fusion import Evidence, WindowReading, fuse, statements
from scanner.decide.party import PartyBook
from scanner.decide.rewrite import fault, mend, mendable, suggest
from scanner.decide.weight import Weight
from scanner.findings import Direction, Finding, LegalBasis, Source, Span
from scanner.law import LawBook
from scanner.lexicon import Hit
from scanner.lexicon.matcher import Matcher
from scanner.text.normalise import Normalised, normalise, utf16_offsets
from scanner.text.segment import Clause

if TYPE_CHECKING:
    from scanner.classifier.model import Classifier
    from scanner.classifier.reading import ModelSpan

LONGEST = 300
"""Characters of a clause for which a rewrite is shown; one that is longer no reader would take in."""
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|[男女]")
_HIGHER_BAR = ("WL43.5", "WL83")


@dataclass(frozen=True, slots=True)
class _Part:
    """One scanned string of an ad with all that was hit in it.

    `utf16`: the UTF-16 offset of every place where the words of a hit begin or end.
    """

    ad: Ad
    field: str
    copy: Normalised
    around: Surroundings
    clauses: dict[Clause, list[Hit]]
    utf16: dict[int, int]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets in the normalised copy → half-open offsets in the original."""
        return self.copy.to_original(start, end)


class Decider:
    """Resolves overlaps, weighs exceptions, cites the law in force, suggests a rewrite."""

    def __init__(
        self,
        laws: LawBook,
        matcher: Matcher,
        classifier: Classifier | None = None,
        lexicons: Path | None = None,
    ) -> None:
        self._laws = laws
        self._matcher = matcher
        self._classifier = classifier
        self._says = statements(lexicons)
        self._exceptions = ExceptionBook.load(laws, lexicons)
        self._parties = PartyBook.load(lexicons)

    def decide(
        self, ad: Ad, field: str, copy: Normalised, hits: list[Hit], readings: Sequence[WindowReading] = ()
    ) -> list[Finding]:
        """Findings for one part of an ad; resolved `hits` and `readings` have offsets in `copy.text`."""

        def accepts(window: Clause, span: ModelSpan) -> bool:
            return self._accepts(copy.text[window.start : window.end], span)

        found = fuse(hits, readings, self._says, accepts)
        clauses: dict[Clause, list[Hit]] = {}
        for evidence in found:
            clauses.setdefault(evidence.hit.clause, []).append(evidence.hit)
        places = sorted({at for e in found for at in copy.to_original(e.hit.start, e.hit.end)})
        utf16 = dict(zip(places, utf16_offsets(copy.original, places), strict=True))
        part = _Part(ad, field, copy, Surroundings(ad, field, copy.text), clauses, utf16)
        mended = {clause: self._mended(part, clause) for clause in clauses}
        return [self._finding(part, evidence, mended[evidence.hit.clause]) for evidence in found]

    def _accepts(self, words: str, span: ModelSpan) -> bool:
        """Whether a span of the model stands on its own: words, sure enough, and no veto calls them lawful."""
        if self._classifier is None or span.score < self._classifier.threshold(span.category):
            return False
        if not _WORDS.search(words, span.start, span.end):
            return False
        lawful = self._matcher.lawful(words)
        return not any(start < span.end and span.start < end for start, end in lawful)

    def _finding(self, part: _Part, evidence: Evidence, mended: str) -> Finding:
        hit = evidence.hit
        span = _span(part, hit)
        hints = self._exceptions.hints(part.around, hit)
        weight = Weight.of(evidence, span.quote, part.copy.text[hit.clause.start : hit.clause.end], hints)
        return Finding(
            id=f"{part.field}:{span.start}-{span.end}:{hit.rule.category.value}",
            category=hit.rule.category,
            subtype=str(hit.rule.by_direction("subtype", hit.direction)),
            direction=hit.direction,
            disposition=weight.disposition,
            severity=weight.severity,
            confidence=self._confidence(evidence),
            spans=(span,),
            message=weight.message,
            legal_basis=self._basis(part.ad, hit, weight),
            exceptions=tuple(hints),
            suggestion=suggest(hit, mended, {hint.effect for hint in hints}),
            sources=self._sources(evidence),
        )

    def _mended(self, part: _Part, clause: Clause) -> str:
        """The clause without any words at fault; "" where it cannot be mended by taking words out."""
        hits = part.clauses[clause]
        if not 0 < clause.end - clause.start <= LONGEST or not all(map(mendable, hits)):
            return ""
        places = [part.offsets(hit.start, hit.end) for hit in hits]
        edges = [part.offsets(clause.start, clause.end), *places]
        first, last = min(start for start, _ in edges), max(end for _, end in edges)
        words = part.copy.original[first:last]
        faults = [fault(h, words, s - first, e - first) for h, (s, e) in zip(hits, places, strict=True)]
        mended = mend(words, faults)
        return "" if self._still_faulty(part.field, mended) else mended

    def _still_faulty(self, field: str, mended: str) -> bool:
        """Whether the rules find something in a rewrite as they would in the part itself."""
        where, _, column = field.partition(".")
        return bool(self._matcher.match(normalise(f"{column}：{mended}" if column else mended).text, where))

    def _sources(self, evidence: Evidence) -> tuple[Source, ...]:
        """The rule, the model where it read the clause, or both."""
        rule = (Source("rule", evidence.hit.rule.id),) if evidence.by_rule else ()
        if evidence.model is None or self._classifier is None:
            return rule
        return (*rule, Source("model", self._classifier.version, round(evidence.model, 4)))

    def _confidence(self, evidence: Evidence) -> float:
        """Calibrated where the model read the clause, else what the rule claims."""
        if evidence.model is None or self._classifier is None:
            return evidence.hit.rule.confidence
        if not evidence.by_rule:
            return round(evidence.model, 4)
        config = self._classifier.config
        return config.doubted if evidence.doubted else config.agreed

    def _basis(self, ad: Ad, hit: Hit, weight: Weight) -> tuple[LegalBasis, ...]:
        """What employer and publisher each breached, without repetition, in force on the ad's date."""
        if weight.outside:
            return ()
        named = hit.rule.by_direction("law", hit.direction)
        extra = tuple(named) if isinstance(named, list) else ()
        if hit.direction is Direction.BOTH:
            extra = tuple(ref for ref in extra if ref not in _HIGHER_BAR)
            extra += _HIGHER_BAR if weight.against_women else ()
        subtype = str(hit.rule.by_direction("subtype", hit.direction))
        found: dict[LegalBasis, None] = {}
        for party in self._parties.of(ad):
            cited = self._laws.basis(
                hit.rule.category, subtype, hit.direction, posted_on=ad.posted_on, party=party, extra=extra
            )
            found |= dict.fromkeys(cited)
        return tuple(found)


def _span(part: _Part, hit: Hit) -> Span:
    start, end = part.offsets(hit.start, hit.end)
    return Span(part.field, start, end, part.utf16[start], part.utf16[end], part.copy.original[start:end])
