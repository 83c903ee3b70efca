"""Chat screenshots: bubbles on the left are the other side's words, those on the right one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from scanner.picture.layout import Placed, follows, on_one_row
from scanner.picture.picture import Paragraph

OTHER, OWN = "对方", "我"
_MARGIN = 0.08
"""Of the width: beside the words there is room for a picture of the speaker on both sides."""
_BAR = 0.1
"""Of the height: the bars at the top and bottom of a screen hold no messages."""
_SPACING = 0.7
"""Of a line's height: the widest gap within a bubble."""
_STRAY = 0.2
"""Of all blocks: how many may stand on neither side in a chat."""


class _Block(NamedTuple):
    """Lines close under one another: one bubble, if the picture is a chat."""

    lines: list[Placed]
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Of one line."""
        return self.lines[0].height

    @property
    def is_full(self) -> bool:
        """Whether every line but the last reaches the right edge, as wrapped ones do."""
        return all(line.right > self.right - 1.7 * self.height for line in self.lines[:-1])


def messages(lines: Sequence[Placed], page: tuple[float, float]) -> tuple[Paragraph, ...] | None:
    """The messages in order, each with its speaker and its lines joined; None if the layout is no chat's.

    What stands in the middle (times) or in the screen's bars has no speaker.
    """
    width, height = page
    inner = _blocks(
        [line for line in lines if _BAR * height < line.top and line.bottom < (1 - _BAR) * height]
    )
    sides = _Sides.of(inner)
    if sides is None or sides.left < _MARGIN * width or sides.right > (1 - _MARGIN) * width:
        return None
    if not _is_talk(inner, sides, width):
        return None
    return tuple(
        Paragraph(tuple(line.line for line in block.lines), sides.speaker(block)) for block in _blocks(lines)
    )


class _Sides(NamedTuple):
    """Where the words of the left bubbles begin, and those of the right ones end."""

    left: float
    right: float

    @classmethod
    def of(cls, blocks: list[_Block]) -> Self | None:
        """The outermost words."""
        if not blocks:
            return None
        return cls(min(block.left for block in blocks), max(block.right for block in blocks))

    def speaker(self, block: _Block) -> str:
        """Whose words a block holds; empty if it stands on neither side."""
        if abs(block.left - self.left) < 0.8 * block.height:
            return OTHER
        return OWN if abs(block.right - self.right) < 1.7 * block.height else ""


def _is_talk(blocks: list[_Block], sides: _Sides, width: float) -> bool:
    """Whether there are bubbles on both sides, never side by side, with little else but what is centred."""
    other = [block for block in blocks if sides.speaker(block) == OTHER]
    own = [block for block in blocks if sides.speaker(block) == OWN]
    stray = [
        block for block in blocks if not sides.speaker(block) and abs(block.middle - width / 2) > 0.05 * width
    ]
    if not other or not own or len(stray) > _STRAY * len(blocks):
        return False
    beside = any(on_one_row(a, b) for x in other for y in own for a in x.lines for b in y.lines)
    return not beside and all(block.is_full for block in (*other, *own))


def _blocks(lines: Sequence[Placed]) -> list[_Block]:
    """Lines that follow one another closely, put together; from top to bottom."""
    groups: list[list[Placed]] = []
    for line in sorted(lines, key=lambda line: line.top):
        above = next((group for group in reversed(groups) if _hangs_on(group, line)), None)
        if above is None:
            groups.append([line])
        else:
            above.append(line)
    return [_Block(group, min(x.left for x in group), max(x.right for x in group)) for group in groups]


def _hangs_on(group: list[Placed], line: Placed) -> bool:
    return follows(group[-1], line, _SPACING) and abs(group[-1].left - line.left) < 0.7 * line.height
