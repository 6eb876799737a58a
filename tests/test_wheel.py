"""The built wheel, installed elsewhere: it carries all it needs to fill a home and to serve it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, and nothing of the checkout."""
    built, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)])
    (wheel,) = built.glob("*.whl")
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--no-index",
            "--target",
            str(target),
            str(wheel),
        ]
    )
    return target


@pytest.fixture(scope="module")
def environment(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACKER_", "PYTHON"))}
    return kept | {"PYTHONPATH": str(installed), "TRACKER_HOME": str(tmp_path_factory.mktemp("home"))}


def run(command: list[str], **more: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * 3, check=False, **more)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


@pytest.fixture(scope="module")
def address(installed: Path, environment: dict[str, str]) -> Iterator[str]:
    tracker = [sys.executable, "-m", "tracker"]
    run([*tracker, "demo", "--candidates", "12"], cwd=installed, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*tracker, "serve", "--demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=installed, env=environment) as server:
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def fetch(address: str) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_the_code_that_runs_is_the_wheels(installed: Path, environment: dict[str, str]) -> None:
    where = run(
        [sys.executable, "-c", "import tracker; print(tracker.__file__)"], cwd=installed, env=environment
    )
    assert Path(where.strip()).is_relative_to(installed)


def test_a_wheel_fills_a_home_and_serves_it(address: str) -> None:
    page = fetch(f"{address}/sign-in")
    assert "Have a look around" in page
    for place in ("css/base.css", "js/main.js", "icons.svg"):
        assert fetch(f"{address}/static/{place}")


def test_a_wheel_carries_the_framework_with_its_attribution(installed: Path) -> None:
    frameworks = installed / "tracker" / "_data" / "seeds" / "frameworks"
    assert (frameworks / "43-4151.00.json").read_bytes() == (
        ROOT / "seeds/frameworks/43-4151.00.json"
    ).read_bytes()
    assert any(path.suffix in {".md", ".txt"} for path in frameworks.iterdir())
