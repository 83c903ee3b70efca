"""What every reader is given: the file, the options, and how a row's trouble is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from scanner.ad import Ad
from scanner.batch.layout import Taken
from scanner.errors import PingzhaoError
from scanner.findings import RowError

if TYPE_CHECKING:
    from scanner.batch.columns import Columns


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read.

    `encoding` is used strictly if given; `mapping` is role → column name (see `parse_mapping`); `scanned` is
    column name → whether it is scanned under that name, for columns that have no role whatever they are called;
    a row whose scanned strings hold more than `max_chars` code points is refused with E105.
    """

    encoding: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    max_chars: int = 200_000
    scanned: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file being read. `name` is its `Ad.source`; `prefix` goes before a row number to make an id."""

    path: Path
    name: str
    stream: BinaryIO
    options: ReadOptions
    notes: list[str]
    prefix: str = ""
    taken: Taken = field(default_factory=Taken)

    def note(self, text: str) -> None:
        """Say something about this file in the report, once."""
        said = f"{self.name}：{text}"
        if said not in self.notes:
            self.notes.append(said)

    def note_encoding(self, encoding: str) -> None:
        """Say which encoding the file was read with."""
        self.taken.encoding = encoding.removesuffix("-sig")
        self.note(f"编码 {self.taken.encoding.upper()}")

    def columns(self, headers: Sequence[str], *, keep_unknown: bool) -> Columns:
        """What each column under `headers` is, as the options and the known names say (see `map_columns`)."""
        from scanner.batch.columns import map_columns  # brings pydantic, which --help does not need

        return map_columns(headers, self.options.mapping, self.options.scanned, keep_unknown=keep_unknown)

    def ad_id(self, row: int) -> str:
        """The id of an ad that brings none."""
        return f"{self.prefix}{row}"

    def error(self, code: str, row: int, ad_id: str = "", **values: object) -> RowError:
        """A row that cannot be scanned, with the catalogue's message."""
        message = PingzhaoError(code, row=row, **values).message
        return RowError(ad_id or self.ad_id(row), code, message, row, self.name)

    def oversize(self, row: int, size: int) -> RowError:
        """E105 for a row of `size` code points."""
        return self.error("E105", row, size=size, limit=self.options.max_chars)

    def checked(self, ad: Ad) -> Ad | RowError:
        """The ad itself, or E104 if it has nothing to scan, or E105 if it has too much."""
        row = ad.row or 0
        size = len(ad.text) + len(ad.title)
        if ad.fields:
            size += sum(map(len, ad.fields.values()))
        if size == 0:
            return self.error("E104", row, ad.id)
        if size > self.options.max_chars:
            return self.oversize(row, size)
        return ad
