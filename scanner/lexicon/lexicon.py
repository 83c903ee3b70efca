"""Load the lexicon folder, validate it, and offer its rules by id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from scanner.findings import Direction
from scanner.law import LawBook
from scanner.lexicon.pattern import PatternCompiler, PatternError
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Rule, RuleFile, TermFile, Veto
from scanner.paths import shipped


class Fault(NamedTuple):
    """What is wrong with an entry: under which key of the rule file, in which of its items, and the cure."""

    key: str
    at: int | None
    problem: str
    cure: str


class Lexicon:
    """Rules, vetoes and term sets of one folder; refuses a folder that is not sound."""

    def __init__(self, folder: Path, laws: LawBook) -> None:
        self.folder = folder
        self.sets = read_data(folder / "terms.yaml", TermFile).sets
        self.anchors = _shortest(term for s in self.sets.values() if s.anchor for term in s.terms)
        self.compiler = PatternCompiler({name: s.terms for name, s in self.sets.items()})
        self.rules: dict[str, Rule] = {}
        self.vetoes: dict[str, Veto] = {}
        self._laws = laws
        self.changes: dict[str, Rule | Veto] = {}
        for file in self.rule_files():
            content = read_data(file, RuleFile)
            entries: list[Rule | Veto] = [*content.rules, *content.vetoes]
            for entry in entries:
                if entry.id in self.rules or entry.id in self.vetoes:
                    raise refuse(file, entry.id, "编号重复", "换一个没有用过的 id")
                self._add(file, entry)

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> Lexicon:
        """The shipped lexicon, or the one in `folder`. Raises PingzhaoError E301/E302."""
        return Lexicon(folder or shipped("lexicons"), LawBook.load(folder / "law" if folder else None))

    def changed(self, entries: Iterable[Rule | Veto]) -> Lexicon:
        """This lexicon with `entries` in place of those of the same ids, or added after the others.

        Their patterns need no anchor of the term sets: the words that they demand become anchors.
        Raises PingzhaoError E301.
        """
        other = self._copy()
        for entry in entries:
            other.changes[entry.id] = entry
            other.anchors = _shortest((*other.anchors, *other._demanded(entry)))
            other._add(LOCAL, entry)
        return other

    def faults_of_change(self, entry: Rule | Veto) -> list[Fault]:
        """Why `changed` would refuse the entry; empty if it would not."""
        other = self._copy()
        other.anchors = _shortest((*self.anchors, *self._demanded(entry)))
        return list(other.faults(entry))

    def _copy(self) -> Lexicon:
        other = copy(self)
        other.__dict__.pop("version", None)
        other.rules, other.vetoes, other.changes = dict(self.rules), dict(self.vetoes), dict(self.changes)
        return other

    def entry(self, name: str) -> Rule | Veto | None:
        """The rule or veto of this id."""
        return self.rules.get(name) or self.vetoes.get(name)

    def rule_files(self) -> list[Path]:
        """The rule files in name order."""
        return sorted((self.folder / "rules").glob("*.yaml"))

    @cached_property
    def version(self) -> str:
        """Changes with any byte of the lexicon's own files, and with any change made to it."""
        digest = hashlib.sha256()
        for file in sorted(self.folder.glob("*.*")) + self.rule_files():
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        for _, entry in sorted(self.changes.items()):
            digest.update(entry.model_dump_json(by_alias=True).encode())
        return f"lexicon-{digest.hexdigest()[:8]}"

    def faults(self, entry: Rule | Veto) -> Iterator[Fault]:
        """What keeps `entry` from working in this lexicon, apart from its shape and its examples."""
        if (entry.id in self.vetoes) if isinstance(entry, Rule) else (entry.id in self.rules):
            yield Fault("id", None, "编号已用于另一种条目", "换一个没有用过的 id")
        for at, pattern in enumerate(entry.patterns):
            try:
                self._check_pattern(entry, pattern)
            except PatternError as error:
                yield Fault("patterns", at, str(error), error.cure)
        if isinstance(entry, Rule):
            yield from self._faults_of_rule(entry)

    def _add(self, file: Path, entry: Rule | Veto) -> None:
        for fault in self.faults(entry):
            raise refuse(file, entry.id, fault.problem, fault.cure)
        if isinstance(entry, Rule):
            self.rules[entry.id] = entry
        else:
            self.vetoes[entry.id] = entry

    def _faults_of_rule(self, rule: Rule) -> Iterator[Fault]:
        for at, example in enumerate(rule.flag):
            if not example_spans(example)[1]:
                cure = "用半角方括号标出应当命中的词，如 [限男性]"
                yield Fault("flag", at, f"例句“{example}”没有标出词句", cure)
        for name in ("subtype", "severity", "law"):
            lacking = [d for d in directions_of(rule) if rule.by_direction(name, d) is None]
            for direction in lacking:
                cure = "只写一个值，或为每个方向各写一个"
                yield Fault(name, None, f"{name} 缺少方向 {direction} 的值", cure)
        for ref in sorted(rule.law_refs()):
            if not self._laws.has(ref):
                yield Fault("law", None, f"没有条款 {ref}", "改正编号，或在 law/articles 中补上该条")

    def _check_pattern(self, entry: Rule | Veto, pattern: str) -> None:
        """Raises PatternError."""
        if isinstance(entry, Veto):
            self.compiler.source(pattern, {})
            return
        if entry.type == "split":
            self.compiler.source(pattern, {})
            if "<" in pattern or self.compiler.ways(pattern, {}) > MAX_WAYS_OF_VALUE:
                raise PatternError(f"“{pattern}”不是一个简单的数值", "分列规则只写数值本身，不用尖括号")
            return
        self.compiler.source(pattern, SEX_NAMES["male"])
        if not self.compiler.anchors(pattern, SEX_NAMES["male"], self.anchors):
            raise PatternError(
                f"“{pattern}”不含任何锚词，永远不会被触发",
                "让写法必含一个锚词：在工作台修改时，两字以上、不可省略的词都算；在词库文件中，可在 terms.yaml 把相应词组设为 anchor: true",
            )
        _check_slot(entry, pattern)

    def _demanded(self, entry: Rule | Veto) -> Iterator[str]:
        """For each pattern that holds no anchor, the words of which a match must hold one."""
        for pattern in entry.patterns if isinstance(entry, Rule) and entry.type != "split" else ():
            try:
                if not self.compiler.anchors(pattern, SEX_NAMES["male"], self.anchors):
                    groups = self.compiler.needs(pattern, SEX_NAMES["male"])
                    telling = [group for group in groups if min(map(len, group)) >= SHORTEST_ANCHOR]
                    yield from min(telling, key=len, default=())
            except PatternError:
                continue  # told as a fault of the pattern


