"""Posters and chat screenshots that we draw ourselves, with the places of the words planted in them.

Texts are invented. Words at fault stand in square brackets; their category comes with them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from scanner.findings import Category

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
NAMES = ("Noto*CJK*.ttc", "PingFang.ttc", "msyh*.ttc", "simsun.ttc")
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

PLANTED: dict[Category, tuple[str, ...]] = {
    Category.GENDER_RESTRICTION: (
        "本岗位[限女性]，会用办公软件",
        "招搬运工四名，[只招男工]，包住宿",
        "收银员[只要女生]，月休四天",
        "[仅限男性]，能上夜班，身体健康",
        "[女性勿扰]，工作需要经常爬高",
    ),
    Category.GENDER_PREFERENCE: (
        "仓库管理员，[男士优先]，包吃住",
        "行政助理[女性优先]，底薪加提成",
        "本岗位需要出差，[适合男性]",
        "店长一名，[女生优先]，缴纳社保",
        "司机两名，驾龄三年，[男性优先]",
    ),
    Category.MARITAL_BIRTH_CONDITION: (
        "前台接待，要求[未婚]，形象好",
        "会计一名，[已婚已育优先]，有经验",
        "客服若干，[已婚已育]，能倒班",
        "招财务主管，[已婚已育者优先]",
    ),
    Category.BIRTH_RESTRICTION: (
        "签合同后[三年内不得怀孕]，服从安排",
        "入职须保证[两年内不得生育]",
        "合同期内[不得结婚生育]，否则辞退",
        "要求[近期无生育计划]，工作稳定",
    ),
    Category.MARITAL_BIRTH_INQUIRY: (
        "投简历时[请注明婚育情况]和期望薪资",
        "简历中[须写明婚姻状况]，面试另约",
        "报名请说明[是否备孕]，材料自备",
    ),
    Category.PREGNANCY_TEST: (
        "录用后统一体检，[入职体检含孕检]",
        "体检项目[须做孕检]，费用公司出",
        "报到时[提交孕检证明]，缺一不可",
    ),
    Category.PREGNANCY_EXCLUSION: (
        "车间操作工，[孕妇勿扰]，计件工资",
        "[哺乳期不考虑]，每天工作八小时",
        "夜班岗位，[怀孕的不要]，加班费另算",
    ),
    Category.DIFFERENTIAL_STANDARD: (
        "年龄：[男18-45岁，女18-40岁]",
        "身高要求[男170以上，女160以上]",
        "[男50岁以下，女40岁以下]，吃苦耐劳",
    ),
}
FILLERS = (
    "月薪五千到六千元，每月十号发",
    "工作时间早九点到晚六点",
    "单位在开发区，有班车接送",
    "缴纳五险一金，节日有礼品",
    "高中以上学历，能吃苦",
    "试用期一个月，包工作餐",
    "有经验者待遇从优",
    "会说普通话，做事细心",
)
TITLES = ("招聘启事", "诚聘英才", "急招", "招工信息", "加入我们")
GREETINGS = ("你好，请问还招人吗", "在的，还招两个人", "工资多少一个月", "五千左右，看个人能力", "要什么条件")
ASIDES = ("好的，我再想想", "可以先来面试看看", "地址在开发区二路", "这样合理吗", "公司就是这么规定的")


@dataclass(frozen=True)
class Plant:
    """Words at fault and where they stand, one rectangle a line."""

    category: Category
    words: str
    places: tuple[Rectangle, ...]


@dataclass
class Rendered:
    """A picture in the making, then as a file."""

    name: str
    image: Image.Image
    plants: list[Plant] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    data: bytes = b""


def fonts() -> list[Path]:
    """Chinese fonts of this machine, in the order of their names."""
    found = (path for folder in FOLDERS for name in NAMES for path in Path(folder).rglob(name))
    return sorted(set(found), key=lambda path: path.name)


def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font, simplified Chinese where a collection holds several."""
    return ImageFont.truetype(path, size, index=2 if "CJK" in path.name else 0)


class Sheet:
    """Draws text with words planted in it."""

    def __init__(self, name: str, size: tuple[int, int], paper: str, ink: str) -> None:
        self.made = Rendered(name, Image.new("RGB", size, paper))
        self.canvas = ImageDraw.Draw(self.made.image)
        self.ink = ink

    def write(
        self,
        place: tuple[float, float],
        marked: str,
        face: ImageFont.FreeTypeFont,
        wrap: int = 99,
        category: Category | None = None,
        ink: str = "",
    ) -> float:
        """Write `marked` with at most `wrap` characters a line; the lower end."""
        before, _, rest = marked.partition("[")
        words = rest.partition("]")[0]
        text = marked.replace("[", "").replace("]", "")
        places = []
        x, y = place
        for start in range(0, len(text), wrap):
            line = text[start : start + wrap]
            self.canvas.text((x, y), line, ink or self.ink, face)
            first = max(0, len(before) - start)
            last = min(len(line), len(before) + len(words) - start)
            if words and first < last:
                left, right = face.getlength(line[:first]), face.getlength(line[:last])
                places.append((x + left, y + 0.15 * face.size, x + right, y + 1.3 * face.size))
            y += face.size * 1.5
        self.made.texts.append(text)
        if category:
            self.made.plants.append(Plant(category, words, tuple(places)))
        return y


