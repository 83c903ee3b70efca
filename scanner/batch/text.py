"""txt: the whole file is one ad, unless lines of dashes, equals signs or asterisks part several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.ad import Ad
from scanner.batch.lines import text_lines
from scanner.batch.reading import Reading
from scanner.findings import RowError
from scanner.text.decode import detect_encoding

_SEPARATOR = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|—{3,}|_{3,}|＝{3,})\s*")


def read_text(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of a text file, numbered from 1; offsets count in the ad's own part. RowErrors: E105.

    A byte that does not decode in an otherwise sound file reads as U+FFFD. Raises PingzhaoError E101.
    """
    encoding = detect_encoding(reading.stream, reading.options.encoding, by_line=True)
    reading.note_encoding(encoding)
    limit = reading.options.max_chars
    held: list[str] = []
    size, number = 0, 1
    for line in text_lines(reading.stream, encoding, limit, "replace"):
        if isinstance(line, str) and _SEPARATOR.fullmatch(line):
            if size:
                yield _ad(reading, held, size, number)
                number += 1
            held, size = [], 0
            continue
        if not size and isinstance(line, str) and line.isspace():
            continue
        size += len(line) if isinstance(line, str) else line.size
        if isinstance(line, str) and size <= limit:
            held.append(line)
    if size:
        yield _ad(reading, held, size, number)


def _ad(reading: Reading, held: list[str], size: int, number: int) -> Ad | RowError:
    if size > reading.options.max_chars:
        return reading.oversize(number, size)
    text = "".join(held).rstrip()
    return reading.checked(Ad(text, id=reading.ad_id(number), source=reading.name, row=number))
