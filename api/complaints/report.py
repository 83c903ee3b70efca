"""A report as it comes in, before anything is masked or sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.store.complaints import Channel
from scanner.complaint.channels import ReportKind


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells. It is never stored or logged as it is."""

    text: str
    channel: Channel
    kind: ReportKind | None = None
    employer: str = ""
    place: str = ""
    ad_text: str = ""
    ad_url: str = ""
    name: str = ""
    contact: str = ""
    may_contact: bool = False
    may_share: bool = False
    received_at: datetime | None = None
    """Now, where it is None."""
    trap: str = ""
    """What stands in the field of the public form that people do not see."""
