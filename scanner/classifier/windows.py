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
            cut = _last_pause(text, start, start + MAX_CHARS)
            found += _trimmed(text, start, cut)
            start = cut
        found += _trimmed(text, start, end)
    return found


def _last_pause(text: str, start: int, limit: int) -> int:
    """Where to cut: behind the last pause in the second half of the window, else at its limit."""
    half = start + MAX_CHARS // 2
    ends = [match.end() for match in _PAUSE.finditer(text, half, limit)]
    return ends[-1] if ends else limit


def _trimmed(text: str, start: int, end: int) -> tuple[Clause, ...]:
    words = text[start:end]
    trimmed = words.strip()
    left = words.find(trimmed[0]) if trimmed else 0
    return (Clause(start + left, start + left + len(trimmed)),) if trimmed else ()
