"""html: a table of ads if the page has one with known columns, else the page's visible text as one ad."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scanner.ad import Ad
from scanner.batch.columns import holds_ads, missing_from, recognised
from scanner.batch.grid import HEADER_WITHIN, GridRow, read_grid
from scanner.batch.reading import Reading
from scanner.findings import RowError
from scanner.text.decode import detect_encoding

_UNSEEN = ["script", "style", "noscript", "template", "iframe", "object", "svg"]
_BLOCK = re.compile(
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr"
    "|legend|li|main|nav|ol|option|p|pre|section|table|tbody|thead|tr|ul"
)
_CELLS = ("td", "th")  # cells of one row share a line: 性别要求 男
_MAX_SPAN = 1000  # as browsers do


def read_html(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of a page: one a table row, or one for the whole page. Nothing in scripts or comments is read.

    RowErrors: E104, E105, E111. Raises PingzhaoError E101.
    """
    encoding = detect_encoding(reading.stream, reading.options.encoding, by_line=True)
    reading.note_encoding(encoding)
    page = LexborHTMLParser(reading.stream.read().decode(encoding, "replace"))
    page.strip_tags(_UNSEEN)
    found = False
    numbers = count(1)
    for table in page.css("table"):
        rows = list(_spread(cells for row in table.css("tr") if (cells := _cells(row, table))))
        if _holds_ads(rows, reading.options.mapping):
            found = True
            yield from read_grid(reading, _numbered(rows, numbers))
    if not found:
        yield _page(reading, page)


def _holds_ads(rows: list[list[str]], mapping: Mapping[str, str]) -> bool:
    """Whether a header stands above other rows. In a form, names stand at the head of every row instead."""
    for cells, below in pairwise(rows[:HEADER_WITHIN]):
        if mapping and missing_from(cells, mapping) is None:
            return True
        if sum(map(recognised, cells)) >= 2 and holds_ads(cells):
            return not recognised(below[0])
    return False


def _numbered(rows: list[list[str]], numbers: Iterator[int]) -> Iterator[GridRow]:
    return ((next(numbers), row) for row in rows)


def _cells(row: LexborNode, table: LexborNode) -> list[LexborNode]:
    """A row's own cells; rows of a table inside a cell belong to that table."""
    owner = row.parent
    while owner is not None and owner.tag != "table":
        owner = owner.parent
    if owner is None or owner.mem_id != table.mem_id:
        return []
    return [cell for cell in row.iter() if cell.tag in _CELLS]


def _spread(rows: Iterable[list[LexborNode]]) -> Iterator[list[str]]:
    """The text of cells by column; a cell over several columns or rows stands in each of them."""
    hanging: dict[int, tuple[str, int]] = {}  # column → text and how many rows below it still covers
    for row in rows:
        cells: list[str] = []
        for cell in row:
            _take_hanging(cells, hanging)
            shown, down = _visible(cell), _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                hanging[len(cells)] = shown, down - 1
                cells.append(shown)
        _take_hanging(cells, hanging)
        yield cells


def _take_hanging(cells: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    while hanging.get(len(cells), ("", 0))[1]:
        shown, down = hanging[len(cells)]
        hanging[len(cells)] = shown, down - 1
        cells.append(shown)


def _span(cell: LexborNode, name: str) -> int:
    written = cell.attributes.get(name) or ""
    return min(max(int(written[:4]), 1), _MAX_SPAN) if written.isascii() and written.isdigit() else 1


def _page(reading: Reading, page: LexborHTMLParser) -> Ad | RowError:
    heading = page.css_first("h1") or page.css_first("title")
    title = " ".join(_visible(heading).split()) if heading is not None else ""
    text = _visible(page.body) if page.body is not None else ""
    ad = Ad(text, title, reading.ad_id(1), source=reading.name, row=1)
    return reading.checked(ad)


def _visible(root: LexborNode) -> str:
    """Text with a line end at both edges of every block; runs of white space are one space."""
    lines: list[list[str]] = [[]]
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            lines.append([])
        elif node.tag == "-text":
            lines[-1].append(node.text_content or "")
        else:
            lines[-1].append(" " if node.tag in _CELLS else "")
            if _BLOCK.fullmatch(node.tag or ""):
                lines.append([])
                waiting.append(None)
            waiting += reversed(list(node.iter(include_text=True)))
    joined = (" ".join("".join(line).split()) for line in lines)
    return "\n".join(line for line in joined if line)
