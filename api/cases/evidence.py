"""The evidence pack of a case: everything that an outsider needs to check it, bound by one manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import orjson
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from api.audit.chain import canonical
from api.cases.originals import Locate, originals
from api.cases.reviews import DECISION_NAMES
from api.intake.rebuild import ad_of, report_of
from api.store.accounts import User
from api.store.ads import AdVersion, Capture, Decision, Review, StoredAd, StoredFinding
from api.store.audit import AuditEntry
from api.store.cases import CASE_STATUS_NAMES, Attachment, Case, CaseFinding, CaseStatus
from scanner.findings import Versions
from scanner.report.evidence import Member
from scanner.report.fragment import page

INTERNAL = ("note",)
"""Kinds of events that stay in the office."""
_ASCII = re.compile(r"[^A-Za-z0-9._-]+")
_README = """案件证据包

case.json        案件
findings.json    线索：类别、词句位置、判断来源、生成所用版本
laws.json        所引法律依据（未与官方文本核对的，只写大意并注明“待核原文”）
decisions.json   人工复核和处理经过（不含内部备注）
captures.json    每次采集：文件、行号、时间、原始文件的 SHA-256；original 指出包内对应的原文，没有的仅存校验值；
                 kept 为 false 的，原件已按保存期限清理
ads/             每个版本的广告：.json 为原文，.html 为标出词句的页面
originals/       原始文件，文件名为其 SHA-256；文件中还有本案以外广告的，只收本案那一行的原始字节
                 （“SHA-256-row-行号”，限 csv、tsv、jsonl），整个文件留存经办单位，可凭 SHA-256 核对
attachments/     附件
audit.jsonl      与本案有关的审计记录，逐条带哈希
manifest.json    清单：每个文件的大小和 SHA-256

