"""The seal: what the key opens, what happens without it, how keys change."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.complaints.identity import KEY_FILE, Identity, Vault
from api.errors import ApiError, ServiceError
from api.settings import Settings
from scanner import Scanner
from tests.api.complaints.conftest import TOLD, Send

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
WHO = Identity("王翠缇", "13800138000", "我叫王翠缇", additions=["又及"])


def test_identity_comes_back_and_is_not_to_be_seen() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(WHO)
    assert vault.open(sealed) == WHO
    assert sealed.isascii()
    assert vault.open_bytes(vault.seal_bytes(b"\x00abc")) == b"\x00abc"


def test_identity_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    before, both, after = Vault([OLD]), Vault([NEW, OLD]), Vault([NEW])
    assert both.open(before.seal(WHO)) == WHO
    assert after.open(both.seal(WHO)) == WHO
    assert both.fingerprint("text", "a") == before.fingerprint("text", "a") != before.fingerprint("text", "b")
    with pytest.raises(ApiError, match="E690"):
        after.open(before.seal(WHO))


def test_identity_erased_one_says_so() -> None:
    with pytest.raises(ApiError, match="E691"):
        Vault([OLD]).open("")


@pytest.mark.parametrize("keys", [[], ["abc"], ["密钥"], [OLD, "abc"]])
def test_identity_what_is_no_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(ServiceError, match="E509"):
        Vault(keys)


def started(settings: Settings, scanner: Scanner) -> None:
    with TestClient(create_app(settings, scanner=scanner)):
        pass


def key_file(settings: Settings) -> Path:
    return settings.data_dir / KEY_FILE


def test_identity_key_file_is_made_once_for_its_owner_alone(settings: Settings, scanner: Scanner) -> None:
    started(settings, scanner)
    made = key_file(settings).read_text()
    if os.name == "posix":
        assert stat.S_IMODE(key_file(settings).stat().st_mode) == 0o600
    started(settings, scanner)
    assert key_file(settings).read_text() == made


def test_identity_service_does_not_start_without_the_key_that_sealed(
    send: Send, settings: Settings, scanner: Scanner
) -> None:
    send(name="王翠缇")
    key = key_file(settings).read_text()
    for wrong in (None, NEW, "abc"):
        key_file(settings).unlink(missing_ok=True)
        if wrong:
            key_file(settings).write_text(wrong)
        with pytest.raises(ServiceError, match=r"E509.*identity_key"):
            started(settings, scanner)
    given = settings.model_copy(update={"identity_key": SecretStr(f"{NEW}, {key}")})
    started(given, scanner)
    assert NEW not in repr(given)


def test_identity_is_shown_to_the_desk_with_a_reason_and_every_look_is_kept(
    send: Send, desk: TestClient, inspector: TestClient, client: TestClient
) -> None:
    made = send(name="王翠缇", contact="13800138000", text="我叫王翠缇，公司说只要男的。")
    path = f"/v1/complaints/{made['id']}/identity"
    seen = desk.post(path, json={"reason": "电话核实情况"}).json()
    assert (seen["name"], seen["contact"], seen["text"]) == (
        "王翠缇",
        "13800138000",
        "我叫王翠缇，公司说只要男的。",
    )
    assert desk.post(path, json={"reason": ""}).json()["code"] == "E601"
    assert inspector.post(path, json={"reason": "想看"}).json()["code"] == "E623"
    events = desk.get(f"/v1/complaints/{made['id']}").json()["events"]
    assert [(e["kind"], e["reason"], e["by"]) for e in events[1:]] == [
        ("identity_viewed", "电话核实情况", "desk")
    ]
    (entry,) = client.get("/v1/audit", params={"action": "complaint.identity"}).json()["items"]
    assert (entry["actor_name"], entry["object_id"], entry["after"]) == (
        "desk",
        made["id"],
        {"reason": "电话核实情况"},
    )
    assert TOLD["employer"] in desk.get(f"/v1/complaints/{made['id']}").json()["complaint"]["employer"]
