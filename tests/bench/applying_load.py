"""Two hundred applications a minute to one job of a real server, and how long its board takes meanwhile.

The server is `tracker serve` in a process of its own, with everything that it does beside the pages: résumés
are read in processes of their own while they come in. The visitors share the machine with it.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from tests.bench.applying_works import form_of, open_to_everybody, resume, sheet
from tests.bench.floor_data import MEASURED_JOB
from tests.bench.once import SMALLEST
from tests.bench.tracker_data import PASSWORD, RITA, tracker_file
from tests.bench.tracker_side import settings_for
from tests.mail_servers import free_port

A_MINUTE = 200
RESUME = 200 * 1024  # bytes
GOAL = 2.0
"""How many times its idle time the board may take."""
_SENDERS = 4
_BETWEEN_BOARDS = 0.1  # seconds
_COOKIE = re.compile(r"tracker=([^;]+)")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Applying:
    """What came of it: applications taken and failed, and the board's median time, idle and meanwhile."""

    seconds: float
    taken: int
    failed: int
    idle_ms: float
    loaded_ms: float

    @property
    def ratio(self) -> float:
        return self.loaded_ms / self.idle_ms

    def __str__(self) -> str:
        is_well = self.ratio <= GOAL and not self.failed
        rate = self.taken * 60 / self.seconds
        return (
            f"{A_MINUTE} applications a minute: {self.taken} in {self.seconds:.0f} s ({rate:.0f} a minute), "
            f"{self.failed} failed (goal 0); board {self.idle_ms:.1f} ms idle, {self.loaded_ms:.1f} ms "
            f"meanwhile: {self.ratio:.2f}{'' if is_well else ' over'} (goal ≤ {GOAL:g})"
        )


@dataclass
class Visitor:
    """A browser that keeps one cookie, and comes from an address of its own."""

    port: int
    address: str = "10.9.9.9"
    cookie: str = ""
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, path: str, kind: str = "", body: bytes = b"") -> tuple[int, str]:
        headers = {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "http"}
        headers |= {"Cookie": f"tracker={self.cookie}"} if self.cookie else {}
        headers |= {"Content-Type": kind} if kind else {}
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        page = answer.read().decode("utf-8", "replace")
        if found := _COOKIE.search(answer.headers.get("Set-Cookie", "")):
            self.cookie = found[1]
        return answer.status, page


def measure_applying(home: Path, seconds: float = 30.0) -> Applying:
    """Let strangers apply at this rate, and a recruiter look at the board before and meanwhile."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(tracker_file(home, SMALLEST), path)
        open_to_everybody(path)
        port = free_port()
        settings = settings_for(path) | {"TRACKER_PROXY": "127.0.0.1"}
        command = [sys.executable, "-m", "tracker", "serve", "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return _measure(port, seconds)
        finally:
            server.terminate()
            server.wait(30)


def _measure(port: int, seconds: float) -> Applying:
    rita = _signed_in(port)
    document = resume(RESUME)
    number = round(seconds * A_MINUTE / 60)
    with closing(rita.line), ThreadPoolExecutor(_SENDERS) as pool:
        _boards(rita, 2.0)
        idle = _boards(rita, min(seconds, 10.0))
        began = time.perf_counter()
        sent = [pool.submit(_apply, port, turn, began, document) for turn in range(number)]
        loaded = _boards(rita, seconds)
        taken = sum(one.result() for one in sent)
    took = time.perf_counter() - began
    return Applying(took, taken, number - taken, statistics.median(idle), statistics.median(loaded))


def _apply(port: int, turn: int, began: float, document: bytes) -> bool:
    """One person's application at their time; whether it was taken."""
    time.sleep(max(0.0, began + turn * 60 / A_MINUTE - time.perf_counter()))
    visitor = Visitor(port, address=f"10.0.{turn // 250}.{turn % 250}")
    place = f"/careers/{MEASURED_JOB}/apply"
    with closing(visitor.line):
        try:
            _, page = visitor.ask("GET", place)
            kind, body = sheet(form_of(page), turn, document)
            return visitor.ask("POST", place, kind, body)[0] == 303
        except (OSError, http.client.HTTPException, StopIteration):
            return False


def _boards(rita: Visitor, seconds: float) -> list[float]:
    """The times of boards in milliseconds, one after the other with a breath between."""
    times, ends = [], time.perf_counter() + seconds
    while time.perf_counter() < ends:
        started = time.perf_counter()
        status, _ = rita.ask("GET", f"/jobs/{MEASURED_JOB}")
        if status != 200:
            raise RuntimeError(f"the board answered {status}")
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(_BETWEEN_BOARDS)
    return times


def _signed_in(port: int) -> Visitor:
    visitor, ends = Visitor(port), time.perf_counter() + 30
    while True:
        try:
            _, page = visitor.ask("GET", "/sign-in")
            break
        except OSError:
            visitor.line.close()
            if time.perf_counter() > ends:
                raise
            time.sleep(0.2)
    token = _TOKEN.search(page)
    form = {"email": RITA, "password": PASSWORD, "csrf_token": token[1] if token else ""}
    status, _ = visitor.ask("POST", "/sign-in", "application/x-www-form-urlencoded", urlencode(form).encode())
    if status != 303:
        raise RuntimeError(f"signing in answered {status}")
    return visitor
