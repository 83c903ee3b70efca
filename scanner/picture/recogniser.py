"""rapidocr behind one lock: where text stands, whether it stands on its head, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from scanner.picture.extra import ocr_extra

if TYPE_CHECKING:
    from PIL.Image import Image

    from scanner.picture.picture import Box, Point

LONGEST = 1280
"""Pixels of the longer side that the detector is given; its time grows with the area."""
_PARAMS = {
    "Global.log_level": "critical",
    "Global.max_side_len": 100_000,  # each call is given what it should see
    "Det.limit_type": "max",
    "Det.limit_side_len": LONGEST,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # a second one costs half as much again in all
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class Read(NamedTuple):
    """The text of one line. `centres` says where each character but blanks stands: 0 (left) to 1 (right)."""

    text: str
    confidence: float
    centres: list[float]


class Recogniser:
    """The engine. It remembers the steps of the call before, hence the lock."""

    def __init__(self) -> None:
        with ocr_extra():
            from rapidocr import RapidOCR
        self._engine: Any = RapidOCR(params=_PARAMS)
        self._lock = Lock()

    def boxes(self, image: Image) -> list[Box]:
        """The lines of text in `image`, as four corners clockwise from the upper left of the picture."""
        found = self._run(image, use_det=True, use_cls=False, use_rec=False)
        corners = () if getattr(found, "boxes", None) is None else found.boxes.tolist()
        return [(a, b, c, d) for a, b, c, d in (map(_point, box) for box in corners)]

    def upside_down(self, line: Image) -> float:
        """How surely the line stands on its head, from -1 (upright) to 1."""
        ((label, score),) = self._run(line, use_det=False, use_cls=True, use_rec=False).cls_res
        return float(score) if label == "180" else -float(score)

    def read(self, line: Image) -> Read:
        """What an upright line says."""
        found = self._run(line, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        (text,), (score,), (words,) = found.txts, found.scores, found.word_results
        columns = [column for word in words.word_cols for column in word]
        return Read(text, float(score), [(column + 0.5) / words.line_txt_len for column in columns])

    def _run(self, image: Image, **steps: bool) -> Any:
        import numpy as np

        blue_first = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
        with self._lock:
            return self._engine(blue_first, **steps)


def _point(corner: Sequence[float]) -> Point:
    x, y = corner
    return float(x), float(y)


@cache
def recogniser() -> Recogniser:
    """The one of this process: its models take a second to load. Raises PingzhaoError E404."""
    return Recogniser()
