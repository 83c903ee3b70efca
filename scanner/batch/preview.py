"""The first rows of a file, to be looked at before it is scanned."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scanner.ad import Ad
from scanner.batch.layout import SAMPLES, Layout
from scanner.batch.reading import ReadOptions
from scanner.batch.source import open_source
from scanner.errors import PingzhaoError
from scanner.findings import RowError

_MENDABLE = ("E106", "E114")


@dataclass(frozen=True, slots=True)
class Preview:
    """`rows` as they would be scanned; `problem` is what another mapping of columns can put right."""

    encoding: str
    layout: Layout | None
    rows: tuple[Ad | RowError, ...]
    problem: PingzhaoError | None


def preview(path: Path, options: ReadOptions, *, name: str = "") -> Preview:
    """The first rows of `path`, which is called `name`; its beginning is enough where it has one row a line.

    Raises PingzhaoError E101, E102, E107, E108, E110 or E113.
    """
    source = open_source(path, options, name=name)
    rows: list[Ad | RowError] = []
    problem = None
    with closing(iter(source)) as stream:
        try:
            rows.extend(islice(stream, SAMPLES))
        except PingzhaoError as error:
            if error.code not in _MENDABLE:
                raise
            problem = error
    return Preview(source.taken.encoding, source.taken.layout, tuple(rows), problem)
