"""Ads cut where findings begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.ad import Ad
from scanner.findings import Disposition
from scanner.report.highlight import Piece, excerpt, highlighted
from tests.report.conftest import finding, reported, span_of

BAD, ASK, CLEAR = Disposition.VIOLATION, Disposition.REVIEW, Disposition.EXEMPT


def cut(ad: Ad, *findings: object, reach: int = 99) -> list[tuple[str, list[Piece]]]:
    return highlighted(*reported(ad, *findings), reach)


def test_highlight_every_field_in_order() -> None:
    ad = Ad("👷限男", title="保安", fields={"性别": "男"})
    assert cut(ad, finding(ad, "限男"), finding(ad, "男", "fields.性别", "exempt")) == [
        ("title", [Piece("保安")]),
        ("text", [Piece("👷"), Piece("限男", (1,), BAD, (1,))]),
        ("fields.性别", [Piece("男", (2,), CLEAR, (2,))]),
    ]


def test_highlight_overlap_shows_the_gravest() -> None:
    ad = Ad("招未婚女性")
    pieces = cut(ad, finding(ad, "未婚女性", disposition="exempt"), finding(ad, "女性", disposition="review"))
    assert pieces == [
        ("text", [Piece("招"), Piece("未婚", (), CLEAR, (1,)), Piece("女性", (1, 2), ASK, (1, 2))])
    ]


def test_highlight_leaves_out_the_middle_of_long_text() -> None:
    ad = Ad("前" * 100 + "限男" + "中" * 100 + "限女" + "后" * 100)
    ((_, pieces),) = cut(ad, finding(ad, "限男"), finding(ad, "限女"), reach=10)
    assert [piece.text for piece in pieces if piece.worst] == ["限男", "限女"]
    before, _, between, _, after = (piece.text for piece in pieces)
    assert before == " ……（略 90 字）…… " + "前" * 10
    assert between == "中" * 10 + " ……（略 80 字）…… " + "中" * 10
    assert after == "后" * 10 + " ……（略 90 字）…… "


@given(st.text(min_size=1, max_size=30), st.data())
def test_highlight_pieces_join_to_the_text(text: str, data: st.DataObject) -> None:
    ad = Ad(text)
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1])
    quotes = [text[start:end] for start, end in data.draw(st.lists(places, max_size=5))]
    ((_, pieces),) = cut(ad, *(finding(ad, quote) for quote in quotes))
    assert "".join(piece.text for piece in pieces) == text
    assert sorted(number for piece in pieces for number in piece.ending) == list(range(1, len(quotes) + 1))
    assert any(piece.worst for piece in pieces) == bool(quotes)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [(2, ("…岗位", "限男", "，包…")), (99, ("招岗位", "限男", "，包住")), (0, ("…", "限男", "…"))],
)
def test_excerpt_keeps_what_is_near(reach: int, expected: tuple[str, str, str]) -> None:
    ad = Ad("招岗位限男，包住")
    assert excerpt(ad, span_of(ad, "限男"), reach) == expected
