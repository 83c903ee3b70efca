"""Rates and their intervals against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.training.intervals import gains, rates, share


def ads(*rows: tuple[int, int, int]) -> np.ndarray:
    """One figure for each ad: right, predicted, gold."""
    return np.array([[row] for row in rows])


def test_intervals_rates_are_those_of_the_total() -> None:
    [found] = rates(ads((2, 2, 2), (1, 2, 2), (0, 0, 1)))
    assert (found.right, found.predicted, found.gold) == (3, 4, 5)
    assert (found.precision.value, found.recall.value) == (0.75, 0.6)
    assert found.f1.value == pytest.approx(2 / 3, abs=1e-4)


def test_intervals_are_as_wide_as_theory_says() -> None:
    found = share([True] * 50 + [False] * 50)
    assert found.value == 0.5
    assert (found.low, found.high) == (pytest.approx(0.402, abs=0.02), pytest.approx(0.598, abs=0.02))


def test_intervals_repeat_exactly() -> None:
    counts = ads(*[(n % 3 > 0, 1, 1) for n in range(40)])
    assert rates(counts) == rates(counts.copy())


@pytest.mark.parametrize(
    ("counts", "values"),
    [
        (ads((0, 0, 0)), (1, 1, 1)),
        (ads((0, 3, 0)), (0, 1, 0)),
        (ads((0, 0, 3)), (1, 0, 0)),
        (np.zeros((0, 1, 3)), (1, 1, 1)),
    ],
    ids=["nothing", "only-false", "only-missed", "no-ads"],
)
def test_intervals_where_there_is_little_to_count(counts: np.ndarray, values: tuple[int, int, int]) -> None:
    [found] = rates(counts)
    assert (found.precision.value, found.recall.value, found.f1.value) == values


def test_intervals_gain_compares_on_the_same_ads() -> None:
    base = ads(*[(n % 2, n % 2, 1) for n in range(60)])
    better = ads(*[(n % 2 or n % 4 == 0, n % 2 or n % 4 == 0, 1) for n in range(60)])
    [gain], [none] = gains(better, base), gains(base, base)
    assert gain.value == pytest.approx(6 / 7 - 2 / 3, abs=1e-3)
    assert 0 < gain.low < gain.value < gain.high
    assert (none.value, none.low, none.high) == (0, 0, 0)


@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_intervals_hold_the_share(flags: list[bool]) -> None:
    found = share(flags)
    assert 0 <= found.low <= found.value <= found.high <= 1
