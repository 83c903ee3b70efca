"""json: one array of objects, or an object that holds one."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scanner.ad import Ad
from scanner.batch.reading import Reading
from scanner.batch.records import Records
from scanner.errors import PingzhaoError
from scanner.findings import RowError
from scanner.text.decode import decode

_LIST_KEYS = ("data", "rows", "list", "jobs", "items", "records", "results", "ads")
_DEPTH = 3


def read_json(reading: Reading) -> Iterator[Ad | RowError]:
    """The ads of a JSON file, numbered by place in the array. The file is held in memory whole.

    RowErrors: E104, E105, E111. Raises PingzhaoError E101 or E113.
    """
    text, encoding = decode(reading.stream.read(), reading.options.encoding)
    reading.note_encoding(encoding)
    found = _records(_parsed(reading, text), _DEPTH)
    if found is None:
        raise PingzhaoError("E113", path=reading.name, detail="其中没有广告列表")
    records = Records(reading)
    for number, record in enumerate(found, 1):
        yield records.ad(record, number)
    records.finish()


def _parsed(reading: Reading, text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        detail = f"第 {error.lineno} 行第 {error.colno} 个字符附近有语法错误"
    except (ValueError, RecursionError):
        detail = "数字过长或嵌套过深"
    raise PingzhaoError("E113", path=reading.name, detail=detail)


def _records(content: object, depth: int) -> list[object] | None:
    """The list of objects in `content`, at most `depth` objects down; a lone ad is a list of one."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or depth == 0:
        return None
    for key in _LIST_KEYS:
        if (found := _records(content.get(key), depth - 1)) is not None:
            return found
    lists = [
        value
        for value in content.values()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    ]
    if lists:
        return lists[0] if len(lists) == 1 else None
    return [content]
