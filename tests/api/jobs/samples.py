"""Invented uploads and a picture of all that a batch left in the store."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import select

from api.store.ads import AdVersion, Capture, Employer, StoredAd, StoredFinding
from api.store.batches import Batch, BatchError
from api.store.engine import Store


def jsonl(rows: int) -> bytes:
    """Ads of which every fifth is flagged, every 97th row is broken and every 31st ad comes twice."""
    return "\n".join(_line(number) for number in range(1, rows + 1)).encode()


def _line(number: int) -> str:
    if number % 97 == 0:
        return "{不是 JSON"
    wanted = "限女性。" if number % 5 == 0 else "男女不限。"
    who = number - 1 if number % 31 == 0 else number
    return json.dumps(
        {
            "title": f"店员{who % 7}",
            "text": f"第{who}号门店招店员两名，{wanted}月薪{3000 + who}元，包吃住，早晚班轮换。",
            "employer": f"万福超市第{who % 40}分公司",
            "url": f"https://jobs.example.com/{who}",
        },
        ensure_ascii=False,
    )


def picture(store: Store, batch_id: str) -> dict[str, Any]:
    """What is stored of a batch, without the random ids: equal pictures are equal results."""
    with store.reading() as session:
        batch = session.get_one(Batch, batch_id)
        counters = ("status", "rows_total", "rows_done", "rows_failed", "ads_flagged", "findings", "notes")
        groups: dict[str, str] = {}
        seen = session.execute(
            select(Capture, StoredAd, AdVersion, Employer.name)
            .join(StoredAd, StoredAd.id == Capture.ad_id)
            .join(AdVersion, AdVersion.id == Capture.version_id)
            .outerjoin(Employer, Employer.id == StoredAd.employer_id)
            .where(Capture.batch_id == batch_id)
            .order_by(Capture.row)
        ).all()
        findings: dict[str, list[Any]] = defaultdict(list)
        for one in session.scalars(select(StoredFinding).order_by(StoredFinding.finding_key)):
            findings[one.version_id].append(one.payload)
        errors = session.scalars(select(BatchError).order_by(BatchError.row)).all()
        return {
            "batch": [getattr(batch, name) for name in counters],
            "rows": [
                (
                    capture.row,
                    capture.source_row,
                    ad.key,
                    groups.setdefault(ad.group_id, ad.key),
                    employer,
                    version.number,
                    version.text,
                    findings[version.id],
                )
                for capture, ad, version, employer in seen
            ],
            "errors": [(one.row, one.source_row, one.code, one.message) for one in errors],
        }