def poster(
    name: str, path: Path, lines: Sequence[tuple[Category | None, str]], dice: random.Random
) -> Rendered:
    """A title over a list, light or dark, narrow or wide."""
    dark = dice.random() < 0.35
    paper = dice.choice(
        ("#1b2a41", "#7a1020", "#20302a") if dark else ("white", "#fff3d6", "#ffd54a", "#e3f2fd")
    )
    ink = dice.choice(("white", "#ffe082") if dark else ("black", "#b71c1c", "#1a237e"))
    size = dice.choice((30, 34, 38))
    sheet = Sheet(name, (880, 260 + len(lines) * round(size * 2.2)), paper, ink)
    sheet.write((90, 40), dice.choice(TITLES), font(path, 84))
    y = 220.0
    for at, (category, text) in enumerate(lines, 1):
        numbered = f"{at}、{text}" if dice.random() < 0.5 else text
        y = sheet.write((90, y), numbered, font(path, size), category=category) + size * 0.5
    return sheet.made


def columns(
    name: str, path: Path, lines: Sequence[tuple[Category | None, str]], dice: random.Random
) -> Rendered:
    """Two columns of wrapped text under a title; words at fault may be parted by a line's end."""
    size = dice.choice((28, 32))
    wrap = dice.choice((11, 12))
    sheet = Sheet(name, (1000, 980), "white", "#212121")
    sheet.write((120, 40), dice.choice(TITLES), font(path, 80))
    half = (len(lines) + 1) // 2
    for x, part in ((60, lines[:half]), (560, lines[half:])):
        y = 220.0
        for category, text in part:
            y = sheet.write((x, y), text, font(path, size), wrap, category) + size
    return sheet.made


def chat(
    name: str, path: Path, lines: Sequence[tuple[Category | None, str]], dice: random.Random
) -> Rendered:
    """Bubbles on both sides: what is at fault is said on the left."""
    dark = dice.random() < 0.3
    size, wrap = 36, 13
    talk: list[tuple[str, Category | None, str]] = [("我", None, GREETINGS[0])]
    for at, (category, text) in enumerate(lines):
        talk.append(("对方", category, text))
        if at % 2:
            talk.append(("我", None, dice.choice(ASIDES)))
    height = 260 + sum(110 + 54 * ((len(text) - 1) // wrap + 1) for _, _, text in talk)
    sheet = Sheet(name, (860, height), "#111111" if dark else "#ededed", "#eeeeee" if dark else "#111111")
    face = font(path, size)
    sheet.canvas.text((390, 40), "王经理", sheet.ink, face)
    sheet.canvas.text((385, 140), "昨天 15:20", "#888888", font(path, 22))
    y = 210.0
    for speaker, category, text in talk:
        bare = text.replace("[", "").replace("]", "")
        width = face.getlength(bare[:wrap])
        x = 140 if speaker == "对方" else 860 - 140 - width
        bubble = ("#2c2c2c" if dark else "white") if speaker == "对方" else ("#3eb575" if dark else "#95ec69")
        rows = (len(bare) - 1) // wrap + 1
        sheet.canvas.rounded_rectangle((x - 24, y - 20, x + width + 24, y + rows * 54 + 14), 14, bubble)
        avatar = 24 if speaker == "对方" else 860 - 24 - 76
        sheet.canvas.rectangle((avatar, y - 20, avatar + 76, y + 56), dice.choice(("#5c6bc0", "#8d6e63")))
        y = sheet.write((x, y), text, face, wrap, category) + 90
    return sheet.made


def spoiled(made: Rendered, dice: random.Random, angle: float) -> Rendered:
    """The picture turned by `angle` (degrees, counter-clockwise), blurred, noisy, as JPEG; the places follow."""
    if dice.random() < 0.5:
        made.image = made.image.filter(ImageFilter.GaussianBlur(dice.uniform(0.4, 1.0)))
    if dice.random() < 0.6:
        noise = Image.effect_noise(made.image.size, dice.uniform(20, 50)).convert("RGB")
        made.image = Image.blend(made.image, noise, dice.uniform(0.04, 0.15))
    made = turned(made, angle)
    out = io.BytesIO()
    if dice.random() < 0.7:
        made.image.save(out, "JPEG", quality=dice.randint(35, 75))
    else:
        made.image.save(out, "PNG")
    made.data = out.getvalue()
    return made


def turned(made: Rendered, angle: float) -> Rendered:
    """The picture turned about its middle; a place becomes the rectangle around the turned one."""
    if not angle:
        return made
    before = made.image.size
    made.image = made.image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="#808080")
    c, s = cos(radians(angle)), sin(radians(angle))

    def moved(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - before[0] / 2, y - before[1] / 2
        return dx * c + dy * s + made.image.width / 2, dy * c - dx * s + made.image.height / 2

    def place(old: Rectangle) -> Rectangle:
        corners = [moved(x, y) for x in old[::2] for y in old[1::2]]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    made.plants = [Plant(p.category, p.words, tuple(map(place, p.places))) for p in made.plants]
    return made


def pictures(count: int = 40) -> Iterator[Rendered]:
    """The set of the test: every category, layout, font and kind of damage; the same on every run."""
    dice = random.Random(20261125)
    wordings = [(category, text) for category, texts in PLANTED.items() for text in texts]
    faces = fonts()
    kinds = (poster, chat, poster, columns, chat)
    angles = (0.0, 0.0, 3.0, -5.0, 90.0, 0.0, 5.0, 0.0, -2.0, 180.0, 0.0, 270.0)
    for at in range(count):
        planted = [wordings[(3 * at + step * 11) % len(wordings)] for step in range(3)]
        lines: list[tuple[Category | None, str]] = [*planted, *((None, f) for f in dice.sample(FILLERS, 3))]
        dice.shuffle(lines)
        make = kinds[at % len(kinds)]
        angle = angles[at % len(angles)]
        face = faces[at % len(faces)]
        name = f"{at:02} {make.__name__} {face.stem} {angle:+.0f}"
        yield spoiled(make(name, face, lines, dice), dice, angle)
