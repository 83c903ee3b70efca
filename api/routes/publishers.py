"""Publishers: the job boards and agencies that put ads before the public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.cases.ranking import RankOrder, counted, has_words, ranked
from api.cases.reach import reach
from api.deps import SessionDep
from api.schemas.employers import (
    KIND_NAMES,
    PublisherChange,
    PublisherDetail,
    PublisherListed,
    PublisherView,
    Reach,
)
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.ads import Publisher, PublisherKind, StoredAd

router = APIRouter(prefix="/v1", tags=["发布者"])
Reader = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_READ))]
Merger = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_MERGE))]
Words = Annotated[str | None, Query(min_length=1, max_length=100, description="名称含有")]
Order = Annotated[RankOrder, Query(description="什么在前")]
Kind = Annotated[PublisherKind | None, Query(description="种类")]


def _view(publisher: Publisher) -> PublisherView:
    kind = PublisherKind(publisher.kind)
    return PublisherView(id=publisher.id, name=publisher.name, kind=kind, kind_name=KIND_NAMES[kind])


@router.get("/publishers", summary="发布者列表")
def list_publishers(
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    kind: Kind = None,
    words: Words = None,
    order: Order = RankOrder.NAME,
) -> Page[PublisherListed]:
    """With how much there is of each."""
    wanted = [Publisher.kind == kind] if kind is not None else []
    wanted += [has_words(Publisher.name, words)] if words is not None else []
    found, total = ranked(session, Publisher, user, wanted, order, paging)
    after = {"kind": kind, "words": words, "order": order, "page": paging.page}
    record(session, user, "publisher.list", "publisher", "", after=after)
    items = [PublisherListed(**_view(row.one).model_dump(), **counted(row)) for row in found]
    return Page(items=items, total=total, page=paging.page, size=paging.size)


@router.get("/publishers/{publisher_id}", summary="查看发布者")
def read_publisher(publisher_id: ObjectId, user: Reader, session: SessionDep) -> PublisherDetail:
    """With its reach."""
    publisher = fetch(session, Publisher, publisher_id, user, kind="发布者")
    record(session, user, "publisher.read", "publisher", publisher.id)
    own = (StoredAd.publisher_id == publisher.id) & visible(StoredAd, user)
    found = Reach(**reach(session, own, StoredAd.employer_id))
    return PublisherDetail(publisher=_view(publisher), reach=found)


@router.patch("/publishers/{publisher_id}", summary="更正发布者的种类")
def change_publisher(
    publisher_id: ObjectId, body: PublisherChange, user: Merger, session: SessionDep
) -> PublisherView:
    """The kind was guessed from the name; a person knows better."""
    publisher = fetch(session, Publisher, publisher_id, user, kind="发布者")
    before = {"kind": publisher.kind}
    publisher.kind = body.kind
    after = {"kind": body.kind.value, "reason": body.reason}
    record(session, user, "publisher.change", "publisher", publisher.id, before=before, after=after)
    return _view(publisher)
