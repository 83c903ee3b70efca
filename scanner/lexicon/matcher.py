"""Match the compiled rules: an automaton finds anchors, rules look only at the clauses it hits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick, Implementation

from scanner.findings import Direction
from scanner.lexicon.boundaries import inside_longer_word
from scanner.lexicon.lexicon import SEX_NAMES, Lexicon
from scanner.lexicon.pattern import item_source, split_sources
from scanner.lexicon.schema import Rule, Statement, Veto
from scanner.text.normalise import INVISIBLE, disguise_contexts, parted, raw_forms
from scanner.text.segment import Clause, touched


@dataclass(frozen=True, slots=True)
class Hit:
    """Words at fault: half-open offsets in the normalised text, the statement made of them, who is favoured.

    `rule` is the rule that fired, or a bare statement where only the classifier found the words.
    """

    start: int
    end: int
    clause: Clause
    rule: Statement
    direction: Direction

    def shifted(self, by: int) -> Hit:
        """The same hit with `by` leading characters cut off the text."""
        clause = Clause(max(0, self.clause.start - by), self.clause.end - by)
        return Hit(max(0, self.start - by), self.end - by, clause, self.rule, self.direction)


@dataclass(frozen=True, eq=False)
class _Probe:
    """One regex of a rule for one direction, compiled when first used; of each set in `needs` a clause must
    hold a word.
    """

    rule: Rule
    direction: Direction
    source: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.source)


class Matcher:
    """All rules of a lexicon, compiled once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._compiler = lexicon.compiler
        self._known = lexicon.anchors
        probes = [probe for rule in lexicon.rules.values() for probe in self._probes(rule)]
        commonness = cache(self._commonness)
        self._by_word: defaultdict[str, list[_Probe]] = defaultdict(list)
        for probe in probes:
            for word in min(probe.needs, key=commonness):
                self._by_word[word].append(probe)
        self._needed = sorted({word for probe in probes for group in probe.needs for word in group})
        self._words = AhoCorasick(self._needed, implementation=Implementation.DFA)
        self._vetoes = [
            (veto, re.compile(lexicon.compiler.fragment(pattern, {})))
            for veto in lexicon.vetoes.values()
            for pattern in veto.patterns
        ]
        self._contrast = re.compile(lexicon.compiler.fragment("{contrast}", {}))
        self._anchors = AhoCorasick(lexicon.anchors, implementation=Implementation.DFA)
        shown = {term for term in disguise_contexts() if not any(a in term for a in lexicon.anchors)}
        raw = {form for term in [*lexicon.anchors, *shown] for form in raw_forms(term)}
        raw |= {_ENTITY, *INVISIBLE, *(pair for char in _TELLING for pair in parted(char))}
        self._prefilter = AhoCorasick(sorted(raw), implementation=Implementation.DFA)

    def may_hit(self, raw: str) -> bool:
        """Whether raw text holds any anchor, disguised ones included; False settles the matter.

        Text with a lone surrogate, which the automaton cannot take, may; its normalised copy has none.
        """
        try:
            return bool(self._prefilter.find_matches_as_indexes(raw))
        except UnicodeEncodeError:
            return True

    def match(self, text: str, where: str, *, vetoed: bool = False) -> list[Hit]:
        """Hits in normalised `text` (`where`: text, title or fields); those that a veto or a longer word
        silences only if `vetoed`.
        """
        hits: list[Hit] = []
        found = self._anchors.find_matches_as_indexes(text, overlapping=True)
        places = [start for _, start, _ in found]
        for clause in touched(text, places):
            if any(clause.start <= at < clause.end for at in places):
                here = self._match_clause(text, clause, where)
                hits += here if vetoed else self._without_vetoed(here, text, clause)
        return hits

    def lawful(self, words: str, name: str | None = None) -> list[tuple[int, int]]:
        """The stretches of a clause that a veto, or the one of this id, calls lawful, as half-open offsets."""
        return [(start, end) for start, end, veto in self._silenced(words) if name in (None, veto.id)]

    def _silenced(self, words: str) -> list[tuple[int, int, Veto]]:
        """The same, each with its veto."""
        return [
            (start, end, veto)
            for veto, regex in self._vetoes
            for match in regex.finditer(words)
            for start, end in self._reach(veto, match)
        ]

    def _open_to_both(self, text: str, at: int) -> bool:
        """Whether the words around `at` say that both sexes are sought."""
        around = text[max(0, at - _POST_BEFORE) : at + _POST_AFTER]
        return any(veto.opens and regex.search(around) for veto, regex in self._vetoes)

    def _match_clause(self, text: str, clause: Clause, where: str) -> list[Hit]:
        """The hits of the rules some needed word of which stands in the clause."""
        words = text[clause.start : clause.end]
        held = dict.fromkeys(
            self._needed[i] for i, *_ in self._words.find_matches_as_indexes(words, overlapping=True)
        )
        probes = dict.fromkeys(probe for word in held for probe in self._by_word.get(word, ()))
        return [
            Hit(
                clause.start + m.start("span"),
                clause.start + m.end("span"),
                clause,
                probe.rule,
                probe.direction,
            )
            for probe in probes
            if where in probe.rule.where and not any(map(held.keys().isdisjoint, probe.needs))
            for m in probe.regex.finditer(words)
            if not probe.rule.when or self._open_to_both(text, clause.start + m.start())
        ]

    def _without_vetoed(self, hits: list[Hit], text: str, clause: Clause) -> list[Hit]:
        if not hits:
            return hits
        at, words = clause.start, text[clause.start : clause.end]
        silenced = [(at + start, at + end, veto.opens) for start, end, veto in self._silenced(words)]
        return [
            hit
            for hit in hits
            if not any(_silences(hit, *reach) for reach in silenced)
            and not inside_longer_word(words, hit.start - at, hit.end - at)
        ]

    def _reach(self, veto: Veto, match: re.Match[str]) -> list[tuple[int, int]]:
        """What a veto silences: its own words or its clause, but nothing across a 但."""
        turns = [turn.start() for turn in self._contrast.finditer(match.string)]
        if any(match.start() <= turn < match.end() for turn in turns):
            return []
        if veto.scope == "span":
            return [match.span()]
        before = [turn for turn in turns if turn < match.start()]
        after = [turn for turn in turns if turn >= match.end()]
        return [(max(before, default=0), min(after, default=len(match.string)))]

    def _commonness(self, words: frozenset[str]) -> tuple[int, int]:
        """Sorts sets of words: first those that hold no anchor, which say most about the rule."""
        return sum(any(anchor in word for anchor in self._known) for word in words), len(words)

    def _probes(self, rule: Rule) -> Iterator[_Probe]:
        """Every regex of `rule`, once for each direction that it can have."""
        if rule.direction not in ("same", "opposite"):
            yield from self._in_direction(rule, Direction(rule.direction), {})
            return
        for sex, other in ((Direction.MALE, Direction.FEMALE), (Direction.FEMALE, Direction.MALE)):
            direction = sex if rule.direction == "same" else other
            yield from self._in_direction(rule, direction, SEX_NAMES[sex.value])

    def _in_direction(self, rule: Rule, direction: Direction, names: Mapping[str, str]) -> Iterator[_Probe]:
        for source, pattern in self._sources(rule, names):
            yield _Probe(rule, direction, source, tuple(self._compiler.needs(pattern, names)))

    def _sources(self, rule: Rule, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Each regex of `rule` with the pattern that says what a match must hold."""
        source, fragment = self._compiler.source, self._compiler.fragment
        if rule.type == "split":
            value = "|".join(fragment(p, {}) for p in rule.patterns)
            for split in split_sources(value, fragment("{male}", {}), fragment("{female}", {})):
                yield split, "{male}{*99}{female}"
            return
        attribute = "|".join(fragment(f"{{{name}}}", {}) for name in ATTRIBUTES)
        verb = fragment("{requirement_verb}", {})
        for pattern in rule.patterns:
            core = source(pattern, names)
            regex = item_source(core, attribute, verb) if rule.type == "item" else core
            yield regex, pattern


ATTRIBUTES = (
    "attribute",
    "age",
    "height",
    "headcount",
    "education",
    "experience",
    "wage",
    "household_register",
)
"""Sets and expressions of what may stand beside the core of a bare list item: 高中以上学历，女，18-35岁."""
_ENTITY = "&#"
_TELLING = "婚孕妊"
"""Characters that give a word away even when marks part it (已 婚), and that stand in few other words."""

_POST_BEFORE, _POST_AFTER = 100, 50
"""How many characters before and after a hit are taken to speak of the same post."""


def _silences(hit: Hit, start: int, end: int, opens: bool) -> bool:
    """Whether a veto over [start, end) silences `hit`; what it says of one sex is part of a rule for both."""
    inside = hit.start <= start and end <= hit.end
    return start < hit.end and hit.start < end and not (inside and opens and hit.direction is Direction.BOTH)
