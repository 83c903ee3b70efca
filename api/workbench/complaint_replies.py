"""Replies to choose from, filled in with what is known; what is not known stands in 〔〕 for the officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from api.cases.workflow import today
from api.schemas.complaints import ComplaintDetail
from api.workbench.filters import day
from scanner.complaint.channels import ReportKind, load_channels
from scanner.complaint.replies import Reply, ReplyBook
from scanner.complaint.understanding import Fact, Matter

_ONLY: dict[str, ReportKind] = {
    "received_complaint": ReportKind.COMPLAINT,
    "received_report": ReportKind.REPORT,
}
"""Replies that promise what holds of one kind only."""


class FilledReply(NamedTuple):
    """A reply to be read and sent by a person; `reason` says when it is used."""

    code: str
    name: str
    reason: str
    text: str


def filled_replies(detail: ComplaintDetail, office: str) -> list[FilledReply]:
    """Those that fit its kind, in the order of their file; `office` is what ours is called."""
    book, known = ReplyBook.load(), dict(_known(detail, office))
    kind = detail.complaint.kind
    return [
        FilledReply(one.code, one.name, one.reason, book.write(one.code, _values(one, known)))
        for one in book.replies.values()
        if kind is None or _ONLY.get(one.code, kind) == kind
    ]


def _values(reply: Reply, known: dict[str, str]) -> dict[str, str]:
    return {name: known.get(name) or f"〔{label}〕" for name, label in reply.fields.items()}


def _known(detail: ComplaintDetail, office: str) -> Iterator[tuple[str, str]]:
    one = detail.complaint
    yield "number", one.number
    yield "received_on", day(one.received_at)
    yield "due_on", day(one.due_on)
    yield "accepted_on", day(today())
    yield "employer", one.employer
    yield "status", one.status_name
    yield "since", day(_since(detail))
    yield "event", _first(detail, Fact.EVENT_DATE)
    yield "office", office
    yield from _elsewhere(detail)


def _since(detail: ComplaintDetail) -> datetime:
    steps = [event.at for event in detail.events if event.kind == "status"]
    return steps[-1] if steps else detail.complaint.received_at


def _first(detail: ComplaintDetail, kind: Fact) -> str:
    facts = (fact for fact in detail.understanding["facts"] if fact["kind"] == kind)
    return next((fact["passage"]["quote"] for fact in facts), "")


def _elsewhere(detail: ComplaintDetail) -> Iterator[tuple[str, str]]:
    """Where it goes: the office that was chosen, or the first for another matter that was told of."""
    file = load_channels()
    if detail.complaint.route:
        channel = file.channel(detail.complaint.route)
        yield from (("office", channel.name), ("phone", channel.phone))
        yield "reason", detail.complaint.route_reason
    for found in detail.understanding["matters"][:1]:
        rule = file.matter(Matter(found["kind"]))
        yield "where", "或".join(file.channel(code).name for code in rule.channels)
        yield "words", rule.words
