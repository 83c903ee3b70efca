"""`pingzhao serve` as a user starts it: one command, a set-up link, an orderly end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx2 as httpx
import pytest

ADMIN = {"name": "zhangsan", "password": "一个很长的口令 2026"}


@dataclass
class Served:
    """The running process; `out` grows as it prints."""

    process: subprocess.Popen[str]
    out: list[str]
    url: str

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    @property
    def printed(self) -> str:
        return "".join(self.out)


def wait_for(happened: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def serve(tmp_path: Path, empty_url: str) -> Iterator[Callable[..., Served]]:
    started: list[subprocess.Popen[str]] = []

    def start(*args: str, **env: str) -> Served:
        process = subprocess.Popen(
            [sys.executable, "-m", "scanner", "serve", "--port", "0", *args],
            env={**os.environ, "PINGZHAO_DATA_DIR": str(tmp_path / "data"), "PINGZHAO_DATABASE_URL": empty_url,
                 "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", **env},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        out: list[str] = []
        assert process.stdout is not None
        Thread(target=lambda lines: out.extend(iter(lines)), args=(process.stdout,), daemon=True).start()
        wait_for(lambda: "startup complete" in "".join(out) or process.poll() is not None)
        found = re.search(r"平招已启动：(\S+)", "".join(out))
        assert found, "".join(out)
        return Served(process, out, found[1])

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_serve_sets_up_and_stops_in_order(serve: Callable[..., Served]) -> None:
    served = serve(PINGZHAO_LOG_FORMAT="json")
    link = re.search(r"/setup\?token=(\S+)", served.printed)
    assert link
    with httpx.Client(base_url=served.url) as client:
        assert client.get("/readyz").status_code == 200
        made = client.post("/v1/setup", json={"token": link[1], **ADMIN})
        assert made.status_code == 201
        assert client.post("/v1/setup", json={"token": link[1], **ADMIN}).json()["code"] == "E625"
        logged_in = client.post("/v1/login", json=ADMIN)
        client.headers["X-CSRF-Token"] = logged_in.json()["csrf_token"]
        found = client.post("/v1/scan", json={"text": "招文员，限女性"})
        assert found.status_code == 200
    assert served.stop() == 0
    assert "限女性" not in served.printed
    assert ADMIN["password"] not in served.printed
    assert "Traceback" not in served.printed

    again = serve()
    assert "/setup?token=" not in again.printed
    with httpx.Client(base_url=again.url) as client:
        assert client.post("/v1/login", json=ADMIN).status_code == 200
    assert again.stop() == 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_serve_finishes_what_is_under_way(serve: Callable[..., Served]) -> None:
    """A request that is half sent when the service is told to stop is still answered."""
    served = serve()
    host, port = served.url.removeprefix("http://").split(":")
    body = b'{"name": "nobody", "password": "wrong"}'
    head = f"POST /v1/login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as half:
        half.sendall(head.encode() + body[:10])
        time.sleep(0.5)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        half.sendall(body[10:])
        assert half.recv(1000).startswith(b"HTTP/1.1 401")
    assert served.process.wait(60) == 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_serve_sends_small_answers_at_once(serve: Callable[..., Served]) -> None:
    """An answer in two packets must not wait for the first to be acknowledged, which takes 40 ms."""
    served, took = serve(), []
    with httpx.Client(base_url=served.url) as client:
        for _ in range(60):
            began = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            took.append(time.perf_counter() - began)
    assert min(took[30:]) < 0.035


def test_serve_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [sys.executable, "-m", "scanner", "serve", "--port", str(port)],
            env={**os.environ, "PINGZHAO_DATA_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
    assert ran.returncode == 2
    assert f"[E507] 端口 {port} 已被占用" in ran.stderr
    assert "Traceback" not in ran.stderr
