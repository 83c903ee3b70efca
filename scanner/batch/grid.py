"""Rows under a header → ads: what csv, workbooks and HTML tables have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from scanner.ad import Ad
from scanner.batch.columns import Columns, Role, holds_ads, missing_from, recognised
from scanner.batch.dates import parse_date
from scanner.batch.layout import Layout
from scanner.batch.reading import Reading
from scanner.errors import PingzhaoError
from scanner.findings import RowError

GridRow = tuple[int, Sequence[str]]
"""The row's number from 1, and its cells."""
HEADER_WITHIN = 10
"""A header is looked for in so many rows."""
_SHOWN = 20


def read_grid(reading: Reading, rows: Iterable[GridRow | RowError]) -> Iterator[Ad | RowError]:
    """The ads under the header, which stands in the first ten rows; blank rows are passed over.

    RowErrors given are passed on in their place; rows that do not fit become E104, E105 or E111.
    Raises PingzhaoError E106 or E114 before the first ad.
    """
    stream = iter(rows)
    head = list(islice(stream, HEADER_WITHIN))
    rows_read = [row for row in head if not isinstance(row, RowError)]
    header_at, problem = _find_header(reading, rows_read)
    below = [row for row in rows_read if row[0] > header_at[0]]
    columns = reading.columns(header_at[1], keep_unknown=True)
    samples = [cells for _, cells in below]
    reading.taken.meet(Layout.of(reading.name, header_at, columns, samples, known=problem is None))
    if problem is not None:
        raise problem
    yield from (row for row in head if isinstance(row, RowError))
    reading.note(columns.note(header_at[1]))
    for row in chain(below, stream):
        if isinstance(row, RowError):
            yield row
        elif any(cell and not cell.isspace() for cell in row[1]):
            yield _ad(reading, columns, *row)


def _find_header(reading: Reading, rows: Sequence[GridRow]) -> tuple[GridRow, PingzhaoError | None]:
    """The first row that holds all that `--map` names; else the first with two known names; else with one.

    With a problem (E106, E114) it is the row that would be the header. Raises PingzhaoError E102.
    """
    filled = [
        (number, [cell.strip() for cell in cells]) for number, cells in rows if any(map(str.strip, cells))
    ]
    if not filled:
        raise PingzhaoError("E102", path=reading.name)
    known = next(
        (row for least in (2, 1) for row in filled if _names(row[1]) >= least and holds_ads(row[1])), None
    )
    mapping = reading.options.mapping
    if "text" in mapping or "title" in mapping:
        known = next((row for row in filled if missing_from(row[1], mapping) is None), known or filled[0])
    if known is None:
        return filled[0], PingzhaoError("E106", path=reading.name, columns=_shown(filled[0][1]))
    if missing := missing_from(known[1], mapping):
        return known, PingzhaoError("E114", path=reading.name, column=missing, columns=_shown(known[1]))
    return known, None


def _names(cells: Sequence[str]) -> int:
    return sum(map(recognised, cells))


def _shown(cells: Sequence[str]) -> str:
    return "、".join(cell[:_SHOWN] for cell in cells[:_SHOWN] if cell)


def _ad(reading: Reading, columns: Columns, number: int, cells: Sequence[str]) -> Ad | RowError:
    if any(cell.strip() for cell in cells[columns.width :]):
        return reading.error("E111", number, detail=f"有 {len(cells)} 格，表头只有 {columns.width} 列")
    width = len(cells)

    def cell(role: Role) -> str:
        at = columns.roles.get(role, width)
        return cells[at].strip() if at < width else ""

    text_at = columns.roles.get("text", width)
    text = cells[text_at] if text_at < width else ""
    fields = {name: cells[at] for name, at in columns.fields if at < width and cells[at].strip()}
    ad = Ad(
        "" if text.isspace() else text,
        cell("title"),
        cell("id") or reading.ad_id(number),
        fields,
        cell("employer"),
        cell("publisher"),
        cell("url"),
        parse_date(cell("posted_on")),
        reading.name,
        number,
    )
    return reading.checked(ad)
