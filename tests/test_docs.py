"""The documents keep up with the code: codes, options, fields, examples, links."""

from __future__ import annotations

import dataclasses
import doctest
import json
import re
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel

from api.errors import API_ERRORS, SERVICE_ERRORS
from scanner import Scanner
from scanner.batch.columns import ROLES
from scanner.batch.source import READERS, open_source
from scanner.cli import main
from scanner.complaint.channels import Channel, MatterRule, RouteRule
from scanner.complaint.factors import FactorRule
from scanner.complaint.replies import Reply
from scanner.decide.exceptions import ExceptionRule
from scanner.errors import ERRORS
from scanner.findings import AdReport, Category, ExceptionHint, Finding, LegalBasis, Source, Span, Versions
from scanner.law import LawBook
from scanner.law.articles import ArticleEntry, Law
from scanner.lexicon import Lexicon, pattern
from scanner.lexicon.expressions import EXPRESSIONS
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.schema import Rule, TermSet, Veto
from scanner.lexicon.selftest import failures
from scanner.paths import shipped

ROOT = Path(__file__).parents[1]
ALL_CODES = {*ERRORS, *SERVICE_ERRORS, *API_ERRORS}
READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "data/samples/README.md"]
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
_CODE = re.compile(r"`([^`\n]+)`")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(read(name)) if kind == language]


def section(name: str, heading: str) -> str:
    """The text under `heading` up to the next one of its level or above."""
    level = heading.split(" ")[0]
    match = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", read(name), re.M | re.S)
    assert match, f"{name} has no heading {heading}"
    return match[1]


def commands(command: click.Command, path: str = "pingzhao") -> dict[str, list[str]]:
    """Every command as it is typed, with its long option names."""
    options = [
        name for p in command.params if isinstance(p, click.Option) and not p.hidden for name in p.opts
    ]
    found = {path: [name for name in options if name.startswith("--")]}
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            found |= commands(child, f"{path} {name}")
    return found


@pytest.mark.parametrize("code", sorted(ALL_CODES))
@pytest.mark.parametrize("name", READMES)
def test_docs_list_every_error_code(name: str, code: str) -> None:
    assert f"| {code} |" in read(name)


@pytest.mark.parametrize("name", READMES)
def test_docs_list_no_error_code_that_is_gone(name: str) -> None:
    assert set(re.findall(r"\bE\d{3}\b", read(name))) <= ALL_CODES


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", commands(main))
def test_docs_name_every_command_and_option(name: str, command: str) -> None:
    text = read(name)
    assert command in text
    options = commands(main)[command]
    assert [option for option in options if not re.search(rf"{option}(?![\w-])", text)] == []


@pytest.mark.parametrize("name", READMES)
def test_docs_name_every_category_role_and_format(name: str) -> None:
    text = read(name)
    missing = [c.value for c in Category if f"`{c.value}`" not in text]
    missing += [role for role in ROLES if f"`{role}`" not in text]
    missing += [kind for kind in READERS if kind[1:] not in text]
    assert missing == []


def test_docs_readmes_have_the_same_structure() -> None:
    english, chinese = (_HEADING.findall(read(name)) for name in READMES)
    assert english == chinese


def test_docs_readmes_have_the_same_code() -> None:
    english, chinese = (_BLOCK.findall(read(name)) for name in READMES)
    assert english == chinese


def test_docs_readmes_have_the_same_tables() -> None:
    """Row by row as many cells, so that neither language says less."""
    english, chinese = (
        [line.count("|") for line in read(name).splitlines() if line.startswith("|")] for name in READMES
    )
    assert english == chinese


def test_docs_first_two_commands_run_the_job_and_the_tests() -> None:
    install, test = blocks("README.md", "sh")[:2]
    assert install.strip() == "pip install . && pingzhao demo"
    assert test.strip() == 'pip install -e ".[test]" && python -m pytest'


def test_docs_ci_runs_the_test_command() -> None:
    script = read(".ci/run")
    assert '--editable ".[test]"' in script
    assert "python -m pytest" in script


