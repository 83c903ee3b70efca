from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.cli.app import main

REPORT = "我昨天去鑫源电子厂面试，人事问我打算什么时候要孩子。"


def _run(*given: str, sent: str | None = None) -> str:
    result = CliRunner().invoke(main, ["complaint", *given], input=sent)
    assert result.exit_code == 0, result.output
    return result.output


def test_complaint_says_what_who_how_urgent_and_where_to() -> None:
    told = _run(REPORT)
    for words in ("询问婚育", "鑫源电子厂", "环节：面试", "紧急程度：", "受理：人力资源和社会保障部门"):
        assert words in told


def test_complaint_reads_a_file_in_gb18030_and_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "来电.txt"
    file.write_bytes(REPORT.encode("gb18030"))
    assert _run("--file", str(file)) == _run("-", sent=REPORT) == _run(REPORT)


def test_complaint_as_json_has_offsets_in_the_text() -> None:
    told = json.loads(_run("--json", REPORT))
    passages = [p for j in told["understanding"]["judgements"] for p in j["passages"]]
    assert passages
    assert all(REPORT[p["start"] : p["end"]] == p["quote"] for p in passages)


def test_complaint_counts_days_from_the_day_of_receipt() -> None:
    text = "我怀孕了，公司让我3月5日之前签离职，不签就开除。"
    urgent = json.loads(_run("--json", "--received", "2026-03-02", text))["urgency"]
    assert urgent["level"] == "urgent"


@pytest.mark.parametrize(
    "given", [(), (" ",), ("--file", "没有这个文件.txt"), (REPORT, "--file", "来电.txt")]
)
def test_complaint_without_words_says_what_to_do(given: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["complaint", *given])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
