"""Try a changed lexicon before it is in force: on all examples, and on ads that the service keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy.orm import Session

from api.lexicon.in_force import Entry
from api.lexicon.sample import Sampled, sample
from scanner import Scanner
from scanner.findings import AdReport, Finding
from scanner.lexicon import Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.selftest import Failure, failures

SECONDS = 20.0
"""How long a sample is read at most."""
SHOWN = 50
"""Places of each kind that are kept to be shown."""
_Place = tuple[str, int, int, str, str, str]


def failing_examples(lexicon: Lexicon, matcher: Matcher) -> list[Failure]:
    """The examples of all rules and vetoes that do not hold."""
    entries: Iterable[Entry] = [*lexicon.rules.values(), *lexicon.vetoes.values()]
    return [failure for entry in entries for failure in failures(matcher, entry)]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words in a stored ad that only one of two lexicons reports, or that both report otherwise."""

    version_id: str
    ad_id: str
    field: str
    start: int
    end: int
    category: str
    direction: str
    disposition: str


@dataclass(slots=True)
class Side:
    """What only one lexicon reports: how many findings in how many ads, and the first of them."""

    findings: int = 0
    ads: int = 0
    shown: list[Difference] = field(default_factory=list)

    def add(self, differences: list[Difference]) -> None:
        """Count those of one ad."""
        self.findings += len(differences)
        self.ads += bool(differences)
        self.shown += differences[: SHOWN - len(self.shown)]


@dataclass(slots=True)
class Comparison:
    """Two lexicons on a sample; `complete` is false where the time ran out before the sample did."""

    ads: int = 0
    complete: bool = True
    gained: Side = field(default_factory=Side)
    lost: Side = field(default_factory=Side)


def compare(session: Session, old: Scanner, new: Scanner, limit: int, seconds: float = SECONDS) -> Comparison:
    """What `new` reports and `old` does not, and the reverse, in up to `limit` ads."""
    found, end = Comparison(), monotonic() + seconds
    for chunk in sample(session, limit):
        if monotonic() > end:
            found.complete = False
            break
        ads = [one.ad for one in chunk]
        for one, before, after in zip(chunk, old.scan_many(ads), new.scan_many(ads), strict=True):
            found.gained.add(list(_only_in(one, after, before)))
            found.lost.add(list(_only_in(one, before, after)))
        found.ads += len(chunk)
    return found


def _only_in(one: Sampled, report: AdReport, other: AdReport) -> Iterator[Difference]:
    known = {_place(finding) for finding in other.findings}
    for finding in report.findings:
        if (place := _place(finding)) not in known:
            yield Difference(one.version_id, one.ad_id, *place)


def _place(finding: Finding) -> _Place:
    span = finding.spans[0]
    kind = finding.category.value, finding.direction.value, finding.disposition.value
    return span.field, span.start, span.end, *kind
