"""One recruitment ad as it enters the scanner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Ad:
    """A recruitment ad: free text, a title and the structured fields of the board it came from.

    `fields` maps a column's own name (性别要求) to its value; `posted_on` decides which law was in force.
    Offsets of findings count code points in exactly these strings. `source` and `row` (from 1) say where
    a reader found it.
    """

    text: str
    title: str = ""
    id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    employer: str = ""
    publisher: str = ""
    url: str = ""
    posted_on: date | None = None
    source: str = ""
    row: int | None = None

    def parts(self) -> list[tuple[str, str]]:
        """The scanned strings as (field name, value); field names are `title`, `text`, `fields.<name>`."""
        named = [("title", self.title), ("text", self.text)]
        named += [(f"fields.{name}", value) for name, value in self.fields.items()]
        return [(name, value) for name, value in named if value]
