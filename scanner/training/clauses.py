"""The hand-written clauses of `data/clauses/*.yaml`: wording families with their labels inside the line.

`招[彪形大汉|gender_restriction|male]两名` marks four characters. The lines of a family never part between
training and test; `pass` lines are lawful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from scanner.classifier.labels import KINDS
from scanner.findings import Category, Direction
from scanner.lexicon.reading import refuse
from scanner.lexicon.schema import Slug, Strict, Text

_MARKED = re.compile(r"\[([^\[\]|]+)\|([a-z_]+)\|([a-z]+)\]")


SKIMMED = "skimmed"
"""Origin of the lawful clauses that only the quick reader is trained on: to it they cost little."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """Half-open code-point offsets in a clause, and what is wrong there."""

    start: int
    end: int
    category: Category
    direction: Direction


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """One clause with its labels. `group` is what must not be split; `origin` is written, real, generated or
    SKIMMED.

    `lawful` says whether sex, marriage or childbirth is named lawfully in it.
    """

    text: str
    spans: tuple[LabelledSpan, ...]
    group: str
    origin: str
    lawful: bool = False


class Family(Strict):
    """One wording family."""

    group: Slug
    terms: list[Text] = Field(default=[])
    flag: list[Text] = Field(default=[])
    pass_: list[Text] = Field(default=[], alias="pass")


_FAMILIES = TypeAdapter(list[Family])


def read_families(folder: Path) -> list[Family]:
    """All families of a folder, file by file. Raises PingzhaoError E301 naming file and cure."""
    return [family for file in sorted(folder.glob("*.yaml")) for family in _read(file)]


def read_clauses(folder: Path) -> list[LabelledClause]:
    """The lines of all families of `folder`. Raises PingzhaoError E301."""
    return [clause for family in read_families(folder) for clause in clauses_of(family)]


def clauses_of(family: Family) -> Iterator[LabelledClause]:
    """The lines of one family."""
    for line in family.flag:
        text, spans = parse_line(line)
        yield LabelledClause(text, spans, family.group, "written")
    for line in family.pass_:
        yield LabelledClause(line, (), family.group, "written", lawful=True)


def parse_line(line: str) -> tuple[str, tuple[LabelledSpan, ...]]:
    """A marked line → its plain text and spans. Raises ValueError for a kind that does not exist."""
    spans, removed = [], 0
    for match in _MARKED.finditer(line):
        words, kind = match[1], (Category(match[2]), Direction(match[3]))
        if kind not in KINDS:
            raise ValueError(f"没有 {match[2]}|{match[3]} 这一类")
        start = match.start() - removed
        spans.append(LabelledSpan(start, start + len(words), *kind))
        removed += len(match[0]) - len(words)
    return _MARKED.sub(r"\1", line), tuple(spans)


def _read(file: Path) -> list[Family]:
    try:
        families = _FAMILIES.validate_python(yaml.safe_load(file.read_text("utf-8")))
        for family in families:
            _check(family)
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise refuse(file, "全文", problem, "对照 data/README.md 的写法修改") from None
    return families


def _check(family: Family) -> None:
    for line in family.flag:
        text, spans = parse_line(line)
        if not spans or set("[]|") & set(text):
            raise ValueError(f"{family.group}：“{line}”的方括号不成对或没有标注")
