"""csv and tsv: quoted line ends, UTF-8, GB18030 or UTF-16, comma or tab."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from scanner.ad import Ad
from scanner.batch.grid import GridRow, read_grid
from scanner.batch.lines import LongLine, text_lines
from scanner.batch.reading import Reading
from scanner.findings import RowError
from scanner.text.decode import detect_encoding

_ROOM = 1 << 16  # for columns that are not scanned
SNIFFED_LINES = 10
"""The first lines, by which the delimiter is told."""


def read_table(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of a csv or tsv file, numbered as a spreadsheet shows the rows (the header is row 1).

    RowErrors: E104, E105, E109, E111. Raises PingzhaoError E101, E106 or E114.
    """
    encoding = detect_encoding(reading.stream, reading.options.encoding, by_line=True)
    reading.note_encoding(encoding)
    limit = 2 * reading.options.max_chars + _ROOM
    lines_from = partial(_lines_from, reading, encoding, limit)
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    lines = lines_from(0)
    head = list(islice(lines, SNIFFED_LINES))
    records = _Records(chain(head, lines), limit, lines_from)
    yield from read_grid(reading, _rows(reading, records, delimiter_of(head)))


def _lines_from(reading: Reading, encoding: str, limit: int, at: int) -> Iterator[str | LongLine]:
    """The file's lines after the first `at`."""
    reading.stream.seek(0)
    errors = "strict" if encoding.startswith("utf-16") else "surrogateescape"
    return islice(text_lines(reading.stream, encoding, limit, errors), at, None)


def delimiter_of(head: Sequence[str | LongLine]) -> str:
    """Tab or comma, whichever the first line that has either has more of."""
    for line in head:
        if isinstance(line, str) and ("\t" in line or "," in line):
            return "\t" if line.count("\t") > line.count(",") else ","
    return ","


def _rows(reading: Reading, records: _Records, delimiter: str) -> Iterator[GridRow | RowError]:
    reader = csv.reader(records, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        records.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reading.error("E111", number, detail="引号或换行不合 csv 格式")
            continue
        if records.unclosed:
            yield reading.error("E111", number, detail="引号没有闭合")
        elif records.cut:
            yield reading.oversize(number, records.size)
        elif _is_broken(cells):
            yield reading.error("E109", number, detail="有字节与文件编码不符")
        else:
            yield number, cells


def _is_broken(cells: list[str]) -> bool:
    """Whether a byte could not be decoded; surrogateescape leaves a lone surrogate there."""
    try:
        "".join(cells).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


class _Records:
    """Lines for csv.reader, which pulls as many as one record has. A record over `limit` is cut short.

    A quote that is still open where the file ends costs its own line: those below are read once more.
    `size` (code points), `cut` and `unclosed` tell of the record just read; `begin()` before each.
    """

    def __init__(
        self,
        lines: Iterator[str | LongLine],
        limit: int,
        lines_from: Callable[[int], Iterator[str | LongLine]],
    ) -> None:
        self._lines = lines
        self._limit = limit
        self._lines_from = lines_from
        self._taken = 0
        self.begin()

    def begin(self) -> None:
        """A new record starts with the next line."""
        self._first = self._taken
        self.size = self._quotes = 0
        self.cut = self.unclosed = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        inside = self._quotes % 2 == 1
        line = self._take()
        if line is None:
            raise StopIteration
        if isinstance(line, str) and self.size <= self._limit:
            return line
        self.cut = True
        while self._quotes % 2 and self._take() is not None:
            pass
        return '"\n' if inside else "\n"

    def _take(self) -> str | LongLine | None:
        """The next line; None at the end of the file."""
        line = next(self._lines, None)
        if line is None:
            self._rewind()
            return None
        self._taken += 1
        self.size += len(line) if isinstance(line, str) else line.size
        self._quotes += line.count('"') if isinstance(line, str) else line.quotes
        return line

    def _rewind(self) -> None:
        """Go back to the line below the one that opened the record, if there is one."""
        if self._taken > self._first:
            self.unclosed = True
            self._taken = self._first + 1
            self._lines = self._lines_from(self._taken)
