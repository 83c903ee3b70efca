import pytest

from scanner.classifier.gate import Gate


@pytest.mark.parametrize(
    ("raw", "opens"),
    [("要纯爷们儿", True), ("要純爺們", True), ("负责日常保洁", False), ("", False), ("爷\ud800们", True)],
)
def test_gate_opens_for_its_grams_in_any_script(raw: str, opens: bool) -> None:
    assert Gate(["爷们", "娃"]).may_open(raw) is opens


def test_gate_says_where_its_grams_begin() -> None:
    assert Gate(["爷们", "娃"]).places("带娃的爷们") == [1, 3]


def test_gate_without_grams_stays_shut() -> None:
    assert not Gate([]).may_open("爷们")
    assert Gate([]).places("爷们") == []
