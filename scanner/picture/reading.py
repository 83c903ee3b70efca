"""A picture in, its words with boxes out."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.picture.opening import opened, original
from scanner.picture.order import arranged
from scanner.picture.picture import Box, Line, Picture, Point
from scanner.picture.recogniser import Recogniser, recogniser
from scanner.picture.strips import text_boxes

if TYPE_CHECKING:
    from PIL.Image import Image

_SURE = 0.5
"""Below this a line is taken for a pattern, not for text."""
_ASKED = 8
"""Lines that are asked whether the picture stands on its head."""
_TALL = 1.5
"""Height to width from which a box is a line that runs up or down."""


def read_picture(data: bytes | Path, *, name: str = "图片") -> Picture:
    """The lines of a PNG, JPEG, WebP, BMP, GIF or TIFF in reading order, however it is turned.

    `name` stands in messages where `data` are bytes. Raises PingzhaoError E110 (no such file), E115 (no
    picture, or a damaged one), E116 (too large), E404 (extra `ocr` missing).
    """
    content = original(data)
    image = opened(content, str(data) if isinstance(data, Path) else name)
    engine = recogniser()
    boxes = text_boxes(engine, image)
    turn = _turn(engine, image, boxes)
    lines = (_line(engine, image, _turned(box, turn)) for box in boxes)
    sure = [line for line in lines if line is not None]
    return Picture(arranged(sure, image.size), image.size, hashlib.sha256(content).hexdigest())


def _turn(engine: Recogniser, image: Image, boxes: list[Box]) -> int:
    """Quarter turns, clockwise, by which the text is turned."""
    tall = sum(_height(box) - _width(box) for box in boxes if _height(box) > _TALL * _width(box))
    wide = sum(_width(box) - _height(box) for box in boxes if _height(box) <= _TALL * _width(box))
    turn = 1 if tall > wide else 0
    longest = sorted((_turned(box, turn) for box in boxes), key=_width, reverse=True)[:_ASKED]
    on_its_head = sum(engine.upside_down(_cut(image, box)) for box in longest) > 0
    return turn + 2 if on_its_head else turn


def _turned(box: Box, turn: int) -> Box:
    """The same corners, from the upper left of a text that is turned."""
    a, b, c, d = box[turn:] + box[:turn]
    return a, b, c, d


def _width(box: Box) -> float:
    return max(dist(box[0], box[1]), dist(box[3], box[2]))


def _height(box: Box) -> float:
    return max(dist(box[0], box[3]), dist(box[1], box[2]))


def _cut(image: Image, box: Box) -> Image:
    """The line upright and straight."""
    from PIL.Image import Resampling, Transform

    size = (max(1, round(_width(box))), max(1, round(_height(box))))
    corners = [coordinate for corner in (0, 3, 2, 1) for coordinate in box[corner]]
    return image.transform(size, Transform.QUAD, corners, Resampling.BICUBIC)


def _line(engine: Recogniser, image: Image, box: Box) -> Line | None:
    """The line in `box`, None if there is none."""
    text, confidence, centres = engine.read(_cut(image, box))
    if confidence < _SURE or not text.strip():
        return None
    return Line(text, box, _characters(box, text, centres), confidence)


def _characters(box: Box, text: str, centres: list[float]) -> tuple[Box, ...]:
    """A box for each character, which ends half way to the next; blanks share the gap they stand in."""
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), 1.0]
    boxes, at = [], 0
    for char in text:
        if char.isspace():
            boxes.append(_slice(box, edges[at], edges[at]))
        else:
            boxes.append(_slice(box, edges[at], edges[at + 1]))
            at += 1
    return tuple(boxes)


def _slice(box: Box, start: float, end: float) -> Box:
    """The part of `box` between two places along its lines, 0 to 1."""
    top_left, top_right, bottom_right, bottom_left = box
    return (
        _between(top_left, top_right, start),
        _between(top_left, top_right, end),
        _between(bottom_left, bottom_right, end),
        _between(bottom_left, bottom_right, start),
    )


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
