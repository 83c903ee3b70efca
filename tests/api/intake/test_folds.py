"""Findings that say the same in near-copies are one fold, whose counts are what its findings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from api.intake.folds import priority, recount
from api.store.ads import FindingRule, StoredAd, StoredFinding
from api.store.folds import Fold
from scanner import Ad

if TYPE_CHECKING:
    from api.store.engine import Store
    from tests.api.intake.conftest import TakeIn

TEXT = "招保安两名，限男性，包吃住，负责小区东门的门岗值守、车辆登记和夜间巡逻，每班十二小时，月休四天，联系人{}。"


def ad(mark: str, employer: str = "样例物业有限公司", text: str = TEXT) -> Ad:
    return Ad(text.format(mark), title="保安", employer=employer, url=f"https://example.com/{mark}")


def folds(store: Store) -> list[Fold]:
    with store.reading() as session:
        return list(session.scalars(select(Fold).order_by(Fold.ads.desc())))


def test_folds_hold_near_copies_whenever_they_come(store: Store, take_in: TakeIn) -> None:
    for day, marks in enumerate(("甲乙", "丙", "丙")):
        with store.session() as session:
            take_in(session, *map(ad, marks), day=day)
    (fold,) = folds(store)
    assert (fold.ads, fold.unreviewed) == (3, 3)
    assert fold.priority == pytest.approx(priority(fold.severity, fold.confidence, 3))
    with store.reading() as session:
        found = session.scalars(select(StoredFinding)).all()
        assert {one.fold_id for one in found} == {fold.id}
        assert fold.confidence == max(one.confidence for one in found)
        assert fold.last_found == max(one.created_at for one in found)


def test_folds_count_an_ad_once_for_all_its_versions(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        take_in(session, ad("甲"))
        take_in(session, ad("甲", text=TEXT + "急聘。"), day=1)
    (fold,) = folds(store)
    assert (fold.ads, fold.unreviewed) == (1, 2)


@pytest.mark.parametrize(
    "other",
    [
        ad("乙", employer="另一样例公司"),
        ad("乙", text=TEXT.replace("限男性", "男士优先")),
        ad("乙", text=TEXT.replace("限男性", "男性")),
    ],
    ids=["employer", "kind", "words"],
)
def test_folds_are_apart_where_something_differs(other: Ad, store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        take_in(session, ad("甲"), other)
    assert {fold.ads for fold in folds(store)} == {1}


def test_folds_without_findings_go(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        first, *_ = take_in(session, ad("甲"), ad("乙"), ad("丙", employer="另一样例公司"))
    everything = [fold.id for fold in folds(store)]
    with store.session() as session:
        session.execute(delete(StoredAd).where(StoredAd.id == first.ad_id))
        recount(session, everything)
    assert [fold.ads for fold in folds(store)] == [1, 1]
    with store.session() as session:
        session.execute(delete(StoredAd))
        recount(session, everything)
    assert folds(store) == []


def test_folds_rules_of_a_finding_are_kept(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        take_in(session, ad("甲"))
    with store.reading() as session:
        (finding,) = session.scalars(select(StoredFinding))
        kept = session.scalars(select(FindingRule.rule_id).where(FindingRule.finding_id == finding.id))
        assert (
            set(kept) == {one["id"] for one in finding.payload["sources"] if one["kind"] == "rule"} != set()
        )


@given(
    severity=st.sampled_from(["S1", "S2", "S3"]),
    confidence=st.floats(0.5, 1),
    ads=st.integers(1, 100_000),
)
def test_priority_grows_with_each_of_the_three(severity: str, confidence: float, ads: int) -> None:
    value = priority(severity, confidence, ads)
    assert value > 0
    assert priority(severity, confidence, 2 * ads) > value
    assert priority(severity, confidence * 0.9, ads) < value
    assert severity == "S1" or priority("S1", confidence, ads) > value
