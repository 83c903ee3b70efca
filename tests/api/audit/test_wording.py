"""Every act that the service records has a Chinese name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
from api.audit.wording import OBJECT_NAMES, action_name

SOURCES = sorted(Path(api.__file__).parent.rglob("*.py"))


def recorded() -> Iterator[tuple[str, str]]:
    """Action and kind of object of each call of `record` and `record_each`, where they are written out."""
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCES)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id in {"record", "record_each"}:
            texts = [arg.value for arg in call.args[2:4] if isinstance(arg, ast.Constant)]
            if len(texts) == 2:
                yield texts[0], texts[1]


@pytest.mark.parametrize(("action", "thing"), sorted(set(recorded())))
def test_wording_names_what_is_recorded(action: str, thing: str) -> None:
    assert action_name(action) != action
    assert thing in OBJECT_NAMES


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("ad.read", "查看广告"),
        ("case.list", "查看案件列表"),
        ("user.login_failed", "登录失败"),
        ("export.audit", "导出审计日志"),
        ("case.of_a_later_version", "case.of_a_later_version"),
        ("unknown.read", "unknown.read"),
    ],
)
def test_wording_of(action: str, name: str) -> None:
    assert action_name(action) == name
