"""Bytes to pixels: the formats we take, sizes we refuse, the turn that EXIF demands."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import PingzhaoError
from scanner.picture.extra import ocr_extra

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
_MAX_PIXELS = 80_000_000
"""What a decompression bomb may unpack to; below the number at which Pillow itself warns."""
_MAX_RATIO = 60
"""Height to width, or width to height."""
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
"""What Pillow raises on files that are no picture, or only a part of one."""


def original(data: bytes | Path) -> bytes:
    """The bytes of the file. Raises PingzhaoError E110."""
    if isinstance(data, bytes):
        return data
    try:
        return data.read_bytes()
    except OSError:
        raise PingzhaoError("E110", path=data) from None


def opened(data: bytes, name: str) -> Image:
    """The first frame in RGB as it is shown, see-through parts white. Raises PingzhaoError E115, E116, E404."""
    with ocr_extra():
        from PIL import Image, ImageOps
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            _check_size(image.size, name)
            shown = ImageOps.exif_transpose(image).convert("RGBA")
    except Image.DecompressionBombError:
        raise PingzhaoError("E116", path=name, detail="像素过多") from None
    except _DAMAGED:
        raise PingzhaoError("E115", path=name) from None
    white = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(white, shown).convert("RGB")


def _check_size(size: tuple[int, int], name: str) -> None:
    """Before any pixel is unpacked. Raises PingzhaoError E116."""
    short, long = sorted(size)
    if short * long > _MAX_PIXELS or long > _MAX_RATIO * short:
        raise PingzhaoError("E116", path=name, detail=f"{size[0]}×{size[1]} 像素")
