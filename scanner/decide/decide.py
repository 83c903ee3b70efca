"""From hits to findings."""

from __future__ import annotations

from scanner.ad import Ad
from scanner.decide.exceptions import ExceptionBook
from scanner.decide.resolve import resolve
from scanner.decide.rewrite import suggest
from scanner.findings import Direction, Disposition, ExceptionHint, Finding, LegalBasis, Source, Span
from scanner.law import LawBook
from scanner.lexicon import Hit
from scanner.text.normalise import Normalised, utf16_offsets


class Decider:
    """Resolves overlaps, weighs exceptions, cites the law in force, suggests a rewrite."""

    def __init__(self, laws: LawBook) -> None:
        self._laws = laws
        self._exceptions = ExceptionBook.load()

    def decide(self, ad: Ad, field: str, copy: Normalised, hits: list[Hit]) -> list[Finding]:
        """Findings for one part of an ad; `hits` have offsets in `copy.text`."""
        return [self._finding(ad, field, copy, hit) for hit in resolve(hits)] if hits else []

    def _finding(self, ad: Ad, field: str, copy: Normalised, hit: Hit) -> Finding:
        rule, direction = hit.rule, hit.direction
        subtype = str(rule.by_direction("subtype", direction))
        span = _span(field, copy, hit)
        hints = self._exceptions.hints(ad, copy.text, hit, subtype)
        return Finding(
            id=f"{field}:{span.start}-{span.end}:{rule.category.value}",
            category=rule.category,
            subtype=subtype,
            direction=direction,
            disposition=_disposition(hit, hints),
            severity=str(rule.by_direction("severity", direction)),
            confidence=rule.confidence,
            spans=(span,),
            message=f"“{span.quote}”：{rule.message}",
            legal_basis=self._basis(ad, hit, subtype),
            exceptions=tuple(hints),
            suggestion=suggest(rule.rewrite, direction),
            sources=(Source("rule", rule.id),),
        )

    def _basis(self, ad: Ad, hit: Hit, subtype: str) -> tuple[LegalBasis, ...]:
        extra = hit.rule.by_direction("law", hit.direction) or ()
        return self._laws.basis(
            hit.rule.category,
            subtype,
            hit.direction,
            posted_on=ad.posted_on,
            extra=tuple(extra),  # type: ignore[arg-type]
        )


def _span(field: str, copy: Normalised, hit: Hit) -> Span:
    start, end = copy.to_original(hit.start, hit.end)
    utf16_start, utf16_end = utf16_offsets(copy.original, (start, end))
    return Span(field, start, end, utf16_start, utf16_end, copy.original[start:end])


def _disposition(hit: Hit, hints: list[ExceptionHint]) -> Disposition:
    """Cleared only by an exception that says `clear`; any other possible ground must be asked about."""
    if any(hint.effect in ("clear", "out_of_scope") for hint in hints):
        return Disposition.EXEMPT
    if hints or hit.rule.review:
        return Disposition.REVIEW
    return Disposition.VIOLATION


__all__ = ["Decider", "Direction"]
