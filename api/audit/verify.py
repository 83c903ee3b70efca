"""Walk the whole audit log and name each place where its chain is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit.chain import GENESIS, link
from api.store.audit import AuditEntry, AuditHead

CHECKPOINT = "audit.checkpoint"
"""Action of the entry that says which older ones were removed when their retention period was over."""
_AT_ONCE = 1000
_NAMED_AT_MOST = 100


class Break(NamedTuple):
    """A place where the log was tampered with: the entry's number and what is wrong, in Chinese."""

    number: int
    problem: str


class Anchor(NamedTuple):
    """An entry's number and hash, written down outside the database: what even a rewritten log must match."""

    number: int
    hash: str


_NOTHING = Anchor(0, GENESIS)


@dataclass
class Verdict:
    """What a walk found. `breaks` names the first 100 of `broken`; the log is intact where there is none."""

    entries: int = 0
    first: int = 0
    head: Anchor = _NOTHING
    broken: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was changed, removed, inserted or put in another order."""
        return not self.broken

    def add(self, found: Break) -> None:
        """Count a break, and name it while there are not too many."""
        self.broken += 1
        if self.broken <= _NAMED_AT_MOST:
            self.breaks.append(found)


def verify(session: Session, anchor: Anchor | None = None) -> Verdict:
    """Recompute every hash, in one pass and flat memory; compare with the kept head and a given anchor."""
    verdict = Verdict()
    try:
        for found in _breaks(session, verdict, anchor):
            verdict.add(found)
    except ValueError:
        number = verdict.head.number
        verdict.add(Break(number + 1, f"第 {number} 条之后有不能读取的记录，已被破坏；其后未再校验"))
    return verdict


def _breaks(session: Session, verdict: Verdict, anchor: Anchor | None) -> Iterator[Break]:
    kept, until = _end(session)
    before = last = _NOTHING
    known = {_NOTHING}
    for entry in _entries(session, until):
        if verdict.entries:
            yield from _between(last, entry)
        else:
            verdict.first, before = entry.number, Anchor(entry.number - 1, entry.previous_hash)
        if link(entry) != entry.hash:
            yield Break(entry.number, f"第 {entry.number} 条的内容与其哈希值不符，已被改动")
        last = verdict.head = Anchor(entry.number, entry.hash)
        known |= {last} & {anchor} | _said_removed(entry)
        verdict.entries += 1
    if before not in known:
        yield Break(verdict.first, f"第 {verdict.first} 条之前的记录被删除，且没有清理记录可以说明")
    yield from _at_end(kept, last)
    if anchor is not None and anchor not in known:
        yield _unanchored(anchor, verdict.first)


def _end(session: Session) -> tuple[Anchor, int]:
    """The kept head and the last entry's number, at one instant: what is written later is not looked at."""
    number = select(AuditHead.number).scalar_subquery()
    hash_ = select(AuditHead.hash).scalar_subquery()
    last = select(func.max(AuditEntry.number)).scalar_subquery()
    kept, kept_hash, until = session.execute(select(number, hash_, last)).one()
    return (_NOTHING if kept is None else Anchor(kept, kept_hash)), until or 0


def _entries(session: Session, until: int) -> Iterator[AuditEntry]:
    ordered = select(AuditEntry).where(AuditEntry.number <= until).order_by(AuditEntry.number)
    for entry in session.scalars(ordered.execution_options(yield_per=_AT_ONCE)):
        yield entry
        session.expunge(entry)


def _between(last: Anchor, entry: AuditEntry) -> Iterator[Break]:
    expected = last.number + 1
    if entry.number != expected:
        until = entry.number - 1
        which = f"第 {expected} 条" if until == expected else f"第 {expected} 至 {until} 条"
        yield Break(expected, f"{which}缺失，已被删除")
    elif entry.previous_hash != last.hash:
        yield Break(
            entry.number,
            f"第 {entry.number} 条与第 {last.number} 条不衔接：其中一条被替换、插入或调换了次序",
        )


def _said_removed(entry: AuditEntry) -> set[Anchor]:
    """The last of the entries that this one says were removed: the first kept entry is bound to it."""
    if entry.action != CHECKPOINT or entry.after is None:
        return set()
    return {Anchor(entry.after.get("through", 0), entry.after.get("hash", ""))}


def _at_end(kept: Anchor, last: Anchor) -> Iterator[Break]:
    if kept.number > last.number:
        yield Break(last.number + 1, f"第 {last.number + 1} 至 {kept.number} 条缺失，末尾被截断")
    elif kept.number < last.number:
        yield Break(kept.number + 1, f"第 {kept.number + 1} 至 {last.number} 条是绕过程序加在末尾的")
    elif kept.hash != last.hash:
        yield Break(last.number, f"第 {last.number} 条与末尾标记不符，已被替换")


def _unanchored(anchor: Anchor, first: int) -> Break:
    if anchor.number < first:
        return Break(anchor.number, f"第 {anchor.number} 条已不在日志中，无法核对；请改用较新的末条")
    return Break(anchor.number, f"第 {anchor.number} 条与另行保存的哈希值不符，日志可能被整体改写")
