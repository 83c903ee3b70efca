"""Which tables of counts have a picture, and what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from api.cases.overview import COUNT_NAMES, Table
from api.cases.statistics import Group
from api.workbench.charts import Chart, columns, rows

MOST_ROWS = 12
_IN_TIME = {"violations": "涉嫌违法", "pending": "待核"}
_WITHOUT = {"direction", "disposition", "publisher"}
"""A few rows that a table tells as well."""


def figures(tables: Iterable[Table]) -> dict[str, Chart]:
    """Charts by the key of their table; where nothing was counted there is none."""
    return {
        table.key: figure(table)
        for table in tables
        if table.key not in _WITHOUT and any(group.counts[table.columns[0]] for group in table.groups)
    }


def figure(table: Table) -> Chart:
    """Periods as columns in time, all else as bars by the table's first column."""
    if table.key == "period":
        return columns(table.groups, _IN_TIME, _told(table, "线索（涉嫌违法、待核）", table.groups[-3:]))
    shown = table.groups[:MOST_ROWS]
    count = table.columns[0]
    return rows(shown, count, _told(table, COUNT_NAMES[count], shown[:3]))


def _told(table: Table, what: str, some: Iterable[Group]) -> str:
    count = table.columns[0]
    told = "，".join(f"{group.name} {group.counts[count]:,}" for group in some)
    return f"{table.title}的{what}柱状图：{told}。全部数字见表。"
