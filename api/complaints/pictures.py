"""Pictures of a report: what is read in them, with its place; names and numbers are blotted before anything reads on."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from api.complaints.masking import telling
from api.errors import ApiError
from scanner import Scanner
from scanner.errors import PingzhaoError
from scanner.findings import CATEGORY_NAMES

if TYPE_CHECKING:
    from scanner.picture import Line, Paragraph, Picture, PictureFindings

BLOT = "＊"
_NOT_INSTALLED = "E404"
_FRAME = "#c62828"


def picture_of(scanner: Scanner, data: bytes, name: str, contact: str) -> dict[str, Any]:
    """Size, blotted lines with boxes, findings with boxes, likeness; empty where the extra `ocr` is not installed.

    Raises PingzhaoError E115, E116 for what cannot be opened as a picture.
    """
    from scanner.picture import read_picture, scan_picture
    from scanner.picture.likeness import likeness

    try:
        picture = _blotted(read_picture(data), name, contact)
    except PingzhaoError as error:
        if error.code != _NOT_INSTALLED:
            raise
        return {}
    return _told(picture, scan_picture(scanner, picture)) | {"likeness": likeness(data)}


def redrawn(data: bytes, picture: dict[str, Any]) -> bytes:
    """The picture as PNG, without metadata: what was blotted is black, findings are framed.

    Raises ApiError E685 for one that was not read.
    """
    if not picture:
        raise ApiError("E685")
    from PIL import ImageDraw

    from scanner.picture.opening import opened

    image = opened(data, "图片")
    canvas, width = ImageDraw.Draw(image), max(2, max(image.size) // 480)
    for line in picture["lines"]:
        for box in line["blots"]:
            canvas.polygon([tuple(point) for point in box], fill="black")
    for finding in picture["findings"]:
        for box in finding["boxes"]:
            canvas.polygon([tuple(point) for point in box], outline=_FRAME, width=width)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _blotted(picture: Picture, name: str, contact: str) -> Picture:
    """Each character that tells who reported as a blot: boxes and offsets stay."""
    paragraphs = tuple(_blotted_paragraph(one, name, contact) for one in picture.paragraphs)
    return replace(picture, paragraphs=paragraphs)


def _blotted_paragraph(paragraph: Paragraph, name: str, contact: str) -> Paragraph:
    telltale = {at for start, end in telling(paragraph.text, name, contact) for at in range(start, end)}
    texts = {id(line): list(line.text) for line in paragraph.lines}
    for at, (_, place) in enumerate(paragraph.placed()):
        if at in telltale and place is not None:
            texts[id(place[0])][place[1]] = BLOT
    lines = tuple(replace(line, text="".join(texts[id(line)])) for line in paragraph.lines)
    return replace(paragraph, lines=lines)


def _told(picture: Picture, found: PictureFindings) -> dict[str, Any]:
    width, height = picture.size
    return {
        "width": width,
        "height": height,
        "chat": picture.is_chat,
        "lines": [
            {"speaker": one.speaker, "text": line.text, "box": _plain(line.box), "blots": _blots(line)}
            for one in picture.paragraphs
            for line in one.lines
        ],
        "findings": [
            {
                "category": finding.category.value,
                "category_name": CATEGORY_NAMES[finding.category],
                "disposition": finding.disposition.value,
                "quotes": [span.quote for span in finding.spans],
                "message": finding.message,
                "boxes": [_plain(box) for box in boxes],
            }
            for finding, boxes in zip(found.report.findings, found.boxes, strict=True)
        ],
    }


def _blots(line: Line) -> list[list[list[float]]]:
    return [_plain(box) for char, box in zip(line.text, line.characters, strict=True) if char == BLOT]


def _plain(box: Any) -> list[list[float]]:
    """A box as JSON holds it."""
    return [[round(float(x), 1), round(float(y), 1)] for x, y in box]
