"""`pingzhao train`: pre-train, fine-tune, export and measure the classifier."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli import options
from scanner.cli.evaluate import read_labelled
from scanner.errors import PingzhaoError

if TYPE_CHECKING:
    from scanner.training.fit import Sources

_WORK = click.option(
    "--work",
    type=options.PATH,
    default=Path("pingzhao-train"),
    show_default=True,
    metavar="文件夹",
    help="中间结果放在这里，中断后从这里继续。",
)
_REAL = click.option("--real", type=options.PATH, metavar="文件", help="标注过的真实广告（jsonl）。")
_CORPUS = click.option("--corpus", type=options.PATH, metavar="路径", help="未标注的广告，文件或文件夹。")
_DATA = click.option(
    "--data",
    type=options.PATH,
    default=Path("data"),
    show_default=True,
    metavar="文件夹",
    help="源代码中的 data 文件夹，内有手写的标注数据。",
)
_EPOCHS = click.option("--epochs", type=float, metavar="轮数", help="训练轮数。")
_SEED = click.option("--seed", type=int, default=20260101, show_default=True, metavar="数", help="随机种子。")


@contextmanager
def _extra() -> Iterator[None]:
    """Turn a missing extra into E403. Nothing is looked up on a hub unless the user names a hub model."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        yield
    except ModuleNotFoundError as error:
        raise PingzhaoError("E403", module=error.name) from None


@click.group(
    help="""训练识别模型（需要 pip install "pingzhao[train]"）。

\b
依次执行：
  pingzhao train pretrain 广告文件夹 --output encoder
  pingzhao train finetune --encoder encoder --real train.jsonl --corpus 广告文件夹
  pingzhao train export --output models --real train.jsonl --corpus 广告文件夹
  pingzhao train evaluate --gold dev.jsonl
"""
)
def train() -> None:
    """The group of the training commands."""


@train.command(help="在未标注的广告上预训练一个小的中文编码器（按字，掩码语言模型）。")
@click.argument("corpus", metavar="广告", type=options.PATH)
@click.option("--output", type=options.PATH, required=True, metavar="文件夹", help="编码器写到这里。")
@click.option(
    "--layers", type=click.IntRange(min=1), default=3, show_default=True, metavar="层数", help="层数。"
)
@click.option(
    "--hidden", type=click.IntRange(min=32), default=192, show_default=True, metavar="宽度", help="宽度。"
)
@click.option("--limit", type=click.IntRange(min=1), metavar="条数", help="最多用多少个短句，不写则全部。")
@click.option(
    "--start", type=options.PATH, metavar="文件夹", help="从先前预训练的编码器继续，层数和宽度不变。"
)
@_EPOCHS
@_SEED
def pretrain(
    corpus: Path,
    output: Path,
    layers: int,
    hidden: int,
    limit: int | None,
    start: Path | None,
    epochs: float | None,
    seed: int,
) -> None:
    """Pre-train; an interrupted run goes on."""
    with _extra():
        from scanner.training.pretrain import PretrainSettings
        from scanner.training.pretrain import pretrain as run

        settings = PretrainSettings(
            layers=layers, hidden=hidden, limit=limit, start=start, epochs=epochs or 1.0, seed=seed
        )
        run(corpus, output, settings)


@train.command(
    help="在标注数据上微调。--encoder 可以是 pretrain 的结果、本地文件夹或 Hugging Face 上的名称。"
)
@click.option("--encoder", required=True, metavar="编码器", help="文件夹或 Hugging Face 名称。")
@_WORK
@_DATA
@_REAL
@_CORPUS
@_EPOCHS
@_SEED
def finetune(
    encoder: str,
    work: Path,
    data: Path,
    real: Path | None,
    corpus: Path | None,
    epochs: float | None,
    seed: int,
) -> None:
    """Fine-tune on folds and on all; an interrupted run goes on."""
    with _extra():
        from scanner.training.finetune import FinetuneSettings
        from scanner.training.fit import fit, gather

        settings = FinetuneSettings(seed=seed) if epochs is None else FinetuneSettings(epochs, seed=seed)
        fit(gather(_sources(data, real, corpus, seed)), encoder, work, settings)


@train.command(help="把微调好的模型连同校准、阈值和校验和导出为 ONNX。")
@click.option("--output", type=options.PATH, required=True, metavar="文件夹", help="模型写到这里。")
@_WORK
@_DATA
@_REAL
@_CORPUS
@_SEED
def export(output: Path, work: Path, data: Path, real: Path | None, corpus: Path | None, seed: int) -> None:
    """Export for ONNX Runtime."""
    with _extra():
        from scanner.training.fit import gather, ship

        sources = _sources(data, real, corpus, seed)
        ship(sources, gather(sources), work, output)


