"""Every command and option explains itself in Chinese, and so does click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import pytest

from scanner.cli import main

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

_CHINESE = re.compile(r"[一-鿿]")
_ENGLISH_OF_CLICK = re.compile(r"Usage|Options|Commands|Show |Error|default:|\[required|Try |OPTIONS|ARGS")
COMMANDS = [
    [],
    ["scan"],
    ["check"],
    ["rules"],
    ["rules", "list"],
    ["rules", "show"],
    ["rules", "test"],
    ["laws"],
    ["laws", "list"],
    ["laws", "show"],
    ["evaluate"],
    ["demo"],
    ["mine"],
    ["picture"],
    ["complaint"],
    ["train"],
    ["train", "pretrain"],
    ["train", "finetune"],
    ["train", "export"],
    ["train", "evaluate"],
    ["train", "complaint"],
    ["audit"],
    ["audit", "verify"],
    ["audit", "retention"],
    ["db"],
    ["db", "status"],
    ["db", "upgrade"],
    ["db", "backup"],
    ["db", "restore"],
    ["serve"],
    ["verify"],
]


def tree(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[list[str], click.Command]]:
    yield list(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from tree(child, (*path, name))


def test_help_table_names_every_command() -> None:
    assert sorted(path for path, _ in tree(main)) == sorted(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_chinese(path: list[str], invoke: Invoke) -> None:
    result = invoke(*path, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("用法：")
    assert "显示本说明" in result.output
    assert not _ENGLISH_OF_CLICK.search(result.output)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_of_every_command_and_option_is_written(path: list[str]) -> None:
    command = {tuple(p): c for p, c in tree(main)}[tuple(path)]
    assert _CHINESE.search(command.help or "")
    for option in command.params:
        if isinstance(option, click.Option):
            assert _CHINESE.search(option.help or ""), option.name


@pytest.mark.parametrize(
    "path", [[], ["scan"], ["check"], ["rules"], ["laws"], ["evaluate"], ["demo"], ["picture"]]
)
def test_help_has_examples(path: list[str], invoke: Invoke) -> None:
    assert " ".join(["  pingzhao", *path]) in invoke(*path, "--help").output


@pytest.mark.parametrize("path", ["scan", "check", "picture"])
def test_help_lists_the_exit_codes(path: str, invoke: Invoke) -> None:
    body = invoke(path, "--help").output.partition("退出码")[2]
    assert re.findall(r"^ +(\d+)  +\S", body, re.M) == {"scan": "0 1 2 3 130"}.get(path, "0 1 2 3").split()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["scan"], "缺少参数 '输入'"),
        (["evaluate"], "缺少选项 '--gold'"),
        (["scann"], "没有命令 scann"),
        (["scan", "--formt", "x"], "没有选项 --formt"),
        (["scan", "a", "b"], "多出参数：b"),
        (["scan", "a", "--output"], "选项 --output 后面要写一个值"),
        (["scan", "a", "--fail-on", "all"], "“all”不是 'violation', 'review' 之一"),
        (["scan", "a", "--max-chars", "many"], "“many”不是整数"),
        (["scan", "a", "--max-chars", "0"], "0 不在 x>=1 之内"),
        (["check", "--posted-on", "去年", "限男"], "“去年”不是日期"),
        (["check", "--json=1", "限男"], "选项 --json 后面不写值"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_help_usage_errors_are_chinese(args: list[str], says: str, invoke: Invoke) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert says in result.output
    assert "错误：" in result.output
    assert not _ENGLISH_OF_CLICK.search(result.output)


def test_help_version(invoke: Invoke) -> None:
    from scanner import __version__

    assert invoke("--version").output == f"平招 pingzhao {__version__}\n"


def test_help_runs_as_a_module(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    assert ran.out.startswith("用法： pingzhao ")


def test_help_loads_nothing_heavy(run: Run) -> None:
    """What makes `pingzhao check` start slowly must not be loaded to show a help page."""
    ran = run("check", "--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    loaded = set(re.findall(r"\| +([\w.]+)$", ran.err, re.M))
    assert "scanner.cli" in loaded
    assert not loaded & {"rich", "pydantic", "yaml", "jieba", "opencc", "orjson", "jinja2", "xlsxwriter"}
