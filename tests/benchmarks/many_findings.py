"""A store with very many findings, put there in bulk."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from api.intake.folds import fold_row, recount
from api.store.accounts import Role, User
from api.store.ads import (
    AdVersion,
    Capture,
    Decision,
    Employer,
    FindingRule,
    Publisher,
    Review,
    StoredAd,
    StoredFinding,
)
from api.store.base import new_id
from api.store.cases import Case, CaseFinding
from api.store.engine import Store
from api.store.folds import Fold
from scanner import Ad, Scanner
from scanner.findings import Finding

Rows = dict[type[Any], list[dict[str, Any]]]
_AT_ONCE = 5_000
_TEXTS = (
    "门卫两名，限男性，夜班。",
    "前台一名，女士优先，会用办公软件。",
    "文员，要求已婚已育，两年经验。",
    "店员，入职签协议，三年内不得怀孕。",
    "助理，面试时请说明婚育情况及生育计划。",
    "操作工，入职体检含孕检。",
    "客服，孕期哺乳期勿扰，双休。",
    "管培生，男生本科即可，女生须研究生。",
)
_FURTHER = "工作内容、时间和待遇以面谈为准，有意者请到公司人事部登记。" * 10
_PLACES = ("长春", "吉林", "四平", "辽源", "通化", "白山", "松原", "白城")
_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def fill(store: Store, scanner: Scanner, findings: int) -> None:
    """One finding an ad; one ad in five is a near-copy, one finding in four was judged, one in 200 is in a case.

    The findings are those that the scanner has in a few invented ads, so that rows are as wide as real ones.
    """
    made = _Maker(scanner)
    with store.session() as session:
        people = [User(name=name, role=Role.INSPECTOR, password_hash="") for name in ("officer", "other")]
        session.add_all(people)
        session.flush()
        made.people = [one.id for one in people]
        made.employers = _named(session, Employer, "样例第{}公司", 5_000)
        made.boards = _named(session, Publisher, "样例{}招聘网", 20)
        for _ in range(0, findings, _AT_ONCE):
            for model, rows in made.rows(min(findings, _AT_ONCE)).items():
                session.execute(insert(model), rows)
        recount(session, session.scalars(select(Fold.id)).all())
        _open_cases(session, made.people[0], findings // 200)
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _named(session: Session, model: Any, pattern: str, count: int) -> list[str]:
    names = [pattern.format(at) for at in range(count)]
    rows = [{"id": new_id(), "name": name, "normalised": name} for name in names]
    session.execute(insert(model), rows)
    return [row["id"] for row in rows]


def _open_cases(session: Session, officer_id: str, count: int) -> None:
    found = session.execute(select(StoredFinding.id, StoredFinding.ad_id).limit(count)).all()
    for at, (finding_id, ad_id) in enumerate(found):
        case = Case(
            number=f"2026-{at:06}",
            title="样例",
            group_id=ad_id,
            assignee_id=officer_id,
            labels=[],
            id=new_id(),
        )
        session.add(case)
        session.flush()
        session.add(CaseFinding(case_id=case.id, finding_id=finding_id))


@dataclass(frozen=True)
class _Kind:
    """An ad, and what the scanner has in it."""

    text: str
    finding: Finding
    payload: dict[str, Any]
    versions: dict[str, Any]

    @classmethod
    def of(cls, text: str, scanner: Scanner) -> Self:
        report = scanner.scan(Ad(text, title="招聘"))
        finding = report.findings[0]
        return cls(text, finding, asdict(finding), asdict(report.versions))


class _Maker:
    """Rows of all tables for some ads at a time, always the same ones but for their ids."""

    people: Sequence[str]
    employers: Sequence[str]
    boards: Sequence[str]

    def __init__(self, scanner: Scanner) -> None:
        self._kinds = [_Kind.of(said, scanner) for said in _TEXTS]
        self._pick = random.Random(7)
        self._last: tuple[str, str, _Kind] | None = None

    def rows(self, count: int) -> Rows:
        """Each model's rows, those first that others point to."""
        order = (StoredAd, AdVersion, Capture, Fold, StoredFinding, FindingRule, Review)
        made: Rows = defaultdict(list)
        for _ in range(count):
            self._add(made)
        return {model: made[model] for model in order}

    def _add(self, made: Rows) -> None:
        pick, ad_id, version_id = self._pick, new_id(), new_id()
        copy = self._last if self._last and pick.random() < 0.2 else None
        self._last = copy or (ad_id, pick.choice(self.employers), pick.choice(self._kinds))
        group, employer, kind = self._last
        seen = _NOW - timedelta(minutes=pick.randrange(500_000))
        made[StoredAd].append(
            {
                "id": ad_id,
                "key": new_id() * 2,
                "employer_id": employer,
                "publisher_id": pick.choice(self.boards),
                "region": pick.choice(_PLACES),
                "group_id": group,
                "url": f"https://example.com/{ad_id}",
            }
        )
        made[AdVersion].append(
            {
                "id": version_id,
                "ad_id": ad_id,
                "number": 1,
                "title": "招聘",
                "text": kind.text + _FURTHER,
                "fields": {},
                "posted_on": None,
                "content_sha256": "0" * 64,
                "text_sha256": "0" * 64,
            }
        )
        made[Capture].append({"ad_id": ad_id, "version_id": version_id, "captured_at": seen})
        self._add_finding(made, group, {"ad_id": ad_id, "version_id": version_id, "created_at": seen}, kind)

    def _add_finding(self, made: Rows, group: str, place: dict[str, Any], kind: _Kind) -> None:
        pick, finding, finding_id = self._pick, kind.finding, new_id()
        fold = fold_row(group, finding)
        if group == place["ad_id"]:
            made[Fold].append(fold)
        made[StoredFinding].append(
            {
                **place,
                "id": finding_id,
                "fold_id": fold["id"],
                "finding_key": finding.id,
                "ordinal": 1,
                "subtype": finding.subtype,
                "confidence": round(0.6 + 0.4 * pick.random(), 3),
                "payload": kind.payload,
                "versions": kind.versions,
                **{name: fold[name] for name in ("category", "direction", "disposition", "severity")},
            }
        )
        made[FindingRule].append({"rule_id": finding.sources[0].id, "finding_id": finding_id})
        if pick.random() < 0.25:
            review = {"finding_id": finding_id, "fold_id": fold["id"], "act_id": new_id()}
            said = {"reviewer_id": pick.choice(self.people), "decision": pick.choice(list(Decision))}
            made[Review].append(review | said)
