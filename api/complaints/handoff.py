"""A copy for another office: all that it needs, and nobody's name."""

from __future__ import annotations

from typing import Any

from api.store.complaints import (
    CHANNEL_NAMES,
    COMPLAINT_STATUS_NAMES,
    Channel,
    Complaint,
    ComplaintStatus,
)
from scanner.complaint.channels import ReportKind
from scanner.complaint.kinds import REPORT_KIND_NAMES

_TOLD = ("status", "reply")
"""Steps that another office is told of; notes stay here."""


def handoff(complaint: Complaint) -> dict[str, Any]:
    """As plain JSON. It holds masked texts alone, no file, no original, no identity."""
    return {
        "number": complaint.number,
        "kind": REPORT_KIND_NAMES[ReportKind(complaint.kind)] if complaint.kind else "",
        "channel": CHANNEL_NAMES[Channel(complaint.channel)],
        "received_at": complaint.received_at.isoformat(),
        "status": COMPLAINT_STATUS_NAMES[ComplaintStatus(complaint.status)],
        "region": complaint.region,
        "employer": complaint.employer_name,
        "text": complaint.masked_text,
        "ad_text": complaint.ad_text,
        "ad_url": complaint.ad_url,
        "understanding": complaint.understanding,
        "urgency": complaint.urgency | {"level": complaint.level},
        "route": complaint.route,
        "route_reason": complaint.route_reason,
        "materials": [
            {name: getattr(one, name) for name in ("number", "media_type", "sha256", "size", "text")}
            for one in complaint.materials
        ],
        "steps": [
            {"at": event.created_at.isoformat(), "kind": event.kind, "reason": event.reason} | event.details
            for event in complaint.events
            if event.kind in _TOLD
        ],
    }
