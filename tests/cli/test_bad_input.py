"""Every kind of wrong file at the command line: its code, the exit code, and the rows that survive."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cli.conftest import read_lines

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke

GOOD = '{"id":"good","text":"招司机，限男性"}\n'
CSV = "职位名称,岗位要求\n司机,限男性\n"


def workbook(*parts: tuple[str, bytes]) -> bytes:
    """An xlsx with one ad, and further parts."""
    book = openpyxl.Workbook()
    for row in (["职位名称", "岗位要求"], ["司机", "限男性"]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return held.getvalue()


PAGE = """<html><head><script>document.write("限女性")</script><style>p::after{content:"限女性"}</style></head>
<body onload="alert('限女性')"><p>招司机一名，限男性</p><!-- 限女性 --></body></html>"""
# name: (file name, content, exit code, code or "", words found in the rows that survive)
FILES: dict[str, tuple[str, bytes | str, int, str, list[str]]] = {
    "empty": ("a.jsonl", "", 2, "E102", []),
    "empty_csv": ("a.csv", "", 2, "E102", []),
    "header_only_no_ads": ("a.csv", "职位名称,岗位要求\n", 0, "", []),
    "type": ("a.pdf", "%PDF-1.7", 2, "E107", []),
    "columns": ("a.csv", "甲,乙\n限男性,x\n", 2, "E106", []),
    "not_json": ("a.json", "[{]", 2, "E113", []),
    "json_without_ads": ("a.json", "[[1, 2]", 2, "E113", []),
    "broken_line": ("a.jsonl", '{"text": "限女\n' + GOOD, 3, "E103", ["限男性"]),
    "no_text": ("a.jsonl", '{"id": "x"}\n' + GOOD, 3, "E104", ["限男性"]),
    "not_an_object": ("a.jsonl", "[1]\n" + GOOD, 3, "E111", ["限男性"]),
    "too_deep": ("a.jsonl", '{"text":' + "[" * 100_000 + "\n" + GOOD, 3, "E103", ["限男性"]),
    "too_large": ("a.jsonl", json.dumps({"text": "a" * 200_001}) + "\n" + GOOD, 3, "E105", ["限男性"]),
    "cell_too_many": ("a.csv", CSV + "文员,会电脑,x,y\n", 3, "E111", ["限男性"]),
    "gbk": ("a.csv", CSV.encode("gbk"), 0, "", ["限男性"]),
    "utf16": ("a.csv", CSV.encode("utf-16"), 0, "", ["限男性"]),
    "utf16_jsonl": ("a.jsonl", GOOD.encode("utf-16"), 0, "", ["限男性"]),
    "utf16_unmarked": ("a.csv", ("id," + CSV).encode("utf-16-le"), 2, "E101", []),
    "no_encoding": ("a.csv", bytes(range(128, 256)) * 40, 2, "E101", []),
    "broken_bytes": (
        "a.jsonl",
        b'{"text":"\xff\xfe"}\n' + GOOD.encode() * 2,
        3,
        "E109",
        ["限男性", "限男性"],
    ),
    "nul": ("a.jsonl", '{"text":"招司机\\u0000，限男性"}\n' + GOOD, 0, "", ["限男性", "限男性"]),
    "bare_nul": ("a.jsonl", '{"text":"招司机\0，限男性"}\n' + GOOD, 0, "", ["限男性", "限男性"]),
    "lone_surrogate": ("a.jsonl", '{"text":"\\ud800招司机，限男性"}\n' + GOOD, 0, "", ["限男性", "限男性"]),
    "formulas": ("a.csv", "岗位要求,其他\n=cmd|' /C calc'!A0 限男性,@SUM(1)\n", 0, "", ["限男性"]),
    "scripts": ("a.html", PAGE, 0, "", ["限男性"]),
    "bomb": ("a.xlsx", workbook(("xl/media/zeros.bin", bytes(30 << 20))), 2, "E108", []),
    "not_a_workbook": ("a.xlsx", CSV, 2, "E108", []),
    "macros": ("a.xlsm", workbook(("xl/vbaProject.bin", b"\0macro")), 0, "", ["限男性"]),
}


@pytest.mark.parametrize("case", FILES)
def test_bad_input_costs_itself_only(case: str, tmp_path: Path, invoke: Invoke) -> None:
    name, content, status, code, words = FILES[case]
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    outputs = [f"out.{suffix}" for suffix in ("jsonl", "html", "xlsx", "csv", "sarif")]
    result = invoke("scan", file, *(part for output in outputs for part in ("--output", output)))
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    assert (f"[{code}]" in result.stderr) if code else ("[E" not in result.stderr)
    written = [output for output in outputs if (tmp_path / output).exists()]
    assert written == ([] if status == 2 else outputs)
    if written:
        lines = read_lines(tmp_path / "out.jsonl")
        found = [span["quote"] for line in lines for f in line.get("findings", []) for span in f["spans"]]
        assert found == words
        assert [line["error"]["code"] for line in lines if "error" in line] == ([code] if code else [])


@pytest.mark.parametrize("name", ["missing.csv", "missing", "folder/missing.jsonl"])
def test_bad_input_missing_is_e110(name: str, invoke: Invoke) -> None:
    result = invoke("scan", name, "--output", "out.html")
    assert result.exit_code == 2
    assert "[E110]" in result.stderr


def test_bad_input_missing_column_is_e114(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    result = invoke("scan", "a.csv", "--map", "text=描述", "--output", "out.html")
    assert result.exit_code == 2
    assert "[E114]" in result.stderr
    assert "职位名称" in result.stderr


def test_bad_input_macros_are_noted(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "a.xlsm").write_bytes(workbook(("xl/vbaProject.bin", b"\0macro")))
    assert "含宏，宏未运行" in invoke("scan", "a.xlsm", "--output", "out.html").stderr


_MEASURED = """
import sys
from scanner.cli.app import main
try:
    main()
finally:
    print(open("/proc/self/status").read(), file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("name", ["huge.jsonl", "huge.csv", "huge.txt"])
def test_bad_input_row_of_100_mb_costs_itself_in_bounded_memory(name: str, tmp_path: Path) -> None:
    file, out = tmp_path / name, tmp_path / "out.jsonl"
    head, tail, survivors = {
        "huge.jsonl": ('{"text":"', '"}\n' + GOOD, 1),
        "huge.csv": ("岗位要求\n", "\n限男性\n", 1),
        "huge.txt": ("", "\n-----\n限男性\n", 1),
    }[name]
    with file.open("w", encoding="utf-8") as to:
        to.write(head)
        for _ in range(100):
            to.write("长" * (1 << 20) if name == "huge.txt" else "a" * (1 << 20))
        to.write(tail)
    command = [sys.executable, "-c", _MEASURED, "scan", str(file), "--output", str(out), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert "[E105]" in done.stderr
    assert [line["error"]["code"] for line in read_lines(out) if "error" in line] == ["E105"]
    assert sum("findings" in line for line in read_lines(out)) == survivors
    [peak] = re.findall(r"VmHWM:\s*(\d+) kB", done.stderr)
    assert int(peak) < 250 << 10
