"""Split a job ad into clauses: line ends, sentence ends, numbered items, table cells.

A ； does not part clauses: standards and quotas for the sexes stand on both its sides (男20-45岁；女20-40岁).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ENDS = "\n\r。!?\t|│"
_COUNT = "一二三四五六七八九十"
_SIGNS = "①-⑳❶-❿⑴-⒇►▶➤◆◇●■□★☆▪※✅☑✔✓🔥👉📌⭐🌟💥💰🔴🔹🔸"
_IN_QUOTA = "".join(
    rf"(?<!\([男女]{between}.)"
    for between in ("", r"\d[男女]", r"\d\d[男女]", r"\d[,、;/][男女]", r"\d\d[,、;/][男女]")
)
_BOUNDARY = re.compile(
    rf"""
    [{_ENDS}{_SIGNS}{_COUNT}(\d]        # one set first, so that all other characters are skipped fast
    (?: (?<=[{_ENDS}]) [{_ENDS}]*       # 。 and line ends part clauses and belong to none
    | (?<![\d~(\-].)                    # not inside 18-30、 or (1)
      {_IN_QUOTA}                        # nor in (男1女1)
      (?: (?<=[{_SIGNS}])
      |   (?<=\() (?: [{_COUNT}]{{1,3}}[、)] | \d{{1,2}}\) )
      |   (?<=[{_COUNT}]) [{_COUNT}]{{0,2}} [、)]
      |   (?<=\d) \d? (?: [、)](?!\d(?!\d\ ?(?:[-~至到岁周]))) | \.(?![\d.]) )
      )
    )""",
    re.VERBOSE,
)


class Clause(NamedTuple):
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


def touched(text: str, places: Iterable[int]) -> Iterator[Clause]:
    """The clauses of the lines of `text` in which one of `places` (ascending offsets) lies, in order."""
    done = 0
    for at in places:
        if at < done:
            continue
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        done = len(text) if end < 0 else end
        for clause in segment(text[start:done]):
            yield Clause(clause.start + start, clause.end + start)
