"""models/EVALUATION.md: the record of an assessment as tables that a person reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES
from scanner.report.output import refusals, whole_file
from scanner.training.labelled_sets import NEW, REAL, TITLES, WRITTEN
from scanner.training.systems import BOTH, LEXICON, LINEAR

_NOTES = {
    REAL: "每条广告一个单位。只计标注人读过的部分。",
    WRITTEN: "每行是一个短句，同一写法族的行一起重抽。从不用于训练。",
    NEW: "这些写法族的用语，没有一个在训练集的标注行中出现过。",
}
_DISGUISES = {
    "marks": "插入符号",
    "zero_width": "零宽字符",
    "full_width": "全角",
    "traditional": "繁体",
    "lookalike": "形近字",
    "pinyin": "拼音",
    "sign": "符号",
    "all": "合计",
}
_KINDS = {"missed": "漏报", "false": "误报"}
_SHOWN = 60
"""Errors listed on the page; evaluation.json has all of them."""
_METHOD = """\
由一条命令生成，任何人可以重做。方括号内是 95 % 自助区间（重抽整条广告 {resamples} 次，种子固定）。词句级：类别和方向都对，且与标注重叠一半以上（交并比）。

- **关键词表**：约四十个常用检索词，原样查找。
- **TF-IDF + 线性模型**：字 n 元组加逻辑回归，用 data/clauses、data/gold 和 --real 训练；只判断短句，因此没有词句级。
- **只用词库**、**只用模型**（读全部短句）、**两者（默认）**（快读读全部短句，编码器只读其中可疑的）、**两者（--deep）**（稍有可疑就读）。
"""


def page(record: dict[str, Any]) -> str:
    """Markdown of an assessment."""
    return "\n\n".join(part.rstrip() for part in _parts(record)) + "\n"


def _parts(record: dict[str, Any]) -> Iterator[str]:
    made = record["made"]
    yield "# 测量报告 Evaluation"
    yield _table(("项目", "值"), ([key, f"`{value}`"] for key, value in made.items()))
    yield _METHOD.format(resamples=made["resamples"])
    for name, figures in record["sets"].items():
        yield from _set(name, figures)
    yield from _obfuscation(record["obfuscation"])
    if record["plain"]:
        yield from _plain(record["plain"])
    yield from _calibration(record["calibration"])
    if record.get("unforeseen"):
        yield from _unforeseen(record["unforeseen"])
    if record.get("curve"):
        yield from _curve(record["curve"])
    yield from _errors(record["errors"])


def _set(name: str, figures: dict[str, Any]) -> Iterator[str]:
    systems = figures["systems"]
    yield f"## {TITLES[name]}\n\n{figures['ads']} 条，{figures['units']} 个单位。{_NOTES[name]}"
    for level, label in (
        ("ads", "广告级 Ad level" if name == REAL else "短句级 Clause level"),
        ("spans", "词句级 Span level"),
    ):
        shown = [s for s in systems if level == "ads" or s != LINEAR]
        yield f"### {label}"
        yield _table(
            ("系统", "精确率 P", "召回率 R", "F1", "标注", "报出"),
            (_rates(s, systems[s][level]) for s in shown),
        )
        names = {c.value: label for c, label in CATEGORY_NAMES.items()}
        yield _by(names, level, figures, shown, "类别")
    names = {d.value: label for d, label in DIRECTION_NAMES.items()}
    yield _by(names, "spans", figures, [s for s in systems if s != LINEAR], "方向（词句级）")


def _by(names: dict[str, str], level: str, figures: dict[str, Any], shown: Sequence[str], title: str) -> str:
    """F1 by category or direction; the last column is what the default gains over the lexicon alone."""
    shown = [s for s in shown if s != LINEAR]
    rows = []
    for key, label in names.items():
        figure = f"{level}/{key}"
        gold = figures["systems"][BOTH][figure]["gold"]
        if gold:
            cells = [_estimate(figures["systems"][s][figure]["f1"]) for s in shown]
            rows.append([label, str(gold), *cells, _estimate(figures["gain"][figure], signed=True)])
    return _table((f"{title}，F1", "标注", *shown, f"{BOTH}减{LEXICON}"), rows)


def _obfuscation(systems: dict[str, Any]) -> Iterator[str]:
    yield (
        "## 改写测试 Obfuscation\n\ndata/gold 和手写测试集中，各系统原样报出的行，标注词句被改写后仍在原处以同一类别报出的比例（括号内为行数）。"
        "data/gold 用于训练。"
    )
    rows = ([name, *(_kept(kinds[kind]) for kind in _DISGUISES)] for name, kinds in systems.items())
    yield _table(("系统", *_DISGUISES.values()), rows)


def _kept(kind: dict[str, Any]) -> str:
    return f"{kind['value']:.3f} ({kind['count']})" if kind["count"] else "–"


def _plain(plain: dict[str, Any]) -> Iterator[str]:
    yield f"## 误报 False findings\n\n{plain['ads']} 条不含任何性别、婚姻、生育用语的真实广告（随机抽取），报出的都是误报。"
    per = 1000 / max(plain["ads"], 1)
    rows = ([name, str(count), f"{count * per:.2f}"] for name, count in plain["findings"].items())
    yield _table(("系统", "误报", "每千条"), rows)
    places = plain["places"][:_SHOWN]
    if places:
        rows = ([p["id"], f"{p['field']} {p['start']}–{p['end']}", p["category"]] for p in places)
        yield _table(("编号", "位置", "类别"), rows)


def _calibration(calibration: dict[str, Any]) -> Iterator[str]:
    yield (
        "## 校准 Calibration\n\n真实广告上“两者（默认）”报出的词句：所称置信度与实际正确率。"
        f"期望校准误差 ECE = **{calibration['error']:.4f}**。"
    )
    rows = (
        [
            f"{b['low']:.1f}–{b['high']:.1f}",
            str(b["count"]),
            f"{b['confidence']:.3f}",
            f"{b['right']:.3f}",
            "█" * round(20 * b["right"]),
        ]
        for b in calibration["bins"]
    )
    yield _table(("置信度", "词句", "平均置信度", "正确率", ""), rows)


def _unforeseen(draws: list[dict[str, Any]]) -> Iterator[str]:
    yield (
        "## 未见词测试 Unforeseen terms\n\n每次随机隐去三分之一写法族的用语：从词库删去，含这些用语的句子一律不用于训练，重新训练；"
        "在被隐去、且词库因此一无所见的标注行和同族合法行上测量（行级）。默认与 --deep 之差是门控的代价。"
    )
    rows = (
        [
            draw["draw"],
            str(draw["terms"]),
            f"{draw['flagged']} / {draw['lawful']}",
            name,
            _estimate(rates["ads"]["precision"]),
            _estimate(rates["ads"]["recall"]),
            _estimate(rates["spans"]["f1"]),
        ]
        for draw in draws
        for name, rates in draw["systems"].items()
    )
    yield _table(("抽样", "用语", "标注 / 合法", "系统", "精确率 P", "召回率 R", "词句 F1"), rows)


def _curve(curve: list[dict[str, Any]]) -> Iterator[str]:
    yield "## 学习曲线 Learning curve\n\n只用模型，读全部短句；训练数据按写法族和雇主取一部分。"
    rows = (
        [
            f"{row['share']:.1%}",
            str(row["clauses"]),
            TITLES[name],
            _estimate(rates["ads"]["f1"]),
            _estimate(rates["spans"]["f1"]),
        ]
        for row in curve
        for name, rates in row["sets"].items()
    )
    yield _table(("数据", "短句", "测试集", "广告/短句 F1", "词句 F1"), rows)


def _errors(errors: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield f"## 错误清单 Errors\n\n“两者（默认）”。各列前 {_SHOWN} 处，全部在 evaluation.json。真实广告只列编号和位置，不列文字。"
    for name, found in errors.items():
        yield f"### {TITLES[name]}（{len(found)} 处）"
        rows = (
            [
                _KINDS[e["kind"]],
                e["id"],
                f"{e['field']} {e['start']}–{e['end']}",
                f"{e['category']} / {e['direction']}",
                e.get("words", ""),
            ]
            for e in found[:_SHOWN]
        )
        yield _table(("", "编号", "位置", "类别 / 方向", "文字"), rows)


def _rates(name: str, rates: dict[str, Any]) -> list[str]:
    cells = [_estimate(rates[key]) for key in ("precision", "recall", "f1")]
    return [name, *cells, str(rates["gold"]), str(rates["predicted"])]


def _estimate(estimate: dict[str, float], *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    value, low, high = (format(estimate[key], f"{sign}.3f") for key in ("value", "low", "high"))
    return f"{value} [{low}, {high}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '¦') for cell in line)} |" for line in lines)


def write_report(record: dict[str, Any], folder: Path) -> None:
    """Leave EVALUATION.md and evaluation.json in `folder`. Raises PingzhaoError E201."""
    write_pages(page(record), record, folder)


def write_pages(text: str, record: dict[str, Any], folder: Path) -> None:
    """Leave `text` as EVALUATION.md and `record` as evaluation.json in `folder`. Raises PingzhaoError E201."""
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    for name, written in (("EVALUATION.md", text), ("evaluation.json", content)):
        with whole_file(folder / name) as stream:
            stream.write(written.encode())
