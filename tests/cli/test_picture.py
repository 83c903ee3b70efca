"""`pingzhao picture`: findings on the screen, drawn pictures and JSON lines in a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.cli.conftest import read_lines
from tests.picture.rendered import Sheet, font, fonts

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke

needs_font = pytest.mark.skipif(not fonts(), reason="no Chinese font: apt-get install fonts-noto-cjk")


def poster(path: Path, text: str) -> Path:
    sheet = Sheet("poster", (420, 120), "white", "black")
    sheet.write((40, 40), text, font(fonts()[0], 30))
    sheet.made.image.save(path)
    return path


@needs_font
def test_picture_wrong_file_costs_itself_only(invoke: Invoke, tmp_path: Path) -> None:
    good = poster(tmp_path / "海报.png", "招收银员，限女性")
    bad = tmp_path / "坏.jpg"
    bad.write_bytes(b"\xff\xd8\xff\xe0")
    result = invoke("picture", bad, good, "--output", "结果", "--no-model")
    assert result.exit_code == 1
    assert "限女性" in result.stdout
    assert f"[E115] {bad}" in result.stderr
    failed, found = read_lines(tmp_path / "结果" / "图片.jsonl")
    assert failed["error"]["code"] == "E115"
    assert found["findings"][0]["category"] == "gender_restriction"
    assert len(found["findings"][0]["boxes"]) == 1
    assert found["picture"]["size"] == [420, 120]
    assert found["text"] == "招收银员，限女性"
    with Image.open(tmp_path / "结果" / "002-海报.png") as drawn:
        assert drawn.size == (420, 120)
    assert len(list((tmp_path / "结果").iterdir())) == 2


@needs_font
@pytest.mark.parametrize(("bad", "status"), [(False, 0), (True, 3)])
def test_picture_lawful_words_are_0_and_a_failure_beside_them_3(
    bad: bool, status: int, invoke: Invoke, tmp_path: Path
) -> None:
    files = [poster(tmp_path / "海报.png", "招收银员，男女不限")]
    files += [tmp_path / "没有.png"] * bad
    assert invoke("picture", *files, "--no-model").exit_code == status


def test_picture_nothing_readable_is_2(invoke: Invoke) -> None:
    result = invoke("picture", "没有.png", "--no-model")
    assert result.exit_code == 2
    assert "[E110]" in result.stderr


def test_picture_without_the_extra_is_2(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    monkeypatch.setitem(sys.modules, "PIL", None)
    result = invoke("picture", "a.png", "--no-model")
    assert result.exit_code == 2
    assert "[E404]" in result.stderr


@needs_font
def test_picture_unwritable_folder_is_2(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    result = invoke("picture", poster(tmp_path / "a.png", "限女性"), "--output", "文件", "--no-model")
    assert result.exit_code == 2
    assert "[E201]" in result.stderr
