"""The scanner of rules alone: what the law side makes of a hit must not hang on the model."""

from __future__ import annotations

import pytest

from scanner import Scanner


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner.load(model=False)
