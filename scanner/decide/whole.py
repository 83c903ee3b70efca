"""A whole ad rewritten: every clause that can be mended, mended; the rest as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scanner.ad import Ad
from scanner.decide.rewrite import mended_in
from scanner.findings import Disposition, Finding
from scanner.text.normalise import normalise
from scanner.text.segment import segment


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One string of the ad made lawful as far as taking words out can; `complete` if nothing is left to mend."""

    field: str
    text: str
    complete: bool


def rewritten(ad: Ad, findings: Sequence[Finding]) -> list[Rewritten]:
    """The strings of `ad` in which something was found that is not exempt."""
    faults = [finding for finding in findings if finding.disposition is not Disposition.EXEMPT]
    wrong = {finding.spans[0].field for finding in faults}
    return [
        _rewritten(name, value, [f for f in faults if f.spans[0].field == name])
        for name, value in ad.parts()
        if name in wrong
    ]


def _rewritten(name: str, value: str, faults: Sequence[Finding]) -> Rewritten:
    copy = normalise(value)
    text, mended = value, 0
    for clause in reversed(segment(copy.text)):
        start, end = copy.to_original(clause.start, clause.end)
        here = [fault for fault in faults if start <= fault.spans[0].start < end]
        clauses = {mended_in(fault.suggestion) for fault in here}
        if len(clauses) == 1 and (lawful := clauses.pop()):
            end = max(end, *(fault.spans[0].end for fault in here))
            text, mended = text[:start] + lawful + text[end:], mended + len(here)
    return Rewritten(name, text, complete=mended == len(faults))
