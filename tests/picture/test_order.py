"""Reading order from layout alone: lines are placed by hand, nothing is recognised."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from scanner.picture.order import arranged
from scanner.picture.picture import Box, Line, Paragraph, Point

Placed = tuple[float, float, str]
"""Left, top, text; a character is 20 wide, a line 24 high."""
PAGE = (600, 800)


def line(left: float, top: float, text: str, angle: float = 0.0, size: float = 20) -> Line:
    """A line on a page that is turned about its corner by `angle` degrees, clockwise."""
    c, s = cos(radians(angle)), sin(radians(angle))

    def turned(x: float, y: float) -> Point:
        return x * c - y * s, x * s + y * c

    def box(start: float, end: float) -> Box:
        bottom = top + 1.2 * size
        return turned(start, top), turned(end, top), turned(end, bottom), turned(start, bottom)

    characters = tuple(box(left + at * size, left + (at + 1) * size) for at in range(len(text)))
    return Line(text, box(left, left + len(text) * size), characters, 1.0)


def read(*placed: Placed, angle: float = 0.0) -> list[str]:
    return [paragraph.text for paragraph in arranged([line(*one, angle) for one in placed], PAGE)]


LIST = [
    (100, 100, "招聘启事"),
    (100, 150, "文员两名，会用电脑，限女性"),
    (100, 190, "月薪面议"),
    (100, 230, "男，三十岁以下"),
]
WRAPPED = [
    (100, 150, "本公司因业务需要，现招聘文员，限"),
    (100, 180, "女性，会用电脑。"),
    (100, 210, "联系人见公告，地址在开发区二路三"),
    (100, 240, "号院内。"),
]
COLUMNS = [
    (200, 40, "招聘启事"),
    (60, 150, "仓库管理员两名"),
    (330, 150, "收银员若干"),
    (60, 190, "男士优先，包住宿"),
    (330, 190, "月休四天"),
]
TABLE = [
    (60, 150, "岗位"),
    (230, 150, "前台文员若干名"),
    (60, 200, "性别"),
    (230, 200, "女"),
    (60, 250, "待遇"),
    (230, 250, "月薪五千，包吃住"),
]


@pytest.mark.parametrize("angle", [0, 5, -5, 90, 180, 270])
@pytest.mark.parametrize(
    ("placed", "paragraphs"),
    [
        (LIST, ["招聘启事", "文员两名，会用电脑，限女性", "月薪面议", "男，三十岁以下"]),
        (
            WRAPPED,
            ["本公司因业务需要，现招聘文员，限女性，会用电脑。", "联系人见公告，地址在开发区二路三号院内。"],
        ),
        (COLUMNS, ["招聘启事", "仓库管理员两名", "男士优先，包住宿", "收银员若干", "月休四天"]),
        (TABLE, ["岗位 前台文员若干名", "性别 女", "待遇 月薪五千，包吃住"]),
    ],
    ids=["list", "wrapped", "columns", "table"],
)
def test_order_follows_the_eye(placed: list[Placed], paragraphs: list[str], angle: float) -> None:
    assert read(*placed[::-1], angle=angle) == paragraphs


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("招聘文员两名，包吃住", "男女不限"),
        ("工作时间早九晚六双休。", "男，三十岁以下"),
        ("招聘文员两名，会用电脑包吃住", "2、限女性"),
        ("招聘文员两名，会用电脑包吃住", "性别：女"),
        ("招聘文员两名，会用电脑包吃住", "●限女性"),
    ],
)
def test_order_items_of_a_list_stay_apart(above: str, below: str) -> None:
    """A line that is not full, a sentence that ended, a line that opens an item."""
    placed = [(100, 40, "单位因业务发展需要现向社会招聘"), (100, 150, above), (100, 180, below)]
    assert read(*placed)[1:] == [above, below]


def chat(*bubbles: tuple[str, str]) -> list[Line]:
    """Bubbles of at most 12 characters a line, and a time in the middle."""
    lines, top = [line(260, 30, "王经理"), line(270, 100, "15:20", size=16)], 150.0
    for speaker, text in bubbles:
        rows = [text[at : at + 12] for at in range(0, len(text), 12)]
        left = 100 if speaker == "对方" else 500 - 20 * len(rows[0])
        for row in rows:
            lines.append(line(left, top, row))
            top += 30
        top += 50
    return lines


def test_order_chat_has_speakers_in_order() -> None:
    said = [
        ("我", "还招人吗"),
        ("对方", "招，不过这个岗位我们只要男的，女性不考虑"),
        ("对方", "夜班多"),
        ("我", "为什么女性就不可以，我做过三年的"),
        ("对方", "公司规定"),
    ]
    paragraphs = arranged(chat(*said), PAGE)
    assert [(one.speaker, one.text) for one in paragraphs if one.speaker] == said
    assert [one.text for one in paragraphs if not one.speaker] == ["王经理", "15:20"]


@pytest.mark.parametrize(
    "lines",
    [
        [line(*one) for one in LIST],
        [line(*one) for one in COLUMNS],
        [line(*one) for one in TABLE],
        [line(300 - 10 * len(text), 100 + 60 * at, text) for at, (_, _, text) in enumerate(LIST)],
        [*(line(*one) for one in LIST), line(400, 700, "某某公司")],
    ],
    ids=["list", "columns", "table", "centred", "signed"],
)
def test_order_posters_are_no_chats(lines: list[Line]) -> None:
    assert not any(paragraph.speaker for paragraph in arranged(lines, PAGE))


def test_order_nothing_is_nothing() -> None:
    assert arranged([], PAGE) == ()


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("限", "女性", "限女性"),
        ("need", "two", "need two"),
        ("1", "8岁", "18岁"),
        ("底薪", "5000", "底薪5000"),
    ],
)
def test_order_joined_lines_have_blanks_between_latin_words_only(first: str, second: str, text: str) -> None:
    assert Paragraph((line(0, 0, first), line(0, 30, second))).text == text
