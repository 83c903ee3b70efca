"""What a test of a draft found, as it is shown; ads are read anew, so that nothing outlives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.lexicon.sample import ad_of, stored_ads
from api.schemas.rule_drafts import DifferenceView, FailureView, SideView, TestView
from api.store.accounts import User
from api.store.ads import AdVersion
from api.store.rules import RuleDraft
from scanner.findings import Span
from scanner.report.highlight import excerpt

_REACH = 30
"""Characters shown on either side of the words."""


def test_of(session: Session, draft: RuleDraft, in_force: str) -> TestView | None:
    """The last test of what the draft holds; `in_force` is the version of the lexicon by now."""
    kept = draft.test
    if not kept:
        return None
    compared = kept["compared"]
    sides = {name: compared[name] for name in ("gained", "lost")}
    wanted = {one["version_id"] for side in sides.values() for one in side["shown"]}
    rows = session.scalars(select(AdVersion).where(AdVersion.id.in_(wanted)))
    versions = {version.id: version for version in rows}
    tester = session.get(User, kept["by"])
    return TestView(
        at=datetime.fromisoformat(kept["at"]),
        by=tester.shown_name if tester else "",
        current=kept["base"] == in_force,
        failures=[FailureView(**one, own=one["rule"] == draft.rule_id) for one in kept["failures"]],
        ads=compared["ads"],
        ads_stored=stored_ads(session),
        complete=compared["complete"],
        **{name: _side(side, versions) for name, side in sides.items()},
    )


def _side(side: dict[str, Any], versions: Mapping[str, AdVersion]) -> SideView:
    known = [(one, versions[one["version_id"]]) for one in side["shown"] if one["version_id"] in versions]
    shown = [_difference(one, version) for one, version in known]
    return SideView(findings=side["findings"], ads=side["ads"], shown=shown)


def _difference(one: dict[str, Any], version: AdVersion) -> DifferenceView:
    ad = ad_of(version)
    start, end = one["start"], one["end"]
    quote = dict(ad.parts())[one["field"]][start:end]
    before, quote, after = excerpt(ad, Span(one["field"], start, end, 0, 0, quote), _REACH)
    kind = {name: one[name] for name in ("ad_id", "field", "category", "direction", "disposition")}
    return DifferenceView(title=version.title, before=before, quote=quote, after=after, **kind)
