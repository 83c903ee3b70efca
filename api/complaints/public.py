"""What strangers may do: send a report, ask how it stands, add to it. Nothing of it says who or where they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from api.audit.record import Actor, record
from api.complaints.adding import add_to
from api.complaints.flood import count_visit
from api.complaints.intake import Received, take_in
from api.complaints.materials import Upload
from api.complaints.receipts import prove
from api.complaints.report import Report
from api.complaints.status import FINISHED
from api.errors import ApiError
from api.state import Services
from api.store.complaints import Complaint

PUBLIC = Actor(name="公众")
"""Who acts: the audit log holds neither name nor address of a reporter."""


class Answer(NamedTuple):
    """Something that the office wrote to the reporter."""

    at: datetime
    text: str


class Progress(NamedTuple):
    """What a reporter is told of their report."""

    complaint: Complaint
    answers: list[Answer]
    may_add: bool


def submit(services: Services, report: Report, files: Sequence[Upload], address: str) -> Received:
    """Take in a report with a receipt. Raises ApiError E694 (too many), E695 (not open), and those of its files."""
    _enter(services, address)
    return take_in(services, PUBLIC, report, files)


def look_up(services: Services, number: str, passphrase: str, address: str) -> Progress:
    """How it stands. Raises ApiError E695, E696 (wrong), E697 (too many guesses)."""
    complaint_id = _proved(services, number, passphrase, address)
    with services.store.session() as session:
        record(session, PUBLIC, "complaint.public_read", "complaint", complaint_id)
        return _progress(session, complaint_id)


def add(
    services: Services,
    number: str,
    passphrase: str,
    address: str,
    text: str = "",
    files: Sequence[Upload] = (),
) -> Progress:
    """More words, more files. Raises ApiError E694 to E699, and those of the files."""
    complaint_id = _proved(services, number, passphrase, address)
    _enter(services, address)
    add_to(services, PUBLIC, complaint_id, text, files)
    with services.store.reading() as session:
        return _progress(session, complaint_id)


def _enter(services: Services, address: str) -> None:
    _check_open(services)
    with services.store.session() as session:
        count_visit(session, services.vault, address, services.settings.public_reports_per_hour)


def _check_open(services: Services) -> None:
    if not services.settings.public_reports:
        raise ApiError("E695")


def _proved(services: Services, number: str, passphrase: str, address: str) -> str:
    _check_open(services)
    return prove(services.store, services.settings, services.vault, number, passphrase, address)


def _progress(session: Session, complaint_id: str) -> Progress:
    complaint = session.get_one(Complaint, complaint_id)
    answers = [Answer(event.created_at, event.reason) for event in complaint.events if event.kind == "reply"]
    return Progress(complaint, answers, complaint.status not in FINISHED)
