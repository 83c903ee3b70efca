"""Possible lawful grounds: data in lexicons/exceptions.yaml, looked for around a hit."""

from __future__ import annotations

from functools import cache
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

Effect = Literal["clear", "out_of_scope", "downgrade", "review", "none"]


class Touches(Strict):
    """The findings an exception may bear on."""

    categories: list[Category] = Field(min_length=1)
    directions: list[Direction] = Field(min_length=1)


class ExceptionRule(Strict):
    """One possible ground: what must be shown, what to ask, and the words that suggest it."""

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
    flag: list[Text] = Field(min_length=1)
    pass_: list[Text] = Field(min_length=1, alias="pass")

    def suggested_by(self, words: str) -> bool:
        """Whether `words` hold a cue (and a second one where needed) and nothing that speaks against."""
        return (
            any(cue in words for cue in self.cues)
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
        self._laws = laws

    @staticmethod
    @cache
    def load(laws: LawBook, folder: Path | None = None) -> ExceptionBook:
        """The shipped exceptions, or those in `folder`. Raises PingzhaoError E301/E302."""
        return ExceptionBook((folder or shipped("lexicons")) / "exceptions.yaml", laws)

    def hints(self, ad: Ad, text: str, hit: Hit) -> list[ExceptionHint]:
        """The grounds suggested around `hit` in normalised `text`, the weightiest effect first."""
        around = {
            "clause": text[hit.clause.start : hit.clause.end],
            "post": _beside(ad, text[max(0, hit.start - POST_REACH) : hit.end + POST_REACH]),
            "ad": _beside(ad, ad.text),
        }
        found = [
            rule
            for rule in self.rules
            if hit.rule.category in rule.touches.categories
            and hit.direction in rule.touches.directions
            and rule.suggested_by(around[rule.reach])
        ]
        return [self._hint(rule) for rule in sorted(found, key=lambda rule: _WEIGHT.index(rule.effect))]

    def _hint(self, rule: ExceptionRule) -> ExceptionHint:
        source = "；".join(self._laws.article(ref).cited_as for ref in rule.source)
        return ExceptionHint(rule.code, rule.name, rule.effect, rule.must_show, rule.question, source)


_WEIGHT = ("out_of_scope", "clear", "downgrade", "review", "none")


def _beside(ad: Ad, words: str) -> str:
    return "\n".join((ad.title, words, ad.employer, *ad.fields.values()))
