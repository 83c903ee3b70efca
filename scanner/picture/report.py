"""What was found on a picture as plain data: the report of its text, with boxes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from scanner.picture.findings import PictureFindings
from scanner.picture.picture import Picture


def plain(picture: Picture, found: PictureFindings) -> dict[str, Any]:
    """The report as in the JSON contract; each finding has `boxes`, and `picture` says what was read.

    Boxes are four corners [x, y], clockwise from where the text begins, in pixels of the picture as shown.
    """
    report = asdict(found.report)
    for finding, boxes in zip(report["findings"], found.boxes, strict=True):
        finding["boxes"] = boxes
    paragraphs = [
        {
            "speaker": paragraph.speaker,
            "text": paragraph.text,
            "lines": [
                {"text": line.text, "confidence": round(line.confidence, 3), "box": line.box}
                for line in paragraph.lines
            ],
        }
        for paragraph in picture.paragraphs
    ]
    return report | {
        "text": picture.text,
        "picture": {"sha256": picture.sha256, "size": picture.size, "paragraphs": paragraphs},
    }
