"""What may be attached to a case, and under which name it comes back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cases.attachments import MAX_NAME, safe_name
from api.errors import ApiError
from api.store.blobs import Blobs


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("询问笔录.pdf", "询问笔录.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\案件\照片.jpg", "照片.jpg"),
        ('a<b>"c|d?.png', "a_b__c_d_.png"),
        ("一\r\nSet-Cookie: x.txt", "一 Set-Cookie_ x.txt"),
        ("", "附件"),
        (" . ", "附件"),
        ("..", "附件"),
    ],
)
def test_attachments_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(name=st.text(max_size=400))
def test_attachments_any_name_is_one_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_NAME
    assert not set(safe) & set('\\/:*?"<>|\r\n\x00')
    assert safe.strip(" .") == safe or len(name) > MAX_NAME


def test_blobs_keep_each_content_once_and_nothing_half(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    first, again = blobs.put(BytesIO(b"abc"), 3), blobs.put(BytesIO(b"abc"), 3)
    assert first == again
    place = blobs.path(first.sha256)
    assert place is not None
    assert place.read_bytes() == b"abc"
    with pytest.raises(ApiError) as caught:
        blobs.put(BytesIO(b"abcd"), 3)
    assert caught.value.code == "E602"
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == [place]
    blobs.delete(first.sha256)
    blobs.delete(first.sha256)
    assert blobs.path(first.sha256) is None


def test_blobs_know_nothing_of_an_empty_name(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert blobs.path("") is None
    assert blobs.path("0" * 64) is None
