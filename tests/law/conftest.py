"""The shipped law book, and a copy of its files that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scanner.law import LawBook
from scanner.paths import shipped


@pytest.fixture(scope="session")
def book() -> LawBook:
    return LawBook.load()


@pytest.fixture
def law_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("lexicons") / "law", tmp_path / "law"))
