"""`pingzhao laws`: the articles that findings cite."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from scanner.cli.options import DAY
from scanner.errors import PingzhaoError

if TYPE_CHECKING:
    from scanner.law import Article

ROLE_NAMES = {
    "prohibition": "禁止",
    "sanction": "罚则",
    "policy": "政策",
    "procedure": "程序",
    "exception": "例外",
}


@click.group(
    help="""查看所引用的法律条文。

\b
例：
  pingzhao laws list
  pingzhao laws list --on 2022-06-01
  pingzhao laws show WL43.1
"""
)
def laws() -> None:
    """The articles that findings cite."""


@laws.command("list", help="列出条文：编号、名称、作用、有效期。")
@click.option("--on", "day", type=DAY, metavar="日期", help="只列该日有效的，如 2022-06-01。")
def list_(day: datetime | None) -> None:
    """One line an article."""
    from scanner.law import LawBook

    for article in LawBook.load().articles():
        if day is None or article.in_force(day.date()):
            role = ROLE_NAMES[article.role.value]
            click.echo(f"{article.id:<10} {role}  {article.cited_as}（{_validity(article)}）")


@laws.command(help="显示一条条文。未与官方文本核对过的只写大意，不是原文。")
@click.argument("article_id", metavar="编号")
def show(article_id: str) -> None:
    """One article with all that is known of it."""
    from scanner.law import LawBook
    from scanner.law.book import UNVERIFIED

    book = LawBook.load()
    if not book.has(article_id):
        raise PingzhaoError("E905", id=article_id, kind="条文", command="pingzhao laws list")
    article = book.article(article_id)
    click.echo(f"{article.id}  {article.cited_as}")
    click.echo(f"作用：{ROLE_NAMES[article.role.value]}")
    click.echo(f"有效期：{_validity(article)}")
    click.echo(f"核对情况：{article.status.value}")
    if article.region:
        click.echo(f"适用地区：{article.region}")
    if article.quotation:
        click.echo(f"原文：{article.quotation}")
    else:
        click.echo(f"大意（{UNVERIFIED}）：{article.paraphrase}")


def _validity(article: Article) -> str:
    return f"{article.valid_from} 至 {article.valid_to or '今'}"
