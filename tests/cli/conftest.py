"""Run the command as a user does, in a process of its own, or in this one where that is enough."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scanner.cli import main

COMMAND = [sys.executable, "-m", "scanner"]


@dataclass(frozen=True)
class Ran:
    """How a process ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]
Invoke = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("scan", "in.jsonl")` in a folder of its own, in a terminal that is none."""

    def running(*args: str | Path, given: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [*COMMAND, *map(str, args)],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            timeout=120,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return running


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """The same within this process."""
    monkeypatch.chdir(tmp_path)

    def invoking(*args: str | Path, given: bytes = b"") -> Result:
        return CliRunner().invoke(main, [*map(str, args)], input=given)

    return invoking


def write_ads(path: Path, ads: Iterable[dict[str, object]]) -> Path:
    """JSON lines."""
    path.write_text("".join(json.dumps(ad, ensure_ascii=False) + "\n" for ad in ads), "utf-8")
    return path


def read_lines(path: Path) -> list[Any]:
    """JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Three ads: a violation, one that may have a lawful ground, a lawful one."""
    return write_ads(
        tmp_path / "board.jsonl",
        [
            {"id": "a", "title": "司机", "text": "招司机一名，限男性，有A2证", "employer": "样例物流"},
            {"id": "b", "title": "女监民警", "text": "看守所女监区民警两名，限女性"},
            {"id": "c", "text": "招文员一名，男女不限，会电脑"},
        ],
    )
