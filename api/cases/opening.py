"""Open cases: by a person, or by a rule that a person set. Copies of one ad make one case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.audit.record import SYSTEM, Who, record
from api.cases.deadlines import LIMITS
from api.cases.numbers import next_number
from api.cases.status import OPEN
from api.cases.workflow import add_event, today
from api.errors import ApiError
from api.store.ads import Employer, StoredAd, StoredFinding
from api.store.cases import Case, CaseFinding, CaseStatus, OpeningRule
from scanner.findings import CATEGORY_NAMES, Category

REPEAT = "复发"
"""Label of a case about an ad whose earlier case was closed."""
MAX_TITLE = 300
CHUNK = 500
"""Keys in one IN list."""


def open_case(
    session: Session,
    who: Who,
    finding_ids: Sequence[str],
    *,
    title: str = "",
    rule: OpeningRule | None = None,
) -> Case:
    """The case of these findings (at least one, of one ad or its copies).

    Where the group of near-duplicates has an open case, the findings join it. Raises ApiError E667 for
    findings of ads that are no copies of each other.
    """
    findings = _found(session, finding_ids)
    if len(_by_group(session, findings)) != 1:
        raise ApiError("E667")
    ad = session.get_one(StoredAd, findings[0].ad_id)
    case = _open_case_of(session, ad.group_id)
    if case is None:
        case = _new(session, who, ad, findings, title, rule)
    add_findings(session, who, case, findings)
    return case


def add_findings(session: Session, who: Who, case: Case, findings: Sequence[StoredFinding]) -> list[str]:
    """Put findings into a case; gives the ids of those that were not in it."""
    there = set(session.scalars(select(CaseFinding.finding_id).where(CaseFinding.case_id == case.id)))
    added = [finding.id for finding in findings if finding.id not in there]
    if added:
        session.add_all(CaseFinding(case_id=case.id, finding_id=finding_id) for finding_id in added)
        add_event(session, who, case, "findings", details={"added": added})
        session.expire(case, ["findings"])
        record(session, who, "case.findings", "case", case.id, after={"added": added})
    return added


def open_by_rules(session: Session, finding_ids: Sequence[str]) -> list[Case]:
    """Open or extend the cases that the active rules demand for these new findings; each case once."""
    if not finding_ids:
        return []
    active = select(OpeningRule).where(OpeningRule.active).order_by(OpeningRule.created_at)
    rules = session.scalars(active).all()
    if not rules:
        return []
    cases: dict[str, Case] = {}
    for finding_group in _by_group(session, _found(session, finding_ids)):
        for rule in rules:
            matching = [finding for finding in finding_group if matches(rule, finding)]
            if matching and _enough(session, rule, matching[0]):
                case = open_case(session, SYSTEM, [finding.id for finding in matching], rule=rule)
                cases[case.id] = case
    return list(cases.values())


def matches(rule: OpeningRule, finding: StoredFinding) -> bool:
    """Whether the rule is about findings like this; an empty list of the rule means any."""
    return all(not values or getattr(finding, column.key) in values for column, values in _wanted(rule))


def _wanted(rule: OpeningRule) -> tuple[tuple[InstrumentedAttribute[str], list[str]], ...]:
    """The columns of a finding that a rule looks at, with the values it asks for."""
    return (
        (StoredFinding.category, rule.categories),
        (StoredFinding.disposition, rule.dispositions),
        (StoredFinding.severity, rule.severities),
    )


def _enough(session: Session, rule: OpeningRule, finding: StoredFinding) -> bool:
    """Whether so many ads of the employer match as the rule asks for."""
    if rule.min_ads <= 1:
        return True
    employer = select(StoredAd.employer_id).where(StoredAd.id == finding.ad_id).scalar_subquery()
    query = (
        select(func.count(StoredFinding.ad_id.distinct()))
        .join(StoredAd)
        .where(StoredAd.employer_id == employer)
    )
    for column, values in _wanted(rule):
        if values:
            query = query.where(column.in_(values))
    return (session.scalar(query) or 0) >= rule.min_ads


def _found(session: Session, finding_ids: Sequence[str]) -> list[StoredFinding]:
    found: list[StoredFinding] = []
    for at in range(0, len(finding_ids), CHUNK):
        query = select(StoredFinding).where(StoredFinding.id.in_(finding_ids[at : at + CHUNK]))
        found += session.scalars(query)
    order = {finding_id: at for at, finding_id in enumerate(finding_ids)}
    return sorted(found, key=lambda finding: order[finding.id])


def _by_group(session: Session, findings: Sequence[StoredFinding]) -> list[list[StoredFinding]]:
    """The findings of one group of near-duplicates together, in the order in which they came."""
    ads = sorted({finding.ad_id for finding in findings})
    group_of: dict[str, str] = {}
    for at in range(0, len(ads), CHUNK):
        query = select(StoredAd.id, StoredAd.group_id).where(StoredAd.id.in_(ads[at : at + CHUNK]))
        group_of |= dict(session.execute(query).all())
    groups: dict[str, list[StoredFinding]] = defaultdict(list)
    for finding in findings:
        groups[group_of[finding.ad_id]].append(finding)
    return list(groups.values())


def _open_case_of(session: Session, group_id: str) -> Case | None:
    query = select(Case).where(Case.group_id == group_id, Case.status.in_(OPEN)).order_by(Case.number)
    return session.scalars(query.limit(1)).one_or_none()


def _new(
    session: Session,
    who: Who,
    ad: StoredAd,
    findings: Sequence[StoredFinding],
    title: str,
    rule: OpeningRule | None,
) -> Case:
    repeat = session.scalar(select(Case.id).where(Case.group_id == ad.group_id).limit(1))
    case = Case(
        number=next_number(session),
        title=(title or _title(session, ad, findings[0]))[:MAX_TITLE],
        status=CaseStatus.TO_VERIFY,
        employer_id=ad.employer_id,
        group_id=ad.group_id,
        opened_by=who.user_id or None,
        opening_rule_id=rule.id if rule else None,
        deadline=LIMITS[CaseStatus.TO_VERIFY].end(today()),
        labels=[REPEAT] if repeat else [],
    )
    session.add(case)
    session.flush()
    details = {"number": case.number, "opening_rule_id": case.opening_rule_id}
    add_event(session, who, case, "opened", details=details)
    record(session, who, "case.open", "case", case.id, after=details)
    return case


def _title(session: Session, ad: StoredAd, finding: StoredFinding) -> str:
    employer = session.get(Employer, ad.employer_id) if ad.employer_id else None
    return f"{employer.name if employer else '用人单位不详'}：{CATEGORY_NAMES[Category(finding.category)]}"
