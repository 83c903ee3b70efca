"""How long each step of a case may take, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from api.cases.working_days import after_working_days
from api.store.cases import CaseStatus


class Unit(StrEnum):
    """What a limit counts."""

    WORKING_DAYS = "working_days"
    NONE = "none"
    SET_BY_PERSON = "set_by_person"


UNIT_NAMES: dict[Unit, str] = {
    Unit.WORKING_DAYS: "工作日",
    Unit.NONE: "无期限",
    Unit.SET_BY_PERSON: "由承办人确定",
}


NEAR_DAYS = 5
"""A deadline is near from so many days before it, today included."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a case may stay in a status, and why."""

    unit: Unit
    days: int = 0
    basis: str = ""

    def end(self, start: date) -> date | None:
        """The last day, counted from the day after `start`; None where no number of days is given."""
        if self.unit is not Unit.WORKING_DAYS:
            return None
        return after_working_days(start, self.days)


LIMITS: dict[CaseStatus, Limit] = {
    CaseStatus.TO_VERIFY: Limit(
        Unit.WORKING_DAYS, 5, "参照投诉受理的五个工作日（劳社部令第25号第十八条）；线索应及时立案"
    ),
    CaseStatus.UNFOUNDED: Limit(Unit.NONE),
    CaseStatus.EXCEPTION: Limit(Unit.NONE),
    CaseStatus.VERIFIED: Limit(
        Unit.WORKING_DAYS,
        60,
        "自立案之日起六十个工作日，经批准可延长三十个工作日（劳动保障监察条例第十七条）",
    ),
    CaseStatus.INTERVIEW: Limit(Unit.SET_BY_PERSON, basis="约谈后限期纠正（妇女权益保障法第七十四条）"),
    CaseStatus.RECTIFICATION_ORDER: Limit(Unit.SET_BY_PERSON, basis="责令限期改正（行政处罚法第二十八条）"),
    CaseStatus.TRANSFERRED: Limit(Unit.NONE, basis="及时移送（劳动保障监察条例第十八条）"),
    CaseStatus.RECTIFIED: Limit(Unit.NONE),
    CaseStatus.REFUSED: Limit(Unit.NONE, basis="依法处罚（劳动保障监察条例第三十条）"),
    CaseStatus.CLOSED: Limit(Unit.NONE),
}
