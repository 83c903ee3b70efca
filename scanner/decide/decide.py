"""From hits to findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scanner.ad import Ad
from scanner.decide.exceptions import ExceptionBook
from scanner.decide.party import PartyBook
from scanner.decide.resolve import resolve
from scanner.decide.rewrite import suggest
from scanner.decide.standards import raises_bar_for_women
from scanner.findings import Direction, Disposition, ExceptionHint, Finding, LegalBasis, Source, Span
from scanner.law import LawBook
from scanner.lexicon import Hit
from scanner.text.normalise import Normalised, utf16_offsets

_HIGHER_BAR = ("WL43.5", "WL83")


class Decider:
    """Resolves overlaps, weighs exceptions, cites the law in force, suggests a rewrite."""

    def __init__(self, laws: LawBook, lexicons: Path | None = None) -> None:
        self._laws = laws
        self._exceptions = ExceptionBook.load(laws, lexicons)
        self._parties = PartyBook.load(lexicons)

    def decide(self, ad: Ad, field: str, copy: Normalised, hits: list[Hit]) -> list[Finding]:
        """Findings for one part of an ad; `hits` have offsets in `copy.text`."""
        return [self._finding(ad, field, copy, hit) for hit in resolve(hits)] if hits else []

    def _finding(self, ad: Ad, field: str, copy: Normalised, hit: Hit) -> Finding:
        rule, direction = hit.rule, hit.direction
        subtype = str(rule.by_direction("subtype", direction))
        span = _span(field, copy, hit)
        hints = self._exceptions.hints(ad, copy.text, hit)
        return Finding(
            id=f"{field}:{span.start}-{span.end}:{rule.category.value}",
            category=rule.category,
            subtype=subtype,
            direction=direction,
            disposition=_disposition(hit, hints),
            severity=_severity(hit, hints),
            confidence=rule.confidence,
            spans=(span,),
            message=_message(hit, span, hints),
            legal_basis=self._basis(ad, hit, subtype, span.quote),
            exceptions=tuple(hints),
            suggestion=_suggestion(copy, hit, span),
            sources=(Source("rule", rule.id),),
        )

    def _basis(self, ad: Ad, hit: Hit, subtype: str, quote: str) -> tuple[LegalBasis, ...]:
        """What employer and publisher each breached, without repetition, in force on the ad's date."""
        named = hit.rule.by_direction("law", hit.direction)
        extra = tuple(named) if isinstance(named, list) else ()
        if hit.direction is Direction.BOTH and raises_bar_for_women(quote):
            extra += _HIGHER_BAR
        found: dict[LegalBasis, None] = {}
        for party in self._parties.of(ad):
            cited = self._laws.basis(
                hit.rule.category, subtype, hit.direction, posted_on=ad.posted_on, party=party, extra=extra
            )
            found |= dict.fromkeys(cited)
        return tuple(found)


def _span(field: str, copy: Normalised, hit: Hit) -> Span:
    start, end = copy.to_original(hit.start, hit.end)
    utf16_start, utf16_end = utf16_offsets(copy.original, (start, end))
    return Span(field, start, end, utf16_start, utf16_end, copy.original[start:end])


def _disposition(hit: Hit, hints: Sequence[ExceptionHint]) -> Disposition:
    """Cleared only by an exception that says so; any other possible ground must be asked about."""
    effects = {hint.effect for hint in hints}
    if effects & {"clear", "out_of_scope"}:
        return Disposition.EXEMPT
    if effects & {"review", "downgrade"} or hit.rule.review:
        return Disposition.REVIEW
    return Disposition.VIOLATION


def _severity(hit: Hit, hints: Sequence[ExceptionHint]) -> str:
    if any(hint.effect == "downgrade" for hint in hints):
        return "S3"
    return str(hit.rule.by_direction("severity", hit.direction))


def _message(hit: Hit, span: Span, hints: Sequence[ExceptionHint]) -> str:
    parts = [f"“{span.quote}”{hit.rule.message}", hit.rule.review]
    parts += [f"所称理由不成立（{hint.name}）" for hint in hints if hint.effect == "none"]
    return "；".join(part for part in parts if part)


def _suggestion(copy: Normalised, hit: Hit, span: Span) -> str:
    """The rewrite, made on the clause's original characters."""
    if hit.clause.start >= hit.clause.end:
        return hit.rule.rewrite
    start, end = copy.to_original(hit.clause.start, hit.clause.end)
    start, end = min(start, span.start), max(end, span.end)
    return suggest(hit, copy.original[start:end].strip("\r\n"), span.start - start, span.end - start)
