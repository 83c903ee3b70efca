"""Signs that something is no honest report. They are told to the desk; a person decides."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.complaints.report import Report
from api.store.complaints import Complaint

_LINK = re.compile(r"https?://|www\.", re.I)
_MOST_LINKS = 5
_LEAST_LETTERS = 6


def suspicions(session: Session, text_key: str, report: Report) -> list[str]:
    """In Chinese, for the officer; empty for most."""
    same = session.scalar(select(func.count()).where(Complaint.text_key == text_key)) or 0
    letters = len(set(re.findall(r"[一-鿿]", report.text)))
    found = {
        "填写了网页上看不见的栏目，可能是程序自动提交": bool(report.trap),
        f"与已收到的 {same} 件文字完全相同": same > 0,
        "含有大量网址": len(_LINK.findall(report.text)) > _MOST_LINKS,
        "几乎没有文字": letters < _LEAST_LETTERS,
    }
    return [reason for reason, so in found.items() if so]
