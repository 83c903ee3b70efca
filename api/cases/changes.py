"""What changed between two wordings of an ad, down to the character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.evidence import ads_of
from api.errors import ApiError
from api.store.ads import AdVersion, StoredFinding
from api.store.cases import Case

MAX_COMPARED = 4000
"""Longest stretch (code points, both sides together) whose characters are compared; a longer one is replaced whole."""
_MIN_KEPT = 2
"""A shorter stretch that both have, between two that differ, is shown as changed: single characters confuse."""


class Piece(NamedTuple):
    """A stretch of text; `changed` where the other wording does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the ad (title, text, or a column by its name) before and after."""

    name: str
    before: list[Piece]
    after: list[Piece]

    @property
    def differs(self) -> bool:
        """Whether anything changed."""
        return any(piece.changed for piece in (*self.before, *self.after))


class _Step(NamedTuple):
    """Text of both wordings that is alike or not."""

    alike: bool
    before: str
    after: str


def changes(old: AdVersion, new: AdVersion) -> list[Change]:
    """Each part of the ad that either wording has: the title, the columns, the text last."""
    before, after = _parts(old), _parts(new)
    parts = [compared(name, before.get(name, ""), after.get(name, "")) for name in {**before, **after}]
    return [*parts, compared("text", old.text, new.text)]


def compared(name: str, before: str, after: str) -> Change:
    """Two wordings of one part; their pieces put together are the wordings again."""
    steps = _joined(_compare(before, after))
    return Change(
        name,
        [Piece(step.before, not step.alike) for step in steps if step.before],
        [Piece(step.after, not step.alike) for step in steps if step.after],
    )


def _parts(version: AdVersion) -> dict[str, str]:
    """What has words besides the text, by name."""
    parts = {"title": version.title} | {name: str(value) for name, value in version.fields.items()}
    return {name: value for name, value in parts.items() if value}


def _compare(before: str, after: str) -> Iterator[_Step]:
    """Line by line first: comparing the characters of two long texts takes minutes."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if kind == "replace" and len(was) + len(now) <= MAX_COMPARED:
            yield from _characters(was, now)
        else:
            yield _Step(kind == "equal", was, now)


def _characters(before: str, after: str) -> Iterator[_Step]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield _Step(kind == "equal", before[a:b], after[c:d])


def _joined(steps: Iterator[_Step]) -> list[_Step]:
    """Neighbours of one kind as one; what both have in a mere character between changes counts as changed."""
    found: list[_Step] = []
    known = list(steps)
    for at, step in enumerate(known):
        inside = 0 < at < len(known) - 1
        alike = step.alike and not (inside and len(step.before) < _MIN_KEPT)
        if found and found[-1].alike == alike:
            last = found.pop()
            found.append(_Step(alike, last.before + step.before, last.after + step.after))
        else:
            found.append(_Step(alike, step.before, step.after))
    return found


def version_in_case(session: Session, case: Case, ad_id: str, number: int) -> AdVersion:
    """A version of an ad of the case. Raises ApiError E669 (ad not in the case), E610 (no such version)."""
    if session.scalar(ads_of(case).where(StoredFinding.ad_id == ad_id).limit(1)) is None:
        raise ApiError("E669", id=ad_id)
    wanted = select(AdVersion).where(AdVersion.ad_id == ad_id, AdVersion.number == number)
    if (version := session.scalar(wanted)) is None:
        raise ApiError("E610", id=number, kind="广告版本")
    return version
