from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.classifier.windows import MAX_CHARS, windows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("限男性", ["限男性"]),
        ("1、会电脑。2、限男性", ["1、会电脑", "2、限男性"]),
        ("限男性\n包食宿", ["限男性", "包食宿"]),
    ],
)
def test_windows_are_the_clauses(text: str, expected: list[str]) -> None:
    assert [text[w.start : w.end] for w in windows(text)] == expected


def test_windows_cut_a_long_clause_at_a_pause() -> None:
    text = "负责商场各楼层的日常巡查和记录," * 6
    found = [text[w.start : w.end] for w in windows(text)]
    assert all(words.endswith(",") for words in found)
    assert "".join(found) == text


@given(st.text(alphabet="男女限,。;、 \n1)a", max_size=300))
def test_windows_are_short_ordered_and_lose_nothing_but_blanks(text: str) -> None:
    found = windows(text)
    assert all(0 < w.end - w.start <= MAX_CHARS for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(text[w.start : w.end] for w in found)
    assert [c for c in kept if c not in " \n。"] == [c for c in text if c not in " \n。"]
