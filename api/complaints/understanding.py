"""What the scanner's library says of a report, as JSON to store and to show; the one place that asks it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from pydantic import TypeAdapter

from api.cases.numbers import CHINA
from api.store.complaints import Complaint
from scanner.complaint.kinds import KindProposal, propose_kind
from scanner.complaint.routing import Notice, Route, look_back, route
from scanner.complaint.understanding import Understanding
from scanner.complaint.urgency import urgency

_UNDERSTANDING = TypeAdapter(Understanding)


class Reader(Protocol):
    """Reads a report; `scanner.complaint.reader.ComplaintReader` is the one that is shipped."""

    def read(self, text: str) -> Understanding:
        """What is understood of the text."""
        ...


class ShippedReader:
    """The shipped reader; its model is loaded by the first report."""

    @cached_property
    def _reader(self) -> Reader:
        from scanner.complaint.reader import ComplaintReader

        return ComplaintReader.load()

    def read(self, text: str) -> Understanding:
        """What is understood of the text."""
        return self._reader.read(text)


@dataclass(frozen=True, slots=True)
class Understood:
    """A report that was read."""

    understanding: Understanding
    text: str

    def told(self) -> dict[str, Any]:
        """The understanding as JSON."""
        found: dict[str, Any] = _UNDERSTANDING.dump_python(self.understanding, mode="json")
        return found

    @property
    def categories(self) -> list[str]:
        """Of the judgements, the surest first, each once."""
        return list(dict.fromkeys(one.category.value for one in self.understanding.judgements))

    def urgency(self, today: date, repeat_reports: int) -> dict[str, Any]:
        """Score, level, factors as JSON, with the sum in words; `repeat_reports`: earlier ones on the employer."""
        found = urgency(self.understanding, today=today, text=self.text, repeat_reports=repeat_reports)
        return asdict(found) | {"explanation": found.explanation}


def understand(reader: Reader, text: str) -> Understood:
    """Read a report, which must be masked: no model sees who made it."""
    return Understood(reader.read(text), text)


def understanding_of(complaint: Complaint) -> Understanding:
    """What was stored, as the library has it."""
    return _UNDERSTANDING.validate_python(complaint.understanding)


def routes_of(complaint: Complaint) -> tuple[Route, ...]:
    """The offices proposed for it, the competent one first."""
    return route(understanding_of(complaint), text=complaint.masked_text)


def kind_of(complaint: Complaint) -> KindProposal:
    """投诉 or 举报, as proposed; without a name or contact nobody can be told of an acceptance."""
    named = complaint.identity is not None and complaint.identity.named
    return propose_kind(understanding_of(complaint), anonymous=not named)


def look_back_of(complaint: Complaint) -> Notice | None:
    """That it may be too old to be pursued."""
    received = complaint.received_at.astimezone(CHINA).date()
    return look_back(understanding_of(complaint), today=received, text=complaint.masked_text)
