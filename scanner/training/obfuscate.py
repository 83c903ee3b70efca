"""Disguise words as writers do who dodge a keyword search; offsets follow. Same text and seed, same disguise."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

from scanner.text.normalise import Disguise, lookalikes

Place = tuple[int, int]
"""Half-open offsets in code points."""
_MARKS = "·•*_~.-★ "
_LATIN = re.compile("[A-Za-z]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Disguised:
    """A text under disguise, and where its spans now lie, in the order given."""

    text: str
    spans: tuple[Place, ...]


_Way = Callable[[list[str], str, Place, random.Random], None]
"""Changes the pieces (one string for each character of the text) of one span."""


def disguise(text: str, spans: Sequence[Place], kind: str, seed: int = 20260101) -> Disguised | None:
    """`text` with its `spans` disguised in one of KINDS; None where that changes nothing."""
    pieces = list(text)
    draw = random.Random(f"{seed}|{kind}|{text}")
    for span in spans:
        KINDS[kind](pieces, text, span, draw)
    if "".join(pieces) == text:
        return None
    at = [0, *accumulate(map(len, pieces))]
    return Disguised("".join(pieces), tuple((at[start], at[end]) for start, end in spans))


def _parted_by(signs: str) -> _Way:
    """Put one sign between every two ideographs of a span."""

    def part(pieces: list[str], text: str, span: Place, draw: random.Random) -> None:
        sign = draw.choice(signs)
        for i in range(span[0], span[1] - 1):
            if _is_cjk(text[i]) and _is_cjk(text[i + 1]):
                pieces[i] += sign

    return part


def _by_character(form: Callable[[str, random.Random], str]) -> _Way:
    def change(pieces: list[str], text: str, span: Place, draw: random.Random) -> None:
        for i in range(*span):
            pieces[i] = form(text[i], draw)

    return change


def _full_width(char: str, _: random.Random) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char


def _traditional(char: str, _: random.Random) -> str:
    return str(_traditional_forms().convert(char))


def _lookalike(char: str, draw: random.Random) -> str:
    return draw.choice(lookalikes()["characters"].get(char, [char]))


def _in_context(*, latin: bool) -> _Way:
    """Write one word of the span as pinyin, or as a sign, beside a neighbour that gives it away."""

    def change(pieces: list[str], text: str, span: Place, draw: random.Random) -> None:
        choices = [
            (at, entry["reads"], written)
            for entry in lookalikes()["in_context"]
            for at in _places(text, span, entry)
            for written in entry["written"]
            if written[0].isascii() == latin
        ]
        if choices:
            at, word, written = draw.choice(choices)
            pieces[at : at + len(word)] = [written, *[""] * (len(word) - 1)]

    return change


def _places(text: str, span: Place, entry: Disguise) -> Iterator[int]:
    """Where the span holds the word of `entry` with a known neighbour, and no Latin letter beside it."""
    word = entry["reads"]
    for at in range(span[0], span[1] - len(word) + 1):
        left, right = text[:at], text[at + len(word) :]
        known = left.endswith(tuple(entry["after"])) or right.startswith(tuple(entry["before"]))
        if text.startswith(word, at) and known and not _LATIN.search(left[-1:] + right[:1]):
            yield at


KINDS: dict[str, _Way] = {
    "marks": _parted_by(_MARKS),
    "zero_width": _parted_by(_INVISIBLE),
    "full_width": _by_character(_full_width),
    "traditional": _by_character(_traditional),
    "lookalike": _by_character(_lookalike),
    "pinyin": _in_context(latin=True),
    "sign": _in_context(latin=False),
}
"""The disguises by name."""


@cache
def _traditional_forms() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
