"""Normalise on a copy: one plain form of the text to match on, and the way back to the original offsets.

Undone are: full width, traditional characters (OpenCC), zero-width characters, HTML entities and tags,
look-alike characters, signs and pinyin in context (`lexicons/lookalikes.yaml`), and marks or spaces put
between single characters (限·男, 限 男). Upper case becomes lower case.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, product
from typing import Any, TypedDict

import yaml

from scanner.paths import shipped

_CJK = "\u3400-\u9fff"
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_MARKS = " \t\u00a0\u3000·•・*_~^#@.+☆★❌✖×-"
_BLOCK_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h\d|dd|dt)\b[^<>]{0,200}>", re.I)
_INLINE_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>|<!--[^<>]{0,200}-->", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_GAP = f"[{re.escape(_MARKS)}]"
_PARTED = re.compile(f"{_GAP}(?<=[{_CJK}].){_GAP}{{0,2}}(?=[{_CJK}])")
_LIMITER = re.compile("[仅只][限招要收]|[^不无年有]限")
_SEX_SUFFIX = re.compile(f"[性士生孩工的](?:(?![{_CJK}])|优先|勿扰|免谈|均可|不限)")


class Disguise(TypedDict):
    """A sign or spelling that stands for `reads` beside the words named."""

    reads: str
    written: list[str]
    after: list[str]
    before: list[str]


class Lookalikes(TypedDict):
    """lexicons/lookalikes.yaml."""

    characters: dict[str, list[str]]
    in_context: list[Disguise]


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised copy and its index map.

    `starts[i]`/`ends[i]` are the original code-point offsets that character i of `text` came from;
    both are None where every character kept its place.
    """

    original: str
    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets in `text` → half-open offsets in `original`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@cache
def character_table() -> dict[int, str]:
    """Characters that stand for one other character: width, traditional, look-alike, case.

    A lone surrogate, which no library below takes, reads as U+FFFD.
    """
    from opencc import OpenCC

    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table[0x3000] = table[0xA0] = " "
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    twins = chain(range(0x2E80, 0x2FD6), range(0xF900, 0xFAFF))  # ⼥, ⽣: radicals, as PDF files have them
    table |= {
        code: plain for code in twins if (plain := unicodedata.normalize("NFKC", chr(code))) != chr(code)
    }
    table |= {ord(a): b for a, b in zip("︰﹕﹐﹑﹔﹖﹗﹙﹚〜～﹣－—–−", "::,、;?!()~~-----", strict=True)}
    ideographs = [chr(code) for code in chain(range(0x3400, 0x4DC0), range(0x4E00, 0xA000))]
    simple = OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    table |= {ord(a): b for a, b in zip(ideographs, simple, strict=True) if a != b and len(b) == 1}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
    for plain, disguises in lookalikes()["characters"].items():
        table |= {ord(disguise): plain for disguise in disguises}
    return table


@cache
def _standing_for() -> Any:
    """`character_table` as an array: what each code point reads as."""
    import numpy as np

    plain = np.arange(0x110000, dtype="<u4")
    for code, char in character_table().items():
        plain[code] = ord(char)
    return plain


def _plain(text: str) -> str:
    """Every character as the one it stands for."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    plain: bytes = _standing_for()[codes].tobytes()
    return plain.decode("utf-32-le")


@cache
def lookalikes() -> Lookalikes:
    """lexicons/lookalikes.yaml as it stands."""
    loaded: Lookalikes = yaml.safe_load((shipped("lexicons") / "lookalikes.yaml").read_text("utf-8"))
    return loaded


@cache
def _contextual() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over all disguises that need a neighbour, and what each stands for.

    Pinyin counts only as a whole run of Latin letters: not in 要求NVIDIA, hunan性.
    """
    branches: list[str] = []
    reads: dict[str, str] = {}
    for entry in lookalikes()["in_context"]:
        ahead = [f"(?={'|'.join(map(re.escape, entry['before']))})"] if entry["before"] else []
        for written in entry["written"]:
            behind = [f"(?<={re.escape(word + written)})" for word in entry["after"]]
            beside = "|".join(behind + ahead)
            sign = re.escape(written)
            branches.append(f"{sign}(?<![a-z]{sign})(?![a-z])(?:{beside})")
            reads[written] = entry["reads"]
    return re.compile("|".join(branches)), reads


