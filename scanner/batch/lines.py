"""Lines of a text stream in bounded memory, however long a line is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line that was read past: its length in code points and its double quotes."""

    size: int
    quotes: int


def text_lines(
    stream: BinaryIO, encoding: str, limit: int, errors: str = "strict"
) -> Iterator[str | LongLine]:
    """Lines with their ends as they stand; in place of a line over `limit` code points a LongLine.

    `stream` stays open. Raises UnicodeError where `errors` is strict.
    """
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    try:
        yield from _bounded(iter(lambda: text.readline(_PIECE), ""), limit)
    finally:
        text.detach()


def _bounded(pieces: Iterator[str], limit: int) -> Iterator[str | LongLine]:
    held: list[str] = []
    size = quotes = 0
    for piece in pieces:
        size += len(piece)
        quotes += piece.count('"')
        if size <= limit:
            held.append(piece)
        if piece.endswith(("\n", "\r")):
            yield "".join(held) if size <= limit else LongLine(size, quotes)
            held.clear()
            size = quotes = 0
    if size:
        yield "".join(held) if size <= limit else LongLine(size, quotes)
