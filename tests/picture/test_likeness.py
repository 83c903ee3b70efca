"""Copies of one picture are known again, other pictures are not."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageDraw

from scanner.errors import PingzhaoError
from scanner.picture.likeness import alike, likeness


def a_chat(seed: int) -> Image.Image:
    """Bubbles down the left and the right, as in a screenshot of a chat."""
    chance = random.Random(seed)
    image = Image.new("RGB", (720, 1280), "#ededed")
    canvas = ImageDraw.Draw(image)
    for top in range(100, 1150, 90):
        width, left = chance.randint(120, 560), chance.random() < 0.5
        start = 90 if left else 630 - width
        canvas.rectangle((start, top, start + width, top + 60), fill="white" if left else "#95ec69")
        for at in range(start + 15, start + width - 15, 30):
            canvas.rectangle((at, top + 15, at + chance.randint(8, 24), top + 45), fill="black")
    return image


def saved(image: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(4))
def test_likeness_of_copies(seed: int) -> None:
    image = a_chat(seed)
    own = likeness(saved(image))
    assert len(own) == 64
    assert alike(own, likeness(saved(image, "JPEG", quality=40)))
    assert alike(own, likeness(saved(image.resize((360, 640)), "WEBP", quality=60)))


def test_likeness_of_other_chats() -> None:
    seen = [likeness(saved(a_chat(seed))) for seed in range(8)]
    assert not any(alike(one, other) for at, one in enumerate(seen) for other in seen[:at])


def test_likeness_a_blank_picture_is_like_none() -> None:
    blank = likeness(saved(Image.new("RGB", (300, 300), "white")))
    assert not alike(blank, blank)


def test_likeness_refuses_what_is_no_picture() -> None:
    with pytest.raises(PingzhaoError, match="E115"):
        likeness(b"not a picture")
