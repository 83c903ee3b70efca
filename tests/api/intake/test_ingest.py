from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.intake.ingest import Ingested, add_version, ingest_many
from api.intake.rebuild import ad_of, report_of
from api.intake.sighting import Seen, Sighting
from api.store.accounts import Role, User
from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from api.store.batches import Batch
from api.store.engine import Store
from scanner import Ad, Scanner
from scanner.findings import AdReport

DAY = datetime(2026, 5, 1, 8, tzinfo=UTC)
TakeIn = Callable[..., list[Ingested]]
AD = Ad(
    "招收银员两名，限女性。",
    title="收银员",
    employer="万福超市有限公司",
    publisher="大槐树招聘网",
    url="https://jobs.example.com/42",
    posted_on=date(2026, 4, 30),
    source="导出.csv",
    row=7,
)
LAWFUL = replace(AD, text="招收银员两名，男女不限。")


def ingest(session: Session, ad: Ad, report: AdReport, sighting: Sighting) -> StoredAd:
    """One ad taken in, and its row."""
    (stored,) = ingest_many(session, [Seen.of(ad, report, sighting)])
    return session.get_one(StoredAd, stored.ad_id)


def _count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _batch(session: Session) -> str:
    user = User(name=f"u{_count(session, User)}", role=Role.ADMIN, password_hash="")
    session.add(user)
    session.flush()
    batch = Batch(
        created_by=user.id, file_name="导出.csv", file_sha256="0" * 64, file_bytes=1, options={}, notes=[]
    )
    session.add(batch)
    session.flush()
    return batch.id


def test_ingest_keeps_ad_version_capture_and_findings(store: Store, scanner: Scanner) -> None:
    report = scanner.scan(AD)
    with store.session() as session:
        stored = ingest(session, AD, report, Sighting(DAY, source_sha256="ab" * 32))
    with store.reading() as session:
        version = session.scalars(select(AdVersion).where(AdVersion.ad_id == stored.id)).one()
        capture = session.scalars(select(Capture)).one()
        assert ad_of(stored, version, capture) == AD
        assert report_of(AD.id, version, version.findings, report.versions) == report
    assert (stored.first_seen, stored.last_seen, stored.group_id) == (DAY, DAY, stored.id)
    assert (capture.source_row, capture.source_sha256) == (7, "ab" * 32)
    assert version.number == 1


