"""`pingzhao laws` shows every article, and the wording only of those that were verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.law import LawBook

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def test_laws_list_names_every_article_once(invoke: Invoke) -> None:
    listed = [line.split()[0] for line in invoke("laws", "list").output.splitlines()]
    assert listed == [article.id for article in LawBook.load().articles()]


@pytest.mark.parametrize(
    ("day", "there", "gone"), [("2022-06-01", "WL_OLD23", "WL43.1"), ("2024-06-01", "WL43.1", "WL_OLD23")]
)
def test_laws_list_on_a_day(day: str, there: str, gone: str, invoke: Invoke) -> None:
    listed = {line.split()[0] for line in invoke("laws", "list", "--on", day).output.splitlines()}
    assert there in listed
    assert gone not in listed


def test_laws_show_every_article_quotes_only_what_was_verified(invoke: Invoke) -> None:
    for article in LawBook.load().articles():
        output = invoke("laws", "show", article.id).output
        assert article.cited_as in output
        assert ("\n原文：" in output) == bool(article.quotation)
        assert article.status.quotable or "\n原文：" not in output
        assert ("\n大意（待核原文）：" in output) != bool(article.quotation)
        assert (article.quotation or article.paraphrase or "") in output


def test_laws_unknown_id_is_e905(invoke: Invoke) -> None:
    result = invoke("laws", "show", "WL999")
    assert result.exit_code == 2
    assert "[E905] 没有编号为 WL999 的条文" in result.stderr
