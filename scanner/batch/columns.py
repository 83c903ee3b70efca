"""Which column of an export is what: known header names (`lexicons/columns.yaml`) and the user's `--map`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from pydantic import Field

from scanner.errors import PingzhaoError
from scanner.lexicon.reading import read_data
from scanner.lexicon.schema import Strict, Text
from scanner.paths import shipped

Role = Literal["text", "title", "employer", "publisher", "url", "posted_on", "id"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[Role, str] = {
    "text": "正文",
    "title": "职位",
    "employer": "单位",
    "publisher": "发布机构",
    "url": "链接",
    "posted_on": "发布日期",
    "id": "编号",
}
"""How each role is called."""
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_FILLER = re.compile(r"[\s_*\u200b\ufeff]+")


class ColumnNames(Strict):
    """lexicons/columns.yaml: header names per role by priority, structured fields, columns never scanned."""

    roles: dict[Role, list[Text]] = Field(min_length=1)
    fields: list[Text] = Field(default=[])
    ignored: list[Text] = Field(default=[])


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the mapped columns in a row, counting from 0.

    `roles` holds at most one position per role; `fields` are the columns scanned under their own names;
    `ignored` are the names of those that are not read.
    """

    roles: Mapping[Role, int]
    fields: tuple[tuple[str, int], ...]
    ignored: tuple[str, ...]
    width: int

    def note(self, headers: Sequence[str]) -> str:
        """The mapping in words, for the report."""
        mapped = [f"{ROLE_NAMES[role]}←{headers[at]}" for role, at in self.roles.items()]
        parts = [f"列对应：{'，'.join(mapped) or '无'}"]
        if self.fields:
            parts.append(f"按字段扫描：{'、'.join(name for name, _ in self.fields)}")
        if self.ignored:
            parts.append(f"未使用：{'、'.join(self.ignored)}")
        return "；".join(parts)


def parse_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """`["text=岗位描述"]` → `{"text": "岗位描述"}`. Raises PingzhaoError E112 on a bad form or unknown role."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        role, _, column = (part.strip() for part in pair.partition("="))
        if not role or not column:
            raise PingzhaoError("E112", detail=f"“{pair}”不是 角色=列名")
        if role not in ROLES:
            raise PingzhaoError("E112", detail=f"没有“{role}”这个角色，可用 {'、'.join(ROLES)}")
        if role in mapping:
            raise PingzhaoError("E112", detail=f"“{role}”指定了两次")
        mapping[role] = column
    return mapping


@lru_cache(maxsize=4096)
def normalise_header(name: str) -> str:
    """A header without width, case, spaces, underscores, bracketed remarks and closing colons."""
    plain = _FILLER.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return (_REMARK.sub("", plain) or plain).strip(":;,、.()[]【】<>")


@cache
def _known() -> tuple[dict[str, tuple[Role, int]], frozenset[str], frozenset[str]]:
    """Normalised names: role with priority, structured fields, ignored."""
    names = read_data(shipped("lexicons") / "columns.yaml", ColumnNames)
    roles: dict[str, tuple[Role, int]] = {}
    for role, listed in names.roles.items():
        for priority, name in enumerate(listed):
            roles.setdefault(normalise_header(name), (role, priority))
    return (
        roles,
        frozenset(map(normalise_header, names.fields)),
        frozenset(map(normalise_header, names.ignored)),
    )


def recognised(header: str) -> bool:
    """Whether columns.yaml names this header."""
    roles, fields, ignored = _known()
    plain = normalise_header(header)
    return plain in roles or plain in fields or plain in ignored


def map_columns(
    headers: Sequence[str],
    mapping: Mapping[str, str],
    scanned: Mapping[str, bool] | None = None,
    *,
    keep_unknown: bool,
) -> Columns:
    """The columns under `headers`; what `mapping` (role → header) says goes before the known names.

    `scanned` (header → whether it is scanned) keeps columns from the roles that their names would give them.
    With `keep_unknown` a column in no list becomes a field (tables), else it is left out (JSON objects).
    """
    roles_of = _known()[0]
    plain = [normalise_header(header) for header in headers]
    chosen = _mapped(headers, plain, mapping)
    said = {normalise_header(header): use for header, use in (scanned or {}).items()}
    wanted: dict[Role, tuple[int, int]] = {}
    for at, name in enumerate(plain):
        if name in roles_of and name not in said and at not in chosen.values():
            role, priority = roles_of[name]
            wanted[role] = min(wanted.get(role, (priority, at)), (priority, at))
    roles = {role: at for role, (_, at) in wanted.items()} | chosen
    fields: dict[str, int] = {}
    ignored: list[str] = []
    for at, header in enumerate(headers):
        if at in roles.values():
            continue
        if said.get(plain[at], _is_scanned(plain[at], keep_unknown=keep_unknown)):
            fields[_unused(header.strip() or f"第{at + 1}列", fields)] = at
        elif header.strip():
            ignored.append(header.strip())
    ordered = {role: roles[role] for role in ROLES if role in roles}
    return Columns(ordered, tuple(fields.items()), tuple(ignored), len(headers))


def _is_scanned(name: str, *, keep_unknown: bool) -> bool:
    """Whether a column that got no role is scanned: a further text or title, a field, one not known."""
    roles, fields, ignored = _known()
    if name in roles:
        return roles[name][0] in ("text", "title")
    return name in fields or (keep_unknown and name not in ignored)


def holds_ads(headers: Sequence[str]) -> bool:
    """Whether a known text, title or structured field is among `headers`."""
    roles, fields, _ = _known()
    names = map(normalise_header, headers)
    return any(name in fields or (name in roles and roles[name][0] in ("text", "title")) for name in names)


def missing_from(headers: Sequence[str], mapping: Mapping[str, str]) -> str | None:
    """The first column that `mapping` names and `headers` lack; None if all are there."""
    plain = [normalise_header(header) for header in headers]
    found = _mapped(headers, plain, mapping)
    return next((column for role, column in mapping.items() if role not in found), None)


def _mapped(headers: Sequence[str], plain: Sequence[str], mapping: Mapping[str, str]) -> dict[Role, int]:
    chosen: dict[Role, int] = {}
    for role in ROLES:
        column = mapping.get(role)
        if column in headers:
            chosen[role] = headers.index(column)
        elif column is not None and normalise_header(column) in plain:
            chosen[role] = plain.index(normalise_header(column))
    return chosen


def _unused(name: str, taken: Mapping[str, int]) -> str:
    number = 1
    while (tried := name if number == 1 else f"{name}（{number}）") in taken:
        number += 1
    return tried
