from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from api.intake.employers import LONGEST, employer_ids, normalise_employer
from api.intake.merging import core_name, merge, suggestions
from api.intake.publishers import kind_of, publisher_ids
from api.store.ads import Employer, Publisher, PublisherKind
from api.store.engine import Store


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("鸿运餐饮有限责任公司", "鸿运餐饮有限公司"),
        ("鸿运（北京）餐饮有限公司", "鸿运(北京)餐饮有限公司"),
        ("鸿运【北京】餐饮有限公司", "鸿运(北京)餐饮有限公司"),
        (" 鸿运 餐饮　有限公司\n", "鸿运餐饮有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("鸿运股份公司", "鸿运股份有限公司"),
        ("鸿运股份有限公司", "鸿运股份有限公司"),
        ("鸿运餐饮有限公司朝阳分公司", "鸿运餐饮有限公司朝阳分公司"),
        ("鸿运·餐饮", "鸿运餐饮"),
        ("", ""),
        ("　 ", ""),
    ],
)
def test_employer_name_is_normalised(written: str, normal: str) -> None:
    assert normalise_employer(written) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鸿运餐饮有限公司", "鸿运餐饮股份有限公司"),
        ("鸿运餐饮有限公司", "鸿运餐饮有限公司朝阳分公司"),
        ("鸿运餐饮有限公司", "鸿运餐饮"),
    ],
)
def test_employers_that_may_be_other_legal_persons_stay_apart(one: str, other: str) -> None:
    assert normalise_employer(one) != normalise_employer(other)


@given(st.text(max_size=400))
def test_normalising_an_employer_twice_changes_nothing(name: str) -> None:
    once = normalise_employer(name)
    assert normalise_employer(once) == once
    assert len(once) <= LONGEST


def test_employer_ids_adds_each_once_whatever_it_is_called(store: Store) -> None:
    with store.session() as session:
        first = employer_ids(session, ["鸿运有限责任公司", "鸿运有限公司", "", "万福公司"])
    with store.session() as session:
        again = employer_ids(session, ["鸿运（有限公司）", "鸿运有限公司"])
        count = session.scalar(select(func.count()).select_from(Employer))
    assert set(first) == {"鸿运有限公司", "万福公司"}
    assert again["鸿运有限公司"] == first["鸿运有限公司"]
    assert count == 3


def test_employer_ids_follows_a_merge(store: Store) -> None:
    with store.session() as session:
        ids = employer_ids(session, ["甲公司", "乙公司", "丙公司"])
        of = {name: session.get_one(Employer, key) for name, key in ids.items()}
        merge(session, of["甲公司"], of["乙公司"])
        merge(session, of["乙公司"], of["丙公司"])
    with store.session() as session:
        assert set(employer_ids(session, ids).values()) == {ids["丙公司"]}


def test_merging_into_a_merged_employer_goes_where_that_went(store: Store) -> None:
    with store.session() as session:
        ids = employer_ids(session, ["甲公司", "乙公司", "丙公司"])
        of = {name: session.get_one(Employer, key) for name, key in ids.items()}
        merge(session, of["甲公司"], of["乙公司"])
        session.refresh(of["甲公司"])
        merge(session, of["丙公司"], of["甲公司"])
        session.refresh(of["丙公司"])
        assert of["丙公司"].merged_into_id == ids["乙公司"]
        with pytest.raises(ValueError, match="itself"):
            merge(session, of["乙公司"], of["甲公司"])


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("鸿运(北京)餐饮有限公司", "鸿运餐饮"),
        ("鸿运餐饮有限公司朝阳分公司", "鸿运餐饮"),
        ("鸿运餐饮集团股份有限公司", "鸿运餐饮"),
        ("鸿运餐饮第一分店", "鸿运餐饮"),
        ("公司", "公司"),
    ],
)
def test_core_name_leaves_form_place_and_branch_out(name: str, core: str) -> None:
    assert core_name(name) == core


def test_suggestions_name_the_likeliest_first_and_nothing_far_fetched(store: Store) -> None:
    names = [
        "鸿运餐饮管理有限公司",
        "鸿运餐饮管理有限公司朝阳分公司",
        "鸿运餐饮管里有限公司",
        "鸿图地产有限公司",
        "万福超市",
    ]
    with store.session() as session:
        ids = employer_ids(session, names)
        asked = session.get_one(Employer, ids[names[0]])
        found = suggestions(session, asked)
    assert [one.employer.name for one in found] == [names[1]]
    assert found[0].score == 100


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某某招聘网", PublisherKind.PLATFORM),
        ("众诚人力资源有限公司", PublisherKind.AGENCY),
        ("东城区就业服务中心", PublisherKind.AGENCY),
        ("大槐树信息港", PublisherKind.PLATFORM),
    ],
)
def test_publisher_kind_follows_its_name(name: str, kind: PublisherKind) -> None:
    assert kind_of(name) is kind


def test_publisher_ids_adds_each_once(store: Store) -> None:
    with store.session() as session:
        first = publisher_ids(session, ["众诚人力资源有限责任公司"])
    with store.session() as session:
        again = publisher_ids(session, ["众诚人力资源有限公司", ""])
        kinds = list(session.scalars(select(Publisher.kind)))
    assert first == again
    assert kinds == [PublisherKind.AGENCY]
