"""`pingzhao rules`: the lexicon's rules as an inspector reads and proves them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli import options
from scanner.cli.guard import FOUND
from scanner.errors import PingzhaoError
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, Category

if TYPE_CHECKING:
    from scanner.lexicon import Lexicon
    from scanner.lexicon.schema import Rule, Veto
    from scanner.lexicon.selftest import Failure

_LAWFUL = "合法用语"


@click.group(
    help="""查看和检验规则。

\b
例：
  pingzhao rules list --category gender_preference
  pingzhao rules show only-sex
  pingzhao rules test
"""
)
def rules() -> None:
    """The rules of the lexicon."""


@rules.command("list", help="列出规则：编号、类别、说明。")
@click.option("--category", type=click.Choice([c.value for c in Category]), help="只列这一类别的规则。")
@options.lexicons
def list_(category: str | None, lexicons: Path | None) -> None:
    """One line an entry; vetoes come last and have no category."""
    from scanner.lexicon import Lexicon

    lexicon = Lexicon.load(lexicons)
    for rule in lexicon.rules.values():
        if category in (None, rule.category.value):
            _line(rule.id, CATEGORY_NAMES[rule.category], rule.message)
    for veto in lexicon.vetoes.values() if category is None else ():
        _line(veto.id, _LAWFUL, veto.reason)


@rules.command(help="显示一条规则：法律依据、改写建议、写法和例句。")
@click.argument("rule_id", metavar="编号")
@options.lexicons
def show(rule_id: str, lexicons: Path | None) -> None:
    """One rule or veto with its examples."""
    from scanner.lexicon import Lexicon
    from scanner.lexicon.schema import Rule

    entry = _entry(Lexicon.load(lexicons), rule_id)
    if isinstance(entry, Rule):
        _show_rule(entry, lexicons)
    else:
        click.echo(f"{entry.id}  {_LAWFUL}\n说明：{entry.reason}")
        _lines("写法", entry.patterns)
        _lines("不应报出", entry.silent)
    if entry.source:
        click.echo(f"出处：{entry.source}")


@rules.command(help="用例句检验全部或指定的规则；有不符时退出码为 1。")
@click.argument("rule_ids", metavar="[编号]...", nargs=-1)
@options.lexicons
def test(rule_ids: tuple[str, ...], lexicons: Path | None) -> None:
    """Every rule must hit and pass as its examples say."""
    from scanner.lexicon import Lexicon
    from scanner.lexicon.matcher import Matcher
    from scanner.lexicon.selftest import failures

    lexicon = Lexicon.load(lexicons)
    names = rule_ids or (*lexicon.rules, *lexicon.vetoes)
    entries = [_entry(lexicon, name) for name in names]
    matcher = Matcher(lexicon)
    failed = [failure for entry in entries for failure in failures(matcher, entry)]
    for failure in failed:
        click.echo(_sentence(failure))
    click.echo(f"检验 {len(entries)} 条规则：" + (f"{len(failed)} 个例句不符" if failed else "全部通过"))
    if failed:
        raise click.exceptions.Exit(FOUND)


def _entry(lexicon: Lexicon, name: str) -> Rule | Veto:
    entry = lexicon.rules.get(name) or lexicon.vetoes.get(name)
    if entry is None:
        raise PingzhaoError("E905", id=name, kind="规则", command="pingzhao rules list")
    return entry


def _line(name: str, category: str, text: str) -> None:
    click.echo(f"{name:<24} {category:　<8} {text}")


def _lines(heading: str, items: Iterable[str]) -> None:
    click.echo(f"{heading}：")
    for item in items:
        click.echo(f"  {item}")


def _show_rule(rule: Rule, lexicons: Path | None) -> None:
    from scanner.law import LawBook

    laws = LawBook.load(lexicons / "law" if lexicons else None)
    click.echo(f"{rule.id}  {CATEGORY_NAMES[rule.category]}")
    click.echo(f"说明：{rule.message}")
    click.echo(f"严重程度：{_severity(rule)}")
    click.echo(f"改写建议：{rule.rewrite}")
    if rule.review:
        click.echo(f"一律待核：{rule.review}")
    _lines("法律依据", (f"{ref} {laws.article(ref).cited_as}" for ref in sorted(rule.law_refs())))
    _lines("写法", rule.patterns)
    _lines("应当报出（方括号内的词）", rule.flag)
    _lines("不应报出", rule.pass_)


def _severity(rule: Rule) -> str:
    if isinstance(rule.severity, str):
        return rule.severity
    return "，".join(f"{DIRECTION_NAMES[direction]} {level}" for direction, level in rule.severity.items())


def _sentence(failure: Failure) -> str:
    expected = "、".join(f"“{words}”" for words in failure.expected) or "没有命中"
    found = "、".join(f"“{words}”" for words in failure.found) or "没有命中"
    return f"{failure.rule}：例句“{failure.example}”应为{expected}，实为{found}"
