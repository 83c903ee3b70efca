"""`pingzhao demo`: the shipped samples, reports to open, and where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from tests.cli.conftest import read_lines

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run


def test_demo_writes_reports_and_says_where(tmp_path: Path, run: Run) -> None:
    ran = run("demo")
    assert ran.status == 0
    folder = tmp_path / "pingzhao-demo"
    assert ran.out.splitlines()[-1] == f"请用浏览器打开：{(folder / 'report.html').resolve()}"
    assert "已扫描广告    91" in ran.out
    assert "3 行未能扫描" in ran.err
    page = (folder / "report.html").read_text("utf-8")
    assert "限男性" in page
    assert "长春" in page
    assert openpyxl.load_workbook(folder / "report.xlsx").worksheets
    assert len(read_lines(folder / "report.jsonl")) == 94


def test_demo_shows_findings(invoke: Invoke) -> None:
    result = invoke("demo", "--output-dir", "sub/试用")
    assert result.exit_code == 0
    assert "涉嫌违法" in result.stdout


def test_demo_again_replaces_its_reports(tmp_path: Path, invoke: Invoke) -> None:
    for _ in range(2):
        result = invoke("demo", "--output-dir", "out")
        assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.html",
        "report.jsonl",
        "report.xlsx",
    ]


def test_demo_unwritable_folder_is_e201(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "taken").touch()
    for folder in ("taken", "taken/sub"):
        result = invoke("demo", "--output-dir", folder)
        assert result.exit_code == 2
        assert "[E201]" in result.stderr
