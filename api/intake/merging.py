"""One employer under two names: what looks like it, and the merge that a person decides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from api.store.ads import Employer, StoredAd
from api.store.cases import Case
from api.store.complaints import Complaint

_LEGAL_FORM = re.compile(
    r"(?:集团)?(?:股份)?(?:有限)?公司.*$|集团$|\([^()]*\)|(?:第?[一二三四五六七八九十\d]*分(?:店|部|行|厂))$"
)
_ALIKE = 85.0
_START = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An employer that may be the same; `score` is 0 to 100."""

    employer: Employer
    score: float


def core_name(normalised: str) -> str:
    """What is left of a normalised name without legal form, brackets and branch: `鸿运(北京)有限公司` → `鸿运`."""
    return _LEGAL_FORM.sub("", normalised) or normalised


def suggestions(session: Session, employer: Employer, *, limit: int = 10) -> list[Suggestion]:
    """Employers that may be `employer` under another name, the likeliest first.

    Names that share no two characters at the start of their cores are not looked at.
    """
    core = core_name(employer.normalised)
    others = session.scalars(
        select(Employer).where(
            Employer.id != employer.id,
            Employer.merged_into_id.is_(None),
            Employer.normalised.contains(core[:_START], autoescape=True),
        )
    ).all()
    cores = {at: core_name(other.normalised) for at, other in enumerate(others)}
    found = process.extract(core, cores, scorer=fuzz.ratio, limit=limit, score_cutoff=_ALIKE)
    return [Suggestion(others[at], round(score, 1)) for _, score, at in found]


def merge(session: Session, source: Employer, target: Employer) -> None:
    """Say that `source` is `target`: its ads, cases and reports go over, and ads to come under its name do too.

    A target that was itself merged stands for the one it was merged into. Raises ValueError where that is
    `source`.
    """
    into = session.get_one(Employer, target.merged_into_id) if target.merged_into_id else target
    if into.id == source.id:
        raise ValueError("an employer cannot be merged into itself")
    for model in (StoredAd, Case, Complaint):
        session.execute(update(model).where(model.employer_id == source.id).values(employer_id=into.id))
    session.execute(
        update(Employer)
        .where(or_(Employer.id == source.id, Employer.merged_into_id == source.id))
        .values(merged_into_id=into.id)
    )