def test_docs_feature_table_has_a_row_for_each_demand() -> None:
    for heading, name in (("## What the source document demands", 0), ("## 政策文件的要求", 1)):
        rows = re.findall(r"^\| (\d+) \|", section(READMES[name], heading), re.M)
        assert rows == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize("name", READMES)
def test_docs_python_examples_run(name: str) -> None:
    example = "\n".join(blocks(name, "python"))
    test = doctest.DocTestParser().get_doctest(example, {}, name, name, 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_docs_json_example_is_what_the_scanner_says(tmp_path: Path) -> None:
    given, shown = blocks("README.md", "json")
    file = tmp_path / "in.jsonl"
    file.write_text(given, "utf-8")
    (ad,) = open_source(file)
    report = plain(Scanner(Lexicon.load(), LawBook.load()).scan(ad))  # type: ignore[arg-type]
    expected = json.loads(shown)
    assert expected["id"] == report["id"]
    assert expected["text_sha256"] == report["text_sha256"]
    (example,), (finding,) = expected["findings"], report["findings"]
    assert all(basis in finding["legal_basis"] for basis in example.pop("legal_basis"))
    del finding["legal_basis"]
    assert example == finding


@pytest.mark.parametrize(
    ("shape", "where"),
    [
        (AdReport, ()),
        (Versions, ("versions",)),
        (Finding, ("findings", 0)),
        (Span, ("findings", 0, "spans", 0)),
        (LegalBasis, ("findings", 0, "legal_basis", 0)),
        (Source, ("findings", 0, "sources", 0)),
    ],
)
def test_docs_json_example_has_every_field(shape: Any, where: tuple[str | int, ...]) -> None:
    example = json.loads(blocks("README.md", "json")[1])
    for step in where:
        example = example[step]
    assert set(example) == {field.name for field in dataclasses.fields(shape)}


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("shape", [AdReport, Finding, Span, LegalBasis, ExceptionHint, Source, Versions])
def test_docs_explain_every_field_of_the_contract(shape: Any, name: str) -> None:
    text = read(name)
    named = {part for code in _CODE.findall(text) for part in re.split(r"[.\[\]]+", code)}
    assert {field.name for field in dataclasses.fields(shape)} <= named


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("### Fields of a rule", Rule),
        ("### Lawful wording that must silence rules", Veto),
        ("## Add a term", TermSet),
        ("## Add an exception", ExceptionRule),
        ("## Add a law article", Law),
        ("## Add a law article", ArticleEntry),
        ("## Add to the complaint desk", FactorRule),
        ("## Add to the complaint desk", Channel),
        ("## Add to the complaint desk", RouteRule),
        ("## Add to the complaint desk", MatterRule),
        ("## Add to the complaint desk", Reply),
    ],
)
def test_docs_explain_every_key_of_the_data_files(heading: str, model: type[BaseModel]) -> None:
    codes = set(_CODE.findall(section("CONTRIBUTING.md", heading)))
    assert {field.alias or name for name, field in model.model_fields.items()} <= codes


def test_docs_explain_every_token_of_the_pattern_language() -> None:
    codes = set(_CODE.findall(section("CONTRIBUTING.md", "### The pattern language")))
    assert set(_CODE.findall(pattern.__doc__ or "")) <= codes
    assert {f"{{{name}}}" for name in EXPRESSIONS} <= codes


def test_docs_example_rule_loads_and_proves_itself(tmp_path: Path) -> None:
    folder = tmp_path / "lexicons"
    shutil.copytree(shipped("lexicons"), folder)
    (example,) = blocks("CONTRIBUTING.md", "yaml")
    (folder / "rules" / "example.yaml").write_text(example, "utf-8")
    lexicon = Lexicon(folder, LawBook.load(folder / "law"))
    rule = lexicon.rules["sex-designated-post"]
    assert list(failures(Matcher(lexicon), rule)) == []


def test_docs_changelog_starts_with_unreleased() -> None:
    assert re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.M)[0] == "Unreleased"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_docs_links_lead_somewhere(name: str) -> None:
    links = [link for link in _LINK.findall(read(name)) if "://" not in link]
    broken = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert broken == []


def plain(report: AdReport) -> Any:
    """The report as its JSON line holds it."""
    return json.loads(json.dumps(dataclasses.asdict(report)))
