"""The shipped complaint model: what each passage of a report tells, and by which of its words.

Three readers: a network that marks words (its label head only helps it to learn), a quick reader of labels with a
weight for every run of characters, and a tagger of facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from scanner.classifier.linear import Linear
from scanner.classifier.network import Network, NetworkConfig, verified
from scanner.complaint.facts import FactTagger, MarkedFact
from scanner.complaint.labels import KINDS, LABELS, Kind, Label
from scanner.paths import shipped

_BATCH = 32
_MARKED = 0.5
"""From this probability on a character is marked."""
_SHORTEST = 2
"""Characters that tell something; a single one is a slip."""


class ComplaintConfig(NetworkConfig):
    """models/complaint/config.json: also from which probability on a label counts."""

    thresholds: dict[str, float] = Field(default={})
    scope: float = 0.5
    """A report is in scope from this probability of any wrong on."""


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words of a passage that tell one kind of thing: half-open offsets in it, and how sure (0 to 1)."""

    start: int
    end: int
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What one passage tells: labels by the quick reader, kinds of words by the network, and the marked words."""

    labels: dict[Label, float]
    kinds: dict[Kind, float]
    """The probability of each kind at its surest character."""
    words: tuple[MarkedWords, ...]


class ComplaintModel:
    """Reads passages of normalised text."""

    def __init__(self, folder: Path, config: ComplaintConfig) -> None:
        self.config = config
        self._folder = folder
        self._network = Network(folder)
        self._facts = FactTagger(folder)

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> ComplaintModel:
        """The shipped model, or the one in `folder`, checksums verified. Raises PingzhaoError E401/E402."""
        place = folder or shipped("models") / "complaint"
        return ComplaintModel(place, verified(place, ComplaintConfig))

    def threshold(self, label: Label) -> float:
        """The least probability at which a label counts."""
        return self.config.thresholds.get(label.value, 0.5)

    def read_many(self, passages: Sequence[str]) -> list[PassageReading]:
        """The reading of each passage, in their order."""
        found: list[PassageReading] = []
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            encoded = self._network.encode(batch)
            tags, _ = self._network.logits(encoded)
            labels = self._quick.scores(batch)
            found += [_reading(*row) for row in zip(tags, labels, encoded, strict=True)]
        return found

    def most_telling(self, label: Label, texts: Sequence[str]) -> int:
        """Which of `texts` tells `label` most, by the quick reader; none may be empty."""
        return int(self._quick.scores(texts)[:, LABELS.index(label)].argmax())

    def facts(self, text: str) -> list[MarkedFact]:
        """The facts in normalised `text`, in order."""
        return self._facts.tag(text)

    @cached_property
    def _quick(self) -> Linear:
        return Linear.load(self._folder / "linear.npz")


def _reading(tags: Any, labels: Any, encoded: Any) -> PassageReading:
    at = [i for i, (left, right) in enumerate(encoded.offsets) if left < right]
    odds = np.exp(tags[at] - tags[at].max(axis=-1, keepdims=True))
    chances = odds / odds.sum(axis=-1, keepdims=True)
    of_kind = chances[:, 1::2] + chances[:, 2::2]
    offsets = [encoded.offsets[i] for i in at]
    return PassageReading(
        dict(zip(LABELS, (1 / (1 + np.exp(-labels))).tolist(), strict=True)),
        dict(zip(KINDS, of_kind.max(axis=0, initial=0.0).tolist(), strict=True)),
        tuple(_words(chances, of_kind, offsets)),
    )


def _words(chances: Any, of_kind: Any, offsets: Sequence[tuple[int, int]]) -> Iterator[MarkedWords]:
    """Stretches of marked characters of one kind; a sure beginning parts two of them."""
    for first, last, kind in _runs(chances, of_kind):
        if last - first < _SHORTEST:
            continue
        score = float(of_kind[first:last, kind].max())
        yield MarkedWords(offsets[first][0], offsets[last - 1][1], KINDS[kind], score)


def _runs(chances: Any, of_kind: Any) -> Iterator[tuple[int, int, int]]:
    """(first character, last + 1, number of the kind) of each stretch."""
    kinds = of_kind.argmax(axis=-1).tolist() if len(of_kind) else []
    marked = [*(of_kind.max(axis=-1, initial=0.0) >= _MARKED), False]
    start = None
    for at, here in enumerate(marked):
        if start is not None:
            same = here and kinds[at] == kinds[start]
            if not same or chances[at, 2 * kinds[start] + 1] >= _MARKED:
                yield start, at, kinds[start]
                start = None
        if here and start is None:
            start = at
