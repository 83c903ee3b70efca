from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.classifier.linear import LONGEST, NOWHERE, Linear, runs, scale

WORDS = st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def linear() -> Linear:
    """Random weights, as many as a model has."""
    draw = np.random.default_rng(1).normal(size=NOWHERE + 1)
    draw[NOWHERE] = 0.0
    return Linear(draw.astype(np.float16).astype(np.float32), -0.5)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_linear_scores_do_not_depend_on_the_neighbours(windows: list[str]) -> None:
    weights = np.sin(np.arange(NOWHERE + 1, dtype=np.float32))
    weights[NOWHERE] = 0.0
    linear = Linear(weights, 0.25)
    together = linear.scores(windows)
    assert together == pytest.approx([linear.scores([window])[0] for window in windows], abs=1e-4)


@given(WORDS)
def test_linear_counts_the_runs_that_it_scales_by(window: str) -> None:
    places, sizes = runs([window, "旁边"])
    own = places[:, : len(window) + 1]
    assert (own != NOWHERE).sum() == round(1 / scale(sizes)[0] ** 2)
    assert len(places) == LONGEST


def test_linear_tells_the_order_of_characters(linear: Linear) -> None:
    forth, back = linear.scores(["男不限", "限不男"])
    assert abs(forth - back) > 1e-3


def test_linear_reads_a_lone_surrogate(linear: Linear) -> None:
    assert np.isfinite(linear.scores(["限男\ud800"])).all()


def test_linear_is_the_same_after_it_was_saved(linear: Linear, tmp_path: Path) -> None:
    linear.save(tmp_path / "linear.npz")
    windows = ["招保安限男性", "负责保洁"]
    assert Linear.load(tmp_path / "linear.npz").scores(windows) == pytest.approx(linear.scores(windows))
