"""Load on a running service: `python tests/benchmarks/service_load.py` starts one and prints figures as JSON.

100 requests a second of POST /v1/scan, first alone, then while a file of 100,000 rows is scanned: p50, p95
and p99 in milliseconds from the moment each request was due (so a stall counts for all that wait), the
upload's rows a second, how long a list takes meanwhile, the memory of server and worker. The ads are
invented, about 370 characters long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx

_DUTIES = [
    "负责日常订单的录入与核对，每班约{n}单，做到及时准确",
    "负责设备点检和保养，每月约{n}台，按要求填写记录",
    "接待来访客户并做好登记，每天约{n}人次，态度热情耐心",
    "整理部门合同与报销单据，每月约{n}份，按编号归档保存",
    "维护门店陈列与卫生，熟悉{n}种以上商品的价格和用途",
    "综合月薪{n}元起，五险一金，双休，节假日按国家规定放假",
    "包吃住，宿舍四人一间，步行{n}分钟到车间，水电费公司承担",
]
_TELLING = [
    "购买生育保险，每年报销{n}元，有带薪年假和产假",
    "{n}号线男女不限，经验不限",
    "{n}号窗口限女性",
    "{n}号库房男士优先",
    "已婚已育优先，补贴{n}元",
    "{n}号岗位性别：男",
]
_ADMIN = {"name": "loadtest", "password": "一个很长的压测口令 2026"}


def ad(number: int) -> str:
    """An invented ad; one in eight names sex, marriage or children: the network reads as much of real ads."""
    pick = random.Random(number)
    clauses = [pick.choice(_DUTIES).format(n=pick.randrange(10, 9000)) for _ in range(12)]
    if number % 8 == 0:
        clauses.insert(pick.randrange(12), pick.choice(_TELLING).format(n=number))
    return f"某某公司第{number}号岗位招聘：\n" + "；\n".join(clauses) + "。"


@contextmanager
def served(folder: Path, database_url: str) -> Iterator[tuple[str, str, int]]:
    """A service of our own: its address, the set-up token, its process id."""
    env = {**os.environ, "PINGZHAO_DATA_DIR": str(folder), "PINGZHAO_DATABASE_URL": database_url}
    env |= {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "PINGZHAO_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "scanner", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    printed = "".join(process.stdout.readline() for _ in range(3))
    found = re.search(r"(http://\S+)/setup\?token=(\S+)", printed)
    assert found, printed
    try:
        yield found[1], found[2], process.pid
    finally:
        process.terminate()
        process.wait()


async def log_in(client: httpx.AsyncClient, token: str) -> None:
    """Wait until the service is ready, set it up, log in."""
    while True:
        try:
            if (await client.get("/readyz")).status_code == 200:
                break
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    (await client.post("/v1/setup", json={"token": token, **_ADMIN})).raise_for_status()
    answer = (await client.post("/v1/login", json=_ADMIN)).raise_for_status()
    client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]


async def scan_at(client: httpx.AsyncClient, rate: int, seconds: float) -> dict[str, float]:
    """Send `rate` ads a second, each at its time whether or not earlier ones were answered."""
    took: list[float] = []

    async def one(number: int, due: float) -> None:
        (await client.post("/v1/scan", json={"text": ad(number)})).raise_for_status()
        took.append((time.perf_counter() - due) * 1000)

    began, sent = time.perf_counter(), []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*sent)
    return _percentiles(took)


def _percentiles(took: list[float]) -> dict[str, float]:
    took.sort()
    return {f"p{p}_ms": round(took[len(took) * p // 100], 1) for p in (50, 95, 99)} | {"requests": len(took)}


async def upload(client: httpx.AsyncClient, file: Path) -> str:
    """Send the file; the batch's id."""
    with file.open("rb") as body:
        answer = await client.post("/v1/batches", files={"file": (file.name, body)}, timeout=600)
    return str(answer.raise_for_status().json()["id"])


async def follow(client: httpx.AsyncClient, batch: str, pid: int) -> dict[str, Any]:
    """Once a second until the batch ends: how far it is, the memory, and how long a list of ads takes.

    Reading the list leaves an entry in the audit log, so it waits for the worker where only one may write.
    """
    began, moves, memory, lists = time.perf_counter(), set(), [], []
    while True:
        state = (await client.get(f"/v1/batches/{batch}")).raise_for_status().json()
        moves.add(state["rows_done"])
        memory.append(_memory(pid))
        asked = time.perf_counter()
        (await client.get("/v1/ads")).raise_for_status()
        lists.append((time.perf_counter() - asked) * 1000)
        if state["status"] not in {"queued", "running"}:
            break
        await asyncio.sleep(1)
    assert state["status"] == "done", state
    seconds = time.perf_counter() - began
    return {
        "rows": state["rows_done"],
        "rows_a_second": round(state["rows_done"] / seconds),
        "progress_steps": len(moves),
        "list_of_ads": _percentiles(lists),
        "memory_mb_at_a_quarter": memory[len(memory) // 4],
        "memory_mb_at_half": memory[len(memory) // 2],
        "memory_mb_at_the_end": memory[-1],
    }


def _memory(pid: int) -> dict[str, int]:
    """Resident memory of server and worker in MB; needs Linux's /proc."""
    (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pids = {"server": str(pid), "worker": worker}
    return {
        name: int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024**2
        for name, one in pids.items()
    }


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Both runs against one service."""
    file = folder / "board.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(
            json.dumps({"id": str(n), "text": ad(n)}, ensure_ascii=False) + "\n" for n in range(options.rows)
        )
    with served(folder / "data", options.database_url) as (url, token, pid):
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=2)
        async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
            await log_in(client, token)
            await scan_at(client, options.rate, 2)
            alone = await scan_at(client, options.rate, options.seconds)
            batch = await upload(client, file)
            following = asyncio.create_task(follow(client, batch, pid))
            meanwhile = await scan_at(client, options.rate, options.seconds)
            return {"alone": alone, "during_upload": meanwhile, "upload": await following}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database-url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(options, Path(folder))), indent=2))


if __name__ == "__main__":
    main()
