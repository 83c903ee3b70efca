"""Ads of some age, in a case or not."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from api.settings import Settings
from api.store.accounts import Role, User
from api.store.ads import AdVersion, Capture, StoredAd
from api.store.base import now
from api.store.blobs import Blobs
from api.store.cases import Case
from api.store.engine import Store
from tests.api.made import a_finding

MakeAd = Callable[..., str]


@pytest.fixture
def blobs(settings: Settings) -> Blobs:
    return Blobs(settings.blobs_dir)


@pytest.fixture
def make_file(blobs: Blobs) -> Callable[[int], str]:
    """A file put so many days ago; returns its name."""

    def make(days: int) -> str:
        name = blobs.put(BytesIO(uuid4().bytes), 100).sha256
        path = blobs.path(name)
        assert path is not None
        put = (now() - timedelta(days=days)).timestamp()
        os.utime(path, (put, put))
        return name

    return make


@pytest.fixture
def make_ad(store: Store) -> MakeAd:
    """An ad last seen so many days ago, with a finding; returns its id."""

    def make(days: int, *, in_case: bool = False, source: str = "") -> str:
        seen = now() - timedelta(days=days)
        key = uuid4().hex
        with store.session() as session:
            ad = StoredAd(key=key, group_id=key, first_seen=seen, last_seen=seen)
            version = AdVersion(
                ad=ad, number=1, text="限男性", fields={}, content_sha256="0" * 64, text_sha256="0" * 64
            )
            session.add(version)
            session.flush()
            session.add(Capture(ad_id=ad.id, version_id=version.id, source_sha256=source))
            finding = a_finding(version)
            session.add(finding)
            if in_case:
                session.add(Case(number=key[:20], title="案件", group_id=key, labels=[], findings=[finding]))
            session.flush()
            return ad.id

    return make


@pytest.fixture
def make_user_id(store: Store) -> Callable[[], str]:
    """The id of a new user."""

    def make() -> str:
        with store.session() as session:
            user = User(name=uuid4().hex, role=Role.INSPECTOR, password_hash="")
            session.add(user)
            session.flush()
            return user.id

    return make
