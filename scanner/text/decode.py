"""Bytes to text without guessing: byte order mark, then strict UTF-8, then GB18030.

No statistics: on short Chinese text they guess wrong. UTF-16 without a byte order mark is refused with
advice, because as GB18030 it would decode to nonsense without an error.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from scanner.errors import PingzhaoError

_CHUNK = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = (("utf-8", 5), ("gb18030", 50))
"""What is tried without a mark, and from what share of NUL (one in so many) it is taken for UTF-16."""
_UNMARKED_NAMES = "UTF-8、GB18030"
_WIDE = ("utf-16", "utf-32")  # a line end is more than one byte
_UTF16_HINT = "文件含空字节，可能是没有 BOM 的 UTF-16，请加 --encoding utf-16"


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of `data` without its byte order mark, and the encoding used (a Python codec name).

    A given `encoding` is used strictly. Raises PingzhaoError E101.
    """
    if encoding is not None:
        name = _given(encoding, data[:_CHUNK])
        return _strictly(data, name), name
    marked = encoding_by_mark(data[:4])
    if marked is not None:
        return _strictly(data, marked), marked
    for name, one_in in _UNMARKED:
        _refuse_bare_utf16(data[:_CHUNK], one_in)
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise _refusal(_UNMARKED_NAMES)


def detect_encoding(stream: BinaryIO, encoding: str | None = None, *, by_line: bool = False) -> str:
    """The encoding of a seekable file, checked to its end in flat memory; the stream is rewound.

    With `by_line` a file is still UTF-8 (or GB18030) when more of its non-ASCII lines decode than do not:
    a few broken lines then cost only themselves. Raises PingzhaoError E101.
    """
    stream.seek(0)
    head = stream.read(_CHUNK)
    fixed = _given(encoding, head) if encoding is not None else encoding_by_mark(head[:4])
    for candidate, one_in in [(fixed, 0)] if fixed else _UNMARKED:
        _refuse_bare_utf16(head, one_in)
        if _decodes(stream, candidate):
            return candidate
        if by_line and not candidate.startswith(_WIDE) and _most_lines_decode(stream, candidate):
            return candidate
    raise _refusal(fixed or _UNMARKED_NAMES)


def encoding_by_mark(head: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `head` names; None without a mark."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _given(encoding: str, head: bytes) -> str:
    """The codec for the user's `encoding`, in the variant that drops a byte order mark if there is one.

    UTF-16 without a mark is little-endian, as Windows writes it, unless the NULs say otherwise.
    """
    try:
        name = codecs.lookup(encoding).name
        "a".encode(name)
    except (LookupError, ValueError):
        raise PingzhaoError("E101", detail=f"未知的编码名称 {encoding}") from None
    marked = encoding_by_mark(head)
    if marked and (marked.startswith(name) or name.startswith(marked)):
        return marked
    if name == "utf-16":
        return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return name


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise _refusal(encoding) from None


def _refusal(tried: str) -> PingzhaoError:
    return PingzhaoError("E101", detail=f"按 {tried} 解码失败")


def _refuse_bare_utf16(head: bytes, one_in: int) -> None:
    """Refuse text with NUL in every other place, as UTF-16 has where there are digits, commas, line ends."""
    even, odd = head[0::2], head[1::2]
    for nul, other in ((even, odd), (odd, even)):
        if len(nul) >= 4 and nul.count(0) * one_in > len(nul) and nul.count(0) > 2 * other.count(0):
            raise PingzhaoError("E101", detail=_UTF16_HINT)


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _most_lines_decode(stream: BinaryIO, encoding: str) -> bool:
    """Whether more non-ASCII lines decode than do not. A line counts as far as its first chunk."""
    good = bad = 0
    opens = True
    while piece := stream.readline(_CHUNK):
        opened, opens = opens, piece.endswith(b"\n")
        if not opened or piece.isascii():
            continue
        try:
            piece.decode(encoding)
            good += 1
        except UnicodeDecodeError as error:
            parted = error.end >= len(piece) == _CHUNK
            good, bad = good + parted, bad + (not parted)
    stream.seek(0)
    return good > bad
