"""Charts as SVG, drawn on the server for `<img>`: no script, their colours follow the page's.

A chart stands in the page as a data: address, so that what it shows was counted once, with its table.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

import pygal
from pygal.style import Style

from api.cases.statistics import Group
from scanner.report.plain import clean, one_line

_FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif'
_COLOURS = """
:root { --ink: #1c2733; --line: #d5dce3; --bad: #9c1c1c; --ask: #c98a1b; --calm: #2f6aa3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dfe5ea; --line: #43505d; --bad: #ff9f97; --ask: #f2c46d; --calm: #8dbcf0; }
}
"""
"""As in tokens.css; the page's color-scheme decides, and prints are light."""
_CALM, _BAD, _ASK = "var(--calm)", "var(--bad)", "var(--ask)"
_SIZE = 13
_WIDTH = 640
_ROW, _FRAME = 30, 46
_LONGEST = 14
"""Characters of a name beside a bar; the table has it whole."""
_FEWEST_COLUMNS, _MOST_COLUMNS = 6, 26
_CHARACTERS = 76
"""That fit below the columns."""
_SHEETS = ["file://style.css", "file://graph.css"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and what it is called."""

    source: str
    """For `src`."""
    alt: str
    width: int
    height: int


def rows(groups: Sequence[Group], count: str, alt: str) -> Chart:
    """A bar a group, in their order from above."""
    shown = list(reversed(groups))
    height = _FRAME + _ROW * max(1, len(shown))
    names = [_short(group.name) for group in shown]
    margin = 16 + max(map(_measure, names), default=0)
    drawn = pygal.HorizontalBar(
        **_options(height, (_CALM,)),
        show_legend=False,
        margin_left=margin,
        margin_right=24,
        show_y_labels=True,
    )
    drawn.x_labels = names
    drawn.add("", [group.counts[count] for group in shown])
    return _chart(drawn, alt, height, max((group.counts[count] for group in shown), default=0))


def columns(groups: Sequence[Group], counts: Mapping[str, str], alt: str) -> Chart:
    """Stacked columns in time, the latest ones; `counts`: name → how it is called."""
    shown = groups[-_MOST_COLUMNS:]
    spare = [None] * max(0, _FEWEST_COLUMNS - len(shown))
    height = 280
    options = _options(height, (_BAD, _ASK))
    drawn = pygal.StackedBar(
        **options, legend_at_bottom=True, legend_box_size=11, x_label_rotation=0, margin_right=10
    )
    names = [_short(group.name.partition(" ")[0]) for group in shown]
    step = -(-len(names) * (max(map(len, names), default=0) + 2) // _CHARACTERS)
    drawn.x_labels = names + [""] * len(spare)
    drawn.x_labels_major = names[:: max(1, step)]
    drawn.show_minor_x_labels = False
    for name, title in counts.items():
        drawn.add(title, [*(group.counts[name] for group in shown), *spare])
    most = max((sum(group.counts[name] for name in counts) for group in shown), default=0)
    return _chart(drawn, alt, height, most)


def _options(height: int, colours: tuple[str, ...]) -> dict[str, Any]:
    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground="var(--ink)",
        foreground_strong="var(--ink)",
        foreground_subtle="var(--line)",
        guide_stroke_color="var(--line)",
        major_guide_stroke_color="var(--line)",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        opacity="1",
        transition="0s",
        colors=colours,
        font_family=_FONT,
        **dict.fromkeys(
            ("label_font_size", "major_label_font_size", "legend_font_size", "no_data_font_size"), _SIZE
        ),
    )
    return {
        "style": style,
        "css": [*_SHEETS, f"inline:{_COLOURS}"],
        "js": [],
        "width": _WIDTH,
        "height": height,
        "margin": 8,
        "truncate_label": -1,
        "truncate_legend": -1,
        "value_formatter": lambda value: f"{value:,}",
        "no_data_text": "没有数据",
    }


def _chart(drawn: Any, alt: str, height: int, most: int) -> Chart:
    drawn.y_labels = _steps(most)
    drawn.add_xml_filter(_without_scripts)
    svg = drawn.render()
    source = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
    return Chart(source, alt, _WIDTH, height)


def _steps(most: int) -> list[int]:
    """Whole numbers along the axis, at most seven, from 0 to at least `most`."""
    size = next(unit * 10**power for power in range(12) for unit in (1, 2, 5) if unit * 10**power * 6 >= most)
    return list(range(0, most + size, size))


def _without_scripts(root: Any) -> Any:
    """An image runs no script, and ours needs none."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "script":
                parent.remove(child)
    return root


def _short(name: str) -> str:
    plain = one_line(clean(name))
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _measure(name: str) -> int:
    """About how wide the name is drawn: Chinese characters are twice as wide as others."""
    return round(sum(_SIZE * (1 if east_asian_width(char) in "WF" else 0.58) for char in name))
