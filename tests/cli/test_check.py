"""`pingzhao check`: text, file, standard input; findings for people or as the contract's line; speed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

REVIEW = "看守所女监区民警两名，限女性"


@pytest.mark.parametrize(
    ("text", "status", "shown"),
    [
        ("招文员，限女性，30岁以下", 1, ["限女性", "涉嫌违法"]),
        (REVIEW, 0, ["限女性", "待核"]),
        ("招文员，男女不限", 0, []),
    ],
)
def test_check_text(text: str, status: int, shown: list[str], invoke: Invoke) -> None:
    result = invoke("check", text)
    assert result.exit_code == status
    assert all(words in result.stdout for words in shown)
    assert result.stderr == ""


@pytest.mark.parametrize("text", ["门口要彪形大汉站岗", "师奶优先", "要家中无牵挂的"])
def test_check_lets_the_model_read_what_no_rule_names(text: str, run: Run) -> None:
    (line,) = run("check", "--json", text).lines
    assert [source["kind"] for finding in line["findings"] for source in finding["sources"]][-1] == "model"


def test_check_shows_law_question_and_rewrite(invoke: Invoke) -> None:
    shown = "".join(invoke("check", "招司机，限男性，会开车").stdout.split())
    assert "妇女权益保障法" in shown
    assert "删去性别限定" in shown


def test_check_prints_the_contracts_line(run: Run) -> None:
    ran = run("check", "--json", "招司机，限男性🚹")
    assert ran.status == 1
    (line,) = ran.lines
    assert set(line) == {"schema_version", "id", "findings", "text_sha256", "versions"}
    assert line["findings"][0]["spans"][0]["quote"] == "限男性"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("args", [["-"], []])
def test_check_standard_input(args: list[str], encoding: str, invoke: Invoke) -> None:
    result = invoke("check", *args, given="招文员，限女性\n".encode(encoding))
    assert result.exit_code == 1
    assert "限女性" in result.stdout


def test_check_title_and_date(invoke: Invoke) -> None:
    line = json.loads(invoke("check", "--json", "--title", "服务员（女）", "包食宿").stdout)
    assert line["findings"][0]["spans"][0]["field"] == "title"
    assert invoke("check", "--title", "服务员（女）").exit_code == 1
    for day, law in (("2022-06-01", "WL_OLD"), ("2024-06-01", "WL")):
        line = json.loads(invoke("check", "--json", "--posted-on", day, "限男性").stdout)
        cited = {basis["law"] for basis in line["findings"][0]["legal_basis"]}
        assert cited & {"WL", "WL_OLD"} == {law}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ad.txt", "招文员，限女性".encode("gb18030")),
        ("ad.html", "<p>招文员，限女性</p><script>限男</script>".encode()),
        ("ad.csv", "岗位要求\n限女性\n".encode()),
        ("ad.json", '{"text": "招文员，限女性"}'.encode()),
    ],
)
def test_check_file(name: str, content: bytes, tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / name).write_bytes(content)
    result = invoke("check", "--file", name)
    assert result.exit_code == 1
    assert "限女性" in result.stdout


def test_check_file_of_several_ads(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "ads.txt").write_text("招司机，限男性\n----\n招文员，男女不限\n", "utf-8")
    lines = [json.loads(line) for line in invoke("check", "--file", "ads.txt", "--json").stdout.splitlines()]
    assert [len(line["findings"]) for line in lines] == [1, 0]


def test_check_file_with_a_row_that_fails(tmp_path: Path, invoke: Invoke) -> None:
    (tmp_path / "ads.jsonl").write_text('{"text":"会电脑"}\n{\n', "utf-8")
    result = invoke("check", "--file", "ads.jsonl")
    assert result.exit_code == 3
    assert "[E103] 第 2 行" in result.stderr


@pytest.mark.parametrize(
    ("args", "given", "code"),
    [
        ([""], b"", "E904"),
        (["  "], b"", "E904"),
        ([], b"", "E904"),
        (["-"], b" \n", "E904"),
        (["-"], bytes(range(128, 256)), "E101"),
        (["限男性", "--file", "ad.txt"], b"", "E904"),
        (["--file", "missing.txt"], b"", "E110"),
        (["--file", "ad.docx"], b"", "E107"),
        (["--file", "ad.txt"], b"", "E102"),
        (["-", "--encoding", "klingon"], "限男".encode(), "E101"),
    ],
)
def test_check_nothing_to_check_is_coded(
    args: list[str], given: bytes, code: str, tmp_path: Path, invoke: Invoke
) -> None:
    (tmp_path / "ad.docx").write_bytes(b"PK")
    (tmp_path / "ad.txt").touch()
    result = invoke("check", *args, given=given)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert result.stdout == ""


def test_check_starts_fast(run: Run) -> None:
    """The bar is 1.5 s from the shell on a quiet machine; the best of three, since CI shares its cores."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        assert run("check", "限男性").status == 1
        taken.append(time.perf_counter() - start)
    assert min(taken) <= 1.5
