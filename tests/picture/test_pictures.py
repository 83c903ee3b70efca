"""Forty pictures that we draw: what is found on them, where, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from scanner import Scanner
from scanner.picture import Box, Picture, PictureFindings, read_picture, scan_picture
from scanner.picture.recogniser import recogniser
from tests.picture.rendered import PLANTED, Plant, Rectangle, Rendered, fonts, pictures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not fonts(), reason="no Chinese font: apt-get install fonts-noto-cjk"),
]
_SECONDS = 3.0


@dataclass(frozen=True)
class Checked:
    """A picture, what was found on it, and the processor time that took, in seconds."""

    made: Rendered
    picture: Picture
    found: PictureFindings
    seconds: float

    def missed(self) -> list[Plant]:
        """Planted words without a finding of their category."""
        return [plant for plant in self.made.plants if not self._boxes(plant)]

    def misplaced(self) -> list[Plant]:
        """Planted words that were found, but whose boxes lie elsewhere."""
        found = [(plant, self._boxes(plant)) for plant in self.made.plants]
        return [
            plant
            for plant, boxes in found
            if boxes and not all(any(_overlap(box, place) > 0.5 for place in plant.places) for box in boxes)
        ]

    def spurious(self) -> list[str]:
        """Words reported where nothing was planted."""
        places = [place for plant in self.made.plants for place in plant.places]
        return [
            finding.spans[0].quote
            for finding, boxes in zip(self.found.report.findings, self.found.boxes, strict=True)
            if not any(_overlap(box, place) > 0.5 for box in boxes for place in places)
        ]

    def _boxes(self, plant: Plant) -> tuple[Box, ...]:
        for finding, boxes in zip(self.found.report.findings, self.found.boxes, strict=True):
            quote = finding.spans[0].quote
            if finding.category == plant.category and (quote in plant.words or plant.words in quote):
                return boxes
        return ()


def _overlap(box: Box, place: Rectangle) -> float:
    """The share of the box, as a rectangle, that lies on `place`, or of `place` that lies on the box."""
    xs, ys = zip(*box, strict=True)
    width = min(max(xs), place[2]) - max(min(xs), place[0])
    height = min(max(ys), place[3]) - max(min(ys), place[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((max(xs) - min(xs)) * (max(ys) - min(ys)), (place[2] - place[0]) * (place[3] - place[1]))
    return width * height / smaller


def _checked(scanner: Scanner) -> Iterator[Checked]:
    for made in pictures():
        start = time.process_time()
        picture = read_picture(made.data)
        found = scan_picture(scanner, picture)
        yield Checked(made, picture, found, time.process_time() - start)


@pytest.fixture(scope="module")
def checked() -> list[Checked]:
    """All pictures, read once."""
    recogniser()
    return list(_checked(Scanner.load(deep=True)))


def test_pictures_show_every_category_and_layout() -> None:
    made = list(pictures())
    assert len(made) == 40
    assert {plant.category for picture in made for plant in picture.plants} == set(PLANTED)


def test_pictures_planted_words_are_found(checked: list[Checked]) -> None:
    planted = sum(len(one.made.plants) for one in checked)
    missed = [(one.made.name, plant.words, one.picture.text) for one in checked for plant in one.missed()]
    print(f"\n找到 {planted - len(missed)}/{planted}")
    for name, words, text in missed:
        print(f"漏：{name}：{words}\n{text}")
    assert len(missed) <= 0.05 * planted


def test_pictures_lawful_words_stay_silent(checked: list[Checked]) -> None:
    spurious = [(one.made.name, quote) for one in checked for quote in one.spurious()]
    print(f"\n误报 {len(spurious)}")
    assert spurious == []


def test_pictures_boxes_stand_on_the_words(checked: list[Checked]) -> None:
    misplaced = [(one.made.name, plant.words) for one in checked for plant in one.misplaced()]
    assert misplaced == []


def test_pictures_chats_are_told_from_posters(checked: list[Checked]) -> None:
    wrong = [one.made.name for one in checked if ("chat" in one.made.name) != one.picture.is_chat]
    assert wrong == []


def test_pictures_take_three_seconds_at_most(checked: list[Checked]) -> None:
    seconds = sorted(one.seconds for one in checked)
    print(f"\n每张 CPU 秒：中位 {seconds[len(seconds) // 2]:.2f}，最多 {seconds[-1]:.2f}")
    assert seconds[-1] <= _SECONDS
