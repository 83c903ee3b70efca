"""Cut a report into the passages that the complaint model reads: whole sentences, as many as fit."""

from __future__ import annotations

import re

from scanner.classifier.windows import MAX_CHARS, last_pause
from scanner.text.segment import Clause

_ENDS = re.compile(r"[。!?;\n]+")
_PAUSE = re.compile(r"[,、: ]")


def passages(text: str) -> list[Clause]:
    """The passages of normalised `text`, in order; together they hold all but its blanks."""
    packed: list[Clause] = []
    for start, end in _pieces(text):
        if packed and end - packed[-1].start <= MAX_CHARS:
            packed[-1] = Clause(packed[-1].start, end)
        else:
            packed.append(Clause(start, end))
    return packed


def _pieces(text: str) -> list[Clause]:
    """The sentences; what is too long for a passage is cut at a pause (speech has no full stops)."""
    found, start = [], 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        while end - start > MAX_CHARS:
            cut = last_pause(text, start, _PAUSE)
            found.append(Clause(start, cut))
            start = cut
        found.append(Clause(start, end))
        start = end
    return [piece for piece in found if text[piece.start : piece.end].strip()]
