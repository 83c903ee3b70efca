"""What a picture says: its lines with boxes, put together to paragraphs, and the way from text back to boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

Point = tuple[float, float]
"""x and y in pixels of the picture as it is shown (turned as its EXIF data says)."""
Box = tuple[Point, Point, Point, Point]
"""Four corners, clockwise from where the text's first character has its upper left: they tell how it is turned."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `characters` holds a box for each code point; `confidence` is 0 to 1."""

    text: str
    box: Box
    characters: tuple[Box, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one: a wrapped sentence, a table row, a chat message.

    `speaker` is `对方`, `我`, or empty where nobody speaks (posters, the times between messages).
    """

    lines: tuple[Line, ...]
    speaker: str = ""

    @property
    def text(self) -> str:
        """The lines as one string."""
        return "".join(char for char, _ in self.placed())

    def placed(self) -> Iterator[tuple[str, tuple[Line, int] | None]]:
        """Each character with its line and its place there; None for a blank put between two lines."""
        before: Line | None = None
        for line in self.lines:
            if before is not None and _are_parted(before, line):
                yield " ", None
            yield from ((char, (line, at)) for at, char in enumerate(line.text))
            before = line


@dataclass(frozen=True)
class Picture:
    """A picture that was read. `size` is (width, height) as shown; `sha256` is that of the original bytes."""

    paragraphs: tuple[Paragraph, ...]
    size: tuple[int, int]
    sha256: str

    @property
    def is_chat(self) -> bool:
        """Whether it shows messages of two sides."""
        return any(paragraph.speaker for paragraph in self.paragraphs)

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in reading order."""
        return (line for paragraph in self.paragraphs for line in paragraph.lines)

    @property
    def text(self) -> str:
        """The paragraphs in reading order, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where `text[start:end]` (code points) stands: one box for each line it touches."""
        places = [place for place in self._places[start:end] if place is not None]
        runs = (list(run) for _, run in groupby(places, key=lambda place: id(place[0])))
        return tuple(_around([line.characters[at] for line, at in run]) for run in runs)

    @cached_property
    def _places(self) -> list[tuple[Line, int] | None]:
        """The place of each code point of `text`."""
        places: list[tuple[Line, int] | None] = []
        for paragraph in self.paragraphs:
            places += [None] * bool(places)
            places += [place for _, place in paragraph.placed()]
        return places


def _around(boxes: Sequence[Box]) -> Box:
    """One box around characters that stand side by side."""
    first, last = boxes[0], boxes[-1]
    return first[0], last[1], last[2], first[3]


def _are_parted(before: Line, after: Line) -> bool:
    """Whether a blank belongs between two lines: they stand side by side, or a Latin word ends there."""
    start, end = before.box[0], before.box[1]
    x, y = (sum(axis) / 4 for axis in zip(*after.box, strict=True))
    beyond = (x - end[0]) * (end[0] - start[0]) + (y - end[1]) * (end[1] - start[1]) > 0
    return beyond or (_is_latin(before.text[-1:]) and _is_latin(after.text[:1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
