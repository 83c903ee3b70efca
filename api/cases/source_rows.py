"""The very bytes of single rows of an uploaded file, where its format keeps a row's bytes together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from scanner.batch.source import suffix_of
from scanner.batch.tables import SNIFFED_LINES, delimiter_of

_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv")


def row_bytes(path: Path, name: str, wanted: Iterable[int]) -> dict[int, bytes]:
    """Row number → its bytes, for those of the `wanted` rows that can be had; read once, in flat memory.

    `name` tells the type, numbers are the readers' own. Workbooks and pages give nothing; of UTF-16 what comes
    is no row, so look into what you get.
    """
    kind, numbers = suffix_of(name), set(wanted)
    if kind not in _LINES + _TABLES or not numbers:
        return {}
    with path.open("rb") as stream:
        rows = enumerate(stream if kind in _LINES else _records(stream), 1)
        return {number: row for number, row in islice(rows, max(numbers)) if number in numbers}


def _records(stream: BinaryIO) -> Iterator[bytes]:
    """The records of a table. Its quotes, commas and line ends are no part of a character in UTF-8 or GB18030,
    so that Latin-1, which knows every byte, cuts it alike."""
    lines = io.TextIOWrapper(stream, "latin-1", newline="")
    head = list(islice(lines, SNIFFED_LINES))
    held: list[str] = []

    def taken() -> Iterator[str]:
        for line in chain(head, lines):
            held.append(line)
            yield line

    with suppress(csv.Error):
        for _ in csv.reader(taken(), delimiter=delimiter_of(head)):
            yield "".join(held).encode("latin-1")
            held.clear()
