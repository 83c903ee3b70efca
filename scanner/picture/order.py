"""Reading order: messages of a chat, or the columns of a poster with its wrapped lines put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from scanner.picture.chat import messages
from scanner.picture.layout import Placed, alike, follows, levelled, on_one_row
from scanner.picture.picture import Line, Paragraph

_SHORTEST = 9
"""Characters of the shortest line that is taken for a wrapped one: shorter ones are items of a list."""
_COLUMN = 7
"""Characters that some line of a column has: labels of a table are shorter."""
_SPACING = 0.5
"""Of a line's height: the widest gap within a paragraph."""
_ENDED = tuple("。！？；：!?;:")
_ITEM = re.compile(
    r"\s*(?:[·•●○■□◆◇★☆▪►▶➤※✓✔①-⑳\-—*【\[]|[(（]?[\d一二三四五六七八九十]{1,2}[、.)）．]|[^\s，。]{2,6}[:：])"
)
"""What opens an item of a list: a sign, a number, a label with its colon."""


def arranged(lines: Sequence[Line], size: tuple[int, int]) -> tuple[Paragraph, ...]:
    """The paragraphs of a picture of `size` (width, height) in reading order."""
    if not lines:
        return ()
    placed, page = levelled(lines, size)
    chat = messages(placed, page)
    if chat is not None:
        return chat
    return tuple(paragraph for region in _regions(placed) for paragraph in _paragraphs(region, page[0]))


def _regions(lines: list[Placed]) -> list[list[Placed]]:
    """Columns and what stands over and under them, in reading order; all in one where there are none."""
    columns = _parted(lines, lambda line: (line.left, line.right), _are_columns)
    if columns:
        return [region for column in columns for region in _regions(column)]
    rows = _parted(lines, lambda line: (line.top, line.bottom), lambda above, below: True)
    if rows:
        regions = [region for row in rows for region in _regions(row)]
        if len(regions) > len(rows):
            return regions
    return [lines]


def _parted(
    lines: list[Placed],
    extent: Callable[[Placed], tuple[float, float]],
    fits: Callable[[list[Placed], list[Placed]], bool],
) -> list[list[Placed]]:
    """Two halves of `lines` with the widest gap between them of those that fit; none if there is no such gap."""
    ordered = sorted(lines, key=lambda line: extent(line)[0])
    reached, gaps = extent(ordered[0])[1], []
    for at, line in enumerate(ordered[1:], 1):
        start, end = extent(line)
        if start > reached:
            gaps.append((start - reached, at))
        reached = max(reached, end)
    for _, at in sorted(gaps, reverse=True):
        if fits(ordered[:at], ordered[at:]):
            return [ordered[:at], ordered[at:]]
    return []


def _are_columns(left: list[Placed], right: list[Placed]) -> bool:
    """Whether two groups side by side are columns of text; labels beside their values are rows of a table."""
    if len(left) < 2 or len(right) < 2:
        return False
    gap = min(line.left for line in right) - max(line.right for line in left)
    if gap < min(line.height for line in (*left, *right)) / 2:
        return False
    return any(len(line.line.text) >= _COLUMN for line in left)


def _paragraphs(region: list[Placed], width: float) -> Iterator[Paragraph]:
    """The rows of a region; a row that goes on in the next is one with it."""
    open_rows: list[Placed] = []
    for row in _rows(region):
        if open_rows and not (len(row) == 1 and _goes_on(open_rows[-1], row[0], region, width)):
            yield Paragraph(tuple(placed.line for placed in open_rows))
            open_rows = []
        open_rows += row
    yield Paragraph(tuple(placed.line for placed in open_rows))


def _rows(region: list[Placed]) -> Iterator[list[Placed]]:
    """Lines that stand side by side, from left to right; the rows from top to bottom."""
    row: list[Placed] = []
    for line in sorted(region, key=lambda line: line.top + line.bottom):
        if row and not on_one_row(row[0], line):
            yield sorted(row, key=lambda placed: placed.left)
            row = []
        row.append(line)
    yield sorted(row, key=lambda placed: placed.left)


def _goes_on(above: Placed, below: Placed, region: Iterable[Placed], width: float) -> bool:
    """Whether the sentence in `above` was wrapped: the line is full, and what follows opens nothing new."""
    text = above.line.text
    if len(text) < _SHORTEST or text.endswith(_ENDED) or _ITEM.match(below.line.text):
        return False
    ends = [line.right for line in region if alike(line, above)]
    return follows(above, below, _SPACING) and _is_full(above, ends, width)


def _is_full(line: Placed, ends: Sequence[float], width: float) -> bool:
    """Whether a line reaches the right edge: one that two lines share, or that leaves what is left on the left."""
    edge = max(ends)
    is_edge = sum(end > edge - line.height for end in ends) > 1 or width - edge < line.left + line.height
    return is_edge and line.right > edge - 1.5 * line.height
