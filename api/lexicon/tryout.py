"""One entry of the lexicon on one text: what it alone marks, and what of that is silenced."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from api.lexicon.in_force import Entry
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.schema import Veto
from scanner.lexicon.selftest import places
from scanner.text.normalise import normalise
from scanner.text.segment import segment

_Place = tuple[int, int]


class Mark(StrEnum):
    """What the entry makes of a stretch of text."""

    NONE = "none"
    HIT = "hit"
    SILENCED = "silenced"
    LAWFUL = "lawful"


class Stretch(NamedTuple):
    """A run of text that is marked alike."""

    text: str
    mark: Mark


def marked(matcher: Matcher, entry: Entry, text: str) -> list[Stretch]:
    """The whole text in stretches. A rule looks where it looks first: text, title or a column."""
    if isinstance(entry, Veto):
        found = dict.fromkeys(_lawful(matcher, entry, text), Mark.LAWFUL)
    else:
        hits = places(matcher, text, entry.where[0], entry.id)
        silenced = places(matcher, text, entry.where[0], entry.id, vetoed=True)
        found = dict.fromkeys(silenced, Mark.SILENCED) | dict.fromkeys(hits, Mark.HIT)
    return _stretches(text, found)


def marked_example(text: str, spans: list[_Place]) -> list[Stretch]:
    """An example of a rule with the words that it is to report."""
    return _stretches(text, dict.fromkeys(spans, Mark.HIT))


def _lawful(matcher: Matcher, veto: Veto, text: str) -> list[_Place]:
    copy = normalise(text)
    return [
        copy.to_original(clause.start + start, clause.start + end)
        for clause in segment(copy.text)
        for start, end in matcher.lawful(copy.text[clause.start : clause.end], veto.id)
    ]


def _stretches(text: str, found: dict[_Place, Mark]) -> list[Stretch]:
    """Later marks win over earlier ones where they overlap."""
    cuts = sorted({0, len(text), *(at for place in found for at in place)})
    stretches = []
    for start, end in pairwise(cuts):
        over = [mark for (first, last), mark in found.items() if first <= start and end <= last]
        stretches.append(Stretch(text[start:end], over[-1] if over else Mark.NONE))
    return stretches
