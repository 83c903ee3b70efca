"""Match the compiled rules: an automaton finds anchors, rules look only at the clauses it hits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
class _Variant:
    """A rule compiled for one direction."""

    rule: Rule
    direction: Direction
    regexes: tuple[re.Pattern[str], ...]


class Matcher:
    """All rules of a lexicon, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._compiler = lexicon.compiler
        self._variants = [v for rule in lexicon.rules.values() for v in self._compile(rule)]
        self._vetoes = [(veto, self._veto_regex(veto)) for veto in lexicon.vetoes.values()]
        self._anchors = AhoCorasick(lexicon.anchors, implementation=Implementation.DFA)
        raw = {form for term in lexicon.anchors for form in _raw_forms(term)} | disguise_contexts()
        self._prefilter = AhoCorasick(sorted(raw), implementation=Implementation.DFA)

    def may_hit(self, raw: str) -> bool:
        """Whether raw text holds any anchor, disguised ones included; False settles the matter."""
        return bool(self._prefilter.find_matches_as_indexes(raw))

    def match(self, text: str, where: str) -> list[Hit]:
        """Hits in normalised `text` (`where`: text, title or fields), vetoed ones left out."""
        anchors = [start for _, start, _ in self._anchors.find_matches_as_indexes(text)]
        hits: list[Hit] = []
        for clause in _touched(segment(text), anchors):
            hits += self._match_clause(text[clause.start : clause.end], clause, where)
        return hits

    def _match_clause(self, words: str, clause: Clause, where: str) -> list[Hit]:
        found = [
            Hit(clause.start + m.start("span"), clause.start + m.end("span"), clause, v.rule, v.direction)
            for v in self._variants
            if where in v.rule.where
            for regex in v.regexes
            for m in regex.finditer(words)
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

    def _compile(self, rule: Rule) -> list[_Variant]:
        if rule.direction not in ("same", "opposite"):
            return [_Variant(rule, Direction(rule.direction), self._regexes(rule, {}))]
        variants = []
        for sex, other in ((Direction.MALE, Direction.FEMALE), (Direction.FEMALE, Direction.MALE)):
            favoured = sex if rule.direction == "same" else other
            variants.append(_Variant(rule, favoured, self._regexes(rule, SEX_NAMES[sex.value])))
        return variants

    def _regexes(self, rule: Rule, names: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
        source, fragment = self._compiler.source, self._compiler.fragment
        if rule.type == "item":
            attribute = "|".join(fragment(f"{{{name}}}", {}) for name in _ATTRIBUTES)
            verb = fragment("{requirement_verb}", {})
            sources = [item_source(source(p, names), attribute, verb) for p in rule.patterns]
        elif rule.type == "split":
            value = "|".join(fragment(p, {}) for p in rule.patterns)
            sources = split_sources(value, fragment("{male}", {}), fragment("{female}", {}))
        else:
            sources = [source(pattern, names) for pattern in rule.patterns]
        return tuple(re.compile(s) for s in sources)

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


def _touched(clauses: list[Clause], anchors: list[int]) -> Iterable[Clause]:
    """The clauses that hold an anchor; both lists ascend."""
    position = 0
    for clause in clauses:
        while position < len(anchors) and anchors[position] < clause.start:
            position += 1
        if position < len(anchors) and anchors[position] < clause.end:
            yield clause


def _raw_forms(term: str) -> set[str]:
    """The spellings in raw text that normalise to `term` character by character."""
    table = character_table()
    written: dict[str, list[str]] = {}
    for code, plain in table.items():
        if plain in term:
            written.setdefault(plain, []).append(chr(code))
    return {"".join(chars) for chars in product(*([c, *written.get(c, [])] for c in term))}
