"""Split a job ad into clauses: line ends, sentence ends, numbered items, table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:\(?[一二三四五六七八九十]{1,3}[、)]|\(\d{1,2}\)|\d{1,2}[、)](?!\d)|(?<!\d)\d{1,2}\.(?![\d.])|[①-⑳❶-❿►◆●■★☆▪※])"
_BOUNDARY = re.compile(rf"[\n\r。!?！？\t|│]+|(?<![\d~(-])(?={_NUMBER})")


@dataclass(frozen=True, slots=True)
class Clause:
    """Half-open offsets of one clause in the segmented text."""

    start: int
    end: int


def segment(text: str) -> list[Clause]:
    """Clauses of normalised `text` in order; together they hold everything but the boundary marks."""
    clauses, start = [], 0
    for match in _BOUNDARY.finditer(text):
        if text[start : match.start()].strip():
            clauses.append(Clause(start, match.start()))
        start = match.end()
    if text[start:].strip():
        clauses.append(Clause(start, len(text)))
    return clauses
