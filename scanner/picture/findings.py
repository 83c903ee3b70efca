"""The scanner on a picture's text, its findings back on the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.ad import Ad
from scanner.findings import AdReport
from scanner.picture.picture import Box, Picture

if TYPE_CHECKING:
    from scanner.engine import Scanner


@dataclass(frozen=True, slots=True)
class PictureFindings:
    """The report on a picture's text as an ad; `boxes[n]` says where the words of `report.findings[n]` stand."""

    ad: Ad
    report: AdReport
    boxes: tuple[tuple[Box, ...], ...]


def scan_picture(scanner: Scanner, picture: Picture, *, name: str = "") -> PictureFindings:
    """The findings in the text of `picture`; `name` becomes the ad's id. Errors are those of `Scanner.scan`."""
    ad = Ad(picture.text, id=name)
    report = scanner.scan(ad)
    boxes = (
        tuple(box for span in finding.spans for box in picture.boxes(span.start, span.end))
        for finding in report.findings
    )
    return PictureFindings(ad, report, tuple(boxes))
