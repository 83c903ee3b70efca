"""An evidence pack names every member that is not as it was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.errors import PingzhaoError
from scanner.report.evidence import MANIFEST, Member, pack, sealed
from scanner.report.verification import Problem, Tampering, verify

CONTENT = {
    "case.json": b'{"number":"2026-000001"}',
    "ads/a-v1.json": "招保安，限男性。".encode(),
    "originals/0f": bytes(range(256)),
    "empty.txt": b"",
}
Edit = Callable[[dict[str, bytes]], object]
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(content: dict[str, bytes] = CONTENT) -> bytes:
    out = BytesIO()
    pack("2026-000001", [Member(name, data) for name, data in content.items()], out)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(members: list[tuple[str, bytes]], method: int = ZIP_STORED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def checked(folder: Path, data: bytes) -> tuple[Problem, ...]:
    path = folder / "pack.zip"
    path.write_bytes(data)
    return verify(path).problems


def test_evidence_untouched_pack_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    with path.open("wb") as out:
        digest = pack("2026-000001", [Member(name, data) for name, data in CONTENT.items()], out)
    verdict = verify(path)
    assert verdict.problems == ()
    assert (verdict.case, verdict.digest, verdict.members) == ("2026-000001", digest, len(CONTENT))


def test_evidence_same_content_makes_the_same_file(tmp_path: Path) -> None:
    big = tmp_path / "big"
    big.write_bytes(b"x" * 3_000_000)
    turned = dict(reversed(CONTENT.items()))
    assert made() == made(turned)
    from_file, from_bytes = BytesIO(), BytesIO()
    assert pack("c", [Member("b", big)], from_file) == pack("c", [Member("b", big.read_bytes())], from_bytes)
    assert unpacked(from_file.getvalue()) == unpacked(from_bytes.getvalue())


@pytest.mark.parametrize("names", [["a", "a"], [MANIFEST]])
def test_evidence_two_members_of_one_name_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match="one name"):
        pack("c", [Member(name, b"") for name in names], BytesIO())


@SLOW
@given(data=st.data())
def test_evidence_any_changed_byte_in_any_member_is_named(data: st.DataObject, tmp_path: Path) -> None:
    members = unpacked(made())
    name = data.draw(st.sampled_from([name for name in members if members[name]]))
    at = data.draw(st.integers(0, len(members[name]) - 1))
    changed = bytearray(members[name])
    changed[at] ^= data.draw(st.integers(1, 255))
    members[name] = bytes(changed)
    assert checked(tmp_path, repacked(list(members.items()))) == (Problem(name, Tampering.CHANGED),)


@SLOW
@given(data=st.data())
def test_evidence_any_flipped_byte_of_the_file_is_found_or_changes_no_content(
    data: st.DataObject, tmp_path: Path
) -> None:
    whole = made()
    raw = bytearray(whole)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    found: tuple[Problem, ...] | str
    try:
        found = checked(tmp_path, bytes(raw))
    except PingzhaoError as error:
        found = error.code
    assert found or unpacked(bytes(raw)) == unpacked(whole)


@SLOW
@given(cut=st.integers(1, len(made())))
def test_evidence_truncated_pack_is_e203(cut: int, tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError) as caught:
        checked(tmp_path, made()[:-cut])
    assert caught.value.code == "E203"


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (lambda m: m.pop("case.json"), Problem("case.json", Tampering.MISSING)),
        (lambda m: m.update({"extra.txt": b"x"}), Problem("extra.txt", Tampering.ADDED)),
        (lambda m: m.update({"empty.txt": b"x"}), Problem("empty.txt", Tampering.CHANGED)),
        (lambda m: m.update({MANIFEST: b"[]"}), Problem(MANIFEST, Tampering.CHANGED)),
        (lambda m: m.update({MANIFEST: b"\xff"}), Problem(MANIFEST, Tampering.CHANGED)),
        (lambda m: m.update({MANIFEST: b"[" * 100_000}), Problem(MANIFEST, Tampering.CHANGED)),
        (lambda m: m.update({MANIFEST: m[MANIFEST] + b" "}), Problem(MANIFEST, Tampering.CHANGED)),
    ],
)
def test_evidence_tampering_is_told_by_name(edit: Edit, problem: Problem, tmp_path: Path) -> None:
    members = unpacked(made())
    edit(members)
    assert checked(tmp_path, repacked(list(members.items()))) == (problem,)


def test_evidence_renamed_member_is_missing_and_added(tmp_path: Path) -> None:
    members = unpacked(made())
    members["other.json"] = members.pop("case.json")
    assert set(checked(tmp_path, repacked(list(members.items())))) == {
        Problem("case.json", Tampering.MISSING),
        Problem("other.json", Tampering.ADDED),
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_evidence_two_members_under_one_name_are_told(tmp_path: Path) -> None:
    """Readers differ in which of the two they show."""
    members = [*unpacked(made()).items(), ("case.json", CONTENT["case.json"])]
    assert Problem("case.json", Tampering.DOUBLED) in checked(tmp_path, repacked(members))


def test_evidence_compressed_again_by_another_program_is_still_whole(tmp_path: Path) -> None:
    assert checked(tmp_path, repacked(list(unpacked(made()).items()), ZIP_DEFLATED)) == ()


def test_evidence_bomb_is_not_unpacked(tmp_path: Path) -> None:
    members = unpacked(made()) | {"case.json": bytes(200_000_000)}
    bomb = repacked(list(members.items()), ZIP_DEFLATED)
    assert checked(tmp_path, bomb) == (Problem("case.json", Tampering.CHANGED),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E203"),
        ("招保安，限男性。".encode(), "E203"),
        (repacked([]), "E204"),
        (repacked([("xl/workbook.xml", b"<x/>")]), "E204"),
        (
            repacked(
                [
                    (
                        MANIFEST,
                        sealed({"format": "pingzhao-evidence", "version": 2, "case": "c", "members": []}),
                    )
                ]
            ),
            "E205",
        ),
    ],
)
def test_evidence_wrong_file_is_told(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError) as caught:
        checked(tmp_path, data)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["no-such.zip", "."])
def test_evidence_file_that_cannot_be_opened_is_e110(name: str, tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError) as caught:
        verify(tmp_path / name)
    assert caught.value.code == "E110"


def test_evidence_manifest_says_what_a_reader_needs() -> None:
    manifest = json.loads(unpacked(made())[MANIFEST])
    assert [entry["name"] for entry in manifest["members"]] == sorted(CONTENT)
    assert {entry["name"]: entry["size"] for entry in manifest["members"]} == {
        name: len(data) for name, data in CONTENT.items()
    }


def test_evidence_changed_member_breaks_zips_own_check_too() -> None:
    raw = made().replace("限男性".encode(), "限女性".encode())
    with pytest.raises(BadZipFile):
        unpacked(raw)
