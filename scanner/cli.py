"""The `pingzhao` command: a thin skin over the library."""

from __future__ import annotations

import sys

import click


@click.group(help="平招：检查招聘广告中的性别歧视用语。结果是线索，不构成违法认定。")
@click.version_option(package_name="pingzhao")
def main() -> None:
    """Entry point."""


@main.command(help="检查一段文字；发现涉嫌违法时退出码为 1。")
@click.argument("text")
def check(text: str) -> None:
    """Check one ad given on the command line."""
    from scanner import Ad, Scanner

    findings = Scanner.load().scan(Ad(text=text)).findings
    for finding in findings:
        click.echo(f"[{finding.disposition.value}] {finding.message}；{finding.suggestion}")
    sys.exit(1 if findings else 0)
