"""What a report says of time: the deadline that presses, and when the wrong was done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from scanner.complaint.dates import read_day, read_days
from scanner.complaint.understanding import Fact, Passage, Signal, Understanding

_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
_BACKGROUND = re.compile(r"入职|进厂|进公司|进店|进的|进来|上岗|毕业|结婚|参加工作|工作到|干到")
"""Words of a clause whose day tells how it began, not when the wrong was done."""

_JUST_NOW = 1
"""Days for which a term that is over still counts as running."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term that the report names; `day` is None where its words name no day."""

    passage: Passage
    day: date | None

    def is_near(self, today: date, days: int) -> bool:
        """Whether it ends within so many days. What names no day is taken as near: a person must look."""
        return self.day is None or -_JUST_NOW <= (self.day - today).days <= days


def nearest_deadline(understanding: Understanding, today: date) -> Deadline | None:
    """The deadline that presses most: the next one, or else the last that passed; None where none is told of."""
    told = [
        Deadline(signal.passage, read_day(signal.passage.quote, today, ahead=True))
        for signal in understanding.signals
        if signal.kind is Signal.DEADLINE
    ]
    return min(told, key=lambda one: _pressure(one, today), default=None)


def _pressure(deadline: Deadline, today: date) -> tuple[bool, int]:
    """Smaller is sooner; what is over comes last."""
    days = (deadline.day - today).days if deadline.day else 0
    return days < -_JUST_NOW, abs(days)


def last_event(understanding: Understanding, text: str, today: date) -> date | None:
    """The last day on which the wrong was done, as far as it is told; None where no day is.

    What the words marked as its time say goes before any other day in the text.
    """
    marked = [fact.passage.quote for fact in understanding.facts if fact.kind is Fact.EVENT_DATE]
    return _last(marked, today) or _last(_of_the_event(understanding, text), today)


def _of_the_event(understanding: Understanding, text: str) -> list[str]:
    """The clauses of the text, without those on how it began and without what was before (去年就被投诉过)."""
    for signal in sorted(understanding.signals, key=lambda signal: -signal.passage.start):
        if signal.kind is not Signal.PREGNANCY_DISMISSAL:
            text = f"{text[: signal.passage.start]}，{text[signal.passage.end :]}"
    return [clause for clause in _CLAUSE.findall(text) if not _BACKGROUND.search(clause)]


def _last(passages: list[str], today: date) -> date | None:
    days = (day for words in passages for day in read_days(words, today, ahead=False))
    return max((day for day in days if day <= today), default=None)
