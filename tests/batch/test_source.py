"""What the user names: a file or a folder; order, ids, notes, and one bad file costs itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.batch.source import READERS, open_source
from scanner.errors import ERRORS, PingzhaoError

if TYPE_CHECKING:
    from tests.batch.conftest import Read

AD = "招司机，限男性\n"


def _folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def test_source_folder_is_read_in_path_order_with_ids_of_their_own(read: Read, tmp_path: Path) -> None:
    _folder(
        tmp_path / "board",
        {
            "b.txt": AD.encode(),
            "a.jsonl": b'{"text": "1"}\n{"text": "2"}\n',
            "c/b.csv": "岗位要求,公司\n限女性,甲\n".encode("gb18030"),
            "c/a.txt": AD.encode(),
            "c.txt": AD.encode(),
        },
    )
    outcome = read("board")
    names = ["a.jsonl:1", "a.jsonl:2", "b.txt:1", "c/a.txt:1", "c/b.csv:2", "c.txt:1"]
    assert [ad.id for ad in outcome.ads] == names
    assert [f"{ad.source}:{ad.row}" for ad in outcome.ads] == names
    assert "c/b.csv：编码 GB18030" in outcome.notes


def test_source_folder_notes_what_it_leaves_out(read: Read, tmp_path: Path) -> None:
    files = {"a.txt": AD.encode(), "b.pdf": b"x", "sub/c.docx": b"x", ".hidden/d.txt": AD.encode()}
    _folder(tmp_path / "board", files | {"~$e.xlsx": b"lock", ".f.txt": AD.encode(), "A.TXT": AD.encode()})
    outcome = read("board")
    assert [ad.source for ad in outcome.ads] == ["A.TXT", "a.txt"]
    assert outcome.notes[0] == "未读取（类型不支持）：b.pdf、sub/c.docx"


def test_source_folder_bad_file_costs_itself(read: Read, tmp_path: Path) -> None:
    files = {
        "a.txt": AD.encode(),
        "b.csv": "甲列,乙列\n1,2\n".encode(),
        "c.xlsx": b"junk",
        "d.json": b"{",
        "e.txt": b"",
        "f.txt": b"\xff\xff",
        "g.jsonl": b'{"text": "x"}\nbroken\n',
        "h.txt": AD.encode(),
    }
    _folder(tmp_path / "board", files)
    outcome = read("board")
    assert [ad.source for ad in outcome.ads] == ["a.txt", "g.jsonl", "h.txt"]
    assert outcome.errors == [
        ("E106", None),
        ("E108", None),
        ("E113", None),
        ("E102", None),
        ("E101", None),
        ("E103", 2),
    ]
    failed = [item for item in outcome.items if item not in outcome.ads]
    assert [item.source for item in failed] == ["b.csv", "c.xlsx", "d.json", "e.txt", "f.txt", "g.jsonl"]
    assert len({item.id for item in outcome.items}) == len(outcome.items)


def test_source_single_file_says_where_an_ad_stands(read: Read) -> None:
    ad = read("sub/ad.txt", AD).ads[0]
    assert (ad.id, ad.source) == ("1", "ad.txt")


@pytest.mark.parametrize(
    ("name", "code"),
    [("none.csv", "E110"), ("ad.docx", "E107"), ("noext", "E107"), ("empty.csv", "E102"), ("folder", "E102")],
)
def test_source_refuses_at_once(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    for there in ("ad.docx", "noext"):
        (tmp_path / there).write_bytes(b"x")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(PingzhaoError) as refused:
        open_source(tmp_path / name)
    assert refused.value.code == code
    assert name in refused.value.message


def test_source_message_lists_every_type_that_is_read() -> None:
    assert [
        kind for kind in READERS if kind[1:].removesuffix("m") not in ERRORS["E107"] and kind != ".ndjson"
    ] == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_source_unreadable_file_is_e110(tmp_path: Path) -> None:
    path = tmp_path / "ad.txt"
    path.write_text(AD, "utf-8")
    path.chmod(0)
    with pytest.raises(PingzhaoError, match="E110"):
        list(open_source(path))


def test_source_file_gone_meanwhile_costs_itself(tmp_path: Path) -> None:
    _folder(tmp_path, {"a.txt": AD.encode(), "b.txt": AD.encode()})
    source = open_source(tmp_path)
    (tmp_path / "a.txt").unlink()
    gone, ad = source
    assert (gone.code, gone.source) == ("E110", "a.txt")
    assert ad.source == "b.txt"


def test_source_position_runs_up_to_size(tmp_path: Path) -> None:
    line = b'{"text": "x"}\n'
    _folder(tmp_path, {"a.jsonl": line * 20_000, "b.jsonl": line})
    source = open_source(tmp_path)
    assert (source.size, source.position) == (20_001 * len(line), 0)
    seen = [source.position for _ in source]
    assert seen == sorted(seen)
    assert 0 < seen[10_000] < source.size
    assert source.position == source.size


def test_source_takes_type_and_name_from_the_name_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / ("ab" * 32)
    path.write_text("职位描述\n招人\n", "utf-8")
    source = open_source(path, name="导出.CSV")
    assert [(row.source, row.row) for row in source] == [("导出.CSV", 2)]
    assert source.notes[0].startswith("导出.CSV：")
    with pytest.raises(PingzhaoError, match="E107"):
        open_source(path, name="导出.pdf")
