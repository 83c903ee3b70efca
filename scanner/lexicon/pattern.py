"""The small pattern language of rule files, compiled to bounded regular expressions.

`{name}` a term set or expression, `{name?}` the same but optional, `{!name}` not followed by it,
`{-name}` not preceded by it, `{~6}` up to six characters inside one item, `{*6}` the same across commas,
`[a|b]` alternatives, `[a|b]?` optional ones, `字?` an optional character, `^` start of an item, `$` end of an item, `<` and `>` around
the words to report; everything else stands for itself. No repetition is unbounded, so matching is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import prod

from scanner.lexicon.expressions import DELIMITERS, EXPRESSION_WORDS, EXPRESSIONS

_TOKEN = re.compile(
    r"\{(?P<op>[!~*-]?)(?P<name>[a-z0-9_]+)(?P<opt>\??)\}|\[(?P<alt>[^\]]+)\](?P<altopt>\??)|(?P<char>.)(?P<charopt>\??)",
    re.S,
)
ITEM_START = (
    rf"(?:^|(?<={DELIMITERS})|(?<=^\d)|(?<={DELIMITERS}\d)|(?<=\d\.)|(?<=\d\d\.)|(?<=\.\.)|(?<=[①-⑳]))"
)
ITEM_END = rf"(?=$|{DELIMITERS}|[.①-⑳])"
SPAN_OPEN, SPAN_CLOSE = "(?P<span>", ")"
MAX_GAP = 99
"""Characters that `{~6}` and `{*6}` may at most skip."""
MAX_WAYS = 100_000
"""In how many ways a pattern may at most be read: each optional piece, gap and wording that begins like another
multiplies them, and with them the time that a clause can cost."""
_MAY_BE_EMPTY = ("space", "mark")
_WAYS_OF_EXPRESSION = 4


class PatternError(ValueError):
    """A pattern that cannot be compiled; `cure` says what to write instead."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.cure = cure


def alternation(terms: list[str]) -> str:
    """Longest first, so that a longer wording wins over its own beginning."""
    ordered = sorted(set(terms), key=lambda term: (-len(term), term))
    return "(?:" + "|".join(re.escape(term) for term in ordered) + ")"


class PatternCompiler:
    """Turns patterns into regex source over the given term sets."""

    def __init__(self, sets: Mapping[str, list[str]]) -> None:
        self._sources = {name: alternation(terms) for name, terms in sets.items()} | EXPRESSIONS
        self._sets = sets

    def source(self, pattern: str, names: Mapping[str, str]) -> str:
        """Regex source of `pattern`; `names` renames slots (`sex` → `male`)."""
        regex = self.fragment(pattern, names)
        tokens = list(_TOKEN.finditer(pattern))
        signs = [token["char"] for token in tokens if token["char"] in ("<", ">")]
        if len(signs) > 2:
            raise PatternError(f"“{pattern}”里有多对尖括号", "每个写法只用一对 < > 标出要报告的词")
        if signs not in ([], ["<", ">"]):
            raise PatternError(f"“{pattern}”的尖括号不成对", "用一对 < > 标出要报告的词，或都不写")
        if not any(self._holds_words(token) for token in _between(tokens)):
            raise PatternError(f"“{pattern}”可能什么都不报告", "在尖括号内至少写一个不可省略的词")
        if self.ways(pattern, names) > MAX_WAYS:
            raise PatternError(f"“{pattern}”太复杂", "减少可省略的部分和跳过的字数，或拆成几个写法")
        return regex if signs else f"{SPAN_OPEN}{regex}{SPAN_CLOSE}"

    def ways(self, pattern: str, names: Mapping[str, str]) -> int:
        """In how many ways a text may at most be read as `pattern`, from one place on."""
        return prod(self._ways_of(token, names) for token in _TOKEN.finditer(pattern))

    def _ways_of(self, token: re.Match[str], names: Mapping[str, str]) -> int:
        if token["op"]:
            return _gap(token) + 1 if token["op"] in "~*" else 1
        optional = bool(token["opt"] or token["altopt"] or token["charopt"])
        if token["name"]:
            terms = self._sets.get(names.get(token["name"], token["name"]))
            return optional + (_nested(terms) if terms else _WAYS_OF_EXPRESSION)
        return optional + _nested(token["alt"].split("|") if token["alt"] else [])

    def _holds_words(self, token: re.Match[str]) -> bool:
        """Whether what the token stands for is never empty."""
        if token["char"]:
            return not token["charopt"] and token["char"] not in "^$<>"
        if token["alt"]:
            return not token["altopt"] and all(token["alt"].split("|"))
        return not token["op"] and not token["opt"] and token["name"] not in _MAY_BE_EMPTY

    def fragment(self, pattern: str, names: Mapping[str, str]) -> str:
        """The same without a span group of its own, to build larger expressions from."""
        return "".join(self._token(token, names) for token in _TOKEN.finditer(pattern))

    def _token(self, token: re.Match[str], names: Mapping[str, str]) -> str:
        if token["alt"]:
            return alternation(token["alt"].split("|")) + token["altopt"]
        if token["char"]:
            special = {"^": ITEM_START, "$": ITEM_END, "<": SPAN_OPEN, ">": SPAN_CLOSE}
            return special.get(token["char"]) or re.escape(token["char"]) + token["charopt"]
        name = names.get(token["name"], token["name"])
        if token["op"] == "~":
            return rf"[^,、;:。()\s]{{0,{_gap(token)}}}?"
        if token["op"] == "*":
            return rf"[^。;\n]{{0,{_gap(token)}}}?"
        if token["op"] == "-":
            return "".join(f"(?<!{re.escape(term)})" for term in self.terms(name))
        return f"(?!{self._named(name)})" if token["op"] == "!" else f"(?:{self._named(name)}){token['opt']}"

    def anchors(self, pattern: str, names: Mapping[str, str], known: list[str]) -> frozenset[str]:
        """Anchors of which every match of `pattern` holds at least one; empty if it needs none of `known`."""
        found = [
            frozenset(anchor)
            for words in self._necessary_words(pattern, names)
            if all(anchor := [next((a for a in known if a in word), "") for word in words])
        ]
        return min(found, key=len, default=frozenset())

    def needs(self, pattern: str, names: Mapping[str, str]) -> list[frozenset[str]]:
        """Sets of words of each of which every match of `pattern` holds one."""
        groups = [frozenset(words) for words in self._necessary_words(pattern, names)]
        return [group for group in groups if "" not in group]

    def _necessary_words(self, pattern: str, names: Mapping[str, str]) -> Iterator[list[str]]:
        """Each stretch of `pattern` that cannot be left out, as the list of its wordings."""
        run = ""
        for token in _TOKEN.finditer(pattern):
            if token["char"] and not token["charopt"] and token["char"] not in "^$<>":
                run += token["char"]
                continue
            if run and token["char"] not in ("<", ">"):
                yield [run]
                run = ""
            if token["alt"] and not token["altopt"]:
                yield token["alt"].split("|")
            elif token["name"] and not token["op"] and not token["opt"]:
                name = names.get(token["name"], token["name"])
                yield self._sets.get(name) or list(EXPRESSION_WORDS.get(name, [""]))
        if run:
            yield [run]

    def _named(self, name: str) -> str:
        if name not in self._sources:
            raise PatternError(
                f"没有名为 {name} 的词组", f"在 terms.yaml 的 sets 里加上 {name}，或改用已有词组"
            )
        return self._sources[name]

    def terms(self, name: str) -> list[str]:
        """The wordings of a term set."""
        self._named(name)
        return list(self._sets.get(name, []))


