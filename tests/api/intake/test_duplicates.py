from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from api.intake.ingest import Ingested
from api.store.ads import StoredAd
from api.store.engine import Store
from scanner import Ad

TakeIn = Callable[..., list[Ingested]]
TEXT = (
    "招聘门店服务员若干名，负责餐厅接待、点餐、传菜和收台，服从店长安排。要求身体健康，普通话流利，"
    "能吃苦耐劳，有餐饮工作经验者优先。上班时间早九点到晚九点，中间休息两小时，月休四天，包吃包住，"
    "月薪三千五至四千五百元，另有全勤奖和工龄奖。有意者请到店面谈，或者拨打店内电话联系。限女性。"
)
AD = Ad(TEXT, title="服务员", employer="鸿运餐饮有限公司")
OTHER = Ad(
    "诚聘货车司机，持B2驾照，熟悉城区道路，按单结算，多劳多得，车辆由公司提供并负责保险和保养费用。" * 2,
    title="司机",
    employer="鸿运餐饮有限公司",
)


@pytest.mark.parametrize(
    ("copy", "together"),
    [
        (replace(AD, text=TEXT.replace("早九点", "早十点")), True),
        (replace(AD, text=TEXT + "急招！"), True),
        (replace(AD, title="餐厅服务员"), True),
        (OTHER, False),
        (replace(AD, employer="万福超市有限公司"), False),
        (replace(AD, employer="鸿运餐饮有限责任公司", url="https://a.example/1"), True),
    ],
)
def test_near_copies_of_one_employer_share_the_first_ones_group(
    store: Store, take_in: TakeIn, copy: Ad, together: bool
) -> None:
    with store.session() as session:
        (first,) = take_in(session, AD)
        (second,) = take_in(session, copy)
        groups = dict(session.execute(select(StoredAd.id, StoredAd.group_id)).all())
    assert groups[first.ad_id] == first.ad_id
    assert groups[second.ad_id] == (first.ad_id if together else second.ad_id)


def test_copies_in_one_go_share_a_group_whether_they_come_together_or_not(
    store: Store, take_in: TakeIn
) -> None:
    copies = [replace(AD, text=f"{TEXT}门店{number}号。") for number in range(40)]
    with store.session() as session:
        stored = take_in(session, *copies[:15], OTHER, *copies[15:30])
        stored += take_in(session, *copies[30:])
        groups = list(session.scalars(select(StoredAd.group_id)))
    assert len(groups) == 41
    assert groups.count(stored[0].ad_id) == 40


def test_a_later_version_stays_in_the_group_of_its_ad(store: Store, take_in: TakeIn) -> None:
    here = replace(AD, url="https://a.example/1")
    with store.session() as session:
        (first,) = take_in(session, here)
        (second,) = take_in(session, replace(OTHER, url=here.url))
        (third,) = take_in(session, OTHER)
        groups = dict(session.execute(select(StoredAd.id, StoredAd.group_id)).all())
    assert first.ad_id == second.ad_id
    assert groups == {first.ad_id: first.ad_id, third.ad_id: third.ad_id}
