"""`pingzhao evaluate`: measure the scanner against labelled ads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli import options
from scanner.cli.scanning import load_scanner
from scanner.errors import PingzhaoError, reason
from scanner.findings import CATEGORY_NAMES

if TYPE_CHECKING:
    from scanner.training.evaluation import Evaluation, GoldAd, Score

_KINDS = {"missed": "漏报", "false": "误报"}


@click.command(
    help="""用标注过的广告测量准确率：广告级、词句级、各类别、方向。

\b
例：
  pingzhao evaluate --gold data/gold
  pingzhao evaluate --gold dev.jsonl --no-model --errors 20 --json 结果.json
"""
)
@click.option(
    "--gold", type=options.PATH, required=True, metavar="路径", help="jsonl 文件，或 data/gold 那样的文件夹。"
)
@options.no_model
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="条数", help="列出前若干处错误。")
@click.option("--json", "output", type=options.PATH, metavar="文件", help="把结果写成 JSON。")
def evaluate(gold: Path, no_model: bool, errors: int, output: Path | None) -> None:
    """Print the figures as a table."""
    from scanner.training.evaluation import evaluate as measure

    ads = read_labelled(gold)
    scanner = load_scanner(model=not no_model)
    result = measure(ads, scanner.scan)
    _print_table(result)
    click.echo(
        f"方向准确率 {result.direction.recall:.3f}。词库版本 {scanner.versions.lexicon}，{len(ads)} 条广告。"
    )
    for kind, ad_id, span, context in result.errors[:errors]:
        label = f"{span.category}/{span.direction}"
        click.echo(f"{_KINDS[kind]}  {ad_id}  {span.field}  {label}  {context}")
    if output:
        _write(output, _figures(result))


def read_labelled(path: Path) -> list[GoldAd]:
    """The labelled ads of a jsonl file or a folder like data/gold. Raises PingzhaoError E110, E102, E301 or E906."""
    from scanner.training.evaluation import read_gold
    from scanner.training.gold import gold_ads

    if not path.exists():
        raise PingzhaoError("E110", path=path)
    try:
        ads = gold_ads(path) if path.is_dir() else read_gold(path)
    except OSError:
        raise PingzhaoError("E110", path=path) from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PingzhaoError("E906", path=path, detail=type(error).__name__) from None
    if not ads:
        raise PingzhaoError("E102", path=path)
    return ads


def _print_table(result: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("层次")
    for heading in ("精确率", "召回率", "F1", "标注数", "报出数"):
        table.add_column(heading, justify="right")
    table.add_row("广告", *_cells(result.ads))
    table.add_row("词句（全部类别）", *_cells(result.spans))
    for category, name in CATEGORY_NAMES.items():
        table.add_row(name, *_cells(result.by_category[category.value]))
    Console().print(table)


def _cells(score: Score) -> list[str]:
    if not score.gold and not score.predicted:
        return ["–", "–", "–", "0", "0"]
    rates = [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
    return [*rates, str(score.gold), str(score.predicted)]


def _figures(result: Evaluation) -> dict[str, Any]:
    return {
        "ads": _rates(result.ads),
        "spans": _rates(result.spans),
        "by_category": {c.value: _rates(result.by_category[c.value]) for c in CATEGORY_NAMES},
        "direction_accuracy": result.direction.recall,
        "dispositions": dict(result.dispositions),
    }


def _rates(score: Score) -> dict[str, float]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "gold": score.gold,
        "predicted": score.predicted,
    }


def _write(path: Path, figures: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise PingzhaoError("E201", path=path, detail=reason(error)) from None
