"""Pictures in every position, small and long ones: the same words, at their places."""

from __future__ import annotations

import hashlib
import io
import random
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from scanner import Scanner
from scanner.findings import Category
from scanner.picture import drawn, read_picture, scan_picture
from scanner.picture.strips import strips
from tests.picture.rendered import Rendered, Sheet, chat, font, fonts, turned

needs_font = pytest.mark.skipif(not fonts(), reason="no Chinese font: apt-get install fonts-noto-cjk")
WORDS = ["招收银员两名，限女性", "月薪五千，包吃住"]


def notice() -> Rendered:
    """Two lines, one with words at fault."""
    sheet = Sheet("notice", (460, 200), "white", "black")
    face = font(fonts()[0], 32)
    sheet.write((40, 40), "招收银员两名，[限女性]", face, category=Category.GENDER_RESTRICTION)
    sheet.write((40, 110), WORDS[1], face)
    return sheet.made


def file(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_picture(data).paragraphs]


@needs_font
@pytest.mark.parametrize("angle", [0, 4, 90, 180, 270])
def test_reading_words_and_boxes_in_every_position(angle: int) -> None:
    made = turned(notice(), angle)
    data = file(made.image)
    picture = read_picture(data)
    assert picture.text.split("\n") == WORDS
    assert picture.size == made.image.size
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    (box,) = picture.boxes(7, 10)
    ((left, top, right, bottom),) = made.plants[0].places
    assert sum(x for x, _ in box) / 4 == pytest.approx((left + right) / 2, abs=16)
    assert sum(y for _, y in box) / 4 == pytest.approx((top + bottom) / 2, abs=16)


@needs_font
def test_reading_obeys_exif() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = notice().image.transpose(Image.Transpose.ROTATE_90)
    picture = read_picture(file(lying, exif=exif))
    assert (picture.size, picture.text.split("\n")) == ((460, 200), WORDS)


@needs_font
def test_reading_long_screenshots_lose_nothing_and_double_nothing() -> None:
    """At the size of the whole its characters would be seven pixels high."""
    sheet = Sheet("long", (400, 2700), "white", "black")
    rows = [f"第{at}号岗位，月薪{5000 + at}元" for at in range(10, 60)]
    for at, row in enumerate(rows):
        sheet.write((30, 20 + 53 * at), row, font(fonts()[0], 15))
    found = texts(file(sheet.made.image))
    assert len(found) == len(rows)
    assert sum(a == b for a, b in zip(found, rows, strict=True)) >= 0.9 * len(rows)


@given(st.integers(1, 3000), st.integers(1, 60_000))
def test_reading_strips_cover_the_picture_and_overlap(width: int, height: int) -> None:
    cut = list(strips(width, min(height, 60 * width)))
    assert cut[0][0] == 0
    assert cut[-1][1] == min(height, 60 * width)
    for (top, bottom), (following, _) in pairwise(cut):
        assert top < following <= bottom - int(0.1 * width)


@needs_font
def test_reading_chat_tells_the_speakers() -> None:
    lines = [(None, "这个岗位不要女的，夜班多，身体吃不消，你再看看别家"), (None, "公司规定")]
    made = chat("chat", fonts()[0], lines, random.Random(1))
    picture = read_picture(file(made.image))
    said = [(one.speaker, one.text) for one in picture.paragraphs if one.speaker]
    assert [speaker for speaker, _ in said] == ["我", "对方", "对方", "我"]
    assert [text for _, text in said[1:3]] == [text for _, text in lines]


def test_reading_nothing_is_no_text() -> None:
    picture = read_picture(file(Image.new("RGB", (300, 200), "white")))
    assert (picture.text, picture.paragraphs, picture.is_chat) == ("", (), False)


@needs_font
def test_reading_by_two_threads_is_as_by_one() -> None:
    data = file(notice().image)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(texts, [data, data])) == [WORDS, WORDS]


@needs_font
def test_reading_findings_are_drawn_where_they_stand() -> None:
    data = file(notice().image)
    found = scan_picture(Scanner.load(model=False), read_picture(data), name="A")
    assert [finding.spans[0].quote for finding in found.report.findings] == ["限女性"]
    assert found.report.id == "A"
    with Image.open(io.BytesIO(drawn(data, found))) as image:
        assert (image.format, image.size) == ("PNG", (460, 200))
        red, green, _ = image.convert("RGB").split()
    frame = ImageChops.subtract(red, green).point(lambda value: 255 * (value > 100)).getbbox()
    assert frame is not None
    ((box,),) = found.boxes
    assert frame[2:] == pytest.approx(box[2], abs=4)
    assert box[0][0] - 40 < frame[0] <= box[0][0] + 2
    assert box[0][1] - 40 < frame[1] <= box[0][1] + 2
