"""Split a job ad into clauses: line ends, sentence ends, numbered items, table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = "\n\r。!?\t|│"
_COUNT = "一二三四五六七八九十"
_SIGNS = "①-⑳❶-❿►◆●■★☆▪※"
_BOUNDARY = re.compile(
    rf"""
    [{_ENDS}{_SIGNS}{_COUNT}(\d]        # one set first, so that all other characters are skipped fast
    (?: (?<=[{_ENDS}]) [{_ENDS}]*       # 。 and line ends part clauses and belong to none
    | (?<![\d~(\-].)                    # not inside 18-30、 or (1)
      (?: (?<=[{_SIGNS}])
      |   (?<=\() (?: [{_COUNT}]{{1,3}}[、)] | \d{{1,2}}\) )
      |   (?<=[{_COUNT}]) [{_COUNT}]{{0,2}} [、)]
      |   (?<=\d) \d? (?: [、)](?!\d) | \.(?![\d.]) )
      )
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Half-open offsets of one clause in the segmented text."""

    start: int
    end: int


def segment(text: str) -> list[Clause]:
    """Clauses of normalised `text` in order; together they hold everything but the marks that end one.

    A number or sign that opens an item stays with its item.
    """
    clauses, start = [], 0
    for match in _BOUNDARY.finditer(text):
        if text[start : match.start()].strip():
            clauses.append(Clause(start, match.start()))
        start = match.end() if text[match.start()] in _ENDS else match.start()
    if text[start:].strip():
        clauses.append(Clause(start, len(text)))
    return clauses
