"""Possible lawful grounds: data in lexicons/exceptions.yaml, looked for around a hit."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from scanner.ad import Ad
from scanner.findings import Category, Direction, ExceptionHint
from scanner.law import LawBook
from scanner.lexicon import Hit
from scanner.lexicon.reading import read_data, refuse
from scanner.lexicon.schema import Slug, Strict, Text
from scanner.paths import shipped

POST_REACH = 150
"""Characters either side of a hit that are taken as the same post."""

Effect = Literal["clear", "out_of_scope", "route", "downgrade", "review", "none"]


class Touches(Strict):
    """The findings an exception may bear on."""

    categories: list[Category] = Field(min_length=1)
    directions: list[Direction] = Field(min_length=1)


class ExceptionRule(Strict):
    """One possible ground: what must be shown, what to ask, and the words that suggest it.

    `aside` are wordings that hold a cue and suggest nothing (浴室柜); a cue that opens with ^ counts only
    where a line begins.
    """

    code: Slug
    name: Text
    effect: Effect
    source: list[str]
    must_show: Text
    question: Text
    touches: Touches
    reach: Literal["clause", "post", "ad"]
    cues: list[Text] = Field(min_length=1)
    and_cues: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    aside: tuple[Text, ...] = ()
    flag: list[Text] = Field(min_length=1)
    pass_: list[Text] = Field(min_length=1, alias="pass")

    @cached_property
    def _cue(self) -> re.Pattern[str]:
        """An alternation of the asides and, as its group, the cues."""
        cues = "|".join(f"^{re.escape(cue[1:])}" if cue[0] == "^" else re.escape(cue) for cue in self.cues)
        return re.compile("|".join([*map(re.escape, self.aside), f"({cues})"]), re.M)

    def touches_on(self, hit: Hit) -> bool:
        """Whether the ground can bear on a finding of this kind."""
        return hit.rule.category in self.touches.categories and hit.direction in self.touches.directions

    def suggested_by(self, words: str) -> bool:
        """Whether `words` hold a cue (and a second one where needed) and nothing that speaks against."""
        return (
            any(match[1] for match in self._cue.finditer(words))
            and (not self.and_cues or any(cue in words for cue in self.and_cues))
            and not any(word in words for word in self.unless)
        )


class ExceptionFile(Strict):
    """lexicons/exceptions.yaml."""

    exceptions: list[ExceptionRule]


class ExceptionBook:
    """All exceptions, in the order of the file."""

    def __init__(self, file: Path, laws: LawBook) -> None:
        self.rules = read_data(file, ExceptionFile).exceptions
        for rule in self.rules:
            for ref in rule.source:
                if not laws.has(ref):
                    raise refuse(file, rule.code, f"没有条款 {ref}", "改正编号，或在 law/articles 中补上该条")
        self._hints = {rule.code: _hint(rule, laws) for rule in self.rules}

    @staticmethod
    @cache
    def load(laws: LawBook, folder: Path | None = None) -> ExceptionBook:
        """The shipped exceptions, or those in `folder`. Raises PingzhaoError E301/E302."""
        return ExceptionBook((folder or shipped("lexicons")) / "exceptions.yaml", laws)

    def hints(self, around: Surroundings, hit: Hit) -> list[ExceptionHint]:
        """The grounds suggested `around` the hit, the weightiest effect first."""
        found = [rule for rule in self.rules if rule.touches_on(hit) and around.suggest(rule, hit)]
        return [self._hints[rule.code] for rule in sorted(found, key=lambda rule: _WEIGHT.index(rule.effect))]


_WEIGHT = ("out_of_scope", "route", "clear", "downgrade", "review", "none")


def _hint(rule: ExceptionRule, laws: LawBook) -> ExceptionHint:
    source = "；".join(laws.article(ref).cited_as for ref in rule.source)
    return ExceptionHint(rule.code, rule.name, rule.effect, rule.must_show, rule.question, source)


class Surroundings:
    """The words around the hits of one scanned string of an ad (`text`: its normalised copy)."""

    def __init__(self, ad: Ad, field: str, text: str) -> None:
        self._text = text
        self._beside = "\n".join((ad.title, ad.employer, *ad.fields.values()))
        self._body = text if field == "text" else f"{text}\n{ad.text}"
        self._known: dict[tuple[str, int], bool] = {}

    @cached_property
    def _whole(self) -> str:
        return f"{self._beside}\n{self._body}"

    def suggest(self, rule: ExceptionRule, hit: Hit) -> bool:
        """Whether the words within the rule's reach of `hit` suggest it; a clause or the ad is read once."""
        if rule.reach == "post":
            near = self._text[max(0, hit.start - POST_REACH) : hit.end + POST_REACH]
            return rule.suggested_by(f"{self._beside}\n{near}")
        key = (rule.code, hit.clause.start if rule.reach == "clause" else -1)
        if key not in self._known:
            clause = slice(hit.clause.start, hit.clause.end)
            self._known[key] = rule.suggested_by(self._text[clause] if key[1] >= 0 else self._whole)
        return self._known[key]
