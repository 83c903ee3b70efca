"""Cut clauses into the windows the classifier reads: short stretches that end where a reader pauses."""

from __future__ import annotations

import re

from scanner.text.segment import Clause, segment

MAX_CHARS = 62
"""Code points of normalised text in one window."""
SHORTEST = 4
"""Code points from which a window without a rule's hit is read: shorter ones (高中, 面议) say nothing by themselves,
and are left out of training."""
MAX_TOKENS = 128
"""Tokens of one window that the model reads, in training and at run time."""
_PAUSE = re.compile(r"[,、;:!?)\]】》」\s/|]")


def windows(text: str) -> list[Clause]:
    """The windows of normalised `text`, in order; blank ones are left out."""
    found: list[Clause] = []
    for clause in segment(text):
        start, end = clause
        while end - start > MAX_CHARS:
            cut = last_pause(text, start, _PAUSE)
            found += _trimmed(text, start, cut)
            start = cut
        found += _trimmed(text, start, end)
    return found


def last_pause(text: str, start: int, pause: re.Pattern[str]) -> int:
    """Where to cut what is longer than MAX_CHARS: behind the last pause in the second half, else at the limit."""
    half, limit = start + MAX_CHARS // 2, start + MAX_CHARS
    return max((match.end() for match in pause.finditer(text, half, limit)), default=limit)


def _trimmed(text: str, start: int, end: int) -> tuple[Clause, ...]:
    words = text[start:end]
    trimmed = words.strip()
    left = words.find(trimmed[0]) if trimmed else 0
    return (Clause(start + left, start + left + len(trimmed)),) if trimmed else ()