def test_ingest_of_a_new_wording_makes_a_version_and_keeps_the_old(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        (first,) = take_in(session, AD)
        (same,) = take_in(session, AD, day=2)
        (changed,) = take_in(session, LAWFUL, day=5)
        (back,) = take_in(session, AD, day=6)
    with store.reading() as session:
        numbers = dict(session.execute(select(AdVersion.id, AdVersion.number)).all())
        ad = session.scalars(select(StoredAd)).one()
        captured = list(session.scalars(select(Capture.version_id).order_by(Capture.captured_at)))
    assert same == Ingested(first.ad_id, first.version_id, ())
    assert [numbers[one.version_id] for one in (first, changed, back)] == [1, 2, 3]
    assert captured == [first.version_id, first.version_id, changed.version_id, back.version_id]
    assert (ad.first_seen, ad.last_seen) == (DAY, DAY + timedelta(days=6))
    assert (len(first.new_findings), len(changed.new_findings)) == (1, 0)


def test_ingest_of_an_older_sighting_moves_the_first_day(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        take_in(session, AD, day=3)
        take_in(session, AD, day=-2)
        ad = session.scalars(select(StoredAd).execution_options(populate_existing=True)).one()
    assert (ad.first_seen, ad.last_seen) == (DAY - timedelta(days=2), DAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (AD, replace(AD, title="收银员（女）"), True),
        (AD, replace(AD, url="https://jobs.example.com/43"), False),
        (AD, replace(AD, employer="万福超市有限责任公司"), True),
        (AD, replace(AD, employer="福万超市有限公司"), False),
        (replace(AD, url="", id="B20260042"), replace(LAWFUL, url="", id="B20260042"), True),
        (replace(AD, url="", id="12"), replace(LAWFUL, url="", id="12"), False),
        (replace(AD, url="无", id="12"), replace(AD, url="", id="13"), True),
        (replace(AD, url=""), replace(AD, url="", fields={"性别": "女"}), False),
        (replace(AD, url=""), replace(AD, url="", publisher="别的网"), False),
    ],
)
def test_ads_are_the_same_by_address_number_or_content(
    store: Store, take_in: TakeIn, one: Ad, other: Ad, same: bool
) -> None:
    with store.session() as session:
        (first,) = take_in(session, one)
        (second,) = take_in(session, other, day=1)
    assert (first.ad_id == second.ad_id) is same


def test_rows_of_one_batch_that_share_an_address_are_ads_of_their_own(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        batch_id = _batch(session)
        first, second, again = take_in(session, AD, LAWFUL, AD, batch_id=batch_id)
        next_time = take_in(session, AD, LAWFUL, batch_id=_batch(session), day=7)
        versions = list(session.scalars(select(AdVersion.number)))
    assert first.ad_id == again.ad_id != second.ad_id
    assert [one.ad_id for one in next_time] == [first.ad_id, second.ad_id]
    assert versions == [1, 1]


def test_ads_of_different_organisations_stay_apart(store: Store, take_in: TakeIn) -> None:
    from api.store.accounts import Organisation

    with store.session() as session:
        session.add(agency := Organisation(name="众诚人力"))
        session.flush()
        (office,) = take_in(session, AD)
        (own,) = take_in(session, AD, organisation_id=agency.id)
        assert office.ad_id != own.ad_id
        groups = set(session.scalars(select(StoredAd.group_id)))
    assert groups == {office.ad_id, own.ad_id}


def test_a_version_gains_what_a_later_scan_finds_and_nothing_twice(store: Store, scanner: Scanner) -> None:
    report = scanner.scan(AD)
    none = replace(report, findings=())
    with store.session() as session:
        for one, day in ((none, 0), (report, 1), (report, 2)):
            ingest(session, AD, one, Sighting(DAY + timedelta(days=day)))
        assert _count(session, StoredFinding) == len(report.findings) == 1
        assert _count(session, AdVersion) == 1


def test_add_version_is_for_an_ad_that_a_person_knows(store: Store, scanner: Scanner) -> None:
    moved = replace(LAWFUL, url="https://jobs.example.com/moved")
    with store.session() as session:
        ad = ingest(session, AD, scanner.scan(AD), Sighting(DAY))
        version = add_version(
            session, ad, moved, scanner.scan(moved), source_file="手工", captured_at=DAY + timedelta(days=9)
        )
        assert (version.ad_id, version.number, ad.last_seen) == (ad.id, 2, DAY + timedelta(days=9))
        assert _count(session, StoredAd) == 1


def test_text_that_no_database_takes_is_stored_with_offsets_kept(store: Store, take_in: TakeIn) -> None:
    with store.session() as session:
        take_in(session, Ad("\0\ud83d招人，限女性", fields={"性\0别": "女\0"}))
    with store.reading() as session:
        version = session.scalars(select(AdVersion)).one()
        payloads = [one.payload["spans"][0] for one in version.findings]
        texts = {"text": version.text} | {f"fields.{name}": value for name, value in version.fields.items()}
    assert payloads
    for span in payloads:
        assert texts[span["field"]][span["start"] : span["end"]] == span["quote"]


def test_a_finding_in_a_column_with_an_endless_name_is_stored(store: Store, take_in: TakeIn) -> None:
    name = "性别要求" * 100
    with store.session() as session:
        (stored,) = take_in(session, Ad("招人", fields={name: "限女性"}))
        (key,) = session.scalars(select(StoredFinding.finding_key))
    assert stored.new_findings
    assert len(key) <= 200


def test_fields_come_back_in_the_order_of_their_columns(store: Store, take_in: TakeIn) -> None:
    fields = {"月薪": "3000", "性别": "女", "a": "限男性", "学历": "不限"}
    with store.session() as session:
        take_in(session, Ad("招人", fields=fields))
    with store.reading() as session:
        assert list(session.scalars(select(AdVersion)).one().fields.items()) == list(fields.items())
