"""A running `pingzhao serve` with people and invented ads, and sessions on it without typing passwords."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx2 as httpx

from api.auth.passwords import hashed
from api.auth.sessions import COOKIE, CSRF_HEADER, open_session
from api.store.accounts import Organisation, Role, User
from api.store.engine import Store

PASSWORD = "正确的马电池订书钉-1"
AGENCY = "示例人力资源有限公司"
NAMES = {
    Role.INSPECTOR: "李监察",
    Role.SUPERVISOR: "王审核",
    Role.AGENCY: "陈机构",
    Role.COMPLAINT_DESK: "赵受理",
    Role.AUDITOR: "孙审计",
    Role.ADMIN: "周管理",
}
ADS = (
    ("保安", "门卫一名，限男性，夜班。", "长春虚拟物业有限公司"),
    ("前台", "形象好，女士优先，会用办公软件。", "长春示例商贸有限公司"),
    ("文员", "要求已婚已育，两年经验。", "长春示例商贸有限公司"),
    ("店员", "入职签协议，三年内不得怀孕。", "吉林样例百货有限公司"),
    ("助理", "面试时请说明婚育情况及生育计划。", "长春示例商贸有限公司"),
    ("操作工", "入职体检含孕检，早孕不录用。", "吉林样例电子有限公司"),
    ("客服", "孕期哺乳期勿扰，双休。", "四平虚拟通信有限公司"),
    ("管培生", "男生本科即可，女生须研究生。", "四平虚拟通信有限公司"),
    ("井下工", "井下作业，限男性，有安全证。", "辽源示例矿业有限公司"),
    ("会计", "有会计证，三年经验，男女不限。", "长春虚拟物业有限公司"),
)
"""Title, text, employer: every category, a possible exception, and one without a fault."""


class Served:
    """The running service: its address, its database, and browsers that are logged in."""

    def __init__(self, url: str, data: Path) -> None:
        self.url = url
        self.data = data
        self.store = Store(f"sqlite:///{(data / 'pingzhao.sqlite').as_posix()}")

    def session_of(self, role: Role | str) -> tuple[str, str]:
        """Cookie and CSRF token of a new session of the role's user."""
        with self.store.session() as session:
            user = session.query(User).filter(User.name == Role(role).value).one()
            cookie, opened = open_session(session, user, "127.0.0.1", hours=1)
        return cookie, opened.csrf_token

    def api_as(self, role: Role | str) -> httpx.Client:
        """A client of /v1 and of the pages; redirects are not followed."""
        cookie, csrf = self.session_of(role)
        headers = {"Cookie": f"{COOKIE}={cookie}", CSRF_HEADER: csrf}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def upload(self, name: str, rows: list[dict[str, str]], role: Role | str = Role.ADMIN) -> str:
        """Scan rows as a csv; returns the batch's id once it is done."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        with self.api_as(role) as client:
            sent = client.post("/v1/batches", files={"file": (name, text.getvalue().encode("utf-8-sig"))})
            assert sent.status_code == 202, sent.text
            batch = str(sent.json()["id"])
            wait_for(lambda: client.get(f"/v1/batches/{batch}").json()["status"] == "done")
        return batch


def wait_for(happened: Callable[[], object], seconds: float = 90) -> None:
    """Look again and again; AssertionError when it does not happen in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def serving(data: Path, **env: str) -> Iterator[tuple[str, list[str]]]:
    """`pingzhao serve` on a folder: its address and what it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scanner", "serve", "--port", "0"],
        env={**os.environ, "PINGZHAO_DATA_DIR": str(data), "PINGZHAO_DATABASE_URL": "", "PYTHONIOENCODING": "utf-8",
             "PYTHONUNBUFFERED": "1", **env},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    printed: list[str] = []
    assert process.stdout is not None
    Thread(target=lambda lines: printed.extend(iter(lines)), args=(process.stdout,), daemon=True).start()
    try:
        wait_for(lambda: "startup complete" in "".join(printed) or process.poll() is not None)
        found = re.search(r"平招已启动：(\S+)", "".join(printed))
        assert found, "".join(printed)
        assert process.poll() is None, "".join(printed)
        yield found[1], printed
    finally:
        process.terminate()
        process.wait(60)


def seed(served: Served) -> None:
    """The people, and `ADS` scanned by the administrator."""
    add_people(served)
    columns = ("职位名称", "正文", "用人单位")
    rows = [
        dict(zip(columns, ad, strict=True)) | {"发布平台": "虚拟招聘网", "编号": str(at)}
        for at, ad in enumerate(ADS)
    ]
    served.upload("招聘信息.csv", rows)


def add_people(served: Served) -> None:
    """One user per role (named as the role, `PASSWORD`)."""
    password_hash = hashed(PASSWORD, user_name="nobody")
    with served.store.session() as session:
        for role, name in NAMES.items():
            own = Organisation(name=AGENCY) if role is Role.AGENCY else None
            session.add(
                User(
                    name=role.value,
                    display_name=name,
                    role=role,
                    organisation=own,
                    password_hash=password_hash,
                )
            )
