"""Who is bound, by the names in the employer and publisher columns."""

from __future__ import annotations

import pytest

from scanner import Ad
from scanner.decide.party import PartyBook
from scanner.law import Party

E, A, P, S, B = (
    Party.EMPLOYER,
    Party.AGENCY,
    Party.PLATFORM,
    Party.PUBLIC_SERVICE_AGENCY,
    Party.PUBLIC_BODY,
)
NAMES = [
    ("", "", (E,)),
    ("某某电子厂", "", (E,)),
    ("某某电子厂", "某某电子厂", (E,)),
    ("某某电子厂", "某某劳务派遣公司", (E, A)),
    ("某某电子厂", "某某招聘网", (E, P)),
    ("某某电子厂", "不知名的网站", (E, P)),
    ("某某电子厂", "某县就业创业服务中心", (E, S)),
    ("某某人力资源有限公司", "", (E, A)),
    ("某某人力资源有限公司", "江城人才网", (E, A, P)),
    ("某市人才服务中心", "", (E, S)),
    ("某某人力资源服务中心有限公司", "", (E, A)),
    ("某市人力资源和社会保障局", "", (B,)),
    ("某县人民政府办公室", "某县就业服务局", (B, S)),
    ("国家税务总局某县税务局", "", (B,)),
    ("某某税务师事务所", "", (E,)),
    ("海关路餐饮有限公司", "", (E,)),
    ("某某人才网络科技公司", "", (E, P)),
    ("某某英才学校", "", (E,)),
]


@pytest.mark.parametrize(("employer", "publisher", "expected"), NAMES)
def test_party_is_told_by_the_name(employer: str, publisher: str, expected: tuple[Party, ...]) -> None:
    assert PartyBook.load().of(Ad(text="限男性", employer=employer, publisher=publisher)) == expected
