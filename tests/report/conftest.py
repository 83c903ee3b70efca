"""Invented ads with findings made by hand: what every writer's test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.ad import Ad
from scanner.findings import (
    AdReport,
    Category,
    Direction,
    Disposition,
    ExceptionHint,
    Finding,
    LegalBasis,
    RowError,
    Source,
    Span,
    Versions,
)
from scanner.report import open_writer
from scanner.report.summary import RunSummary
from scanner.report.writer import Writer

if TYPE_CHECKING:
    from scanner import Scanner

VERSIONS = Versions("0.1.0", "lex-1", "law-1")
QUOTED = LegalBasis("WL", "妇女权益保障法", "第四十三条", "prohibition", "VERIFIED-2", quotation="条文原文")
TOLD = LegalBasis("N17", "某通知（某发〔2019〕17号）", "二", "policy", "VERIFIED-WEB", paraphrase="条文大意")
HINT = ExceptionHint("exc_x", "矿山井下作业", "review", "确在井下作业", "是否在井下作业？", "LL59")

Item = tuple[Ad, AdReport] | RowError
Write = Callable[..., Path]


def span_of(ad: Ad, quote: str, field: str = "text") -> Span:
    """The first occurrence of `quote`, counted both ways."""
    value = dict(ad.parts())[field]
    start = value.index(quote)
    units = len(value[:start].encode("utf-16-le", "surrogatepass")) // 2
    length = len(quote.encode("utf-16-le", "surrogatepass")) // 2
    return Span(field, start, start + len(quote), units, units + length, quote)


def finding(
    ad: Ad, quote: str, field: str = "text", disposition: str = "violation", **changes: object
) -> Finding:
    """A finding at `quote` with every part filled in."""
    made = Finding(
        id=f"{field}:{quote}",
        category=Category.GENDER_RESTRICTION,
        subtype="sex_limit_male",
        direction=Direction.MALE,
        disposition=Disposition(disposition),
        severity="S1",
        confidence=0.956,
        spans=(span_of(ad, quote, field),),
        message="招聘条件限定了性别",
        legal_basis=(QUOTED, TOLD),
        exceptions=(HINT,) if disposition == "review" else (),
        suggestion="删去该项",
        sources=(Source("rule", "only-sex"),),
    )
    return replace(made, **changes)


def reported(ad: Ad, *findings: Finding) -> tuple[Ad, AdReport]:
    """The ad with its report."""
    return ad, AdReport(ad.id, findings, "0" * 64, VERSIONS)


def flagged(text: str = "招保安，限男性。", quote: str = "限男性", **parts: object) -> tuple[Ad, AdReport]:
    """An ad with one violation."""
    ad = Ad(text, **{"id": "a1", "source": "板.csv", "row": 2, **parts})
    return reported(ad, finding(ad, quote))


def feed(path: Path, items: Iterable[Item], notes: Iterable[str] = (), format: str = "") -> Path:
    """Write a whole report as the loop does."""
    fill(open_writer(format or path.suffix.removeprefix("."), path), items, notes)
    return path


def fill(report: Writer, items: Iterable[Item], notes: Iterable[str] = ()) -> None:
    """Feed a writer from entry to end."""
    summary = RunSummary(notes=list(notes))
    with report as writer:
        for item in items:
            if isinstance(item, RowError):
                summary.count_error(item)
                writer.add_error(item)
            else:
                summary.count(item[1])
                writer.add(*item)
        writer.finish(summary)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write("r.csv", items, notes)` writes the report and gives its path."""
    return lambda name, items, *args: feed(tmp_path / name, items, *args)


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    """The lexicon alone."""
    from scanner import Scanner

    return Scanner.load(model=False)
