"""Match the compiled rules: an automaton finds anchors, rules look only at the clauses it hits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from ahocorasick_rs import AhoCorasick, Implementation

from scanner.findings import Direction
from scanner.lexicon.boundaries import inside_longer_word
from scanner.lexicon.lexicon import Lexicon
from scanner.lexicon.pattern import PatternCompiler, PatternError, item_source, split_sources
from scanner.lexicon.schema import Rule, Veto
from scanner.text.normalise import character_table, disguise_contexts
from scanner.text.segment import Clause, segment

_SEXES = {Direction.MALE: Direction.FEMALE, Direction.FEMALE: Direction.MALE}


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
    rule: Rule
    direction: Direction
    regexes: tuple[re.Pattern[str], ...]


class Matcher:
    """All rules of a lexicon, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._compiler = PatternCompiler(lexicon.sets)
        self._variants = [v for rule in lexicon.rules.values() for v in self._compile(rule)]
        self._vetoes = [(veto, self._veto_regex(veto)) for veto in lexicon.vetoes.values()]
        anchors = sorted({t for name in lexicon.anchors for t in lexicon.sets[name]})
        self._anchors = AhoCorasick(anchors, implementation=Implementation.DFA)
        raw = sorted({r for term in anchors for r in _raw_forms(term)} | set(disguise_contexts()))
        self._prefilter = AhoCorasick(raw, implementation=Implementation.DFA)

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
                silenced.append((clause.start + match.start("span"), clause.start + match.end("span")))
        open_hits = [h for h in hits if not any(a < h.end and h.start < b for a, b in silenced)]
        return [
            h
            for h in open_hits
            if not inside_longer_word(words, h.start - clause.start, h.end - clause.start)
        ]

    def _compile(self, rule: Rule) -> Iterable[_Variant]:
        if rule.direction not in ("same", "opposite"):
            regexes = tuple(re.compile(s) for s in self._sources(rule, {}))
            return [_Variant(rule, Direction(rule.direction), regexes)]
        variants = []
        for sex, other in _SEXES.items():
            regexes = tuple(
                re.compile(s) for s in self._sources(rule, {"sex": sex.value, "other": other.value})
            )
            variants.append(_Variant(rule, sex if rule.direction == "same" else other, regexes))
        return variants

    def _sources(self, rule: Rule, names: dict[str, str]) -> list[str]:
        names |= {
            f"{key}_{name}": f"{value}_{name}"
            for key, value in list(names.items())
            for name in ("short", "implied", "all")
        }
        source, fragment = self._compiler.source, self._compiler.fragment
        if rule.type == "item":
            attributes = "|".join(fragment(f"{{{name}}}", {}) for name in _ATTRIBUTES)
            verb = fragment("{requirement_verb}", {})
            return [item_source(source(p, names), attributes, verb) for p in rule.patterns]
        if rule.type == "split":
            values = "|".join(fragment(p, {}) for p in rule.patterns)
            return split_sources(values, fragment("{male}", {}), fragment("{female}", {}))
        return [source(pattern, names) for pattern in rule.patterns]

    def _veto_regex(self, veto: Veto) -> re.Pattern[str]:
        sources = (self._compiler.fragment(p, {}) for p in veto.patterns)
        return re.compile("(?P<span>" + "|".join(sources) + ")")


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


__all__ = ["Hit", "Matcher", "PatternError"]
