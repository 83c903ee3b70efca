"""The files under deploy/ are what their tools take, and name what exists here."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from api.settings import PREFIX, Settings
from scanner.cli import main

DEPLOY = Path(__file__).parents[1] / "deploy"
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK"} | {
    "STOPSIGNAL",
    "ENTRYPOINT",
    "CMD",
}


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's logical lines: instruction and rest."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def test_deploy_containerfile_has_known_instructions_in_a_good_order() -> None:
    names = [name for name, _ in instructions()]
    assert set(names) <= INSTRUCTIONS
    assert names[0] == "FROM"
    assert names[-2:] == ["ENTRYPOINT", "CMD"]
    assert names.index("USER") > names.index("RUN")


def test_deploy_containerfile_is_what_a_builder_takes() -> None:
    builder = shutil.which("docker")
    if builder is None:
        pytest.skip("no docker here")
    done = subprocess.run(
        [builder, "build", "--check", "--file", DEPLOY / "Containerfile", DEPLOY.parent],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if "daemon" in done.stderr or "unknown flag" in done.stderr or "buildx" in done.stderr:
        pytest.skip("no builder here")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml", "pingzhao.service"])
def test_deploy_names_only_settings_that_exist(name: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}(\w+?)\b", (DEPLOY / name).read_text("utf-8")))
    assert named
    assert {setting.lower() for setting in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", ["Containerfile", "pingzhao.service"])
def test_deploy_starts_a_command_that_exists(name: str) -> None:
    assert "serve" in main.list_commands(click.Context(main))
    assert re.search(r"pingzhao serve|\"serve\"", (DEPLOY / name).read_text("utf-8"))


def test_deploy_compose_is_consistent() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    mounted = {volume.split(":")[0] for service in services.values() for volume in service["volumes"]}
    assert mounted == set(compose["volumes"])
    assert set(services["service"]["depends_on"]) <= set(services)
    assert (DEPLOY / services["service"]["build"]["context"] / "deploy" / "Containerfile").resolve().is_file()
    port = str(Settings.model_fields["port"].default)
    assert services["service"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert ("EXPOSE", port) in instructions()


def test_deploy_systemd_unit_is_what_systemd_takes(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd here")
    unit = tmp_path / "pingzhao.service"
    text = (DEPLOY / "pingzhao.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/pingzhao/bin/pingzhao", "/bin/true"), "utf-8")
    done = subprocess.run([verify, "verify", unit], capture_output=True, text=True, timeout=60, check=False)
    complaints = [line for line in done.stderr.splitlines() if "pingzhao.service" in line]
    assert complaints == []
