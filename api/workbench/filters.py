"""How values are put into words on pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from api.auth.permissions import PERMISSION_NAMES
from api.cases.numbers import CHINA
from api.cases.periods import moment
from api.store.accounts import ROLE_NAMES
from api.store.cases import CASE_STATUS_NAMES
from api.store.complaints import COMPLAINT_STATUS_NAMES
from scanner.complaint.understanding import FACT_NAMES, MATTER_NAMES, SIGNAL_NAMES, STAGE_NAMES
from scanner.complaint.urgency import LEVEL_NAMES
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, DISPOSITION_NAMES, SEVERITY_NAMES


def day(value: date | datetime | None) -> str:
    """2026-11-25, the day in China; empty for None."""
    if value is None:
        return ""
    return f"{value.astimezone(CHINA) if isinstance(value, datetime) else value:%Y-%m-%d}"


def number(value: float) -> str:
    """12,345."""
    return f"{value:,}"


def percent(share: float) -> str:
    """A share of 1 as 12.5 %."""
    return f"{share:.1%}"


def size(octets: int) -> str:
    """3.4 MB, 12 KB, 300 字节."""
    for unit, of in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if octets >= of:
            return f"{octets / of:.1f}".removesuffix(".0") + f" {unit}"
    return f"{octets} 字节"


def pretty(value: object) -> str:
    """JSON as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _named(names: Mapping[Any, str]) -> Callable[[Any], str]:
    """A value that has no name shows as it is."""
    return lambda value: names.get(value, value or "")


FILTERS: dict[str, Callable[[Any], str]] = {
    "day": day,
    "moment": moment,
    "number": number,
    "percent": percent,
    "size": size,
    "pretty": pretty,
    "category_name": _named(CATEGORY_NAMES),
    "direction_name": _named(DIRECTION_NAMES),
    "disposition_name": _named(DISPOSITION_NAMES),
    "severity_name": _named(SEVERITY_NAMES),
    "status_name": _named(CASE_STATUS_NAMES),
    "complaint_status_name": _named(COMPLAINT_STATUS_NAMES),
    "level_name": _named(LEVEL_NAMES),
    "stage_name": _named(STAGE_NAMES),
    "fact_name": _named(FACT_NAMES),
    "signal_name": _named(SIGNAL_NAMES),
    "matter_name": _named(MATTER_NAMES),
    "role_name": _named(ROLE_NAMES),
    "permission_name": _named(PERMISSION_NAMES),
}
"""What templates may write after a bar."""
