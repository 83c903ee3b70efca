"""Whether two pictures are the same one, saved again, made smaller or compressed."""

from __future__ import annotations

from itertools import pairwise

from scanner.picture.opening import opened

SIDE = 16
ALIKE = 40
"""Bits of 256 in which copies may differ. Of made-up chats, small JPEG copies differ in up to 16, other chats in 80
and more."""
_LEAST = 16
"""A picture with fewer rises is nearly blank."""


def likeness(data: bytes) -> str:
    """Where brightness rises from left to right (a difference hash): 64 hexadecimal digits.

    It tells nothing of what the picture shows. Raises PingzhaoError E115, E116, E404.
    """
    small = opened(data, "图片").convert("L").resize((SIDE + 1, SIDE))
    grey = list(small.tobytes())
    rows = [grey[at : at + SIDE + 1] for at in range(0, len(grey), SIDE + 1)]
    rises = [left < right for row in rows for left, right in pairwise(row)]
    return f"{sum(rise << at for at, rise in enumerate(rises)):064x}"


def alike(one: str, other: str) -> bool:
    """Whether two likenesses are of one picture; a blank one is like none."""
    first, second = int(one, 16), int(other, 16)
    return min(first.bit_count(), second.bit_count()) >= _LEAST and (first ^ second).bit_count() <= ALIKE
