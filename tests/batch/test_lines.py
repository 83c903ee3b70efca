"""Lines in bounded memory: nothing is lost or doubled, whatever the encoding."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.batch.lines import LongLine, text_lines

LINES = st.lists(
    st.text(st.sampled_from('限a"🚹 '), max_size=30).flatmap(
        lambda t: st.sampled_from([t + "\n", t + "\r\n"])
    )
)


@given(
    LINES,
    st.text(st.sampled_from('限a"')),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.integers(1, 40),
)
def test_lines_hold_the_whole_text(lines: list[str], last: str, encoding: str, limit: int) -> None:
    text = "".join(lines) + last
    stream = io.BytesIO(text.encode(encoding))
    found = list(text_lines(stream, encoding, limit))
    expected = [*lines, last] if last else lines
    assert [line if isinstance(line, str) else (line.size, line.quotes) for line in found] == [
        line if len(line) <= limit else (len(line), line.count('"')) for line in expected
    ]
    assert not stream.closed


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 200_000])
def test_lines_longer_than_a_piece(size: int) -> None:
    stream = io.BytesIO(("限" * size + "\nb").encode())
    assert list(text_lines(stream, "utf-8", size)) == [LongLine(size + 1, 0), "b"]
    stream.seek(0)
    assert list(text_lines(stream, "utf-8", size + 1)) == ["限" * size + "\n", "b"]
