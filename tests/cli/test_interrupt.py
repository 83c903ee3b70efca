"""Ctrl-C in the middle of a scan: one line, exit code 130, no new file, old files as they were."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND

ROW = '{"title":"司机","text":"招司机一名，限男性，有A2证，能吃苦耐劳，月休四天，包食宿，待遇面议。"}\n'


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to one process there")
def test_interrupt_leaves_no_file_and_touches_none(tmp_path: Path) -> None:
    board, reports = tmp_path / "board.jsonl", tmp_path / "reports"
    board.write_text(ROW * 400_000, "utf-8")
    reports.mkdir()
    (reports / "old.jsonl").write_text("an earlier report", "utf-8")
    outputs = ["old.jsonl", "new.jsonl", "new.html", "new.xlsx", "new.csv", "new.sarif"]
    process = subprocess.Popen(
        [*COMMAND, "scan", str(board), *(p for o in outputs for p in ("--output", str(reports / o)))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_for_work(process, reports)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.decode("utf-8").startswith("[E903] 已按 Ctrl-C 中断")
    assert err.count(b"\n") == 1
    assert {path.name: path.read_text("utf-8") for path in reports.iterdir()} == {
        "old.jsonl": "an earlier report"
    }


def wait_for_work(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Until reports are being written, which shows in the folder, and a little longer."""
    deadline = time.monotonic() + 30
    while len(list(folder.iterdir())) == 1:
        assert process.poll() is None, "ended before it could be interrupted"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    assert process.poll() is None, "ended before it could be interrupted"