@train.command(
    help="""测量模型，与关键词表、线性模型和词库比较，写出 EVALUATION.md 和 evaluation.json。

\b
例：
  pingzhao train evaluate --gold dev.jsonl --real train.jsonl --corpus 广告文件夹
  pingzhao train evaluate --gold dev.jsonl --draws 5 --encoder encoder
"""
)
@click.option("--gold", type=options.PATH, required=True, metavar="路径", help="标注过、没有用于训练的广告。")
@click.option("--model", type=options.PATH, metavar="文件夹", help="测量这里的模型，不写则为随附的模型。")
@click.option(
    "--output",
    type=options.PATH,
    default=Path("models"),
    show_default=True,
    metavar="文件夹",
    help="报告写到这里。",
)
@click.option(
    "--draws",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="次数",
    help="未见词测试：隐去三分之一的用语重新训练，做几次；每次要训练几分钟，需要 --encoder。",
)
@click.option("--curve", is_flag=True, help="学习曲线：用部分数据重新训练四次，需要 --encoder。")
@click.option("--encoder", metavar="编码器", help="重新训练时用的编码器，文件夹或 Hugging Face 名称。")
@_WORK
@_DATA
@_REAL
@_CORPUS
@_SEED
def evaluate(
    gold: Path,
    model: Path | None,
    output: Path,
    draws: int,
    curve: bool,
    encoder: str | None,
    work: Path,
    data: Path,
    real: Path | None,
    corpus: Path | None,
    seed: int,
) -> None:
    """Measure, and write the report."""
    if (draws or curve) and not encoder:
        raise PingzhaoError("E904", detail="--draws 和 --curve 需要 --encoder")
    sources = _sources(data, real, corpus, seed)
    with _extra():
        from scanner.classifier.model import Classifier
        from scanner.training.assessment import assess
        from scanner.training.labelled_sets import labelled_sets
        from scanner.training.report_page import write_report

        sets = labelled_sets(read_labelled(gold), sources.families, _existing(data / "clauses_test"))
        record = assess(sets, sources, Classifier.load(model), shlex.join(["pingzhao", *sys.argv[1:]]), _tell)
        write_report(record, output)
        if encoder and (draws or curve):
            from scanner.training.experiments import Bench, experiment

            record |= experiment(Bench(sources, encoder, work), sets, draws, _tell, curve=curve)
            write_report(record, output)


@train.command(
    "complaint",
    help="""训练读投诉举报的模型（用 data 中手写的叙述），在 --output 中写出模型和测量报告。

\b
  pingzhao train complaint --encoder encoder --output models/complaint
  pingzhao train complaint --output models/complaint      只测量已有的模型
""",
)
@click.option("--encoder", metavar="编码器", help="文件夹或 Hugging Face 名称；不写则不训练，只测量。")
@click.option(
    "--output",
    type=options.PATH,
    default=Path("models/complaint"),
    show_default=True,
    metavar="文件夹",
    help="模型和 EVALUATION.md、evaluation.json 写到这里。",
)
@_WORK
@_DATA
@_EPOCHS
@_SEED
def complaint(
    encoder: str | None, output: Path, work: Path, data: Path, epochs: float | None, seed: int
) -> None:
    """Fit, ship and measure; an interrupted run goes on."""
    with _extra():
        from scanner.complaint.reader import ComplaintReader
        from scanner.training.complaint_fit import EPOCHS, fit_complaint, ship_complaint
        from scanner.training.complaint_measure import measure_reader
        from scanner.training.complaint_page import write_complaint_page
        from scanner.training.examples import written
        from scanner.training.finetune import FinetuneSettings
        from scanner.training.narratives import read_narratives

        if encoder:
            told = read_narratives(_existing(data / "narratives"))
            clauses = [
                clause for name in ("reported", "reported_more") for clause in written(_existing(data / name))
            ]
            settings = FinetuneSettings(epochs or EPOCHS, batch=32, seed=seed)
            fit_complaint(told, clauses, encoder, work, settings)
            ship_complaint(told, work, output)
        reader = ComplaintReader.load(output)
        test = read_narratives(_existing(data / "narratives_test"))
        command = shlex.join(["pingzhao", *sys.argv[1:]])
        write_complaint_page(measure_reader(reader, test), len(test), reader.version, command, output)


def _tell(step: str) -> None:
    click.echo(step, err=True)


def _existing(path: Path) -> Path:
    """`path`. Raises PingzhaoError E110 where there is nothing."""
    if not path.exists():
        raise PingzhaoError("E110", path=path)
    return path


def _sources(data: Path, real: Path | None, corpus: Path | None, seed: int) -> Sources:
    """The sources, all of which exist. Raises PingzhaoError E110."""
    from scanner.training.fit import Sources

    for path in (data / "clauses", data / "gold", data / "reported", real, corpus):
        if path is not None:
            _existing(path)
    return Sources(data / "clauses", data / "gold", data / "reported", real, corpus, seed=seed)
