"""Cut clauses into the windows the classifier reads: short stretches that end where a reader pauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scanner.text.segment import Clause, segment

MAX_CHARS = 62
"""Code points of normalised text in one window."""
MAX_TOKENS = 128
"""Tokens of one window that the model reads, in training and at run time."""
_PAUSE = re.compile(r"[,、;:!?)\]】》」\s/|]")


def windows(text: str) -> list[Clause]:
    """The windows of normalised `text`, in order; blank ones are left out."""
    return list(cut(text, segment(text)))


def cut(text: str, clauses: Iterable[Clause]) -> Iterable[Clause]:
    """Each clause as one window, or as several where it is longer than MAX_CHARS."""
    for clause in clauses:
        start = clause.start
        while clause.end - start > MAX_CHARS:
            end = _last_pause(text, start, start + MAX_CHARS)
            yield from _trimmed(text, start, end)
            start = end
        yield from _trimmed(text, start, clause.end)


def _last_pause(text: str, start: int, limit: int) -> int:
    """Where to cut: behind the last pause in the second half of the window, else at its limit."""
    half = start + MAX_CHARS // 2
    ends = [match.end() for match in _PAUSE.finditer(text, half, limit)]
    return ends[-1] if ends else limit


def _trimmed(text: str, start: int, end: int) -> Iterable[Clause]:
    words = text[start:end]
    if words.strip():
        left = len(words) - len(words.lstrip())
        yield Clause(start + left, start + len(words.rstrip()))
