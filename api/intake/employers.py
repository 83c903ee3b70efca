"""Employers under the many ways in which their names are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from api.store.ads import Employer
from api.store.base import new_id

LONGEST = 300
"""Characters of a name that are kept."""
_BLANKS = re.compile(r"[\s\u200b·•・]+")
_SHARES = re.compile(r"(?<!有限)股份公司")
_BRACKETS = str.maketrans("[]{}【】〔〕", "()()()()")


def normalise_employer(name: str) -> str:
    """The form under which an employer is kept: `鸿运（北京）有限责任公司 ` → `鸿运(北京)有限公司`.

    Width, case, blanks and brackets are made alike, and names of one legal form (有限责任公司, 有限公司). What
    may be another legal person (分公司, 股份有限公司, a name without 公司) stays apart until a person merges it.
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(_BRACKETS).replace("有限责任公司", "有限公司")
    return _SHARES.sub("股份有限公司", plain)[:LONGEST]


def employer_ids(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Normalised name → id of the employer, or of the one it was merged into; unknown ones are added."""
    written = {normal: name for name in names if (normal := normalise_employer(name))}
    columns = (Employer.normalised, Employer.merged_into_id, Employer.id)
    rows = session.execute(select(*columns).where(Employer.normalised.in_(written)))
    known = {normal: merged or own for normal, merged, own in rows}
    new = [
        {"id": new_id(), "name": written[normal].strip()[:LONGEST], "normalised": normal}
        for normal in sorted(written.keys() - known.keys())
    ]
    if new:
        session.execute(insert(Employer), new)
    return known | {row["normalised"]: row["id"] for row in new}