@cache
def disguise_contexts() -> frozenset[str]:
    """Every disguise with a neighbour that gives it away: what a prefilter on raw text must let through."""
    found = set()
    for entry in lookalikes()["in_context"]:
        for written in entry["written"]:
            found |= {word + written for word in entry["after"]}
            found |= {written + word for word in entry["before"]}
    return frozenset(found)


INVISIBLE = frozenset(map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065))))
"""Characters that part a word without showing."""


@cache
def parted(char: str) -> frozenset[str]:
    """`char` beside each mark that may part it from its word."""
    return frozenset(char + mark for mark in _MARKS) | frozenset(mark + char for mark in _MARKS)


@cache
def _written() -> dict[str, list[str]]:
    """The character table the other way round: a plain character → what is written for it."""
    written: dict[str, list[str]] = {}
    for code, plain in character_table().items():
        written.setdefault(plain, []).append(chr(code))
    return written


def raw_forms(term: str) -> set[str]:
    """The spellings in raw text that normalise to `term` character by character."""
    return {"".join(chars) for chars in product(*([c, *_written().get(c, [])] for c in term))}


class _Draft:
    """Text under edit with the index map carried along."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = list(range(len(text)))
        self.ends: list[int] = list(range(1, len(text) + 1))

    def substitute(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | None]) -> None:
        """Replace each match by `replace(match)`; None leaves it. New characters cover the whole match."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            new = replace(match)
            if new is None or match.start() == match.end():
                continue
            pieces += [self.text[last : match.start()], new]
            starts += self.starts[last : match.start()] + [self.starts[match.start()]] * len(new)
            ends += self.ends[last : match.start()] + [self.ends[match.end() - 1]] * len(new)
            last = match.end()
        if last:
            self.text = "".join(pieces) + self.text[last:]
            self.starts = starts + self.starts[last:]
            self.ends = ends + self.ends[last:]


def _disguise(match: re.Match[str]) -> str:
    return _contextual()[1][match.group()]


def _closing_gap(match: re.Match[str]) -> str | None:
    """Close a gap only if it parts one word: a lone character stands beside it, and no item ends here.

    男 and 女 alone are items of a list (学历不限 男 25岁), so they close only towards their own suffix
    (男 性, not 男 性格开朗) or from a limiter or a lone character before them (仅限 男, 限 男).
    """
    text = match.string
    left = _run_back(text, match.start())
    right = _run_ahead(text, match.end())
    if left[-1] in "男女" and _SEX_SUFFIX.match(text, match.end()):
        return ""
    if right[0] in "男女" and _LIMITER.fullmatch(left):
        return ""
    lone_left = len(left) == 1 and left not in "男女"
    lone_right = len(right) == 1 and right not in "男女"
    return "" if lone_left or lone_right else None


def _run_back(text: str, end: int) -> str:
    start = end
    while start and end - start < 2 and _is_cjk(text[start - 1]):
        start -= 1
    return text[start:end]


def _run_ahead(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < 2 and _is_cjk(text[end]):
        end += 1
    return text[start:end]


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_ENTITY, lambda m: _one(html.unescape(m.group()))),
    (_BLOCK_TAG, lambda m: "\n"),
    (_INLINE_TAG, lambda m: ""),
    (_HIDDEN, lambda m: ""),
)


def _one(char: str) -> str | None:
    return char.translate(character_table()) if len(char) == 1 else None


def normalise(original: str) -> Normalised:
    """Return the plain copy of `original` with its index map; never raises."""
    text = _plain(original)
    marked_up = any(pattern.search(text) for pattern, _ in _STEPS)
    contextual, reads = _contextual()
    disguised = any(written in text for written in reads)
    if not marked_up and not disguised and not _PARTED.search(text):
        return Normalised(original, text)
    draft = _Draft(text)
    for pattern, replace in _STEPS if marked_up else ():  # all of them: an entity may hold a tag
        draft.substitute(pattern, replace)
    draft.substitute(_PARTED, _closing_gap)
    if disguised or marked_up:
        draft.substitute(contextual, _disguise)
    return Normalised(original, draft.text, draft.starts, draft.ends)


def utf16_length(text: str) -> int:
    """UTF-16 code units in `text` (lone surrogates count one)."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_offsets(text: str, offsets: Sequence[int]) -> list[int]:
    """Code-point offsets (ascending) → UTF-16 offsets in the same string."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return list(offsets)
    total, found = 0, []
    for start, end in pairwise((0, *offsets)):
        total += utf16_length(text[start:end])
        found.append(total)
    return found
