"""Where text stands on a picture of any length: long ones are cut into strips, so that nothing is shrunk away."""

from __future__ import annotations

from collections.abc import Iterator
from math import dist
from typing import TYPE_CHECKING

from scanner.picture.picture import Box, Point
from scanner.picture.recogniser import LONGEST, Recogniser

if TYPE_CHECKING:
    from PIL.Image import Image

_HEIGHT = 2.3
"""Of a strip, in widths of the picture: a phone's screen is one strip."""
_OVERLAP = 0.2
"""Of two strips, in widths of the picture: more than a line of text is high."""
_EDGE = 3.0
"""Pixels from the cut within which a box counts as cut through."""
_SMALLEST = 640
"""Pixels of the longer side to which small pictures are enlarged."""


def text_boxes(recogniser: Recogniser, image: Image) -> list[Box]:
    """The boxes of all lines, in pixels of `image`; corners clockwise from its upper left."""
    found: list[Box] = []
    for top, bottom in strips(*image.size):
        above = list(found)
        for box in _detected(recogniser, image.crop((0, top, image.width, bottom))):
            low, high = min(y for _, y in box), max(y for _, y in box)
            cut = (top and low < _EDGE) or (bottom < image.height and high > bottom - top - _EDGE)
            here = _mapped(box, 1.0, top)
            if not cut and not any(_is_same(other, here) for other in above):
                found.append(here)
    return found


def strips(width: int, height: int) -> Iterator[tuple[int, int]]:
    """The rows (from, to) of each strip; a picture that is not long is one."""
    tall, step = int(width * _HEIGHT), int(width * (_HEIGHT - _OVERLAP))
    top = 0
    while top + tall < height:
        yield top, top + tall
        top += step
    yield top, height


def _detected(recogniser: Recogniser, strip: Image) -> list[Box]:
    """The boxes of a strip that is shrunk, or enlarged, for the detector."""
    longest = max(strip.size)
    scale = min(LONGEST / longest, max(1.0, _SMALLEST / longest))
    size = (max(1, round(strip.width * scale)), max(1, round(strip.height * scale)))
    return [_mapped(box, 1 / scale, 0) for box in recogniser.boxes(strip.resize(size))]


def _mapped(box: Box, scale: float, down: float) -> Box:
    a, b, c, d = ((x * scale, y * scale + down) for x, y in box)
    return a, b, c, d


def _is_same(a: Box, b: Box) -> bool:
    """Whether two boxes stand at one place."""
    return dist(_centre(a), _centre(b)) < dist(a[0], a[3]) / 2


def _centre(box: Box) -> Point:
    return sum(x for x, _ in box) / 4, sum(y for _, y in box) / 4