def _gap(token: re.Match[str]) -> int:
    """How many characters `{~6}` or `{*6}` may skip."""
    if not token["name"].isdecimal() or not 0 < int(token["name"]) <= MAX_GAP:
        raise PatternError(
            f"“{token[0]}”没有写明字数", f"写成 {{{token['op']}6}} 的样子，1 到 {MAX_GAP} 个字"
        )
    return int(token["name"])


def _between(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The tokens of the words to report."""
    signs = [at for at, token in enumerate(tokens) if token["char"] in ("<", ">")]
    return tokens[signs[0] + 1 : signs[1]] if signs else tokens


def _nested(terms: list[str]) -> int:
    """How many of the wordings at most begin the longest one that they begin; 1 for none."""
    known = set(terms)
    return max((sum(term.startswith(other) for other in known) for term in known), default=1)


_LABEL = r"(?:[\u4e00-\u9fff&/]{1,8}:\s?)?"
_GAP = r"[ ,、;/:+和且]{0,2}"


def item_source(core: str, attribute: str, job: str) -> str:
    """A bare list item: nothing but the core and attributes of a person (age, height, schooling …)."""
    before = rf"{ITEM_START}{_LABEL}(?:(?:{attribute})的?{_GAP}){{0,3}}?"
    after = rf"(?={_GAP}(?:{attribute})|{ITEM_END[3:-1]}|[者且并]{ITEM_END}|(?:{job}))"
    return f"{before}{core}{after}"


def split_sources(value: str, male: str, female: str) -> list[str]:
    """Both sexes get a value, in either order: 男18-45岁,女18-40岁 or 一级(男),二级(女)."""
    label = r"[^男女。\n\d]{0,8}?"
    more = rf"(?:[ ,、(]{{0,2}}[^男女。;\n\d]{{0,6}}?(?:{value})\)?){{0,2}}"
    between = r"[^男女。\n]{0,6}?"
    found = []
    for first, second in ((male, female), (female, male)):
        found.append(rf"(?P<span>{first}{label}(?:{value}){more}{between}{second}{label}(?:{value}){more})")
        found.append(rf"(?P<span>(?:{value})\(?{first}\)?{between}(?:{value})\(?{second}\)?)")
    return found
