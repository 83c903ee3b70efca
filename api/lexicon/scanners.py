"""The scanner of the lexicon in force, replaced while the service runs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from pydantic import ValidationError

from api.lexicon.in_force import Entry, drafts_of, entry_of, newest_number
from api.store.engine import Store
from api.store.rules import RuleDraft
from scanner import Scanner
from scanner.lexicon import Lexicon

LOOK_SECONDS = 1.0
"""How long a version is taken to be in force before the database is asked again."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """A scanner, the number of its version, and the ids of rules whose change no longer fits, with the reason."""

    scanner: Scanner
    number: int = 0
    left_out: Mapping[str, str] = field(default_factory=dict)


class Scanners:
    """Gives the scanner of the version in force. Any number of threads may ask.

    A scan keeps the scanner that it began with; the next one gets the new one.
    """

    def __init__(self, store: Store, shipped: Scanner) -> None:
        self.shipped = shipped
        self._store = store
        self._held = Held(shipped)
        self._until = 0.0
        self._lock = Lock()

    def current(self) -> Held:
        """The one in force, as of the last second. While another is being made, the old one answers."""
        if monotonic() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._held

    def renewed(self) -> Held:
        """The one in force now."""
        with self._lock:
            self._look()
            return self._held

    def _look(self) -> None:
        with self._store.reading() as session:
            number = newest_number(session)
            if number != self._held.number:
                self._held = self._made(number, drafts_of(session, number).values())
        self._until = monotonic() + LOOK_SECONDS

    def _made(self, number: int, drafts: Iterable[RuleDraft]) -> Held:
        entries, left_out = fitting(self.shipped.lexicon, drafts)
        for rule_id, problem in left_out.items():
            _log.warning("a change of the lexicon does not fit", extra={"rule": rule_id, "problem": problem})
        scanner = self.shipped
        if entries:
            scanner = scanner.with_lexicon(scanner.lexicon.changed(entries))
        _log.info("lexicon in force", extra={"number": number, "version": scanner.versions.lexicon})
        return Held(scanner, number, left_out)


def fitting(lexicon: Lexicon, drafts: Iterable[RuleDraft]) -> tuple[list[Entry], dict[str, str]]:
    """What of the drafts can be used over this shipped lexicon, and why the rest cannot, by the id of the rule.

    After an update a rule may name a term set that is gone: that rule stays as it is shipped, and people are
    told, rather than that no ad can be scanned.
    """
    entries: list[Entry] = []
    left_out: dict[str, str] = {}
    for draft in drafts:
        try:
            entry = entry_of(draft)
        except ValidationError:
            left_out[draft.rule_id] = "不符合现在的规则格式"
            continue
        faults = lexicon.faults_of_change(entry)
        if faults:
            left_out[draft.rule_id] = f"{faults[0].problem}。{faults[0].cure}"
        else:
            entries.append(entry)
    return entries, left_out
