"""`pingzhao rules` shows the lexicon and proves it; a rule that is wrong is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.findings import CATEGORY_NAMES, Category
from scanner.lexicon import Lexicon
from scanner.paths import shipped

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicon to change."""
    return shutil.copytree(shipped("lexicons"), tmp_path / "lexicons")


def test_rules_list_names_every_rule_once(invoke: Invoke) -> None:
    lexicon = Lexicon.load()
    listed = [line.split()[0] for line in invoke("rules", "list").output.splitlines()]
    assert listed == [*lexicon.rules, *lexicon.vetoes]


@pytest.mark.parametrize("category", list(Category))
def test_rules_list_of_one_category(category: Category, invoke: Invoke) -> None:
    lines = invoke("rules", "list", "--category", category.value).output.splitlines()
    expected = [rule.id for rule in Lexicon.load().rules.values() if rule.category is category]
    assert [line.split()[0] for line in lines] == expected
    assert all(CATEGORY_NAMES[category] in line for line in lines)


def test_rules_show_every_entry(invoke: Invoke) -> None:
    lexicon = Lexicon.load()
    for name, rule in lexicon.rules.items():
        output = invoke("rules", "show", name).output
        assert output.startswith(f"{name}  {CATEGORY_NAMES[rule.category]}\n")
        assert all(
            text in output for text in (rule.message, rule.rewrite, *rule.patterns, *rule.flag, *rule.pass_)
        )
        assert all(f"  {ref} 《" in output for ref in rule.law_refs())
    for name, veto in lexicon.vetoes.items():
        output = invoke("rules", "show", name).output
        assert all(text in output for text in (name, veto.reason, *veto.patterns, *veto.silent))


def test_rules_test_passes_for_what_is_shipped(invoke: Invoke) -> None:
    lexicon = Lexicon.load()
    result = invoke("rules", "test")
    assert result.exit_code == 0
    assert result.output == f"检验 {len(lexicon.rules) + len(lexicon.vetoes)} 条规则：全部通过\n"
    assert invoke("rules", "test", "only-sex", "welfare").output == "检验 2 条规则：全部通过\n"


def test_rules_test_names_the_example_that_fails(folder: Path, invoke: Invoke) -> None:
    file = folder / "rules" / "gender_restriction.yaml"
    text = file.read_text("utf-8")
    assert "[限男性]，能上夜班" in text
    file.write_text(text.replace("[限男性]，能上夜班", "[限男性，能]上夜班"), "utf-8")
    result = invoke("rules", "test", "only-sex", "--lexicons", folder)
    assert result.exit_code == 1
    assert re.search(
        r"^only-sex：例句“.*\[限男性，能\]上夜班”应为“限男性，能”，实为“限男性”$", result.output, re.M
    )
    assert result.output.endswith("检验 1 条规则：1 个例句不符\n")
    assert invoke("rules", "test", "sex-first", "--lexicons", folder).exit_code == 0


@pytest.mark.parametrize("command", ["show", "test"])
def test_rules_unknown_id_is_e905(command: str, invoke: Invoke) -> None:
    result = invoke("rules", command, "no-such-rule")
    assert result.exit_code == 2
    assert "[E905] 没有编号为 no-such-rule 的规则" in result.stderr


def test_rules_unsound_folder_is_refused(folder: Path, tmp_path: Path, invoke: Invoke) -> None:
    (folder / "rules" / "broken.yaml").write_text("rules: [{id: x}]", "utf-8")
    result = invoke("rules", "list", "--lexicons", folder)
    assert result.exit_code == 2
    assert "[E301] broken.yaml" in result.stderr
    assert "[E302]" in invoke("rules", "list", "--lexicons", tmp_path / "missing").stderr
