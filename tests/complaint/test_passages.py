from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.classifier.windows import MAX_CHARS
from scanner.complaint.passages import passages

LONG = "我去面试的时候他们经理就问我结婚没有我说结了他又问孩子多大我说三岁他说那不行你走吧我就走了后来我同学去他们问都没问"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("面试问我有没有对象。", ["面试问我有没有对象。"]),
        ("我去面试。他问我结婚没有。", ["我去面试。他问我结婚没有。"]),
        ("a" * 40 + "。" + "b" * 40, ["a" * 40 + "。", "b" * 40]),
        ("a" * 40 + "," + "b" * 40, ["a" * 40 + ",", "b" * 40]),
    ],
)
def test_passages_hold_whole_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in passages(text)] == expected


def test_passages_cut_speech_without_punctuation() -> None:
    found = passages(LONG * 3)
    assert "".join((LONG * 3)[start:end] for start, end in found) == LONG * 3
    assert len(found) > 1


@given(st.text(alphabet="我问,。!;\n ab", max_size=400))
def test_passages_are_short_in_order_and_leave_out_blanks_only(text: str) -> None:
    found = passages(text)
    assert all(0 < end - start <= MAX_CHARS and text[start:end].strip() for start, end in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())
