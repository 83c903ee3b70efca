"""The same ads written as jsonl, json, csv, tsv, xlsx and html are the same ads when read back."""

from __future__ import annotations

import csv
import html
import io
import tempfile
from pathlib import Path

import openpyxl
import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.ad import Ad
from scanner.batch.source import open_source

# What every format can hold: no control characters, nothing blank at the edges, no lone surrogates.
WORDS = st.text(st.one_of(st.sampled_from('限男女，。"\',;\n=+-@<>&|1aA 🚹𠮷'), st.characters(exclude_categories=["C", "Z"])), max_size=25)  # fmt: skip
CELL = WORDS.map(str.strip)
TEXT = CELL.filter(bool)
HEAD = ("id", "职位名称", "岗位要求", "性别要求", "公司名称")
ID = st.from_regex(r"[A-Z][0-9]{1,6}", fullmatch=True)
AD = st.tuples(ID, CELL, TEXT, CELL, CELL).map(lambda cells: dict(zip(HEAD, cells, strict=True)))
ADS = st.lists(AD, min_size=1, max_size=5)
Row = dict[str, str]


def _jsonl(rows: list[Row]) -> bytes:
    return b"\n".join(map(orjson.dumps, rows))


def _csv(rows: list[Row], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, HEAD, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode(encoding)


def _xlsx(rows: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    for at, row in enumerate([HEAD, *(row.values() for row in rows)], 1):
        for column, value in enumerate(row, 1):
            book.active.cell(at, column).value = value
            book.active.cell(at, column).data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _html(rows: list[Row]) -> bytes:
    def line(cells: list[str]) -> str:
        return (
            "<tr>" + "".join(f"<td>{html.escape(c).replace(chr(10), '<br>')}</td>" for c in cells) + "</tr>"
        )

    table = "".join(line(list(cells)) for cells in [HEAD, *(row.values() for row in rows)])
    return f"<table>{table}</table>".encode()


def _read(name: str, content: bytes) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        items = list(open_source(path))
    assert all(isinstance(item, Ad) for item in items)
    return [(ad.id, ad.title, ad.text, dict(ad.fields), ad.employer) for ad in items]


def _expected(rows: list[Row]) -> list[tuple[object, ...]]:
    return [
        (
            row["id"],
            row["职位名称"],
            row["岗位要求"],
            {k: v for k, v in row.items() if k == "性别要求" and v},
            row["公司名称"],
        )
        for row in rows
    ]


@settings(max_examples=40, deadline=None)
@given(ADS)
def test_round_trip_every_format_gives_the_same_ads(rows: list[Row]) -> None:
    expected = _expected(rows)
    assert _read("ads.jsonl", _jsonl(rows)) == expected
    assert _read("ads.json", orjson.dumps({"data": rows})) == expected
    assert _read("ads.csv", _csv(rows)) == expected
    assert _read("utf16.csv", _csv(rows, "utf-16")) == expected
    assert _read("ads.tsv", _csv(rows, "gb18030", "\t")) == expected
    assert _read("ads.xlsx", _xlsx(rows)) == expected


@settings(max_examples=30, deadline=None)
@given(ADS)
def test_round_trip_html_differs_in_white_space_only(rows: list[Row]) -> None:
    def squeezed(ads: list[tuple[object, ...]]) -> str:
        return "".join(repr(ads).replace("\\n", "").split())

    assert squeezed(_read("ads.html", _html(rows))) == squeezed(_expected(rows))
