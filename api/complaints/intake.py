"""A report comes in, on whatever way: who made it is sealed, the rest masked, read, weighed and stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.cases.numbers import next_number
from api.complaints.deadlines import day_of, due_on
from api.complaints.identity import Identity
from api.complaints.linking import earlier_reports
from api.complaints.masking import mask
from api.complaints.materials import Material, Upload, look_at, stored
from api.complaints.receipts import Passphrase, new_passphrase
from api.complaints.report import Report
from api.complaints.suspicion import suspicions
from api.complaints.understanding import Understood, understand
from api.intake.employers import LONGEST, employer_ids, normalise_employer
from api.intake.regions import region_of
from api.intake.storable import storable_text
from api.state import Services
from api.store.base import new_id, now
from api.store.complaints import (
    Complaint,
    ComplaintEvent,
    ComplaintStatus,
    ReporterIdentity,
)
from scanner.ad import Ad


class Received(NamedTuple):
    """What became of a report; `passphrase` is told here and never again, None where no receipt was asked for."""

    id: str
    number: str
    passphrase: str | None


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All that takes time, done before the transaction."""

    report: Report
    text: str
    ad_text: str
    ad_url: str
    read: Understood
    materials: list[Material]
    passphrase: Passphrase | None
    text_key: str


def take_in(
    services: Services, who: Who, report: Report, files: Sequence[Upload] = (), *, receipt: bool = True
) -> Received:
    """Store a report. Raises ApiError E602, E692, E693 for its files."""
    prepared = _prepared(services, report, files, receipt=receipt)
    with services.store.session() as session:
        complaint = _store(session, services, who, prepared)
    told = prepared.passphrase.told if prepared.passphrase else None
    return Received(complaint.id, complaint.number, told)


def _prepared(services: Services, report: Report, files: Sequence[Upload], *, receipt: bool) -> _Prepared:
    report = _storable(report)
    who = report.name, report.contact
    text, ad_text, ad_url = (mask(part, *who) for part in (report.text, report.ad_text, report.ad_url))
    return _Prepared(
        report,
        text,
        ad_text,
        ad_url,
        understand(services.reader, text),
        look_at(files, services.settings, services.scanner, *who),
        new_passphrase() if receipt else None,
        services.vault.fingerprint("text", _wording(report.text)),
    )


def _storable(report: Report) -> Report:
    """As either database can hold it, also once it is unsealed."""
    return replace(
        report,
        text=storable_text(report.text),
        employer=storable_text(report.employer),
        place=storable_text(report.place),
        ad_text=storable_text(report.ad_text),
        ad_url=storable_text(report.ad_url),
        name=storable_text(report.name),
        contact=storable_text(report.contact),
    )


def _wording(text: str) -> str:
    """What makes two reports the same words: letters and figures alone."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _store(session: Session, services: Services, who: Who, prepared: _Prepared) -> Complaint:
    report, vault = prepared.report, services.vault
    doubts = suspicions(session, prepared.text_key, report)
    status = ComplaintStatus.SPAM if report.trap else ComplaintStatus.RECEIVED
    at = report.received_at or now()
    complaint = Complaint(
        id=new_id(),
        number=next_number(session, Complaint.number, "T"),
        kind=report.kind,
        channel=report.channel,
        status=status,
        masked_text=prepared.text,
        ad_text=prepared.ad_text,
        ad_url=prepared.ad_url,
        text_key=prepared.text_key,
        suspicions=doubts,
        region=_region(report.place),
        received_at=at,
        due_on=due_on(report.kind, status, at),
        closed_at=at if report.trap else None,
        passphrase_hash=prepared.passphrase.hash if prepared.passphrase else None,
        **_judged(session, prepared, at),
    )
    session.add(complaint)
    session.flush()
    _add_identity(session, services, complaint, report)
    session.add_all(stored(services.blobs, vault, complaint.id, prepared.materials, 1))
    _add_received(session, who, complaint, len(prepared.materials))
    return complaint


def _judged(session: Session, prepared: _Prepared, at: datetime) -> dict[str, Any]:
    """What was understood, and about whom: the employer that the report names in its own field comes first."""
    read = prepared.read
    name = (prepared.report.employer.strip() or read.understanding.employer)[:LONGEST]
    name = mask(name, prepared.report.name, prepared.report.contact)[:LONGEST]
    employer_id = employer_ids(session, [name]).get(normalise_employer(name)) if name else None
    earlier = earlier_reports(session, employer_id, at) if employer_id else 0
    urgency = read.urgency(day_of(at), earlier)
    return {
        "understanding": read.told(),
        "categories": read.categories,
        "urgency": urgency,
        "level": urgency["level"],
        "employer_id": employer_id,
        "employer_name": name,
    }


def _add_identity(session: Session, services: Services, complaint: Complaint, report: Report) -> None:
    told = Identity(report.name, report.contact, report.text, report.ad_text, report.ad_url)
    session.add(
        ReporterIdentity(
            complaint_id=complaint.id,
            sealed=services.vault.seal(told),
            named=bool(report.name or report.contact),
            may_contact=report.may_contact,
            may_share=report.may_share,
        )
    )


def _add_received(session: Session, who: Who, complaint: Complaint, files: int) -> None:
    details = {"number": complaint.number, "channel": complaint.channel, "materials": files}
    event = ComplaintEvent(
        complaint_id=complaint.id, user_id=who.user_id or None, kind="received", details=details
    )
    session.add(event)
    record(session, who, "complaint.create", "complaint", complaint.id, after=details)


def _region(place: str) -> str:
    return region_of(Ad("", fields={"地区": place}))
