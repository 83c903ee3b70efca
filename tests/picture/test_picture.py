"""From offsets in the text back to boxes on the picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanner.picture import Box, Line, Paragraph, Picture

_TEXT = st.text(st.sampled_from("招男女限ab 1，"), min_size=1, max_size=6)
_PARAGRAPHS = st.lists(st.lists(_TEXT, min_size=1, max_size=3), max_size=4)


def cell(x: float, y: float) -> Box:
    return (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)


def picture(paragraphs: list[list[str]]) -> Picture:
    """Each line in a row of its own, each character in a cell of its own."""
    made, y = [], 0
    for paragraph in paragraphs:
        lines = []
        for text in paragraph:
            cells = tuple(cell(x, y) for x in range(len(text)))
            lines.append(Line(text, (cells[0][0], cells[-1][1], cells[-1][2], cells[0][3]), cells, 1.0))
            y += 1
        made.append(Paragraph(tuple(lines)))
    return Picture(tuple(made), (100, 100), "")


@given(_PARAGRAPHS)
def test_picture_every_character_leads_back_to_its_own_cell(paragraphs: list[list[str]]) -> None:
    read = picture(paragraphs)
    cells = [box for at in range(len(read.text)) for box in read.boxes(at, at + 1)]
    assert cells == [box for line in read.lines for box in line.characters]
    chars = [char for at, char in enumerate(read.text) if read.boxes(at, at + 1)]
    assert chars == [char for line in read.lines for char in line.text]


@given(_PARAGRAPHS)
def test_picture_the_whole_text_has_one_box_a_line(paragraphs: list[list[str]]) -> None:
    read = picture(paragraphs)
    assert list(read.boxes(0, len(read.text))) == [line.box for line in read.lines]


def test_picture_words_parted_by_a_line_end_have_two_boxes() -> None:
    read = picture([["招文员限", "女性两名"]])
    start = read.text.index("限女性")
    assert read.boxes(start, start + 3) == (cell(3, 0), ((0, 1), (2, 1), (2, 2), (0, 2)))
