"""Confidence against what was right, by hand."""

from __future__ import annotations

import pytest

from scanner.training.reliability import expected_error, reliability


def test_reliability_bins_and_error_by_hand() -> None:
    judged = [(0.95, True)] * 9 + [(0.95, False)] + [(0.55, True), (0.55, False)]
    low, high = reliability(judged)
    assert (low.low, low.count, low.confidence, low.right) == (0.5, 2, 0.55, 0.5)
    assert (high.low, high.count, high.confidence, high.right) == (0.9, 10, 0.95, 0.9)
    assert expected_error([low, high]) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("confidence", "low"), [(0.0, 0.0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.999, 0.9), (1.0, 0.9)]
)
def test_reliability_edges_belong_to_one_bin(confidence: float, low: float) -> None:
    [only] = reliability([(confidence, True)])
    assert only.low == pytest.approx(low)


def test_reliability_of_nothing() -> None:
    assert reliability([]) == []
    assert expected_error([]) == 0.0
