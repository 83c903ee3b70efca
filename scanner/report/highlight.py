"""Cut an ad's strings where findings begin and end, so that the words at fault can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scanner.ad import Ad
from scanner.findings import AdReport, Disposition, Finding, Span

_RANK = (Disposition.VIOLATION, Disposition.REVIEW, Disposition.EXEMPT)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same findings cover. Findings are told by number, from 1, as the report lists them.

    `ending` are the findings whose words end with this piece; `worst` is the gravest disposition, None for
    text that nothing covers; `covering` are all findings that do.
    """

    text: str
    ending: tuple[int, ...] = ()
    worst: Disposition | None = None
    covering: tuple[int, ...] = ()


def worst(findings: Sequence[Finding]) -> Disposition | None:
    """The gravest disposition among `findings`; None if there are none."""
    return min((finding.disposition for finding in findings), key=_RANK.index, default=None)


def highlighted(ad: Ad, report: AdReport, reach: int) -> list[tuple[str, list[Piece]]]:
    """Every scanned string of `ad` in pieces: (field name, pieces).

    Text without findings is cut to `reach` code points before and after the words at fault.
    """
    return [(name, _shortened(_pieces(value, report, name), reach)) for name, value in ad.parts()]


def excerpt(ad: Ad, span: Span, reach: int) -> tuple[str, str, str]:
    """The words before, at and after `span`, with up to `reach` code points on either side."""
    value = dict(ad.parts())[span.field]
    start, end = max(0, span.start - reach), span.end + reach
    before = ("…" if start else "") + value[start : span.start]
    after = value[span.end : end] + ("…" if end < len(value) else "")
    return before, span.quote, after


def _pieces(value: str, report: AdReport, field: str) -> list[Piece]:
    marks = [
        (span, number)
        for number, finding in enumerate(report.findings, 1)
        for span in finding.spans
        if span.field == field
    ]
    cuts = sorted({0, len(value), *(at for span, _ in marks for at in (span.start, span.end))})
    pieces = []
    for start, end in pairwise(cuts):
        over = [(span, number) for span, number in marks if span.start <= start and end <= span.end]
        ending = tuple(number for span, number in over if span.end == end)
        covering = tuple(sorted({number for _, number in over}))
        gravest = worst([report.findings[number - 1] for number in covering])
        pieces.append(Piece(value[start:end], ending, gravest, covering))
    return pieces


def _shortened(pieces: list[Piece], reach: int) -> list[Piece]:
    last = len(pieces) - 1
    return [
        piece
        if piece.worst
        else Piece(_gap(piece.text, reach if at else 0, reach if at < last else 0, reach))
        for at, piece in enumerate(pieces)
    ]


def _gap(text: str, head: int, tail: int, reach: int) -> str:
    """`text` between two marks, its middle left out if it is much longer than what is kept of it."""
    if not head and not tail:
        head = 2 * reach
    left_out = len(text) - head - tail
    if left_out <= reach:
        return text
    return f"{text[:head]} ……（略 {left_out} 字）…… {text[len(text) - tail :]}"
