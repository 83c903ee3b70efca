"""Errors end in one place: a Chinese message with a code, an exit code, no stack trace."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from scanner.cli.guard import GuardedGroup
from scanner.errors import PingzhaoError

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@click.group(cls=GuardedGroup)
def group() -> None:
    """Commands that fail."""


@group.command()
@click.argument("how")
def fail(how: str) -> None:
    raise {
        "coded": PingzhaoError("E102", path="a.csv"),
        "bug": ValueError("招司机，限男性"),
        "memory": MemoryError(),
        "ctrl-c": KeyboardInterrupt(),
        "exit": click.exceptions.Exit(3),
        "usage": click.UsageError("写法不对"),
        "pipe": BrokenPipeError(32, "Broken pipe"),
    }[how]


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("coded", 2, "[E102] 文件为空：a.csv"),
        ("bug", 2, "[E902] 内部错误（ValueError）"),
        ("memory", 2, "[E902] 内部错误（MemoryError）"),
        ("ctrl-c", 130, "[E903] 已按 Ctrl-C 中断"),
        ("exit", 3, ""),
        ("usage", 2, "写法不对"),
        ("pipe", 1, ""),
    ],
)
def test_guard_says_what_happened(how: str, status: int, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PINGZHAO_DEBUG", raising=False)
    result = CliRunner().invoke(group, ["fail", how])
    assert result.exit_code == status
    assert says in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "限男性" not in result.stderr


def test_guard_debug_shows_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGZHAO_DEBUG", "1")
    assert isinstance(CliRunner().invoke(group, ["fail", "bug"]).exception, ValueError)
    assert CliRunner().invoke(group, ["fail", "coded"]).exit_code == 2


@pytest.mark.parametrize(
    ("encoding", "used"),
    [("ascii", "utf-8"), ("cp1252", "utf-8"), ("utf-8", "utf-8"), ("gbk", "gbk"), ("gb18030", "gb18030")],
)
def test_guard_prints_chinese_on_any_code_page(
    encoding: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scanner.cli.guard import print_chinese

    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding=encoding, errors="strict"))
    print_chinese()
    print("限男性 \ud800", flush=True)
    assert raw.getvalue().decode(used).strip() == "限男性 ?"


def test_guard_prints_chinese_where_the_locale_has_none(run: Run) -> None:
    ran = run("laws", "show", "WL43.1", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.status == 0
    assert "妇女权益保障法" in ran.out
