"""Find entries of the lexicon: by words, by category, by whom they favour, by what they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.lexicon.in_force import Entry
from scanner.findings import Category, Direction
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.lexicon.lexicon import directions_of
from scanner.lexicon.schema import Rule


class Effect(StrEnum):
    """What an entry does where its wording stands."""

    FLAG = "flag"
    REVIEW = "review"
    LAWFUL = "lawful"


EFFECT_NAMES: dict[Effect, str] = {
    Effect.FLAG: "报为线索",
    Effect.REVIEW: "一律待核",
    Effect.LAWFUL: "合法用语，不报",
}


@dataclass(frozen=True, slots=True)
class RuleFilters:
    """What is looked for; None and "" mean any."""

    words: str = ""
    category: Category | None = None
    direction: Direction | None = None
    effect: Effect | None = None


def effect_of(entry: Entry) -> Effect:
    """Report, always ask, or silence."""
    if not isinstance(entry, Rule):
        return Effect.LAWFUL
    return Effect.REVIEW if entry.review else Effect.FLAG


def find(lexicon: Lexicon, laws: LawBook, filters: RuleFilters) -> Iterator[Entry]:
    """In the order of the files; lawful wording comes last, and has neither category nor direction."""
    entries: list[Entry] = [*lexicon.rules.values(), *lexicon.vetoes.values()]
    for entry in entries:
        if _fits(entry, filters) and filters.words.casefold() in _words(entry, laws):
            yield entry


def _fits(entry: Entry, filters: RuleFilters) -> bool:
    if filters.effect and effect_of(entry) is not filters.effect:
        return False
    if not isinstance(entry, Rule):
        return filters.category is None and filters.direction is None
    return (filters.category in (None, entry.category)) and (
        filters.direction is None or filters.direction in directions_of(entry)
    )


def _words(entry: Entry, laws: LawBook) -> str:
    """All that can be searched."""
    if isinstance(entry, Rule):
        cited = [f"{ref} {laws.article(ref).cited_as}" for ref in entry.law_refs()]
        parts = [entry.message, entry.rewrite, entry.review, *entry.flag, *entry.pass_, *cited]
    else:
        parts = [entry.reason, *entry.silent]
    return "\n".join([entry.id, entry.source, *entry.patterns, *parts]).casefold()
