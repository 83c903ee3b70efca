"""One JSON object → one ad."""

from __future__ import annotations

from datetime import date

from scanner.ad import Ad
from scanner.batch.columns import Columns
from scanner.batch.dates import parse_date
from scanner.batch.layout import Layout
from scanner.batch.reading import Reading
from scanner.findings import RowError

_MAX_PLANS = 256
_CONTRACT = {"id", "title", "text", "fields", "employer", "company", "publisher", "url", "posted_on"}


class _UnfitError(Exception):
    """A value of a kind that its key cannot have; the message says which."""


class Records:
    """Makes ads of objects; objects with the same keys share one mapping of keys to roles."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._mapping = reading.options.mapping
        self._unseen = set(self._mapping.values())
        self._noted = False
        self._plans: dict[tuple[str, ...], Columns] = {}

    def ad(self, record: object, row: int) -> Ad | RowError:
        """The ad in `record`, which stands at `row` (from 1); RowError E104, E105 or E111."""
        if type(record) is not dict:
            return self._reading.error("E111", row, detail="不是 JSON 对象 {…}")
        try:
            return self._reading.checked(self._build(record, row))
        except _UnfitError as error:
            return self._reading.error("E111", row, detail=str(error))
        except RecursionError:
            return self._reading.error("E111", row, detail="嵌套过深")

    def finish(self) -> None:
        """Say which mapped keys no object had."""
        if self._unseen:
            self._reading.note(f"没有任何一行含有 --map 指定的列：{'、'.join(sorted(self._unseen))}")

    def _build(self, record: dict[str, object], row: int) -> Ad:
        keys = tuple(record)
        values = list(record.values())
        plan = self._plans.get(keys) or self._plan(keys, values)
        strings = {"title": "", "id": "", "employer": "", "publisher": "", "url": ""}
        text, posted = "", None
        for role, at in plan.roles.items():
            value = values[at]
            if role == "text":
                text = _text(value)
            elif role == "posted_on":
                posted = parse_date(value)
            else:
                strings[role] = value if type(value) is str else _plain(role, value)
        fields = _fields(record.get("fields"))
        for name, at in plan.fields:
            if value := _plain(name, values[at]):
                fields[name] = value
        return self._ad(text, strings, fields, posted, row)

    def _ad(
        self, text: str, strings: dict[str, str], fields: dict[str, str], posted: date | None, row: int
    ) -> Ad:
        return Ad(
            text,
            strings["title"],
            strings["id"] or self._reading.ad_id(row),
            fields,
            strings["employer"],
            strings["publisher"],
            strings["url"],
            posted,
            self._reading.name,
            row,
        )

    def _plan(self, keys: tuple[str, ...], values: list[object]) -> Columns:
        columns = self._reading.columns(keys, keep_unknown=False)
        if not self._plans:
            sample = ["" if value is None else str(value) for value in values]
            self._reading.taken.meet(Layout.of(self._reading.name, (0, keys), columns, [sample]))
        if len(self._plans) >= _MAX_PLANS:
            self._plans.clear()
        self._plans[keys] = columns
        self._unseen -= {keys[at] for at in columns.roles.values()}
        if set(keys) - _CONTRACT and not self._noted:
            self._noted = True
            self._reading.note(columns.note(keys))
        return columns


def _text(value: object) -> str:
    """The ad's text. Raises _UnfitError if it is no text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _UnfitError("正文不是文字")
    return value


def _plain(name: str, value: object) -> str:
    """A value as text: lists are joined, null and NaN are empty. Raises _UnfitError for objects."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, list):
        return "、".join(filter(None, (_plain(name, item) for item in value)))
    if isinstance(value, dict):
        raise _UnfitError(f"“{name}”不是文字")
    return value if isinstance(value, str) else str(value)


def _fields(value: object) -> dict[str, str]:
    """The object under the key `fields`. Raises _UnfitError if it is none."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _UnfitError("“fields”不是对象")
    return {name: plain for name, content in value.items() if (plain := _plain(name, content))}
