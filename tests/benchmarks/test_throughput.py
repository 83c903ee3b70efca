"""Speed and memory over the shared corpus. `pytest tests/benchmarks -s` prints the figures of the README.

The bars of DESIGN 7 are for a quiet machine; the tests fail at half of them, since CI shares its cores.
"""

from __future__ import annotations

import gc
import gzip
import itertools
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import Ad, Scanner
from scanner.batch.run import run
from scanner.batch.source import open_source
from scanner.report import open_writer

CORPUS = Path(__file__).parents[3] / "shared" / "ads"
ADS = 20_000
BAR = 20_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"needs the shared corpus at {CORPUS}"),
]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first ads of the corpus, decompressed."""
    file = tmp_path_factory.mktemp("corpus") / "board.jsonl"
    with file.open("wb") as out:
        out.writelines(itertools.islice(_lines(), ADS))
    return file


def _lines() -> Iterator[bytes]:
    for part in sorted(CORPUS.glob("corpus-*.jsonl.gz")):
        with gzip.open(part) as lines:
            yield from lines


def _scan(scanner: Scanner, board: Path, output: Path) -> float:
    """Ads per second from file to file on one core (CPU time, so that other work does not count)."""
    source = open_source(board)
    start = time.process_time()
    with open_writer("jsonl", output) as writer:
        summary = run(scanner, source, [writer], notes=source.notes)
    return summary.ads / (time.process_time() - start)


def test_throughput_of_the_lexicon_path(board: Path, tmp_path: Path) -> None:
    scanner = Scanner.load(model=False)
    _scan(scanner, board, tmp_path / "warm.jsonl")
    best = max(_scan(scanner, board, tmp_path / f"{turn}.jsonl") for turn in range(3))
    print(f"\nlexicon path, file to file, one core: {best:,.0f} ads/s (bar {BAR:,})")
    assert best >= BAR / 2


@pytest.mark.parametrize(("deep", "ads", "bar"), [(False, 8_000, 6_000), (True, 2_000, 250)])
def test_throughput_with_the_model(deep: bool, ads: int, bar: int, board: Path) -> None:
    """`bar`: ads a second on two cores."""
    gc.freeze()  # what earlier tests left in memory is not this scanner's to sweep
    scanner = Scanner.load(deep=deep)
    best = 0.0
    stream = scanner.scan_many(item for item in open_source(board) if isinstance(item, Ad))
    for _ in range(2):
        start = time.process_time()
        read = sum(1 for _ in itertools.islice(stream, ads))
        best = max(best, read / (time.process_time() - start))
    gc.unfreeze()
    print(f"\nwith the model{', --deep' * deep}: {best:,.0f} ads for a second of CPU (bar {bar / 2:,.0f})")
    assert best >= bar / 4


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is read from getrusage")
def test_memory_does_not_grow_with_the_input(board: Path, tmp_path: Path) -> None:
    import resource

    scanner = Scanner.load()
    _scan(scanner, board, tmp_path / "once.jsonl")
    once = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    twice = tmp_path / "twice.jsonl"
    with twice.open("wb") as out:
        for _ in range(2):
            with board.open("rb") as lines:
                shutil.copyfileobj(lines, out)
    _scan(scanner, twice, tmp_path / "twice.out.jsonl")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - once) / 1024
    print(f"\npeak memory grows by {grown:.0f} MB when the input doubles")
    assert grown < 50
