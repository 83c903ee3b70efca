"""What a report may belong to: suggested with reasons, decided by a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.opening import open_case
from api.complaints.linking import decide, earlier_reports, offer, suggest
from api.complaints.suggestion import Suggestion
from api.intake.employers import employer_ids, normalise_employer
from api.intake.ingest import ingest_many
from api.intake.merging import merge
from api.intake.sighting import Seen, Sighting
from api.store.ads import Employer, StoredAd
from api.store.audit import AuditEntry
from api.store.base import now
from api.store.complaints import Complaint, ComplaintLink, ComplaintStatus, LinkKind, LinkStatus
from api.store.engine import Store
from scanner import Scanner
from scanner.ad import Ad
from tests.api.complaints.stored import EMPLOYER, RECEIVED, a_complaint, a_material, an_officer

AD = "招仓库管理员两名，限男性，能吃苦耐劳，包吃住，月薪五千，做六休一，地点在样例工业园。"


def an_employer(session: Session, name: str) -> str:
    return employer_ids(session, [name])[normalise_employer(name)]


def an_ad(session: Session, scanner: Scanner, **parts: Any) -> StoredAd:
    ad = Ad(**({"text": AD, "employer": EMPLOYER} | parts))
    (done,) = ingest_many(session, [Seen.of(ad, scanner.scan(ad), Sighting(now()))])
    return session.get_one(StoredAd, done.ad_id)


def of_kind(found: list[Suggestion], kind: LinkKind) -> dict[str, Suggestion]:
    return {one.target_id: one for one in found if one.kind is kind}


@pytest.mark.parametrize(
    ("reported", "stored", "reason"),
    [
        ("样例电子", EMPLOYER, "除地名和公司形式外名称相同"),
        ("样例电子厂", EMPLOYER, "简称或全称"),
        ("沈阳市样例电子厂", "样例电子厂", "除地名和公司形式外名称相同"),
        ("样例电子科技", "沈阳样例电子科技股份有限公司", "除地名和公司形式外名称相同"),
        ("宏远样列塑胶制品厂", "宏远样例塑胶制品厂", "名称相近"),
        ("另家电子", EMPLOYER, ""),
        ("电子", EMPLOYER, ""),
        ("", EMPLOYER, ""),
    ],
)
def test_linking_employers_under_other_names(store: Store, reported: str, stored: str, reason: str) -> None:
    with store.session() as session:
        employer_id = an_employer(session, stored)
        complaint = a_complaint(session, employer=reported, region="沈阳")
        found = of_kind(suggest(session, complaint), LinkKind.EMPLOYER)
    assert (employer_id in found) == bool(reason)
    if reason:
        assert any(reason in told for told in found[employer_id].reasons)


@pytest.mark.parametrize(("region", "higher"), [("大连", True), ("沈阳", False)])
def test_linking_the_place_speaks_for_or_against(
    store: Store, scanner: Scanner, region: str, higher: bool
) -> None:
    with store.session() as session:
        ad = an_ad(session, scanner, employer="样例电子科技有限公司", fields={"工作城市": "大连市"})
        complaint = a_complaint(session, employer="样例电子科技", region=region)
        (found,) = of_kind(suggest(session, complaint), LinkKind.EMPLOYER).values()
        assert found.target_id == ad.employer_id
    assert (found.score > 0.7) == higher
    assert any(("地点相符" if higher else "地点不同") in told for told in found.reasons)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"ad_url": "https://board.example/7"}, "广告网址相同"),
        ({"ad_text": AD}, "几乎相同"),
        ({"ad_text": AD.replace("能吃苦耐劳", "")}, "相近"),
        ({"ad_text": "招会计一名，大专以上，有两年经验，熟悉财务软件，双休，五险一金。"}, ""),
        ({"ad_text": "限男性"}, ""),
        ({}, ""),
    ],
)
def test_linking_the_ad_reported(
    store: Store, scanner: Scanner, columns: dict[str, str], reason: str
) -> None:
    with store.session() as session:
        ad = an_ad(session, scanner, url="https://board.example/7")
        found = of_kind(suggest(session, a_complaint(session, **columns)), LinkKind.AD)
        assert list(found) == ([ad.id] if reason else [])
    if reason:
        assert any(reason in told for told in found[ad.id].reasons)


def test_linking_the_ad_on_a_screenshot_under_a_name_variant(store: Store, scanner: Scanner) -> None:
    with store.session() as session:
        ad = an_ad(session, scanner)
        complaint = a_complaint(session, employer="样例电子", region="沈阳")
        a_material(session, complaint, text=AD)
        session.expire(complaint)
        assert list(of_kind(suggest(session, complaint), LinkKind.AD)) == [ad.id]


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (
            {"when": "11月20日"},
            [
                "反映的是同一用人单位",
                "发生时间相近：11月20日、11月20日",
                "情形相同：限定性别",
                "环节相同：面试",
            ],
        ),
        ({"when": "9月1日"}, ["反映的是同一用人单位", "情形相同：限定性别", "环节相同：面试"]),
        ({"when": "9月1日", "categories": ["pregnancy_test"], "stages": []}, []),
        ({"employer": "另一家样例公司", "when": "11月20日"}, []),
        ({"status": ComplaintStatus.SPAM, "when": "11月20日"}, []),
    ],
)
def test_linking_reports_of_the_same_event(store: Store, other: dict[str, Any], reasons: list[str]) -> None:
    with store.session() as session:
        second = a_complaint(session, **other)
        complaint = a_complaint(session, when="上周五")
        found = of_kind(suggest(session, complaint), LinkKind.COMPLAINT)
    assert [list(one.reasons) for one in found.values()] == ([reasons] if reasons else [])
    assert set(found) <= {second.id}


LIKENESS = "5a" * 32


@pytest.mark.parametrize(
    ("own", "theirs", "reason"),
    [
        ({"sha256": "f" * 64}, {"sha256": "f" * 64}, "附有相同的文件"),
        (
            {"picture": {"likeness": LIKENESS}},
            {"picture": {"likeness": "5b" + LIKENESS[2:]}},
            "附有同一张图片",
        ),
        ({"picture": {"likeness": LIKENESS}}, {"picture": {"likeness": "a5" * 32}}, ""),
        ({"picture": {"likeness": LIKENESS}}, {}, ""),
    ],
)
def test_linking_reports_by_their_pictures(
    store: Store, own: dict[str, Any], theirs: dict[str, Any], reason: str
) -> None:
    with store.session() as session:
        second = a_complaint(session, employer="", stages=[], categories=[])
        a_material(session, second, **theirs)
        complaint = a_complaint(session, employer="")
        a_material(session, complaint, **own)
        session.expire(complaint)
        found = of_kind(suggest(session, complaint), LinkKind.COMPLAINT)
    assert {key: one.reasons for key, one in found.items()} == ({second.id: (reason,)} if reason else {})


def test_linking_the_case_on_the_same_employer_and_ad(store: Store, scanner: Scanner) -> None:
    with store.session() as session:
        ad = an_ad(session, scanner)
        case = open_case(session, an_officer(session), [ad.versions[0].findings[0].id])
        found = of_kind(suggest(session, a_complaint(session, ad_text=AD)), LinkKind.CASE)
        assert list(found) == [case.id]
        assert found[case.id].score == 1.0
        assert case.number in "".join(found[case.id].reasons)


def test_linking_a_decision_stays_and_stale_suggestions_go(store: Store) -> None:
    with store.session() as session:
        first, second = (an_employer(session, name) for name in (EMPLOYER, "样例电子(大连)有限公司"))
        complaint = a_complaint(session, employer="样例电子")
        links = {link.target_id: link for link in offer(session, complaint)}
        assert set(links) == {first, second}
        decide(session, an_officer(session), links[first], joined=False)
        complaint.employer_name = "没有这家"
        left = offer(session, complaint)
        assert [(link.target_id, link.status) for link in left] == [(first, LinkStatus.DISMISSED)]


def test_linking_a_joined_employer_becomes_that_of_the_report(store: Store) -> None:
    with store.session() as session:
        target = an_employer(session, EMPLOYER)
        a_complaint(session, at=RECEIVED - timedelta(days=9))
        complaint = a_complaint(session, employer="样例电子")
        own, officer = complaint.employer_id, an_officer(session)
        (link,) = [one for one in offer(session, complaint) if one.kind == LinkKind.EMPLOYER]
        event = decide(session, officer, link, joined=True)
        assert (event.kind, event.user_id, complaint.employer_id) == ("linked", officer.user_id, target)
        assert complaint.level == "soon"
        assert "屡次被反映 30 分" in complaint.urgency["explanation"]
        decide(session, officer, link, joined=False)
        assert (complaint.employer_id, complaint.level) == (own, "normal")
        assert [
            entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        ] == [
            "complaint.link",
            "complaint.unlink",
        ]


def test_linking_an_officer_s_word_on_urgency_stands(store: Store) -> None:
    with store.session() as session:
        an_employer(session, EMPLOYER)
        complaint = a_complaint(session, employer="样例电子", urgency_override="urgent", level="urgent")
        (link,) = offer(session, complaint)
        decide(session, an_officer(session), link, joined=True)
        assert complaint.level == "urgent"


def test_linking_a_joined_case_is_that_of_the_report(store: Store, scanner: Scanner) -> None:
    with store.session() as session:
        officer = an_officer(session)
        case = open_case(session, officer, [an_ad(session, scanner).versions[0].findings[0].id])
        complaint = a_complaint(session)
        (link,) = [one for one in offer(session, complaint) if one.kind == LinkKind.CASE]
        decide(session, officer, link, joined=True)
        assert complaint.case_id == case.id
        decide(session, officer, link, joined=False)
        assert complaint.case_id is None


def test_linking_counts_earlier_reports_without_spam_and_after_a_merge(store: Store) -> None:
    with store.session() as session:
        target, source = an_employer(session, EMPLOYER), an_employer(session, "样例电子")
        a_complaint(session, at=RECEIVED - timedelta(days=1))
        a_complaint(session, at=RECEIVED - timedelta(days=2), status=ComplaintStatus.SPAM)
        a_complaint(session, at=RECEIVED + timedelta(days=1))
        a_complaint(session, employer="样例电子", at=RECEIVED - timedelta(days=3))
        assert earlier_reports(session, target, RECEIVED) == 1
        merge(session, session.get_one(Employer, source), session.get_one(Employer, target))
        assert earlier_reports(session, target, RECEIVED) == 2


def test_linking_reasons_say_nothing_of_the_reporter(store: Store, scanner: Scanner) -> None:
    told = "我叫李样例，住样例街 3 号，面试时说只要男的。"
    with store.session() as session:
        an_ad(session, scanner)
        a_complaint(session, masked_text=told, when="上周五")
        complaint = a_complaint(session, masked_text=told, when="上周五", ad_text=AD)
        offer(session, complaint)
        links = session.scalars(select(ComplaintLink).join(Complaint)).all()
        assert links
        assert not any(word in "".join(link.reasons) for link in links for word in ("李样例", "样例街"))
