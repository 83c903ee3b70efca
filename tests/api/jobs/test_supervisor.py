from __future__ import annotations

import os
import sys
import time

import pytest

from api.jobs.supervisor import supervised
from api.jobs.worker import NICE
from api.settings import Settings

LOWEST = 19


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes of priority instead")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_gives_way_to_requests(settings: Settings) -> None:
    wanted = min(LOWEST, os.getpriority(os.PRIO_PROCESS, 0) + NICE)
    deadline = time.monotonic() + 60
    with supervised(settings) as worker:
        while os.getpriority(os.PRIO_PROCESS, worker.pid) != wanted:
            assert time.monotonic() < deadline
            time.sleep(0.05)
