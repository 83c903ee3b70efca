"""Files appear whole or not at all, whatever the format."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner.errors import PingzhaoError
from scanner.report import FORMATS, format_of, open_writer
from scanner.report.output import refusals, whole_file
from tests.report.conftest import Item, feed, flagged


@pytest.mark.parametrize("format", FORMATS)
def test_report_appears_alone_in_its_folder(format: str, tmp_path: Path) -> None:
    path = feed(tmp_path / f"报告.{format}", [flagged()])
    assert path.stat().st_size
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, MemoryError])
@pytest.mark.parametrize("old", [None, b"old report"])
@pytest.mark.parametrize("format", FORMATS)
def test_report_broken_off_midway_leaves_nothing(
    format: str,
    old: bytes | None,
    stop: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = tmp_path / f"r.{format}"
    if old is not None:
        path.write_bytes(old)
    with pytest.raises(stop):
        feed(path, broken_off(stop))
    assert {file.name for file in tmp_path.iterdir()} == {"scratch"} | ({path.name} if old else set())
    assert list(scratch.iterdir()) == []
    assert old is None or path.read_bytes() == old


@pytest.mark.parametrize("format", FORMATS)
def test_report_takes_the_place_of_an_old_one(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"r.{format}"
    path.write_bytes(b"old report")
    feed(path, [flagged()])
    assert b"old report" not in path.read_bytes()


def broken_off(stop: type[BaseException]) -> Iterator[Item]:
    """Enough for every buffer to overflow once."""
    yield from (flagged() for _ in range(500))
    raise stop


def missing_folder(folder: Path) -> Path:
    return folder / "没有" / "r"


def file_as_folder(folder: Path) -> Path:
    (folder / "文件").touch()
    return folder / "文件" / "r"


def a_folder(folder: Path) -> Path:
    (folder / "r").mkdir()
    return folder / "r"


def long_name(folder: Path) -> Path:
    return folder / ("长" * 300)


UNWRITABLE = [
    (missing_folder, "文件夹不存在"),
    (file_as_folder, "上级路径不是文件夹"),
    (a_folder, "这是一个文件夹"),
    (long_name, "文件名过长"),
]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("place", "why"), UNWRITABLE)
def test_unwritable_place_is_told_before_the_scan(
    place: Callable[[Path], Path], why: str, format: str, tmp_path: Path
) -> None:
    path = place(tmp_path)
    with pytest.raises(PingzhaoError) as caught, open_writer(format, path):
        pytest.fail("opened")
    assert caught.value.code == "E201"
    assert why in caught.value.message
    assert str(path) in caught.value.message
    assert not [file for file in tmp_path.rglob("*") if file.name.startswith(".pingzhao")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PingzhaoError, match=r"E201.*没有写入权限"), open_writer("csv", tmp_path / "r.csv"):
        pytest.fail("opened")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("format", FORMATS)
def test_full_disk_is_told_in_chinese(format: str) -> None:
    with pytest.raises(PingzhaoError, match=r"E201.*磁盘空间不足"):
        feed(Path("/dev/full"), [flagged() for _ in range(300)], format=format)
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="needs /dev/null")
def test_device_is_written_to_and_stays(tmp_path: Path) -> None:
    feed(Path("/dev/null"), [flagged()], format="jsonl")
    assert Path("/dev/null").is_char_device()


def test_link_keeps_pointing_at_the_report(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    feed(tmp_path / "link.csv", [flagged()])
    assert (tmp_path / "link.csv").is_symlink()
    assert "限男性" in (tmp_path / "real.csv").read_text("utf-8")


def test_stream_error_of_another_does_not_blame_the_report(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="input"), whole_file(tmp_path / "r"):
        raise OSError("input")


def test_reader_that_went_away_is_not_told_as_a_bad_path() -> None:
    with pytest.raises(BrokenPipeError), refusals(Path("-")):
        raise BrokenPipeError(errno.EPIPE, "")


def test_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    feed(Path("-"), [flagged()], format="jsonl")
    sys.stdout.flush()
    assert "限男性".encode() in capfdbinary.readouterr().out
    assert not Path("-").exists()


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(PingzhaoError) as caught:
        open_writer("pdf", Path("r.pdf"))
    assert caught.value.code == "E202"
    assert all(format in caught.value.message for format in FORMATS)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.jsonl", "jsonl"),
        ("报告.HTML", "html"),
        ("a.b.xlsx", "xlsx"),
        ("a.sarif", "sarif"),
        ("a.CSV", "csv"),
        ("a.txt", None),
        ("html", None),
        ("a.", None),
        ("-", None),
        (".csv", None),
    ],
)
def test_format_of_suffix(name: str, format: str | None) -> None:
    assert format_of(Path(name)) == format
