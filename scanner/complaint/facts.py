"""Who, where, when: the facts of a report, tagged character by character by a conditional random field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from scanner.complaint.names import endings
from scanner.complaint.understanding import Fact

FILE = "facts.crfsuite"
OUTSIDE = "O"
_AROUND = range(-3, 4)
_FAR = 8
_EDGE = "\x00"


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """Half-open offsets of the words in normalised text, and what they are."""

    start: int
    end: int
    kind: Fact


class FactTagger:
    """Finds facts in normalised text; the model in `folder` is loaded on first use; threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tagging = Lock()

    def tag(self, text: str) -> list[MarkedFact]:
        """The facts in order."""
        if not text:
            return []
        with self._tagging:
            tags = self._tagger.tag(features(text))
        return list(_marked(tags))

    @cached_property
    def _tagger(self) -> Any:
        import pycrfsuite

        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(self._content)
        return tagger

    @cached_property
    def _content(self) -> bytes:
        """The model; the library reads it in place, so it must live as long as the tagger."""
        return (self._folder / FILE).read_bytes()


def tag_of(kind: Fact, *, begins: bool) -> str:
    """The tag of a character that belongs to a fact."""
    return f"{'B' if begins else 'I'}-{kind}"


def features(text: str) -> list[list[str]]:
    """What is known of each character: those around it, and where names end."""
    ends, starts = _endings_in(text)
    distance = _to_next(ends)
    padded = _EDGE * 4 + text + _EDGE * 5
    return [
        [
            *(f"{k}:{padded[at + 4 + k]}" for k in _AROUND),
            *(f"b{k}:{padded[at + 4 + k : at + 6 + k]}" for k in range(-3, 3)),
            *(f"t{k}:{padded[at + 4 + k : at + 7 + k]}" for k in range(-4, 2)),
            *(f"y{k}:{_sort(padded[at + 4 + k])}" for k in (-1, 0, 1)),
            f"e:{ends[at]}",
            f"p:{ends[at - 1] if at else 0}",
            f"s:{starts[at]}",
            f"d:{min(distance[at], _FAR)}",
        ]
        for at in range(len(text))
    ]


def _endings_in(text: str) -> tuple[list[int], list[int]]:
    """The length of the longest ending that ends, and that starts, at each character; 0 where none does."""
    ends, starts = [0] * len(text), [0] * len(text)
    for word in endings():
        at = text.find(word)
        while at >= 0:
            last = at + len(word) - 1
            ends[last] = max(ends[last], len(word))
            starts[at] = max(starts[at], len(word))
            at = text.find(word, at + 1)
    return ends, starts


def _to_next(ends: list[int]) -> list[int]:
    """How many characters it is to the next end of a name."""
    distance, found = _FAR, [0] * len(ends)
    for at in range(len(ends) - 1, -1, -1):
        distance = 0 if ends[at] else distance + 1
        found[at] = distance
    return found


def _sort(char: str) -> str:
    if char.isdigit():
        return "digit"
    if char.isascii() and char.isalpha():
        return "letter"
    return "word" if char.isalnum() else "mark"


def _marked(tags: list[str]) -> Iterator[MarkedFact]:
    start = None
    for at, tag in enumerate([*tags, OUTSIDE]):
        if start is not None and tag != f"I{tags[start][1:]}":
            yield MarkedFact(start, at, Fact(tags[start][2:]))
            start = None
        if start is None and tag != OUTSIDE:
            start = at
