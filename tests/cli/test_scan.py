"""`pingzhao scan`: the contract's lines, formats, outputs, standard input, the gate."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from scanner import Ad, Scanner
from tests.cli.conftest import read_lines, write_ads

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run


def test_scan_contract_command(board: Path, tmp_path: Path, run: Run) -> None:
    ran = run("scan", board, "--format", "jsonl", "--output", "OUT.jsonl")
    assert (ran.status, ran.out) == (0, "")
    lines = read_lines(tmp_path / "OUT.jsonl")
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    found = [{f["disposition"] for f in line["findings"]} for line in lines]
    assert found == [{"violation"}, {"review"}, set()]
    (span,) = lines[0]["findings"][0]["spans"]
    assert span == {
        "field": "text",
        "start": 6,
        "end": 9,
        "utf16_start": 6,
        "utf16_end": 9,
        "quote": "限男性",
    }
    assert set(lines[0]) == {"schema_version", "id", "findings", "text_sha256", "versions"}
    assert "已扫描 3 条广告，2 条有线索（涉嫌违法 1，待核 " in ran.err
    assert "报告：OUT.jsonl" in ran.err


def test_scan_error_lines_stand_in_their_place(tmp_path: Path, run: Run) -> None:
    (tmp_path / "in.jsonl").write_text(
        '{"id":"a","text":"会电脑"}\n{"id":\n{"id":"c","text":"限男性"}\n', "utf-8"
    )
    ran = run("scan", "in.jsonl", "--format", "jsonl", "--output", "out.jsonl", "--no-model")
    assert ran.status == 3
    first, broken, last = read_lines(tmp_path / "out.jsonl")
    assert (first["id"], last["id"]) == ("a", "c")
    assert set(broken) == {"id", "error"}
    assert broken["error"]["code"] == "E103"
    assert "1 行未能扫描" in ran.err
    assert "[E103] 第 2 行" in ran.err


def test_scan_names_only_the_first_rows_that_fail(tmp_path: Path, run: Run) -> None:
    (tmp_path / "in.jsonl").write_text("{\n" * 12 + '{"text":"会电脑"}\n', "utf-8")
    ran = run("scan", "in.jsonl", "--output", "out.jsonl", "--quiet")
    assert ran.status == 3
    assert "12 行未能扫描" in ran.err
    assert ran.err.count("[E103]") == 5
    assert "另有 7 行" in ran.err


def test_scan_several_outputs_by_suffix(board: Path, tmp_path: Path, run: Run) -> None:
    names = ["报告.html", "out.xlsx", "out.csv", "out.jsonl", "out.sarif"]
    ran = run("scan", board, *(part for name in names for part in ("--output", name)))
    assert ran.status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, board.name])
    assert "限男性" in (tmp_path / "报告.html").read_text("utf-8")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
    assert "限男性" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert json.loads((tmp_path / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert len(read_lines(tmp_path / "out.jsonl")) == 3


def test_scan_formats_pair_with_outputs(board: Path, tmp_path: Path, run: Run) -> None:
    ran = run(
        "scan", board, "--format", "jsonl", "--output", "a.txt", "--format", "sarif", "--output", "b.json"
    )
    assert ran.status == 0
    assert len(read_lines(tmp_path / "a.txt")) == 3
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize(
    "args", [["--format", "jsonl"], ["--output", "-"], ["--format", "jsonl", "--output", "-"]]
)
def test_scan_jsonl_to_standard_output(args: list[str], board: Path, run: Run) -> None:
    ran = run("scan", board, *args)
    assert ran.status == 0
    assert [line["id"] for line in ran.lines] == ["a", "b", "c"]


def test_scan_without_output_shows_the_findings(board: Path, tmp_path: Path, run: Run) -> None:
    ran = run("scan", board)
    assert ran.status == 0
    assert "限男性" in ran.out
    assert "妇女权益保障法" in ran.out
    assert "加 --output 报告.html" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [board.name]


def test_scan_quiet_says_nothing(board: Path, run: Run) -> None:
    ran = run("scan", board, "--output", "out.jsonl", "--quiet")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_scan_standard_input(board: Path, run: Run) -> None:
    ran = run("scan", "-", "--format", "jsonl", given=board.read_bytes())
    assert ran.status == 0
    assert [line["id"] for line in ran.lines] == ["a", "b", "c"]
    assert run("scan", "-", "--format", "jsonl").status == 2


def test_scan_folder(board: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "all"
    (folder / "sub").mkdir(parents=True)
    board.rename(folder / "b.jsonl")
    (folder / "a.txt").write_text("招保洁，限女性", "utf-8")
    (folder / "sub" / "empty.csv").touch()
    ran = run("scan", folder, "--format", "jsonl")
    assert ran.status == 3
    assert [line["id"] for line in ran.lines] == ["a.txt:1", "a", "b", "c", "sub/empty.csv"]
    assert ran.lines[-1]["error"]["code"] == "E102"


def test_scan_map_and_encoding(tmp_path: Path, run: Run) -> None:
    (tmp_path / "in.csv").write_bytes("甲,乙\n限男性,样例公司\n".encode("utf-16-le"))
    ran = run(
        "scan",
        "in.csv",
        "--encoding",
        "utf-16-le",
        "--map",
        "text=甲",
        "--map",
        "employer=乙",
        "--format",
        "jsonl",
    )
    assert ran.status == 0
    assert ran.lines[0]["findings"][0]["spans"][0]["field"] == "text"
    assert "正文←甲，单位←乙" in ran.err


def test_scan_max_chars(board: Path, run: Run) -> None:
    ran = run("scan", board, "--max-chars", "17", "--format", "jsonl")
    assert ran.status == 3
    assert ["error" in line for line in ran.lines] == [False, True, False]
    assert "[E105]" in ran.err


@pytest.mark.parametrize(
    ("texts", "gate", "status"),
    [
        (["限男性"], None, 0),
        (["限男性"], "violation", 1),
        (["限男性"], "review", 1),
        (["看守所女监区民警两名，限女性"], "violation", 0),
        (["看守所女监区民警两名，限女性"], "review", 1),
        (["男女不限"], "review", 0),
        (["男女不限", ""], "review", 3),
        (["限男性", ""], "violation", 1),
    ],
)
def test_scan_gate(texts: list[str], gate: str | None, status: int, tmp_path: Path, invoke: Invoke) -> None:
    file = write_ads(tmp_path / "in.jsonl", [{"text": text} for text in texts])
    args = ["--fail-on", gate] if gate else []
    assert invoke("scan", file, "--output", "out.jsonl", *args).exit_code == status
    assert len(read_lines(tmp_path / "out.jsonl")) == len(texts)


def test_scan_reports_what_the_library_does(board: Path, tmp_path: Path, invoke: Invoke) -> None:
    invoke("scan", board, "--output", "out.jsonl")
    ads = [json.loads(line) for line in board.read_text("utf-8").splitlines()]
    scanner = Scanner.load()
    for ad, line in zip(ads, read_lines(tmp_path / "out.jsonl"), strict=True):
        report = scanner.scan(Ad(ad["text"], ad.get("title", ""), ad["id"], employer=ad.get("employer", "")))
        assert [f["id"] for f in line["findings"]] == [f.id for f in report.findings]
        assert line["text_sha256"] == report.text_sha256


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["--format", "html"], "E904", "--format 1 个，--output 0 个"),
        (["--format", "html", "--output", "a.html", "--output", "b.html"], "E904", "应一一对应"),
        (["--output", "a.html", "--output", "./a.html"], "E904", "是同一个文件"),
        (["--output", "board.jsonl"], "E904", "就是输入文件"),
        (["--output", "a.pdf"], "E202", ".pdf"),
        (["--output", "report"], "E202", "report"),
        (["--format", "pdf", "--output", "a.pdf"], "E202", "pdf"),
        (["--output", "missing/a.html"], "E201", "missing"),
        (["--output", "board.jsonl/a.html"], "E201", "board.jsonl"),
        (["--map", "text:甲"], "E112", "不是 角色=列名"),
        (["--map", "words=甲"], "E112", "没有“words”这个角色"),
        (["--lexicons", "missing"], "E302", "missing"),
        (["--encoding", "klingon"], "E101", "未知的编码名称"),
    ],
)
def test_scan_refuses_before_anything_is_written(
    args: list[str], code: str, says: str, board: Path, tmp_path: Path, invoke: Invoke
) -> None:
    before = board.read_bytes()
    result = invoke("scan", "board.jsonl", *args)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert says in result.stderr
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["board.jsonl"]
    assert board.read_bytes() == before


def test_scan_report_inside_the_folder_scanned_is_refused(
    board: Path, tmp_path: Path, invoke: Invoke
) -> None:
    result = invoke("scan", tmp_path, "--output", "report.html")
    assert result.exit_code == 2
    assert "[E904]" in result.stderr
    assert not (tmp_path / "report.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_scan_shows_progress_on_a_terminal(tmp_path: Path) -> None:
    import os
    import pty
    import subprocess

    from tests.cli.conftest import COMMAND

    big = write_ads(tmp_path / "in.jsonl", [{"text": f"招司机{n}名，限男性"} for n in range(8000)])
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "scan", str(big), "--output", str(tmp_path / "out.jsonl")],
        stderr=terminal,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
    )
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(master, 65536):
            shown += piece
    except OSError:  # Linux says so when the other end is closed
        pass
    assert process.wait(60) == 0
    text = shown.decode("utf-8")
    assert "条/秒" in text
    assert "剩余" in text
    assert text.count("条/秒") < 100
    assert "已扫描 8000 条广告" in text
