"""Match the compiled rules: an automaton finds anchors, rules look only at the clauses it hits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick, Implementation

from scanner.findings import Direction
from scanner.lexicon.boundaries import inside_longer_word
from scanner.lexicon.lexicon import SEX_NAMES, Lexicon
from scanner.lexicon.pattern import item_source, split_sources
from scanner.lexicon.schema import Rule, Veto
from scanner.text.normalise import character_table, disguise_contexts
from scanner.text.segment import Clause, segment


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that fired: half-open offsets in the normalised text, and who is favoured."""

    start: int
    end: int
    clause: Clause
    rule: Rule
    direction: Direction

    def shifted(self, by: int) -> Hit:
        """The same hit with `by` leading characters cut off the text."""
        clause = Clause(max(0, self.clause.start - by), self.clause.end - by)
        return Hit(max(0, self.start - by), self.end - by, clause, self.rule, self.direction)


@dataclass(frozen=True, slots=True)
class _Probe:
    """One regex of a rule, compiled for one direction."""

    rule: Rule
    direction: Direction
    regex: re.Pattern[str]


class Matcher:
    """All rules of a lexicon, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._compiler = lexicon.compiler
        self._known = lexicon.anchors
        self._by_anchor: dict[str, list[_Probe]] = {anchor: [] for anchor in lexicon.anchors}
        for rule in lexicon.rules.values():
            self._compile(rule)
        self._vetoes = [(veto, self._veto_regex(veto)) for veto in lexicon.vetoes.values()]
        self._anchors = AhoCorasick(lexicon.anchors, implementation=Implementation.DFA)
        raw = {form for term in lexicon.anchors for form in _raw_forms(term)} | disguise_contexts()
        self._prefilter = AhoCorasick(sorted(raw), implementation=Implementation.DFA)

    def may_hit(self, raw: str) -> bool:
        """Whether raw text holds any anchor, disguised ones included; False settles the matter."""
        return bool(self._prefilter.find_matches_as_indexes(raw))

    def match(self, text: str, where: str) -> list[Hit]:
        """Hits in normalised `text` (`where`: text, title or fields), vetoed ones left out."""
        hits: list[Hit] = []
        for clause, anchors in self._touched(text):
            hits += self._match_clause(text[clause.start : clause.end], clause, anchors, where)
        return hits

    def _touched(self, text: str) -> Iterator[tuple[Clause, frozenset[str]]]:
        """The clauses that hold anchors, with the anchors each holds; only their lines are segmented."""
        found = [
            (start, self._known[index])
            for index, start, _ in self._anchors.find_matches_as_indexes(text, overlapping=True)
        ]
        done = 0
        for at, _ in found:
            if at < done:
                continue
            line, done = _line_around(text, at)
            for clause in segment(text[line:done]):
                start, end = clause.start + line, clause.end + line
                anchors = frozenset(anchor for place, anchor in found if start <= place < end)
                if anchors:
                    yield Clause(start, end), anchors

    def _match_clause(self, words: str, clause: Clause, anchors: frozenset[str], where: str) -> list[Hit]:
        found = [
            Hit(clause.start + m.start("span"), clause.start + m.end("span"), clause, probe.rule, probe.direction)
            for anchor in anchors
            for probe in self._by_anchor[anchor]
            if where in probe.rule.where
            for m in probe.regex.finditer(words)
        ]
        return self._without_vetoed(found, words, clause) if found else []

    def _without_vetoed(self, hits: list[Hit], words: str, clause: Clause) -> list[Hit]:
        silenced = []
        for veto, regex in self._vetoes:
            for match in regex.finditer(words):
                if veto.scope == "clause":
                    return []
                silenced.append((clause.start + match.start(), clause.start + match.end()))
        at = clause.start
        return [
            hit
            for hit in hits
            if not any(start < hit.end and hit.start < end for start, end in silenced)
            and not inside_longer_word(words, hit.start - at, hit.end - at)
        ]

    def _compile(self, rule: Rule) -> None:
        if rule.direction not in ("same", "opposite"):
            self._file(rule, Direction(rule.direction), {})
            return
        for sex, other in ((Direction.MALE, Direction.FEMALE), (Direction.FEMALE, Direction.MALE)):
            self._file(rule, sex if rule.direction == "same" else other, SEX_NAMES[sex.value])

    def _file(self, rule: Rule, direction: Direction, names: Mapping[str, str]) -> None:
        """Put every regex of `rule` under each anchor it may be found by."""
        for source, anchors in self._sources(rule, names):
            probe = _Probe(rule, direction, re.compile(source))
            for anchor in anchors:
                self._by_anchor[anchor].append(probe)

    def _sources(self, rule: Rule, names: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
        source, fragment = self._compiler.source, self._compiler.fragment
        if rule.type == "split":
            value = "|".join(fragment(p, {}) for p in rule.patterns)
            for split in split_sources(value, fragment("{male}", {}), fragment("{female}", {})):
                yield split, self._compiler.anchors("{male}", {}, self._known)
            return
        attribute = "|".join(fragment(f"{{{name}}}", {}) for name in _ATTRIBUTES)
        verb = fragment("{requirement_verb}", {})
        for pattern in rule.patterns:
            core = source(pattern, names)
            regex = item_source(core, attribute, verb) if rule.type == "item" else core
            yield regex, self._compiler.anchors(pattern, names, self._known)

    def _veto_regex(self, veto: Veto) -> re.Pattern[str]:
        return re.compile("|".join(self._compiler.fragment(p, {}) for p in veto.patterns))


_ATTRIBUTES = (
    "attribute",
    "age",
    "height",
    "headcount",
    "education",
    "experience",
    "wage",
    "household_register",
)


def _line_around(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _raw_forms(term: str) -> set[str]:
    """The spellings in raw text that normalise to `term` character by character."""
    table = character_table()
    written: dict[str, list[str]] = {}
    for code, plain in table.items():
        if plain in term:
            written.setdefault(plain, []).append(chr(code))
    return {"".join(chars) for chars in product(*([c, *written.get(c, [])] for c in term))}
