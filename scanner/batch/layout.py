"""How a file was taken: its encoding, its headers, what each column is, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.batch.columns import Columns

SAMPLES = 5
"""Rows kept to show what a column holds."""
_SAMPLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Layout:
    """One table, sheet or list of objects.

    `place` is what its rows call their source; `header_row` counts from 1, 0 where there is no such row.
    `samples` are the first rows, cells cut short. With `known` false no header was recognised, and this is the
    row that would be one.
    """

    place: str
    header_row: int
    headers: tuple[str, ...]
    columns: Columns
    samples: tuple[tuple[str, ...], ...]
    known: bool = True

    @classmethod
    def of(
        cls,
        place: str,
        header: tuple[int, Sequence[str]],
        columns: Columns,
        rows: Sequence[Sequence[str]],
        *,
        known: bool = True,
    ) -> Layout:
        """The layout under `header` (row number, cells), with the first of `rows`."""
        samples = tuple(tuple(cell[:_SAMPLE_CHARS] for cell in row) for row in rows[:SAMPLES])
        return cls(place, header[0], tuple(header[1]), columns, samples, known)


@dataclass(slots=True)
class Taken:
    """Filled while a file is read. `encoding` is "" for workbooks and until it is known.

    `layout` is the first whose header was recognised, else the first.
    """

    encoding: str = ""
    layout: Layout | None = None

    def meet(self, layout: Layout) -> None:
        """One more table."""
        if self.layout is None or (layout.known and not self.layout.known):
            self.layout = layout
