"""What is taken for a picture, and what is refused with which code."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from scanner.errors import PingzhaoError
from scanner.picture import read_picture
from scanner.picture.opening import opened
from scanner.picture.recogniser import Recogniser


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def header_of(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that claims to be `width` by `height`."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(100))),
        (b"IEND", b""),
    ]
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


PICTURE = Image.effect_noise((64, 48), 60)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_opening_takes_every_format_named_in_the_message(kind: str) -> None:
    image = opened(saved(PICTURE.convert("RGB"), kind), "图片")
    assert (image.mode, image.size) == ("RGB", (64, 48))
    assert kind.replace("WEBP", "WebP") in PingzhaoError("E115", path="").message


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_opening_takes_every_kind_of_pixel(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (64, 48)) if mode == "I;16" else PICTURE.convert("RGB").convert(mode)
    assert opened(saved(image, kind), "图片").mode == "RGB"


def test_opening_what_is_see_through_is_white() -> None:
    image = opened(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG"), "图片")
    assert image.getpixel((0, 0)) == (255, 255, 255)


def test_opening_turns_as_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(saved(PICTURE, "JPEG", exif=exif), "图片").size == (48, 64)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E115"),
        ("这是文字，不是图片".encode(), "E115"),
        (b"%PDF-1.7\n", "E115"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "E115"),
        (saved(PICTURE, "PNG")[:200], "E115"),
        (saved(PICTURE, "JPEG")[:300], "E115"),
        (saved(PICTURE, "PNG").replace(b"IDAT", b"IDXT"), "E115"),
        (header_of(64, 48), "E115"),
        (header_of(9_000, 9_000), "E116"),
        (header_of(60_000, 60_000), "E116"),
        (header_of(100, 10_000), "E116"),
    ],
    ids=[
        "empty",
        "text",
        "pdf",
        "svg",
        "cut png",
        "cut jpeg",
        "bad chunk",
        "no pixels",
        "large",
        "bomb",
        "long",
    ],
)
def test_opening_refuses_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(PingzhaoError, match="截图一") as caught:
        read_picture(data, name="截图一")
    assert caught.value.code == code


def test_opening_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError, match=r"E110.*没有\.png"):
        read_picture(tmp_path / "没有.png")


@pytest.mark.parametrize("module", ["PIL", "rapidocr"])
def test_opening_without_the_extra_says_what_to_type(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(PingzhaoError, match=rf'E404.*{module}.*pip install "pingzhao\[ocr\]"'):
        opened(b"", "图片") if module == "PIL" else Recogniser()
