"""models/complaint/EVALUATION.md: how well the complaint reader reads, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from scanner.complaint.understanding import SIGNAL_NAMES
from scanner.findings import CATEGORY_NAMES
from scanner.training.complaint_measure import RECEIVED, Measured
from scanner.training.intervals import Estimate, Rates
from scanner.training.report_page import write_pages

_PAGE = """\
# 投诉举报：测量报告

由一条命令生成：`{command}`（{day}，模型 `{model}`）。方括号内是 95 % 自助区间（重抽整篇 1000 次，种子固定）。

测试集 `data/narratives_test` 是 {count} 篇手写的投诉叙述，作者没有看过训练用的叙述；从不用于训练，也不用于选阈值。
收件日一律按 {received} 计，“明天”“周五”由此推算。

| 整篇 | 结果 |
| --- | --- |
| 是否属于性别、婚育歧视，判断正确 | {scope} |
| 用人单位名称，一字不差（没有写名称的，正确答案是空） | {employer} |

{tables}
"""


def write_complaint_page(measured: Measured, count: int, model: str, command: str, output: Path) -> None:
    """Write `EVALUATION.md` and `evaluation.json` into `output`. Raises PingzhaoError E201."""
    text = _PAGE.format(
        command=command,
        day=datetime.now(UTC).date(),
        model=model,
        count=count,
        received=RECEIVED,
        scope=_estimate(measured.scope),
        employer=_estimate(measured.employer),
        tables="\n\n".join(_tables(measured)),
    )
    record = {"model": model, "command": command, "narratives": count, **asdict(measured)}
    write_pages(text, record, output)


def _tables(measured: Measured) -> Iterable[str]:
    whole = {
        "类别": measured.categories,
        "类别和方向": measured.directions,
        "环节": measured.stages,
        "急件": measured.urgent,
    }
    yield _table("合计", whole)
    yield _table("类别", {CATEGORY_NAMES[name]: found for name, found in measured.by_category.items()})
    yield _table("紧急情形", {SIGNAL_NAMES[name]: found for name, found in measured.signals.items()})


def _table(title: str, rows: dict[str, Rates]) -> str:
    lines = [f"| {title} | 精确率 P | 召回率 R | F1 | 标注 | 报出 |", "| --- | --- | --- | --- | --- | --- |"]
    for name, found in rows.items():
        figures = " | ".join(map(_estimate, (found.precision, found.recall, found.f1)))
        lines.append(f"| {name} | {figures} | {found.gold} | {found.predicted} |")
    return "\n".join(lines)


def _estimate(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
