"""What the model says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.findings import Category, Direction


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """Words that the model tags: half-open offsets in the window, what for, and how sure it is (0 to 1)."""

    start: int
    end: int
    category: Category
    direction: Direction
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one window: spans in order, and the probability that the mention is lawful."""

    spans: tuple[ModelSpan, ...]
    lawful: float
