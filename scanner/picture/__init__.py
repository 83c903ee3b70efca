"""Screenshots and posters: their words with boxes, in reading order; the findings drawn (extra `ocr`)."""

from __future__ import annotations

from scanner.picture.drawing import drawn
from scanner.picture.findings import PictureFindings, scan_picture
from scanner.picture.picture import Box, Line, Paragraph, Picture
from scanner.picture.reading import read_picture

__all__ = ["Box", "Line", "Paragraph", "Picture", "PictureFindings", "drawn", "read_picture", "scan_picture"]