校验：pingzhao verify 证据包.zip
线索不是违法认定；是否违法由执法人员核实后认定。
"""


def members(session: Session, case: Case, locate: Locate, scanned_with: Versions) -> list[Member]:
    """The files of the pack. The same database and files give the same bytes."""
    versions = _versions(session, case)
    captures = _captures(session, case)
    kept = originals(session, captures, locate)
    attachments = list(
        session.scalars(select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id))
    )
    made = [
        Member("README.txt", _README.encode()),
        Member("case.json", _json(_case(case))),
        Member("findings.json", _json([_finding(finding) for finding in _ordered(case.findings)])),
        Member("laws.json", _json(_laws(case.findings))),
        Member("decisions.json", _json(_decisions(session, case))),
        Member("captures.json", _json([_capture(one, locate, kept.get(one.id)) for one in captures])),
        Member("audit.jsonl", _audit(session, case)),
    ]
    made += _ads(versions, captures, scanned_with)
    made += {member.name: member for member in kept.values()}.values()
    made += _attached(attachments, locate)
    return made


def findings_of(case: Case) -> Select[str]:
    """The ids of the findings in the case."""
    return select(CaseFinding.finding_id).where(CaseFinding.case_id == case.id)


def ads_of(case: Case) -> Select[str]:
    """The ids of the ads in the case."""
    return select(StoredFinding.ad_id).where(StoredFinding.id.in_(findings_of(case)))


def _versions(session: Session, case: Case) -> list[AdVersion]:
    """Every version of every ad in the case: the corrected ones too."""
    query = (
        select(AdVersion).where(AdVersion.ad_id.in_(ads_of(case))).order_by(AdVersion.ad_id, AdVersion.number)
    )
    return list(session.scalars(query))


def _captures(session: Session, case: Case) -> list[Capture]:
    wanted = Capture.ad_id.in_(ads_of(case))
    return list(session.scalars(select(Capture).where(wanted).order_by(Capture.captured_at, Capture.id)))


def _ordered(findings: Iterable[StoredFinding]) -> list[StoredFinding]:
    return sorted(
        findings, key=lambda finding: (finding.ad_id, finding.created_at, finding.ordinal, finding.id)
    )


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "status": case.status,
        "status_name": CASE_STATUS_NAMES[CaseStatus(case.status)],
        "employer": case.employer.name if case.employer else None,
        "opened_at": case.created_at,
        "closed_at": case.closed_at,
        "deadline": case.deadline,
        "labels": case.labels,
    }


def _finding(finding: StoredFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "ad_id": finding.ad_id,
        "version_id": finding.version_id,
        "found_at": finding.created_at,
        "finding": finding.payload,
        "versions": finding.versions,
    }


def _laws(findings: Iterable[StoredFinding]) -> list[dict[str, Any]]:
    """Each article once, as it was cited."""
    cited = [basis for finding in _ordered(findings) for basis in finding.payload["legal_basis"]]
    return list({(basis["law"], basis["article"]): basis for basis in cited}.values())


def _decisions(session: Session, case: Case) -> dict[str, Any]:
    reviewed = select(Review).where(Review.finding_id.in_(findings_of(case)))
    reviews = session.scalars(reviewed.order_by(Review.created_at, Review.id)).all()
    steps = [event for event in case.events if event.kind not in INTERNAL]
    names = _names(session, {*(r.reviewer_id for r in reviews), *(e.user_id for e in steps)})
    return {
        "reviews": [_review(review, names) for review in reviews],
        "events": [
            {
                "at": event.created_at,
                "by": names.get(event.user_id or "", "系统"),
                "kind": event.kind,
                "reason": event.reason,
                "details": event.details,
            }
            for event in steps
        ],
    }


def _review(review: Review, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": review.created_at,
        "by": names[review.reviewer_id],
        "finding_id": review.finding_id,
        "decision": review.decision,
        "decision_name": DECISION_NAMES[Decision(review.decision)],
        "reason": review.reason,
    }


def _names(session: Session, user_ids: set[str | None]) -> dict[str, str]:
    users = session.scalars(select(User).where(User.id.in_(user_ids - {None})))
    return {user.id: user.shown_name for user in users}


def _capture(capture: Capture, locate: Locate, original: Member | None) -> dict[str, Any]:
    names = ("ad_id", "version_id", "source_file", "source_row", "source_sha256", "captured_at")
    kept = locate(capture.source_sha256) is not None
    told = {"kept": kept, "original": original.name if original else None}
    return {name: getattr(capture, name) for name in names} | told


def _ads(versions: list[AdVersion], captures: list[Capture], scanned_with: Versions) -> Iterable[Member]:
    first = {capture.version_id: capture for capture in reversed(captures)}
    for version in versions:
        name = f"ads/{version.ad_id}-v{version.number}"
        ad = ad_of(version.ad, version, first[version.id])
        yield Member(f"{name}.json", _json(_ad(version.ad, version)))
        yield Member(
            f"{name}.html", page(ad, report_of(ad.id, version, version.findings, scanned_with)).encode()
        )


def _ad(ad: StoredAd, version: AdVersion) -> dict[str, Any]:
    names = ("id", "number", "title", "text", "fields", "posted_on", "content_sha256", "text_sha256")
    seen = {
        "url": ad.url,
        "employer": ad.employer.name if ad.employer else None,
        "publisher": ad.publisher.name if ad.publisher else None,
        "first_seen": ad.first_seen,
        "last_seen": ad.last_seen,
    }
    return {"ad_id": ad.id, **seen, "version": {name: getattr(version, name) for name in names}}


def _attached(attachments: Iterable[Attachment], locate: Locate) -> Iterable[Member]:
    for one in attachments:
        if place := locate(one.sha256):
            yield Member(f"attachments/{one.id}{_suffix(one)}", place)


def _suffix(attachment: Attachment) -> str:
    return _ASCII.sub("", PurePosixPath(attachment.file_name).suffix)


def _audit(session: Session, case: Case) -> bytes:
    """The entries on the case, its findings, ads and attachments; each line holds what its hash is taken of."""
    attached = select(Attachment.id).where(Attachment.case_id == case.id)
    theirs = [AuditEntry.object_id.in_(ids) for ids in (findings_of(case), ads_of(case), attached)]
    query = (
        select(AuditEntry).where(or_(AuditEntry.object_id == case.id, *theirs)).order_by(AuditEntry.number)
    )
    lines = []
    for entry in session.scalars(query):
        hashes = orjson.dumps({"previous_hash": entry.previous_hash, "hash": entry.hash})
        lines.append(b'{"entry":' + canonical(entry) + b"," + hashes[1:] + b"\n")
    return b"".join(lines)


def _json(value: Any) -> bytes:
    """Readable JSON with sorted keys."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
