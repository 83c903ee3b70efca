"""The picture with its findings framed and numbered. Digits need no Chinese font; the report is the legend."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.findings import Disposition
from scanner.picture.opening import opened, original

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

    from scanner.picture.findings import PictureFindings
    from scanner.picture.picture import Box

_COLOURS = {
    Disposition.VIOLATION: "#c62828",
    Disposition.REVIEW: "#b26a00",
    Disposition.EXEMPT: "#616161",
}


def drawn(data: bytes | Path, found: PictureFindings, *, name: str = "图片") -> bytes:
    """`data` as PNG with a frame around the words of each finding and its number, from 1, as the report has it.

    Raises what `read_picture` raises.
    """
    image = opened(original(data), str(data) if isinstance(data, Path) else name)
    from PIL import ImageDraw, ImageFont

    size = max(16, max(image.size) // 60)
    canvas, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    for number, (finding, boxes) in enumerate(zip(found.report.findings, found.boxes, strict=True), 1):
        for box in boxes:
            canvas.polygon(box, outline=_COLOURS[finding.disposition], width=max(2, size // 8))
        for box in boxes[:1]:
            _number(canvas, font, box, str(number), _COLOURS[finding.disposition])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _number(canvas: ImageDraw, font: FreeTypeFont | ImageFont, box: Box, number: str, colour: str) -> None:
    """The number in a filled badge that ends at the first corner of `box`, inside the picture."""
    left, top, right, bottom = canvas.textbbox((0, 0), number, font)
    width, height = right - left + 8, bottom - top + 8
    x, y = max(0.0, box[0][0] - width), max(0.0, box[0][1] - height)
    canvas.rectangle((x, y, x + width, y + height), fill=colour)
    canvas.text((x + 4 - left, y + 4 - top), number, "white", font)
