"""Who is competent for a report, with the reason; a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scanner.ad import Ad
from scanner.complaint.channels import Channel, ChannelFile, MatterRule, Situation, load_channels
from scanner.complaint.timing import last_event
from scanner.complaint.understanding import Fact, Matter, Signal, Understanding
from scanner.decide.party import PartyBook
from scanner.law import Party


@dataclass(frozen=True, slots=True)
class Route:
    """An office to turn to and why; `words` are for the reporter, empty for reports of discrimination."""

    channel: Channel
    reason: str
    source: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that an officer must ask about before deciding."""

    reason: str
    source: str


def route(understanding: Understanding, *, text: str = "") -> tuple[Route, ...]:
    """The offices for this report, the competent one first, each once.

    What is not about discrimination goes where each of its matters belongs. `text` is the report itself: only
    it shows that a family hired for its home.
    """
    file = load_channels()
    found: dict[str, Route] = {}
    for one in _routes(file, understanding, text):
        found.setdefault(one.channel.code, one)
    return tuple(found.values())


def look_back(understanding: Understanding, *, today: date, text: str = "") -> Notice | None:
    """That the wrong may be too old to be pursued; None where it is not, or no day is told."""
    rule, event = load_channels().look_back, last_event(understanding, text, today)
    if event is None or (today - event).days <= rule.years * 365:
        return None
    return Notice(f"提到的时间是{_day(event)}。{rule.reason}", rule.cited)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月前后"


def _routes(file: ChannelFile, understanding: Understanding, text: str) -> Iterator[Route]:
    matters = [found.kind for found in understanding.matters]
    home = file.household
    if understanding.in_scope and home.fit(text):
        yield from (Route(file.channel(code), home.reason, home.cited) for code in home.channels)
    elif understanding.in_scope:
        here = _situations(file, understanding)
        rules = [rule for rule in file.routes if rule.situation in here]
        for rule in sorted(rules, key=lambda rule: not rule.first):
            yield Route(file.channel(rule.channel), rule.reason, rule.cited)
    else:
        matters = matters or [Matter.OTHER]
    for matter in matters:
        yield from _elsewhere(file, file.matter(matter))


def _elsewhere(file: ChannelFile, rule: MatterRule) -> Iterator[Route]:
    for code in rule.channels:
        yield Route(file.channel(code), rule.reason, rule.cited, rule.words)


def _situations(file: ChannelFile, understanding: Understanding) -> set[Situation]:
    found = {Situation.ALWAYS} | _public(file, understanding)
    if any(signal.kind is Signal.MANY_VICTIMS for signal in understanding.signals):
        found.add(Situation.MANY_VICTIMS)
    if any(fact.kind is Fact.PUBLISHER for fact in understanding.facts):
        found.add(Situation.PLATFORM)
    return found


def _public(file: ChannelFile, understanding: Understanding) -> set[Situation]:
    """What kind of public body is accused; both authorities where that is not to be seen, none if none is."""
    quotes = [s.passage.quote for s in understanding.signals if s.kind is Signal.PUBLIC_BODY]
    by_name = PartyBook.load().of(Ad(text="", employer=understanding.employer))
    if not quotes and Party.PUBLIC_BODY not in by_name:
        return set()
    told = " ".join([*quotes, understanding.employer])
    fitting = next((public.situation for public in file.publics if public.fit(told)), None)
    return {fitting} if fitting else {Situation.CIVIL_SERVICE, Situation.INSTITUTION}
