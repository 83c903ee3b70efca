"""What the pages of an employer and of a publisher have in common: counts, charts, ads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.overview import COUNT_NAMES, Overview, overview
from api.cases.periods import Period
from api.cases.statistics import FindingBy, finding_statistics
from api.cases.workflow import today
from api.schemas.page import Page, Paging
from api.state import Services
from api.store.ads import AdVersion, StoredAd, StoredFinding
from api.workbench.charts import Chart
from api.workbench.figures import figures
from scanner import Scanner
from scanner.findings import Direction, Disposition
from scanner.law import Article

_PUBLIC_INTEREST = "WL77.2"


@dataclass(frozen=True, slots=True)
class AdRow:
    """An ad with the title of its newest version and the number of its findings that are not exempt."""

    ad: StoredAd
    title: str
    findings: int


@dataclass(frozen=True, slots=True)
class Profile:
    """All findings and ads of one side. `women`: the counts without what favours women; empty if none."""

    found: Overview
    charts: dict[str, Chart]
    women: dict[str, int]
    first_seen: datetime | None
    last_seen: datetime | None
    ads: Page[Any]

    @property
    def decisions(self) -> dict[str | None, int]:
        """Findings by what people last said of them; None: nothing yet. Empty where that is not told."""
        table = self.found.tables.get("decision")
        return {group.key: group.counts["findings"] for group in table.groups} if table else {}


def side(
    session: Session,
    user: Principal,
    of: ColumnElement[bool],
    paging: Paging,
    services: Services,
    cases: Sequence[ColumnElement[bool]] | None = None,
) -> dict[str, Any]:
    """What both pages tell of the ads that fit `of`, by the names that their templates use."""
    return {
        "profile": _profile(session, user, of, paging, cases),
        "count_names": COUNT_NAMES,
        "article": _public_interest(services.scanner),
        "office": services.settings.office_name,
        "today": today(),
    }


def _public_interest(scanner: Scanner) -> Article | None:
    """The article on public-interest suits for equal employment; None if the office's law files lack it."""
    return scanner.laws.article(_PUBLIC_INTEREST) if scanner.laws.has(_PUBLIC_INTEREST) else None


def _profile(
    session: Session,
    user: Principal,
    of: ColumnElement[bool],
    paging: Paging,
    cases: Sequence[ColumnElement[bool]] | None = None,
) -> Profile:
    """Of the ads that fit `of` and that this user may see, and of `cases` if they are given."""
    own = StoredFinding.ad_id.in_(select(StoredAd.id).where(of))
    found = overview(session, user, [own], cases, Period.MONTH)
    against = own, StoredFinding.direction != Direction.FEMALE, visible(StoredFinding, user)
    women = finding_statistics(session, [FindingBy.ALL], against)[FindingBy.ALL]
    seen = select(func.min(StoredAd.first_seen), func.max(StoredAd.last_seen))
    first, last = session.execute(seen.where(of, visible(StoredAd, user))).one()
    drawn = figures(found.tables[key] for key in ("period", "category"))
    ads = _ads(session, user, of, paging)
    return Profile(found, drawn, women[0].counts if women else {}, first, last, ads)


def _ads(session: Session, user: Principal, of: ColumnElement[bool], paging: Paging) -> Page[Any]:
    """Items are AdRow; last seen first."""
    fitting = of, visible(StoredAd, user)
    total = session.scalar(select(func.count()).select_from(StoredAd).where(*fitting)) or 0
    names = joinedload(StoredAd.employer), joinedload(StoredAd.publisher)
    order = StoredAd.last_seen.desc(), StoredAd.id
    page = select(StoredAd).where(*fitting).order_by(*order).options(*names).limit(paging.size)
    ads = list(session.scalars(page.offset((paging.page - 1) * paging.size)))
    titles, counts = _titles(session, ads), _counts(session, ads)
    rows = [AdRow(ad, titles.get(ad.id, ""), counts.get(ad.id, 0)) for ad in ads]
    return Page[Any](items=rows, total=total, page=paging.page, size=paging.size)


def _titles(session: Session, ads: list[StoredAd]) -> dict[str, str]:
    versions = select(AdVersion.ad_id, AdVersion.title).where(AdVersion.ad_id.in_([ad.id for ad in ads]))
    return dict(session.execute(versions.order_by(AdVersion.number)).all())


def _counts(session: Session, ads: list[StoredAd]) -> dict[str, int]:
    wanted = StoredFinding.ad_id.in_([ad.id for ad in ads]), StoredFinding.disposition != Disposition.EXEMPT
    counted = select(StoredFinding.ad_id, func.count()).where(*wanted).group_by(StoredFinding.ad_id)
    return dict(session.execute(counted).all())
