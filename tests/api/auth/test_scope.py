"""An agency sees its own and nothing else; everyone else sees all."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.errors import ApiError
from api.store.accounts import Organisation, Role, User
from api.store.ads import AdVersion, Capture, Employer, Publisher, StoredAd, StoredFinding
from api.store.base import Base
from api.store.batches import Batch, BatchError
from api.store.cases import Case
from api.store.engine import Store
from tests.api.made import a_finding

SCOPED = [StoredAd, AdVersion, Capture, StoredFinding, Employer, Publisher, Batch, BatchError]


@dataclass
class World:
    """Two agencies with one of each thing, and the office with one of its own."""

    store: Store
    organisations: dict[str, str]
    keys: dict[str, dict[type[Base], object]]

    def user(self, role: Role, organisation: str | None = None) -> Principal:
        own = self.organisations[organisation] if organisation else None
        return Principal("u" * 32, "user", role, own, frozenset(), "")


def things(session, owner: User, organisation: Organisation | None, name: str) -> dict[type[Base], object]:
    own = organisation.id if organisation else None
    batch = Batch(
        organisation_id=own,
        created_by=owner.id,
        file_name="a.csv",
        file_sha256="0" * 64,
        file_bytes=1,
        options={},
        notes=[],
    )
    ad = StoredAd(
        key=name,
        group_id=name,
        organisation_id=own,
        employer=Employer(name=name, normalised=name),
        publisher=Publisher(name=name, normalised=name),
    )
    session.add_all([batch, ad])
    session.flush()
    version = AdVersion(
        ad_id=ad.id, number=1, text="限男性", fields={}, content_sha256="0" * 64, text_sha256="0" * 64
    )
    error = BatchError(batch_id=batch.id, row=1, code="E104", message="缺少正文")
    session.add_all([version, error])
    session.flush()
    capture = Capture(ad_id=ad.id, version_id=version.id, batch_id=batch.id, row=2)
    finding = a_finding(version)
    session.add_all([capture, finding, Case(number=name, title=name, group_id=name, labels=[])])
    session.flush()
    found = [ad, version, capture, finding, ad.employer, ad.publisher, batch, error]
    return {type(thing): thing.id for thing in found}


@pytest.fixture
def world(store: Store, make_user) -> World:
    owner = make_user("owner")
    with store.session() as session:
        own = {name: Organisation(name=name) for name in ("甲", "乙")}
        session.add_all(own.values())
        session.flush()
        keys = {name: things(session, owner, own.get(name), name) for name in ("甲", "乙", "office")}
        return World(store, {name: organisation.id for name, organisation in own.items()}, keys)


@pytest.mark.parametrize("model", SCOPED)
def test_scope_agency_sees_only_its_own(world: World, model: type[Base]) -> None:
    user = world.user(Role.AGENCY, "甲")
    with world.store.reading() as session:
        seen = [row.id for row in session.scalars(select(model).where(visible(model, user)))]
        assert seen == [world.keys["甲"][model]]
        assert fetch(session, model, seen[0], user, kind="广告").id == seen[0]
        for other in ("乙", "office"):
            with pytest.raises(ApiError) as refused:
                fetch(session, model, world.keys[other][model], user, kind="广告")
            assert (refused.value.code, refused.value.status) == ("E610", 404)


@pytest.mark.parametrize("model", SCOPED)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY])
def test_scope_office_sees_all(world: World, model: type[Base], role: Role) -> None:
    with world.store.reading() as session:
        seen = session.scalars(select(model).where(visible(model, world.user(role)))).all()
    assert {row.id for row in seen} == {keys[model] for keys in world.keys.values()}


@pytest.mark.parametrize("model", [*SCOPED, Case, User])
def test_scope_agency_without_organisation_sees_nothing(world: World, model: type[Base]) -> None:
    with world.store.reading() as session:
        assert session.scalars(select(model).where(visible(model, world.user(Role.AGENCY)))).all() == []


def test_scope_agency_sees_no_case_and_no_user(world: World) -> None:
    user = world.user(Role.AGENCY, "甲")
    with world.store.reading() as session:
        for model in (Case, User):
            assert session.scalars(select(model).where(visible(model, user))).all() == []
