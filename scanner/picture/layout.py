"""Lines laid level: where each stands once the turn of the whole picture is undone."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, sin
from typing import NamedTuple

from scanner.picture.picture import Line, Point

_ALIKE = 1.4
"""Line heights that differ by less than this factor are of one size of type."""


class Placed(NamedTuple):
    """A line as a level rectangle, in pixels of the levelled picture."""

    line: Line
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Roughly the size of a character."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2


def levelled(lines: Sequence[Line], size: tuple[int, int]) -> tuple[list[Placed], tuple[float, float]]:
    """The lines laid level, and the width and height of the levelled picture, which begins at (0, 0)."""
    along = [(line.box[1][0] - line.box[0][0], line.box[1][1] - line.box[0][1]) for line in lines]
    angle = atan2(sum(y for _, y in along), sum(x for x, _ in along))
    width, height = size
    corners = [_turned(corner, angle) for corner in ((0, 0), (width, 0), (width, height), (0, height))]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    return [_placed(line, angle, left, top) for line in lines], (right - left, bottom - top)


def alike(a: Placed, b: Placed) -> bool:
    """Whether two lines are of one size of type."""
    return a.height < _ALIKE * b.height and b.height < _ALIKE * a.height


def on_one_row(a: Placed, b: Placed) -> bool:
    """Whether two lines share at least half of the lower one's height."""
    return min(a.bottom, b.bottom) - max(a.top, b.top) > min(a.height, b.height) / 2


def follows(above: Placed, below: Placed, within: float) -> bool:
    """Whether `below` stands under `above`, in the same size, begun at the same place or centred alike.

    `within` is the largest gap between them, in heights of a line.
    """
    gap = below.top - above.bottom
    if not alike(above, below) or not -0.5 * above.height < gap < within * above.height:
        return False
    indent = above.left - below.left
    return -0.7 * above.height < indent < 2.6 * above.height or (
        abs(above.middle - below.middle) < 0.5 * above.height
    )


def _placed(line: Line, angle: float, left: float, top: float) -> Placed:
    a, b, c, d = (_turned(corner, angle) for corner in line.box)
    return Placed(
        line,
        (a[0] + d[0]) / 2 - left,
        (a[1] + b[1]) / 2 - top,
        (b[0] + c[0]) / 2 - left,
        (c[1] + d[1]) / 2 - top,
    )


def _turned(point: Point, angle: float) -> Point:
    """`point` turned back by `angle` about the origin."""
    x, y = point
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)
