"""The hand-written complaint narratives of `data/narratives*/*.yaml`, their labels inside the text.

`面试问我[有没有对象|marital_birth_inquiry|none]` marks a wrong, `[鑫源电子厂|employer]` a fact or a signal of
urgency, `[拖了三个月工资|matter|wages]` another matter. data/README.md has the guidelines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from scanner.complaint.reader import fullest
from scanner.complaint.understanding import Fact, Matter, Signal, Stage
from scanner.findings import Category, Direction
from scanner.lexicon.reading import refuse
from scanner.lexicon.schema import Strict

_MARKED = re.compile(r"\[([^\[\]|]+)\|([^\[\]]+)\]")
Mark = Fact | Signal | Matter | tuple[Category, Direction]


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Half-open code-point offsets in the plain text, and what the words tell."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Narrative:
    """One report with its labels; `stages` are all at which the wrong happened."""

    id: str
    text: str
    in_scope: bool
    stages: frozenset[Stage]
    urgent: bool
    marked: tuple[MarkedPassage, ...]

    @property
    def wrongs(self) -> frozenset[tuple[Category, Direction]]:
        """The kinds of discrimination that it tells of, and for whom."""
        return frozenset(m.mark for m in self.marked if isinstance(m.mark, tuple))

    @property
    def categories(self) -> frozenset[Category]:
        """The kinds of discrimination that it tells of."""
        return frozenset(category for category, _ in self.wrongs)

    @property
    def signals(self) -> frozenset[Signal]:
        """The signals of urgency that it gives."""
        return frozenset(m.mark for m in self.marked if isinstance(m.mark, Signal))

    @property
    def matters(self) -> frozenset[Matter]:
        """The other matters that it brings up."""
        return frozenset(m.mark for m in self.marked if isinstance(m.mark, Matter))

    @property
    def employer(self) -> str:
        """The fullest name of the accused employer; empty where none is named."""
        return fullest(self.text[m.start : m.end] for m in self.marked if m.mark is Fact.EMPLOYER)


class _Row(Strict):
    id: str
    channel: str
    scope: str
    stages: list[Stage]
    urgent: bool
    text: str


_ROWS = TypeAdapter(list[_Row])


def read_narratives(folder: Path) -> list[Narrative]:
    """All narratives of a folder, file by file. Raises PingzhaoError E301 naming file and cure."""
    return [narrative for file in sorted(folder.glob("*.yaml")) for narrative in _read(file)]


def _read(file: Path) -> list[Narrative]:
    try:
        rows = _ROWS.validate_python(yaml.safe_load(file.read_text("utf-8")))
        return [_narrative(row) for row in rows]
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise refuse(file, "全文", problem, "对照 data/README.md 的写法修改") from None


def _narrative(row: _Row) -> Narrative:
    text = _MARKED.sub(r"\1", row.text).strip()
    return Narrative(
        row.id, text, row.scope == "in", frozenset(row.stages), row.urgent, tuple(_marked(row.text.strip()))
    )


def _marked(text: str) -> Iterator[MarkedPassage]:
    removed = 0
    for match in _MARKED.finditer(text):
        start, words = match.start() - removed, match[1]
        for mark in _marks(match[2].split("|")):
            yield MarkedPassage(start, start + len(words), mark)
        removed += len(match[0]) - len(words)


def _marks(parts: list[str]) -> Iterator[Mark]:
    name, *rest = parts
    if name == "matter":
        yield Matter(rest[0])
    elif name in set(Fact):
        yield Fact(name)
    elif name in set(Signal):
        yield Signal(name)
    else:
        yield Category(name), Direction(rest[0])
        yield from (Signal(signal) for signal in rest[1:])
