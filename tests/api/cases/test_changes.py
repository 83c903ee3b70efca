"""Before and after: the pieces are the wordings again, and only what changed is marked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cases.changes import Piece, changes, compared
from api.store.ads import AdVersion


def marked(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "shown_before", "shown_after"),
    [
        ("招保安，限男性，包吃住。", "招保安，男女不限，包吃住。", "招保安，[限男性]，包吃住。", "招保安，[男女不限]，包吃住。"),
        ("限男性", "限男性", "限男性", "限男性"),
        ("", "新写的", "", "[新写的]"),
        ("删去的", "", "[删去的]", ""),
        ("甲\n限男\n乙", "甲\n乙", "甲\n[限男\n]乙", "甲\n乙"),
        ("👩限女👩", "👩不限👩", "👩[限女]👩", "👩[不限]👩"),
    ],
)  # fmt: skip
def test_changes_mark_only_what_changed(before: str, after: str, shown_before: str, shown_after: str) -> None:
    found = compared("text", before, after)
    assert (marked(found.before), marked(found.after)) == (shown_before, shown_after)
    assert found.differs == (before != after)


@given(st.text("限男女不，。\n", max_size=40), st.text("限男女不，。\n", max_size=40))
def test_changes_pieces_are_the_wordings_again(before: str, after: str) -> None:
    found = compared("text", before, after)
    assert "".join(piece.text for piece in found.before) == before
    assert "".join(piece.text for piece in found.after) == after
    kept = [
        "".join(piece.text for piece in side if not piece.changed) for side in (found.before, found.after)
    ]
    assert kept[0] == kept[1]


def test_changes_follow_the_parts_of_the_ad() -> None:
    old = AdVersion(title="保安", text="限男性", fields={"性别": "男", "城市": "某市"})
    new = AdVersion(title="保安", text="男女不限", fields={"城市": "某市", "学历": "不限"})
    found = changes(old, new)
    assert [one.name for one in found] == ["title", "性别", "城市", "学历", "text"]
    assert [one.name for one in found if one.differs] == ["性别", "学历", "text"]


def test_changes_of_long_texts_are_quick() -> None:
    began = time.perf_counter()
    compared("text", "限男" * 250_000, "不限" * 250_000)
    compared("text", "限男\n" * 20_000, "不限\n" * 20_000)
    assert time.perf_counter() - began < 2
