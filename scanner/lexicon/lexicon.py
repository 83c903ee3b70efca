"""Load the lexicon folder, validate it, and offer its rules by id."""

from __future__ import annotations

import hashlib
import re
from functools import cache, cached_property
from pathlib import Path

from scanner.law import LawBook
from scanner.lexicon.pattern import PatternCompiler, PatternError
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Rule, RuleFile, TermFile, Veto
from scanner.paths import shipped


class Lexicon:
    """Rules, vetoes and term sets of one folder; refuses a folder that is not sound."""

    def __init__(self, folder: Path, laws: LawBook) -> None:
        self.folder = folder
        sets = read_data(folder / "terms.yaml", TermFile).sets
        terms = {term for s in sets.values() if s.anchor for term in s.terms}
        self.anchors = sorted(term for term in terms if not any(a != term and a in term for a in terms))
        self.compiler = PatternCompiler({name: s.terms for name, s in sets.items()})
        self.rules: dict[str, Rule] = {}
        self.vetoes: dict[str, Veto] = {}
        for file in self.rule_files():
            content = read_data(file, RuleFile)
            for rule in content.rules:
                self._check_rule(file, rule, laws)
                self.rules[rule.id] = rule
            for veto in content.vetoes:
                self._check_patterns(file, veto)
                self.vetoes[veto.id] = veto

    @staticmethod
    @cache
    def load(folder: Path | None = None) -> Lexicon:
        """The shipped lexicon, or the one in `folder`. Raises PingzhaoError E301/E302."""
        return Lexicon(folder or shipped("lexicons"), LawBook.load(folder / "law" if folder else None))

    def rule_files(self) -> list[Path]:
        """The rule files in name order."""
        return sorted((self.folder / "rules").glob("*.yaml"))

    @cached_property
    def version(self) -> str:
        """Changes with any byte of the lexicon's own files."""
        digest = hashlib.sha256()
        for file in sorted(self.folder.glob("*.*")) + self.rule_files():
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        return f"lexicon-{digest.hexdigest()[:8]}"

    def _check_rule(self, file: Path, rule: Rule, laws: LawBook) -> None:
        self._check_patterns(file, rule)
        for example in rule.flag:
            if not example_spans(example)[1]:
                cure = "用半角方括号标出应当命中的词，如 [限男性]"
                raise refuse(file, rule.id, f"例句“{example}”没有标出词句", cure)
        for ref in rule.law_refs():
            if not laws.has(ref):
                raise refuse(file, rule.id, f"没有条款 {ref}", "改正编号，或在 law/articles 中补上该条")

    def _check_patterns(self, file: Path, entry: Rule | Veto) -> None:
        if entry.id in self.rules or entry.id in self.vetoes:
            raise refuse(file, entry.id, "编号重复", "换一个没有用过的 id")
        for pattern in entry.patterns:
            try:
                self.compiler.source(pattern, SEX_NAMES["male"])
                if isinstance(entry, Rule) and entry.type != "split":
                    self._check_anchor(pattern)
                    _check_slot(entry, pattern)
            except PatternError as error:
                raise refuse(file, entry.id, str(error), error.cure) from None

    def _check_anchor(self, pattern: str) -> None:
        if not self.compiler.anchors(pattern, SEX_NAMES["male"], self.anchors):
            raise PatternError(
                f"“{pattern}”不含任何锚词，永远不会被触发",
                "让写法必含一个锚词，或在 terms.yaml 中把相应词组设为 anchor: true",
            )


def _check_slot(rule: Rule, pattern: str) -> None:
    """A rule whose direction follows the sex it names must name one in every pattern."""
    if (rule.direction in ("same", "opposite")) != any(f"{{{slot}}}" in pattern for slot in _SLOTS):
        raise PatternError(
            f"“{pattern}”与 direction: {rule.direction} 不符",
            "direction 为 same/opposite 时每个写法都要含 {sex} 一类的词组，其他取值时不要用",
        )


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
