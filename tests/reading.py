"""A reader of reports that goes by a few words: quick, and always the same."""

from __future__ import annotations

import re

from scanner.complaint.understanding import (
    Fact,
    FoundFact,
    FoundSignal,
    Judgement,
    Passage,
    Signal,
    Stage,
    Understanding,
)
from scanner.findings import Category, Direction

_WORDS = {
    "只要男": (Category.GENDER_RESTRICTION, Direction.MALE),
    "限男": (Category.GENDER_RESTRICTION, Direction.MALE),
    "生孩子": (Category.MARITAL_BIRTH_INQUIRY, Direction.NONE),
}
_EMPLOYER = re.compile(r"[一-鿿]{2,12}?公司")


class KeywordReader:
    """Stands in for the shipped model."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        """Every text that it was given."""

    def read(self, text: str) -> Understanding:
        """By the words above."""
        self.seen.append(text)
        judgements = tuple(
            Judgement(*kind, 0.9, (Passage(text.index(word), text.index(word) + len(word), word),))
            for word, kind in _WORDS.items()
            if word in text
        )
        employers = [Passage(*found.span(), found[0]) for found in _EMPLOYER.finditer(text)]
        dismissed = text.find("怀孕被辞退")
        urgent = (FoundSignal(Signal.PREGNANCY_DISMISSAL, Passage(dismissed, dismissed + 5, "怀孕被辞退")),)
        return Understanding(
            in_scope=bool(judgements) or dismissed >= 0,
            scope_confidence=0.9,
            judgements=judgements,
            stages=(Stage.INTERVIEW,),
            employer=employers[0].quote if employers else "",
            facts=tuple(FoundFact(Fact.EMPLOYER, one) for one in employers),
            signals=urgent if dismissed >= 0 else (),
            matters=(),
            model="keywords",
        )
