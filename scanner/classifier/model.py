"""The shipped model: a quick reader of every window, and a network on ONNX Runtime. Torch is never imported."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from pydantic import Field

from scanner.classifier.decode import read_batch
from scanner.classifier.linear import Linear
from scanner.classifier.network import Network, NetworkConfig, verified
from scanner.classifier.reading import ModelSpan, Reading
from scanner.classifier.windows import SHORTEST
from scanner.findings import Category
from scanner.paths import shipped

_BATCH = 16
_CACHED = 200_000


class ModelConfig(NetworkConfig):
    """models/config.json: also what a raw score is worth, and from where on a span counts."""

    calibration: list[tuple[float, float]] = Field(default=[(0.0, 0.0), (1.0, 1.0)])
    """Raw score → probability that the span is right; linear between the points."""
    thresholds: dict[Category, float] = Field(default={})
    """Least probability at which a span that no rule found is reported."""
    agreed: float = 0.99
    """How often a rule is right where the model sees the same."""
    doubted: float = 0.9
    """How often a rule is right where the model sees nothing."""
    gate: float = 0.0
    """Log odds of the quick reader from which on the network reads a window."""
    gate_deep: float = 0.0
    """The same for --deep, where hardly anything is left out."""


class Classifier:
    """Reads windows of normalised text. Distinct windows are read once (bounded cache); threads may share one."""

    def __init__(self, folder: Path, config: ModelConfig) -> None:
        self.config = config
        self._folder = folder
        self._network = Network(folder)
        self._cache: OrderedDict[str, Reading] = OrderedDict()
        self._reading = Lock()

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> Classifier:
        """The shipped model, or the one in `folder`, checksums verified. Raises PingzhaoError E401/E402."""
        place = folder or shipped("models")
        return Classifier(place, verified(place, ModelConfig))

    @property
    def version(self) -> str:
        """Name and checksum, as findings carry it."""
        return self.config.version

    def threshold(self, category: Category) -> float:
        """The least probability at which a span that no rule found is reported."""
        return self.config.thresholds.get(category, 0.5)

    def worth_reading(self, windows: Sequence[str], *, deep: bool = False) -> list[str]:
        """Those of `windows` in which the quick reader sees the trace of a fault; no window below SHORTEST."""
        long = [window for window in windows if len(window) >= SHORTEST]
        if not long:
            return []
        least = self.config.gate_deep if deep else self.config.gate
        scores = self._linear.scores(long)
        return [window for window, score in zip(long, scores.tolist(), strict=True) if score >= least]

    def read_many(self, windows: Iterable[str]) -> dict[str, Reading]:
        """Window → reading, for each distinct window. Safe to call from several threads."""
        wanted = dict.fromkeys(windows)
        with self._reading:
            unread = sorted((window for window in wanted if window not in self._cache), key=len)
            batches = [unread[start : start + _BATCH] for start in range(0, len(unread), _BATCH)]
            for batch, read in zip(batches, self._workers.map(self._infer, batches), strict=True):
                self._cache.update(zip(batch, read, strict=True))
            found = {window: self._cache[window] for window in wanted}
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        return found

    def _infer(self, windows: Sequence[str]) -> list[Reading]:
        encoded = self._network.encode(windows)
        tags, clauses = self._network.logits(encoded)
        readings = read_batch(tags, clauses, self._linear.scores(windows), [e.offsets for e in encoded])
        return [replace(r, spans=tuple(self._calibrated(span) for span in r.spans)) for r in readings]

    def _calibrated(self, span: ModelSpan) -> ModelSpan:
        raw, worth = zip(*self.config.calibration, strict=True)
        return replace(span, score=float(np.interp(span.score, raw, worth)))

    @cached_property
    def _workers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(2, os.cpu_count() or 1), "classifier")

    @cached_property
    def _linear(self) -> Linear:
        return Linear.load(self._folder / "linear.npz")