def _shortest(terms: Iterable[str]) -> list[str]:
    """The terms without those that hold another one, sorted."""
    known = set(terms)
    return sorted(term for term in known if not any(other != term and other in term for other in known))


def directions_of(rule: Rule) -> tuple[Direction, ...]:
    """Those that its hits can have."""
    if rule.direction in ("same", "opposite"):
        return Direction.MALE, Direction.FEMALE
    return (Direction(rule.direction),)


def _check_slot(rule: Rule, pattern: str) -> None:
    """A rule whose direction follows the sex it names must name one in every pattern."""
    if (rule.direction in ("same", "opposite")) != any(f"{{{slot}}}" in pattern for slot in _SLOTS):
        raise PatternError(
            f"“{pattern}”与 direction: {rule.direction} 不符",
            "direction 为 same/opposite 时每个写法都要含 {sex} 一类的词组，其他取值时不要用",
        )


LOCAL = Path("本单位的修改")
"""Stands for a file where a change is refused."""
SHORTEST_ANCHOR = 2
"""Characters of a word that becomes an anchor by a change: single ones stand in every clause."""
MAX_WAYS_OF_VALUE = 100
"""Like `MAX_WAYS`, of a value in a split rule, which is looked for up to six times."""
_SLOTS = ("sex", "sex_all", "sex_short", "sex_person", "sex_called")
SEX_NAMES = {sex: {slot: slot.replace("sex", sex, 1) for slot in _SLOTS} for sex in ("male", "female")}
"""What `{sex}` and its kin stand for when a rule is compiled for one sex."""

_BRACKETS = re.compile(r"\[[^\[\]]+\]")


def example_spans(example: str) -> tuple[str, list[tuple[int, int]]]:
    """`要求[限男性]` → (`要求限男性`, [(2, 5)])."""
    spans, removed = [], 0
    for match in _BRACKETS.finditer(example):
        spans.append((match.start() - removed, match.end() - removed - 2))
        removed += 2
    return _BRACKETS.sub(lambda m: m.group()[1:-1], example), spans
