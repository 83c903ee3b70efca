"""Ads with their versions and sightings, as they go out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.findings import FindingView
from api.store.ads import AdVersion, Capture, StoredAd


class AdView(BaseModel):
    """An ad as listed."""

    id: str
    title: str
    url: str
    employer_id: str | None
    employer: str | None
    publisher_id: str | None
    publisher: str | None
    group_id: str = Field(description="近似副本共用的组号")
    versions: int
    first_seen: datetime
    last_seen: datetime

    @classmethod
    def of(cls, ad: StoredAd) -> AdView:
        """From its row; the title is that of the newest version."""
        return cls(
            id=ad.id,
            title=ad.versions[-1].title if ad.versions else "",
            url=ad.url,
            employer_id=ad.employer_id,
            employer=ad.employer.name if ad.employer else None,
            publisher_id=ad.publisher_id,
            publisher=ad.publisher.name if ad.publisher else None,
            group_id=ad.group_id,
            versions=len(ad.versions),
            first_seen=ad.first_seen,
            last_seen=ad.last_seen,
        )


class CaptureView(BaseModel):
    """One sighting of an ad."""

    model_config = ConfigDict(from_attributes=True)

    batch_id: str | None
    source_file: str
    source_row: int | None
    source_sha256: str
    captured_at: datetime
    version_id: str

    @classmethod
    def of(cls, capture: Capture) -> CaptureView:
        """From its row."""
        return cls.model_validate(capture)


class VersionView(BaseModel):
    """What the ad said at one time."""

    id: str
    number: int
    title: str
    text: str
    fields: dict[str, Any]
    posted_on: date | None
    text_sha256: str
    content_sha256: str
    seen_at: datetime

    @classmethod
    def of(cls, version: AdVersion) -> VersionView:
        """From its row."""
        names = set(cls.model_fields) - {"seen_at"}
        told = {name: getattr(version, name) for name in names}
        return cls.model_validate({**told, "seen_at": version.created_at})


class AdDetail(BaseModel):
    """An ad in full; `html` shows the newest version with the words at fault marked."""

    ad: AdView
    versions: list[VersionView]
    captures: list[CaptureView] = Field(description="最近的 100 次采集")
    findings: list[FindingView] = Field(description="最新版本的线索")
    copies: int = Field(description="近似副本的条数，含本条")
    html: str = Field(description="标出词句的 HTML 片段")
