"""The scanner in force, as other processes and later versions of the program see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.lexicon.scanners import Scanners, fitting
from api.store.engine import Store
from api.store.rules import RuleDraft
from scanner import Ad, Scanner
from tests.api.lexicon.conftest import NEW, TEXT, Propose

Activate = Callable[[dict[str, Any]], dict[str, Any]]


def draft(kind: str = "rule", **changes: Any) -> RuleDraft:
    content = NEW | changes
    return RuleDraft(rule_id=content["id"], kind=kind, content=content)


def test_scanners_of_another_process_follow(
    propose: Propose, activate: Activate, supervisor: TestClient, scanner: Scanner, store: Store
) -> None:
    """As the worker, which looks before each batch, and a server that starts later see it."""
    elsewhere = Scanners(store, scanner)
    assert elsewhere.renewed().scanner is scanner
    proposed = propose()
    version = activate(proposed)
    held = elsewhere.renewed()
    assert (held.number, held.scanner.versions.lexicon) == (1, version["name"])
    assert held.scanner.scan(Ad(TEXT)).findings
    assert elsewhere.current() is held
    supervisor.post(f"/v1/rule-drafts/{proposed['id']}/withdraw", json={"reason": "误报太多"})
    assert elsewhere.renewed().scanner is scanner


def test_scanners_notice_a_new_version_without_being_told(
    propose: Propose, activate: Activate, scanner: Scanner, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.lexicon.scanners.LOOK_SECONDS", 0)
    elsewhere = Scanners(store, scanner)
    assert elsewhere.current().number == 0
    activate(propose())
    assert elsewhere.current().number == 1


def test_scanners_a_scan_under_way_keeps_its_lexicon(
    propose: Propose, activate: Activate, scanner: Scanner, store: Store
) -> None:
    scanners = Scanners(store, scanner)
    proposed = propose()

    def ads() -> Iterator[Ad]:
        yield Ad(TEXT)
        thread = Thread(target=lambda: (activate(proposed), scanners.renewed()))
        thread.start()
        thread.join()
        yield Ad(TEXT)

    reports = list(scanners.current().scanner.scan_many(ads()))
    assert len({report.versions.lexicon for report in reports}) == 1
    assert scanners.current().number == 1


@pytest.mark.parametrize(
    ("unfit", "problem"),
    [
        (draft(patterns=["{gone_set}男"]), "没有名为 gone_set"),
        (draft(law=["XX1"]), "没有条款 XX1"),
        (draft(colour="red"), "不符合现在的规则格式"),
    ],
)
def test_scanners_leave_out_what_no_longer_fits_and_say_so(
    unfit: RuleDraft, problem: str, scanner: Scanner
) -> None:
    entries, left_out = fitting(scanner.lexicon, [unfit, draft(id="local-fits")])
    assert [entry.id for entry in entries] == ["local-fits"]
    assert problem in left_out["local-lads"]


def test_scanners_service_starts_with_an_unfit_change_and_the_page_tells(
    client: TestClient, propose: Propose, activate: Activate, scanner: Scanner, store: Store
) -> None:
    proposed = propose()
    activate(proposed)
    with store.session() as session:
        kept = session.get_one(RuleDraft, proposed["id"])
        kept.content = kept.content | {"law": ["XX1"]}
    held = Scanners(store, scanner).renewed()
    assert (held.number, held.scanner is scanner, set(held.left_out)) == (1, True, {"local-lads"})
