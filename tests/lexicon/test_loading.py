"""A lexicon that is not sound is refused, by file, rule and cure."""

import shutil
from pathlib import Path

import pytest

from scanner.errors import PingzhaoError
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.paths import shipped

RULE = """rules:
- id: {id}
  type: {type}
  category: {category}
  subtype: sex_limit_male
  direction: {direction}
  severity: S1
  law: [{law}]
  message: 说明
  rewrite: 改法
  patterns: ["{pattern}"]
  flag: [{flag}]
  pass: [{passes}]
"""
GOOD = {
    "id": "new-rule",
    "type": "phrase",
    "category": "gender_restriction",
    "direction": "male",
    "law": "WL43.1",
    "pattern": "限男",
    "flag": '"[限男]"',
    "passes": '"不限"',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("lexicons"), tmp_path / "lexicons"))


def _load(folder: Path) -> Lexicon:
    return Lexicon(folder, LawBook.load(folder / "law"))


def _with(folder: Path, **changes: str) -> None:
    (folder / "rules" / "zz_new.yaml").write_text(RULE.format(**GOOD | changes), "utf-8")


def test_loading_takes_a_sound_new_rule(folder: Path) -> None:
    _with(folder)
    assert "new-rule" in _load(folder).rules


def test_loading_version_changes_with_any_rule(folder: Path) -> None:
    before = _load(folder).version
    _with(folder)
    assert _load(folder).version != before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"flag": ""}, "flag"),
        ({"passes": ""}, "pass"),
        ({"flag": '"限男"'}, "没有标出词句"),
        ({"id": "only-sex"}, "编号重复"),
        ({"law": "WL999"}, "没有条款 WL999"),
        ({"pattern": "{nothing}男"}, "没有名为 nothing"),
        ({"pattern": "招工"}, "不含任何锚词"),
        ({"category": "ageism"}, "category"),
        ({"type": "regex"}, "type"),
        ({"direction": "same"}, "不符"),
        ({"pattern": ""}, "patterns"),
        ({"id": "Bad Id"}, "id"),
    ],
)
def test_loading_refuses_a_bad_rule(folder: Path, change: dict[str, str], problem: str) -> None:
    _with(folder, **change)
    with pytest.raises(PingzhaoError) as caught:
        _load(folder)
    message = str(caught.value)
    assert caught.value.code == "E301"
    assert "zz_new.yaml" in message
    assert problem in message
    assert "修改办法" in message


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("terms.yaml", "sets:\n  male:\n    terms: []\n", "terms"),
        ("terms.yaml", 'sets:\n  male:\n    terms: ["男", ""]\n', "terms"),
        ("terms.yaml", "sets: [", "YAML"),
        ("rules/zz_new.yaml", "rule: []\n", "rule"),
    ],
)
def test_loading_refuses_a_bad_file(folder: Path, file: str, content: str, problem: str) -> None:
    (folder / file).write_text(content, "utf-8")
    with pytest.raises(PingzhaoError) as caught:
        _load(folder)
    assert Path(file).name in str(caught.value)
    assert problem in str(caught.value)


def test_loading_names_a_missing_file(folder: Path) -> None:
    (folder / "terms.yaml").unlink()
    with pytest.raises(PingzhaoError, match=r"terms\.yaml"):
        _load(folder)
