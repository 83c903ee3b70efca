"""JSON lines: one object a line, the fast path for millions of ads. A broken line costs itself only."""

from __future__ import annotations

import json
from collections.abc import Iterator

import orjson

from scanner.ad import Ad
from scanner.batch.lines import LongLine, text_lines
from scanner.batch.reading import Reading
from scanner.batch.records import Records
from scanner.findings import RowError
from scanner.text.decode import detect_encoding, encoding_by_mark

_BYTES_PER_CHAR = 12  # an escaped pair of surrogates: what one code point can take at most
_ROOM = 1 << 16  # for keys and for values that are not scanned


def read_jsonl(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of a JSON lines file, numbered by line. RowErrors: E103, E104, E105, E109, E111.

    The encoding is looked into only when a line is no UTF-8 text. Raises PingzhaoError E101.
    """
    records = Records(reading)
    lines = _Lines(reading)
    for number, line in enumerate(lines, 1):
        if isinstance(line, LongLine):
            yield reading.oversize(number, line.size)
            continue
        try:
            record = orjson.loads(line if lines.utf8 else line.decode(lines.encoding))
        except ValueError:
            if not line.strip(b" \t\r\n\x1a\xef\xbb\xbf"):
                continue
            parsed = _second_try(reading, lines, line, number)
            if isinstance(parsed, RowError):
                yield parsed
                continue
            record = parsed[0]
        yield records.ad(record, number)
    reading.note_encoding(lines.encoding)
    records.finish()


class _Lines:
    """The file's lines as bytes, none longer than the options allow; UTF-16 comes as UTF-8."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._limit = reading.options.max_chars * _BYTES_PER_CHAR + _ROOM
        head = reading.stream.read(4)
        reading.stream.seek(0)
        given = reading.options.encoding
        mark = encoding_by_mark(head)
        self.encoding = "utf-8"
        self._settled = given is not None or mark is not None
        if self._settled:
            self.encoding = detect_encoding(reading.stream, given, by_line=True)
        self._wide = self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def utf8(self) -> bool:
        """Whether the lines given are UTF-8."""
        return self._wide or self.encoding.startswith("utf-8")

    def text(self, line: bytes) -> str:
        """A line that is not plain JSON as text. Raises UnicodeDecodeError, or PingzhaoError E101.

        The first that is not UTF-8, or holds NUL as UTF-16 would, has the whole file looked into.
        """
        if not self._settled and (b"\0" in line or not _is_utf8(line)):
            with self._reading.path.open("rb") as stream:
                self.encoding = detect_encoding(stream, by_line=True)
            self._settled = True
        return line.decode("utf-8" if self._wide else self.encoding)

    def __iter__(self) -> Iterator[bytes | LongLine]:
        if self._wide:
            yield from self._recoded()
            return
        readline, limit = self._reading.stream.readline, self._limit
        if self.encoding == "utf-8-sig":
            self._reading.stream.seek(3)
        while line := readline(limit):
            if len(line) == limit and not line.endswith(b"\n"):
                yield self._skip(line)
            else:
                yield line

    def _skip(self, piece: bytes) -> LongLine:
        """Read past a line too long, counting only."""
        size = 0
        while piece:
            size += len(piece.decode(self.encoding, "ignore"))
            if piece.endswith(b"\n"):
                break
            piece = self._reading.stream.readline(self._limit)
        return LongLine(size, 0)

    def _recoded(self) -> Iterator[bytes | LongLine]:
        """Lines of UTF-16, whose ends are more than one byte, as UTF-8."""
        for line in text_lines(self._reading.stream, self.encoding, self._limit):
            yield line.encode("utf-8") if isinstance(line, str) else line


def _second_try(reading: Reading, lines: _Lines, line: bytes, number: int) -> tuple[object] | RowError:
    """What orjson refuses but is readable: GB18030, lone surrogates, NaN, bare control characters."""
    try:
        text = lines.text(line)
    except UnicodeDecodeError as error:
        detail = f"第 {error.start + 1} 个字节不是 {lines.encoding.upper()}"
        return reading.error("E109", number, detail=detail)
    try:
        return (json.loads(text.removeprefix("\ufeff").rstrip(), strict=False),)
    except json.JSONDecodeError as error:
        return reading.error("E103", number, detail=f"第 {error.colno} 个字符附近有语法错误")
    except (ValueError, RecursionError):
        return reading.error("E103", number, detail="数字过长或嵌套过深")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
