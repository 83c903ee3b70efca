"""The quick reader: a weight for every short run of characters, summed up over a window.

It is so cheap that it reads every window of every ad. What it says decides which windows the network reads, and
is one half of the score of what the network finds there: each is right about wordings that the other misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

LONGEST = 3
"""Characters in a run, at most."""
BITS = 18
"""A run's place in the table is its hash of so many bits; runs that share a place share its weight."""
NOWHERE = 1 << BITS
"""The place of what is no run; its weight is 0."""
_EDGE = "\x00"
_STEP, _SPREAD = np.uint32(1000003), np.uint32(2654435769)
"""Odd multipliers: one tells the order of characters, the other scatters similar runs over the table."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (NOWHERE + 1,) and a bias, in log odds that the window is at fault.

    One that tells several labels has weights (NOWHERE + 1, labels) and a bias for each.
    """

    weights: Any
    bias: Any

    @classmethod
    def load(cls, file: Path) -> Linear:
        """What `save` wrote. Raises OSError, ValueError, KeyError for what it did not."""
        with np.load(file) as stored:
            return cls(stored["weights"].astype(np.float32), stored["bias"])

    def save(self, file: Path) -> None:
        """Write the table in half precision."""
        np.savez_compressed(file, weights=self.weights.astype(np.float16), bias=np.float32(self.bias))

    def scores(self, windows: Sequence[str]) -> Any:
        """The log odds of each window (windows,), or (windows, labels); no window may be an empty string."""
        places, sizes = runs(windows)
        worth = self.weights[places].sum(axis=0)
        sums = np.add.reduceat(worth, np.cumsum(sizes) - sizes)
        return (sums.T * scale(sizes)).T + self.bias


def runs(windows: Sequence[str]) -> tuple[Any, Any]:
    """Every run of 1 to LONGEST characters in `windows`, a window's end being a character too.

    (places of the runs that end at each character (LONGEST, characters), the characters of each window). What
    reaches beyond a window has the place NOWHERE.
    """
    text = _EDGE + "".join(f"{window}{_EDGE}" for window in windows)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    inside = codes != 0
    places = np.full((LONGEST, len(codes)), NOWHERE, np.int32)
    places[0][inside] = _places(codes, 1)[inside]
    pairs = codes[:-1] * _STEP ^ codes[1:]
    places[1, 1:] = _places(pairs, 2)
    triples = pairs[:-1] * _STEP ^ codes[2:]
    places[2, 2:][inside[1:-1]] = _places(triples, 3)[inside[1:-1]]
    return places[:, 1:], np.fromiter((len(window) + 1 for window in windows), np.int64, len(windows))


def scale(sizes: Any) -> Any:
    """1 / √ of the runs in windows of `sizes` characters, their end included."""
    return 1 / np.sqrt(LONGEST * sizes - 2.0)


def _places(run: Any, size: int) -> Any:
    return ((run + np.uint32(size)) * _SPREAD >> np.uint32(32 - BITS)).astype(np.int32)
